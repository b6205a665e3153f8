import Documents
import FileSystems
import FileTrees
import Templating

/// A file as it is to be written.
package struct RenderedFile: Sendable {
  package var content: FileContent
  package var permissions: Permissions
  /// The content's git blob id, where the build worked it out.
  package var blob: GitObjectID?

  package init(content: FileContent, permissions: Permissions, blob: GitObjectID? = nil) {
    self.content = content
    self.permissions = permissions
    self.blob = blob
  }
}

extension Layout {
  /// The project's tree: a pure function of the layout and the answers.
  ///
  /// - Throws: what only answers can get wrong: a name that is no safe path, two files that
  ///   collide, each naming its templates.
  package func rendered(with answers: Answers) throws(Diagnostics) -> FileTree<RenderedFile> {
    var renderer = Renderer(layout: self)
    for index in manifest.layers.indices {
      try renderer.place(layer: index, answers.scope)
    }
    try renderer.diagnostics.throwIfAny()
    return try renderer.contents(title: title(in: answers))
  }

  /// The commands to run next.
  package func nextSteps(
    with answers: Answers, directory: String
  ) throws(Diagnostics) -> [String] {
    var scope = answers.scope
    scope["DIRECTORY"] = .text(directory)
    var steps: [String] = []
    for template in manifest.next {
      let step = String(decoding: try template.rendered(in: scope), as: UTF8.self)
      // Which steps there are may depend on the answers.
      if !step.isEmpty { steps.append(step) }
    }
    return steps
  }

  /// The first line of the tree that `<<TREE>>` draws.
  private func title(in answers: Answers) -> String {
    if case .text(let name)? = answers.values["PROJECT_NAME"] { return name }
    return name
  }
}

/// Places the layers' files first, since `<<TREE>>` needs all names, then renders contents.
private struct Renderer {
  let layout: Layout
  var diagnostics = Diagnostics()
  private var shape = TreeShape()
  /// What the files of `shape` number.
  private var files: [Placed] = []

  /// A file at its rendered path, its content still to be rendered.
  private struct Placed {
    var file: TemplateFile
    /// Nil for what is copied byte for byte.
    var template: Template?
    var scope: Scope
    /// Counts the layers that were placed, to find a file that one writes for each item.
    var layer: Int
  }

  init(layout: Layout) {
    self.layout = layout
  }

  // MARK: Names

  /// How many layers were placed, with the one at hand.
  private var layers = 0
  /// Where the paths come from, for complaints: in the order in which they were placed.
  private var origins: [Origin] = []

  private struct Origin {
    var path: RelativePath
    var source: String
    var isDirectory: Bool
  }

  mutating func place(layer index: Int, _ scope: Scope) throws(Diagnostics) {
    let layer = layout.manifest.layers[index]
    if layer.loops.isEmpty, let condition = layer.when, !condition.holds(in: scope) { return }
    let scopes = scopes(of: layer, from: scope)
    guard !scopes.isEmpty else { return }
    let templates = try layout.templates(ofLayer: index)
    layers += 1
    for scope in scopes { place(templates.nodes, of: layer, at: .root, in: scope) }
  }

  /// One scope for each combination of items for which the layer applies.
  private func scopes(of layer: Manifest.Layer, from scope: Scope) -> [Scope] {
    var scopes = [scope]
    for loop in layer.loops {
      guard case .list(let items)? = scope[loop.list] else { return [] }
      scopes = scopes.flatMap { outer in
        items.indices.map { outer.binding(loop.item, to: $0, of: items) }
      }
    }
    guard let condition = layer.when else { return scopes }
    return scopes.filter(condition.holds(in:))
  }

  private mutating func place(
    _ nodes: [LayerTemplates.Node], of layer: Manifest.Layer, at parent: RelativePath,
    in scope: Scope
  ) {
    for node in nodes {
      do {
        let component = try name(of: node, in: scope)
        let path = try parent.appending(component)
        if Layout.isReserved(component) {
          throw PathError(
            path: path.string, reason: "has a name of scaffold's own (“\(Layout.reservedPrefix)…”)")
        }
        let note = try node.note?.rendered(in: scope)
        try place(
          node, of: layer, at: path, note: note.map { String(decoding: $0, as: UTF8.self) },
          in: scope)
      } catch let error as Diagnostics {
        diagnostics.add(error)
      } catch let conflict as TreeConflict {
        diagnostics.add(Diagnostic("\(node.source): \(reason(of: conflict, for: node))"))
      } catch {
        diagnostics.add(Diagnostic("\(node.source): \(error)"))
      }
    }
  }

  private func name(
    of node: LayerTemplates.Node, in scope: Scope
  ) throws(Diagnostics) -> String {
    guard let template = node.nameTemplate else { return node.name }
    return String(decoding: try template.rendered(in: scope), as: UTF8.self)
  }

