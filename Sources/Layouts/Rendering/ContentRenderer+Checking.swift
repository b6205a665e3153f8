import Documents
import FileSystems
import FileTrees
import Templating

// What a file of the layout is, and what is wrong with it.

extension ContentRenderer {
  enum Treatment {
    case template(Template)
    /// No text, too large to be a template, or `verbatim`.
    case bytes
    /// A text that may turn out to be `verbatim`, depending on where it goes.
    case undecided
  }

  /// - Returns: nil after a fault.
  mutating func treatment(of reading: Reading) -> Treatment? {
    // Of what the build has named by its content, it has found that there is nothing to render.
    if reading.file.blob != nil, layout.manifest.verbatim.isEmpty { return .bytes }
    let layer = context(of: reading.layer, reading.index)
    do {
      let patterns = layout.manifest.verbatim
      if !patterns.isEmpty {
        let path = layout.manifest.projectPath(
          of: layout.folder.path(of: reading.number), in: reading.layer)
        let candidate = PathPattern.candidate(for: path, layer)
        for pattern in patterns where try pattern.couldMatch(candidate, spending: &checking) {
          return reading.template == nil ? .bytes : .undecided
        }
      }
      if checks { warnOfScript(reading) }
      guard let bytes = reading.template else {
        if checks { warnOfPlaceholders(reading, layer) }
        return .bytes
      }
      if checks { try checking.spend(bytes.count, on: .text) }
      var remarks = Diagnostics()
      let template = try template(bytes, reading, upTo: checking.left(of: .tags), &remarks)
      if checks {
        try checking.spend(template.tags, on: .tags)
        warnings.add(remarks)
      }
      return .template(template)
    } catch let found as Diagnostics {
      faults.add(found)
    } catch let overrun as Overrun {
      faults.add(Diagnostic(overrun.message(for: "the layout"), at: reading.place))
    } catch {
      faults.add(Diagnostic("\(reading.name): \(error)"))
    }
    return nil
  }

  mutating func context(of layer: Manifest.Layer, _ index: Int) -> Declarations {
    if let known = layers[index] { return known.declarations }
    let declarations =
      placements.first { $0.index == index }?.declarations.declaringTree
      ?? layout.manifest.contentDeclarations(in: layer)
    layers[index] = LayerContext(declarations: declarations)
    return declarations
  }

  mutating func template(
    _ bytes: [UInt8], _ reading: Reading, upTo mostTags: Int, _ warnings: inout Diagnostics
  ) throws(Diagnostics) -> Template {
    let declarations = context(of: reading.layer, reading.index)
    var known = layers[reading.index]?.known.take()
    defer { layers[reading.index]?.known = known.take() }
    return try Template(
      parsing: bytes, at: reading.place, declarations: declarations, knowing: &known,
      mostTags: mostTags,
      verbatim: PathPattern.glob(
        for: layout.manifest.projectPath(
          of: layout.folder.path(of: reading.number), in: reading.layer), declarations),
      warnings: &warnings)
  }

  mutating func warnOfScript(_ reading: Reading) {
    // In the binary the line alone makes a file executable; a folder has the bit for that.
    if layout.reference.isBuiltIn || reading.file.isExecutable || !reading.file.isScript { return }
    warnings.add(
      Diagnostic(
        "this begins with “#!” and is not executable; in a project neither", at: reading.place,
        help: "give it the executable bit (chmod +x), or leave the line out"))
  }

  /// What is no template keeps its placeholders.
  mutating func warnOfPlaceholders(_ reading: Reading, _ declarations: Declarations) {
    // What nobody can pay for is left without a warning.
    guard (try? checking.spend(declarations.names.count / 16, on: .steps)) != nil,
      let name = firstPlaceholder(in: reading, declarations)
    else { return }
    let reason = reading.file.reasonForNoTemplate(self.reading.largestTemplate)
    warnings.add(
      Diagnostic(
        "\(reading.name): \(reason), so that its placeholder “<<\(name)>>” stays as it is",
        help: "if that is meant, name the file in “verbatim”"))
  }

  /// The first name that stands in what is no template as a placeholder does. A file that cannot be
  /// read is told where it is needed.
  func firstPlaceholder(in reading: Reading, _ declarations: Declarations) -> String? {
    var search = DeclaredPlaceholders(declarations)
    if let bytes = reading.file.bytes {
      bytes.withUnsafeBytes { _ = search.read(.init(rebasing: $0.prefix(Self.mostSearched))) }
    } else if case .file(let path, let disk) = layout.folder.content(of: reading.number) {
      var count = 0
      try? disk.read(path) { (piece: Span<UInt8>) throws(FileSystemError) in
        piece.withUnsafeBytes { _ = search.read($0) }
        count += piece.count
        // Nobody is told of it.
        if count >= Self.mostSearched { throw FileSystemError(.read, path, 0) }
      }
    }
    return search.found
  }

  /// What is looked through for placeholders of what is no template: a warning is no reason to read all
  /// of a film. In bytes.
  static let mostSearched = 8 << 20
}
