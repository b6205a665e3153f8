import Documents
import FileSystems
import FileTrees
import Templating

/// Reads the files of a layout, each once, checks them, and renders those that were placed. No content
/// is held but what fits into `mostKept`: what does not is rendered again when it is written.
struct ContentRenderer: Sendable {
  private let layout: Layout
  private let tree: FileTree
  private let placed: [PlacedFile]
  private let placements: [LayerPlacement]
  /// The first line of the tree that `<<TREE>>` draws.
  private let title: String
  /// What the layout is at fault for, and what only answers can get wrong.
  private(set) var faults = Diagnostics()
  private(set) var failures = Diagnostics()
  private(set) var warnings = Diagnostics()
  /// Whether the contents of the layout are still to be checked.
  private var checks: Bool
  /// They pay for reading the layout, for checking it, and for the project.
  private var reading: Budget
  private var checking: Budget
  private var rendering: Budget

  /// What the templates of each layer have in common, made when it is first needed.
  private var layers: [LayerContext?]
  /// What each placement has its templates rendered with, likewise.
  private var scopes: [RenderingScope?]
  private var drawing: String?
  /// Of the layout's files, by their numbers, as git keeps them; nil of what was not read.
  private var sources: [Source?]
  /// Where the placed files are in the project, where there are globs to hold against them.
  private var paths: [RelativePath] = []
  private var kept = 0
  /// What a template gives, until it is looked at.
  private var output: [UInt8] = []

  /// Of rendered contents, in bytes: more than most projects have, and little enough for any machine.
  static let mostKept = 24 << 20

  private struct Source: Sendable {
    let blob: GitObjectID
    let isExecutable: Bool
  }

  private struct LayerContext: Sendable {
    /// For contents.
    let declarations: Declarations
    var known: KnownTags? = KnownTags()
  }

  private struct RenderingScope: Sendable {
    var scope: Scope
    var values = TagValues()
    var hasTree = false
  }

  /// - Parameters:
  ///   - placing: what is to be rendered; nil where the layout is only checked.
  ///   - budget: what is left for the project.
  init(_ layout: Layout, _ placing: Placing?, title: String, within budget: Budget) {
    self.layout = layout
    self.title = title
    tree = placing?.tree ?? FileTree()
    placed = placing?.files ?? []
    placements = placing?.placements ?? []
    reading = layout.reading
    checking = layout.checking
    rendering = budget
    layers = Array(repeating: nil, count: layout.manifest.layers.count)
    scopes = Array(repeating: nil, count: placements.count)
    checks = !layout.isChecked
    sources = Array(repeating: nil, count: checks ? layout.folder.count : 0)
    if layout.manifest.verbatim.isEmpty, layout.manifest.privates.isEmpty { return }
    paths = Array(repeating: .root, count: placed.count)
    for entry in tree.entries { if let number = entry.leaf { paths[number] = entry.path } }
  }

  /// The renderer for another time, with nothing spent.
  var again: ContentRenderer {
    var copy = self
    copy.rendering = rendering.unspent
    copy.checks = false
    copy.sources = []
    return copy
  }

  package func template(ofFile number: Int) -> TemplateIdentity {
    TemplateIdentity(
      path: layout.folder.path(of: Int(placed[number].file)),
      placement: placements[Int(placed[number].placement)])
  }

  // MARK: The pass over the layout

  /// The placed files of each file of the layout: chains through numbers of placed files, -1 at the end.
  private struct Uses {
    var first: [Int32]
    var next: [Int32]

    init(_ placed: [PlacedFile], ofFiles count: Int) {
      first = Array(repeating: -1, count: count)
      next = Array(repeating: -1, count: placed.count)
      for number in placed.indices.reversed() {
        next[number] = first[Int(placed[number].file)]
        first[Int(placed[number].file)] = Int32(number)
      }
    }
  }