  private mutating func place(
    _ node: LayerTemplates.Node, of layer: Manifest.Layer, at path: RelativePath, note: String?,
    in scope: Scope
  ) throws {
    switch node.kind {
    case .directory(let children):
      try shape.insertDirectory(note: note, at: path)
      origins.append(Origin(path: path, source: node.source, isDirectory: true))
      place(children, of: layer, at: path, in: scope)
    case .file(let file, _, let content):
      let placed = Placed(
        file: file, template: try template(of: file, content, at: path, from: node, of: layer),
        scope: scope, layer: layers)
      if let number = try shape.insertFile(note: note, leaf: files.count, at: path) {
        if files[number].layer == layers {
          diagnostics.add(
            Diagnostic(
              "\(node.source): “\(path)” is written more than once by the same layer",
              help: "a file of a layer with “each” needs the item in its path"))
        }
        files[number] = placed
      } else {
        files.append(placed)
      }
      origins.append(Origin(path: path, source: node.source, isDirectory: false))
    }
  }

  /// Decides what could not be decided before the path was known.
  private func template(
    of file: TemplateFile, _ content: LayerTemplates.Content, at path: RelativePath,
    from node: LayerTemplates.Node, of layer: Manifest.Layer
  ) throws(Diagnostics) -> Template? {
    switch content {
    case .template(let template): return template
    case .bytes: return nil
    case .undecided:
      if layout.manifest.verbatim.contains(where: { $0.matches(path.string) }) { return nil }
      return try LayerTemplates.parse(
        file.bytes ?? [], source: node.source,
        declarations: layout.manifest.contentDeclarations(in: layer))
    }
  }

  /// Why `node` cannot be where it would be, and which template is there.
  private func reason(of conflict: TreeConflict, for node: LayerTemplates.Node) -> String {
    // The last layer with a file writes it; the first one with a directory makes it.
    let all = origins.filter { $0.path == conflict.existing }
    let origin = all.first.flatMap { $0.isDirectory ? $0 : all.last }
    let present = origin?.source ?? "another layer"
    if conflict.path == conflict.existing {
      let kinds =
        if case .directory = node.kind { ("a directory", "a file") } else {
          ("a file", "a directory")
        }
      return "“\(conflict.path)” is \(kinds.0), but \(kinds.1) in \(present)"
    }
    return
      "“\(conflict.path)” collides with “\(conflict.existing)” of \(present) where letter case or"
      + " Unicode form is ignored"
  }

  // MARK: Contents

  mutating func contents(title: String) throws(Diagnostics) -> FileTree<RenderedFile> {
    let drawing = drawing(title: title)
    var failed = Diagnostics()
    var rendered = [RenderedFile](
      repeating: RenderedFile(content: .bytes([]), permissions: .regular), count: files.count)
    for entry in shape.entries {
      guard let number = entry.leaf else { continue }
      do throws(Diagnostics) {
        rendered[number] = try render(files[number], at: entry.path, drawing)
      } catch {
        failed.add(error)
      }
    }
    try failed.throwIfAny()
    return FileTree(shape: shape, leaves: rendered)
  }

  /// The tree for `<<TREE>>`, drawn only when a template asks for it.
  private func drawing(title: String) -> String {
    let isWanted = files.contains { $0.template?.uses("TREE") ?? false }
    guard isWanted else { return "" }
    return TreeDrawing(shape.withRecord, title).text
  }

  private func render(
    _ placed: Placed, at path: RelativePath, _ drawing: String
  ) throws(Diagnostics) -> RenderedFile {
    let manifest = layout.manifest
    let isPrivate = manifest.privates.contains { $0.matches(path.string) }
    let content = try content(of: placed, drawing)
    var isExecutable = placed.file.isExecutable
    if case .builtIn = layout.source, case .bytes(let bytes) = content,
      bytes.starts(with: "#!".utf8)
    {
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
      content: content, permissions: permissions, blob: placed.file.embeddedBlob)
  }

  private func content(
    of placed: Placed, _ drawing: String
  ) throws(Diagnostics) -> FileContent {
    if case .stored(let path, _, let fileSystem) = placed.file.content {
      return .file(path, in: fileSystem)
    }
    guard let template = placed.template else { return .bytes(placed.file.bytes ?? []) }
    var scope = placed.scope
    if template.uses("TREE") { scope["TREE"] = .text(drawing) }
    return .bytes(try template.rendered(in: scope))
  }
}

extension FileTree {
  /// The names of the tree as they will stand in the project, the record's too, to be drawn.
  package var withRecord: FileTree<Void> {
    // One more than files: the record's, whether it is new or not.
    FileTree<Void>(
      shape: shape.withRecord, leaves: [Void](repeating: (), count: leaves.count + 1))
  }
}

extension TreeShape {
  /// With the record as one more file.
  fileprivate var withRecord: TreeShape {
    var result = self
    do {
      let path = try RelativePath.root.appending(Layout.recordName)
      let leaf = entries.count { $0.leaf != nil }
      _ = try result.insertFile(note: Layout.recordNote, leaf: leaf, at: path)
    } catch {
      // A layout's files have no such name.
    }
    return result
  }
}
