import Documents
import FileSystems
import FileTrees
import Templating

// What a file of the layout becomes, in the first pass and again.

extension ContentRenderer {
  mutating func rendered(
    _ reading: Reading, _ treatment: Treatment, as leaf: Int
  ) throws -> RenderedFile {
    let content = try content(of: reading, treatment, as: leaf)
    var isExecutable = reading.file.isExecutable
    let isPrivate, isOnce: Bool
    do {
      // Of what the build has read, the size is no matter.
      if !layout.reference.isBuiltIn { try rendering.spend(reading.file.size, on: .content) }
      isPrivate = try isMatch(leaf, of: layout.manifest.privates)
      isOnce = try isMatch(leaf, of: layout.manifest.onces)
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
      permissions: permissions, blob: content.blob, isOnce: isOnce,
      isRendered: content.isRendered, kept: keep(content.bytes))
  }

  struct Content {
    /// Nil for what is streamed.
    let bytes: [UInt8]?
    let blob: Blob
    let isRendered: Bool
  }

  mutating func content(
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
  static func isStreamed(_ template: Template) -> Bool { template.bytes.count > 1 << 20 }

  /// Git's name for a content begins with its size, which takes a rendering of its own.
  mutating func blob(of template: Template, as leaf: Int) throws(Diagnostics) -> Blob {
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
  mutating func template(
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

  mutating func isMatch(_ leaf: Int, of patterns: [PathPattern]) throws(Overrun) -> Bool {
    let scope = placements[Int(placed[leaf].placement)].scope
    for pattern in patterns
    where try pattern.matches(paths[leaf].string, in: scope, spending: &rendering) { return true }
    return false
  }

  /// Into `output`.
  mutating func render(_ template: Template, as leaf: Int) throws(Diagnostics) {
    var scope = renderingScope(of: template, as: leaf)
    defer { scopes[Int(placed[leaf].placement)] = scope }
    try template.render(
      in: scope.scope, &scope.values, into: &output, spending: &rendering)
  }

  /// Taken out of `scopes`.
  mutating func renderingScope(of template: Template, as leaf: Int) -> RenderingScope {
    let number = Int(placed[leaf].placement)
    var scope = scopes[number].take() ?? RenderingScope(scope: placements[number].scope)
    if !scope.hasTree, template.uses("TREE") {
      scope.scope.bind("TREE", to: .text(drawnTree()))
      scope.hasTree = true
    }
    return scope
  }

  /// The tree for `<<TREE>>`, drawn when a template first asks for it.
  mutating func drawnTree() -> String {
    if let drawing { return drawing }
    let text = TreeDrawing(tree.withRecord(leaf: placed.count), title: title).text
    drawing = text
    return text
  }

  mutating func keep(_ bytes: [UInt8]?) -> [UInt8]? {
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

  mutating func pieces(of template: Template, as leaf: Int) -> FileContent {
    let scope = renderingScope(of: template, as: leaf).scope
    let budget = rendering.unspent
    return .pieces { write in
      var budget = budget
      // What could go wrong did not when it was rendered before.
      _ = try? template.pieces(in: scope, spending: &budget, write)
    }
  }

  mutating func template(
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