  /// What each placed file will be, in the order of their numbers. All of the layout is checked, unless
  /// it was; after a fault, the result means nothing.
  mutating func files() -> [RenderedFile] {
    let empty = RenderedFile(permissions: .regular, blob: Blob(of: []))
    var files = Array(repeating: empty, count: placed.count)
    let uses = Uses(placed, ofFiles: layout.folder.count)
    let applying = Set(placements.map(\.index))
    for (index, layer) in layout.manifest.layers.enumerated()
    where !faults.isFull && !failures.isFull && (checks || applying.contains(index)) {
      guard let directory = layout.folder.directory(of: layer) else { continue }
      read(directory, ofLayer: index, uses, into: &files)
    }
    return files
  }

  private mutating func read(
    _ directory: FileTree.Directory, ofLayer index: Int, _ uses: Uses,
    into files: inout [RenderedFile]
  ) {
    for child in directory.children where !faults.isFull && !failures.isFull {
      switch child.node {
      case .directory(let inner): read(inner, ofLayer: index, uses, into: &files)
      case .file(let file):
        if !checks, uses.first[file.leaf] < 0 { continue }
        read(file.leaf, ofLayer: index, uses, into: &files)
      }
    }
  }

  /// A file of the layout as it was read: `name` is what complaints call it.
  private struct Reading {
    let file: LayoutFile
    /// What of it can be a template.
    let template: [UInt8]?
    let number: Int
    let name: String
    let layer: Manifest.Layer
    let index: Int

    var place: SourceLocation { SourceLocation(file: name, line: 1, column: 1) }
  }

  private mutating func read(
    _ number: Int, ofLayer index: Int, _ uses: Uses, into files: inout [RenderedFile]
  ) {
    let name = layout.folder.displayName(of: layout.folder.path(of: number))
    do {
      let file = try layout.folder.file(number, upTo: reading.largestTemplate)
      let reading = Reading(
        file: file, template: file.template, number: number, name: name,
        layer: layout.manifest.layers[index], index: index)
      if checks { try account(for: reading) }
      guard let treatment = treatment(of: reading) else { return }
      var use = uses.first[number]
      while use >= 0 {
        let leaf = Int(use)
        use = uses.next[leaf]
        guard placements[Int(placed[leaf].placement)].index == index else { continue }
        files[leaf] = try rendered(reading, treatment, as: leaf)
      }
    } catch let error as FileSystemError {
      faults.add(Diagnostic("\(Printable.text(layout.folder.name)): \(error.message)"))
    } catch let overrun as Overrun {
      faults.add(Diagnostic("\(Printable.text(name)): \(overrun.message(for: "the layout"))"))
    } catch let error as Diagnostics {
      failures.add(error)
    } catch {
      faults.add(Diagnostic("\(name): \(error)"))
    }
  }

  /// What the layout's digest needs of a file, and what reading it costs.
  private mutating func account(for reading: Reading) throws {
    let file = reading.file
    try self.reading.spend(file.size, on: .content)
    if !file.isLarge || reading.template != nil {
      try self.reading.spend(file.size, on: .text)
    }
    sources[reading.number] = Source(
      blob: try blob(of: reading), isExecutable: file.isExecutable)
  }

  private func blob(of reading: Reading) throws(FileSystemError) -> GitObjectID {
    if let known = reading.file.blob { return known }
    if !sources.isEmpty, let source = sources[reading.number] { return source.blob }
    if let bytes = reading.file.bytes { return GitObjectID(blob: bytes) }
    switch layout.folder.content(of: reading.number) {
    case .bytes(let bytes): return GitObjectID(blob: bytes)
    case .file(let path, let disk): return try disk.blob(of: path).id
    case .pieces: preconditionFailure("a layout's file is in the binary or on a disk")
    }
  }

  /// The git tree id of the layout's folder, when all of it was read.
  var digest: String {
    if layout.isChecked { return layout.digest }
    return layout.digest { number in
      let source = sources[number]
      return (source?.blob ?? GitObjectID(blob: []), source?.isExecutable ?? false)
    }
  }

  // MARK: What a file is

  private enum Treatment {
    case template(Template)
    /// No text, too large to be a template, or `verbatim`.
    case bytes
    /// A text that may turn out to be `verbatim`, depending on where it goes.
    case undecided
  }

  /// - Returns: nil after a fault.
  private mutating func treatment(of reading: Reading) -> Treatment? {
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

  private mutating func context(of layer: Manifest.Layer, _ index: Int) -> Declarations {
    if let known = layers[index] { return known.declarations }
    let declarations =
      placements.first { $0.index == index }?.declarations.declaringTree
      ?? layout.manifest.contentDeclarations(in: layer)
    layers[index] = LayerContext(declarations: declarations)
    return declarations
  }

  private mutating func template(
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

  private mutating func warnOfScript(_ reading: Reading) {
    // In the binary the line alone makes a file executable; a folder has the bit for that.
    if layout.reference.isBuiltIn || reading.file.isExecutable || !reading.file.isScript { return }
    warnings.add(
      Diagnostic(
        "this begins with “#!” and is not executable; in a project neither", at: reading.place,
        help: "give it the executable bit (chmod +x), or leave the line out"))
  }

  /// What is no template keeps its placeholders.
  private mutating func warnOfPlaceholders(_ reading: Reading, _ declarations: Declarations) {
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
  private func firstPlaceholder(in reading: Reading, _ declarations: Declarations) -> String? {
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
  private static let mostSearched = 8 << 20

  // MARK: What it becomes

  private mutating func rendered(
    _ reading: Reading, _ treatment: Treatment, as leaf: Int
  ) throws -> RenderedFile {
    let content = try content(of: reading, treatment, as: leaf)
    var isExecutable = reading.file.isExecutable
    let isPrivate: Bool
    do {
      // Of what the build has read, the size is no matter.
      if !layout.reference.isBuiltIn { try rendering.spend(reading.file.size, on: .content) }
      isPrivate = try isMatch(leaf, of: layout.manifest.privates)
    } catch {
      throw Diagnostics(Diagnostic("\(paths[leaf]): \(error.message(for: "the project"))"))
    }
    if layout.reference.isBuiltIn, content.bytes?.starts(with: "#!".utf8) == true {
      isExecutable = true
    }
    let permissions: Permissions =
      switch (isExecutable, isPrivate) {
      case (false, false): .regular
      case (true, false): .executable
      case (false, true): .private
      case (true, true): .privateExecutable
      }
    return RenderedFile(
      permissions: permissions, blob: content.blob, isRendered: content.isRendered,
      kept: keep(content.bytes))
  }
  private struct Content {
    /// Nil for what is streamed.
    let bytes: [UInt8]?
    let blob: Blob
    let isRendered: Bool
  }

  private mutating func content(
    of reading: Reading, _ treatment: Treatment, as leaf: Int
  ) throws -> Content {
    if let template = try template(of: reading, treatment, as: leaf), !template.isPlain {
      if Self.isStreamed(template) {
        return Content(bytes: nil, blob: try blob(of: template, as: leaf), isRendered: true)
      }
      try render(template, as: leaf)
      return Content(bytes: output, blob: Blob(of: output), isRendered: true)
    }
    let isStreamed = reading.file.isLarge && reading.template == nil
    return Content(
      bytes: isStreamed ? nil : reading.file.bytes,
      blob: Blob(id: try blob(of: reading), size: reading.file.size), isRendered: false)
  }

  /// Whether what a template gives is too large to be held beside it.
  private static func isStreamed(_ template: Template) -> Bool { template.bytes.count > 1 << 20 }

  /// Git's name for a content begins with its size, which takes a rendering of its own.
  private mutating func blob(of template: Template, as leaf: Int) throws(Diagnostics) -> Blob {
    let scope = renderingScope(of: template, as: leaf).scope
    var budget = rendering
    let size = try template.pieces(in: scope, spending: &budget) { _ in true }
    var hash = GitObjectID.BlobHash(size: size)
    try template.pieces(in: scope, spending: &rendering) { piece in
      hash.append(piece)
      return true
    }
    return Blob(id: hash.id ?? GitObjectID(blob: []), size: size)
  }

  /// Decides what could not be decided before it was known where the file goes. Nil for what is
  /// copied as it is.
  private mutating func template(
    of reading: Reading, _ treatment: Treatment, as leaf: Int
  ) throws -> Template? {
    switch treatment {
    case .template(let template): return template
    case .bytes: return nil
    case .undecided:
      if try isMatch(leaf, of: layout.manifest.verbatim) { return nil }
      let bytes = reading.file.bytes ?? []
      try rendering.spend(bytes.count, on: .text)
      var remarks = Diagnostics()
      let template = try template(bytes, reading, upTo: rendering.left(of: .tags), &remarks)
      try rendering.spend(template.tags, on: .tags)
      warnings.add(remarks)
      return template
    }
  }

  private mutating func isMatch(_ leaf: Int, of patterns: [PathPattern]) throws(Overrun) -> Bool {
    let scope = placements[Int(placed[leaf].placement)].scope
    for pattern in patterns
    where try pattern.matches(paths[leaf].string, in: scope, spending: &rendering) { return true }
    return false
  }

  /// Into `output`.
  private mutating func render(_ template: Template, as leaf: Int) throws(Diagnostics) {
    var scope = renderingScope(of: template, as: leaf)
    defer { scopes[Int(placed[leaf].placement)] = scope }
    try template.render(
      in: scope.scope, &scope.values, into: &output, spending: &rendering)
  }

  /// Taken out of `scopes`.
  private mutating func renderingScope(of template: Template, as leaf: Int) -> RenderingScope {
    let number = Int(placed[leaf].placement)
    var scope = scopes[number].take() ?? RenderingScope(scope: placements[number].scope)
    if !scope.hasTree, template.uses("TREE") {
      scope.scope.bind("TREE", to: .text(drawnTree()))
      scope.hasTree = true
    }
    return scope
  }

  /// The tree for `<<TREE>>`, drawn when a template first asks for it.
  private mutating func drawnTree() -> String {
    if let drawing { return drawing }
    let text = TreeDrawing(tree.withRecord(leaf: placed.count), title: title).text
    drawing = text
    return text
  }

  private mutating func keep(_ bytes: [UInt8]?) -> [UInt8]? {
    guard let bytes, kept + bytes.count <= Self.mostKept else { return nil }
    kept += bytes.count
    // In an array without the room that is left in one that was written to.
    return [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, count in
      count = buffer.initialize(fromContentsOf: bytes)
    }
  }

  /// What a file holds, read and rendered anew.
  ///
  /// - Parameter file: as it was found when the tree was rendered.
  /// - Throws: that it cannot be read any more, or is not what it was.
  mutating func content(
    ofFile leaf: Int, expecting file: RenderedFile
  ) throws(Diagnostics) -> FileContent {
    let number = Int(placed[leaf].file)
    do {
      // What is copied in pieces is nowhere as a whole, so that it could be looked at once more.
      if !file.isRendered, file.blob.size > LayoutFile.largestKept {
        return layout.folder.content(of: number)
      }
      let bytes = try layout.folder.file(number, upTo: reading.largestTemplate).bytes
      if !file.isRendered, let bytes, Blob(of: bytes) == file.blob { return .bytes(bytes) }
      if file.isRendered, let bytes {
        let template = try template(bytes, number, as: leaf)
        if Self.isStreamed(template) { return pieces(of: template, as: leaf) }
        try render(template, as: leaf)
        if Blob(of: output) == file.blob { return .bytes(output) }
      }
    } catch let error as FileSystemError {
      throw Diagnostics(
        Diagnostic("\(Printable.text(layout.folder.name)): \(error.message)"))
    } catch {
      // It was sound before.
    }
    let name = layout.folder.displayName(of: layout.folder.path(of: number))
    throw Diagnostics(Diagnostic("\(name): this changed while the layout was used"))
  }

  private mutating func pieces(of template: Template, as leaf: Int) -> FileContent {
    let scope = renderingScope(of: template, as: leaf).scope
    let budget = rendering.unspent
    return .pieces { write in
      var budget = budget
      // What could go wrong did not when it was rendered before.
      _ = try? template.pieces(in: scope, spending: &budget, write)
    }
  }

  private mutating func template(
    _ bytes: [UInt8], _ number: Int, as leaf: Int
  ) throws(Diagnostics) -> Template {
    let placement = placements[Int(placed[leaf].placement)]
    let reading = Reading(
      file: LayoutFile(bytes: bytes, size: bytes.count, isExecutable: false), template: bytes,
      number: number, name: "", layer: placement.layer, index: placement.index)
    var ignored = Diagnostics()
    return try template(bytes, reading, upTo: .max, &ignored)
  }
}
