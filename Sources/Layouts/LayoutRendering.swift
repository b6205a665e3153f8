import Documents
import FileSystems
import FileTrees
import Templating

/// A file as it is to be written.
package struct RenderedFile: Sendable {
  package var content: FileContent
  package var permissions: Permissions
  /// The template it comes from, for complaints.
  package var source: String

  package init(content: FileContent, permissions: Permissions, source: String) {
    self.content = content
    self.permissions = permissions
    self.source = source
  }
}

extension Layout {
  /// The project's tree: a pure function of the layout and the answers.
  ///
  /// - Throws: what only answers can get wrong: a name that is no safe path, two files that
  ///   collide, each naming its templates.
  package func rendered(with answers: Answers) throws(Diagnostics) -> FileTree<RenderedFile> {
    var renderer = Renderer(layout: self)
    for layer in manifest.layers {
      try renderer.place(layer, answers.scope)
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
      steps.append(String(decoding: try template.rendered(in: scope), as: UTF8.self))
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
  private var tree = FileTree<Placed>()

  /// A file at its rendered path, its content still to be rendered.
  private struct Placed {
    var file: TemplateFile
    var content: LayerTemplates.Content
    var source: String
    var layer: Int
    var scope: Scope
  }

  init(layout: Layout) {
    self.layout = layout
  }

  // MARK: Names

  private var layerIndex = 0
  /// Which template a layer wrote to a path, to find one that is written for each item.
  private var writtenByLayer: [RelativePath: String] = [:]

  mutating func place(_ layer: Manifest.Layer, _ scope: Scope) throws(Diagnostics) {
    defer { layerIndex += 1 }
    if layer.loops.isEmpty, let condition = layer.when, !condition.holds(in: scope) { return }
    let scopes = scopes(of: layer, from: scope)
    guard !scopes.isEmpty else { return }
    let templates = try LayerTemplates(layer, of: layout)
    writtenByLayer = [:]
    for scope in scopes { place(templates.nodes, at: .root, in: scope) }
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
    _ nodes: [LayerTemplates.Node], at parent: RelativePath, in scope: Scope
  ) {
    for node in nodes {
      do {
        let path = try parent.appending(try name(of: node, in: scope))
        if path.name.hasPrefix(Layout.reservedPrefix) {
          throw PathError(
            path: path.string, reason: "has a name of scaffold's own (“\(Layout.reservedPrefix)…”)")
        }
        let note = try node.note?.rendered(in: scope)
        try place(node, at: path, note: note.map { String(decoding: $0, as: UTF8.self) }, in: scope)
      } catch let error as Diagnostics {
        diagnostics.add(error)
      } catch let conflict as TreeConflict {
        diagnostics.add(
          Diagnostic(
            "\(node.source): “\(conflict.path)” collides with “\(conflict.existing)”"
              + (source(of: conflict.existing).map { " of \($0)" } ?? "")))
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
    _ node: LayerTemplates.Node, at path: RelativePath, note: String?, in scope: Scope
  ) throws {
    switch node.kind {
    case .directory(let children):
      try tree.insertDirectory(at: path, note: note)
      place(children, at: path, in: scope)
    case .file(let file, let content):
      if writtenByLayer.updateValue(node.source, forKey: path) != nil {
        diagnostics.add(
          Diagnostic(
            "\(node.source): “\(path)” is written more than once by the same layer",
            help: "a file of a layer with “each” needs the item in its path"))
      }
      let placed = Placed(
        file: file, content: content, source: node.source, layer: layerIndex, scope: scope)
      try tree.insert(.init(placed, note: note), at: path)
    }
  }

  private func source(of path: RelativePath) -> String? {
    guard case .file(let file)? = tree[path] else { return nil }
    return file.leaf.source
  }

  // MARK: Contents

  mutating func contents(title: String) throws(Diagnostics) -> FileTree<RenderedFile> {
    let drawing = drawing(title: title)
    var result = FileTree<RenderedFile>()
    var failed = Diagnostics()
    tree.forEach { path, node in
      do {
        switch node {
        case .directory(let directory):
          try result.insertDirectory(at: path, note: directory.note)
        case .file(let file):
          let rendered = try render(file.leaf, at: path, drawing)
          try result.insert(.init(rendered, note: file.note), at: path)
        }
      } catch let error as Diagnostics {
        failed.add(error)
      } catch {
        failed.add(Diagnostic("\(error)"))
      }
    }
    try failed.throwIfAny()
    return result
  }

  /// The tree for `<<TREE>>`, drawn only when a template asks for it.
  private func drawing(title: String) -> String {
    let isWanted = tree.files.contains { _, file in
      if case .template(let template) = file.leaf.content {
        template.names.contains("TREE")
      } else {
        false
      }
    }
    guard isWanted else { return "" }
    return TreeDrawing(tree.withRecord, title: title).text
  }

  private func render(
    _ placed: Placed, at path: RelativePath, _ drawing: String
  ) throws(Diagnostics) -> RenderedFile {
    let manifest = layout.manifest
    let isPrivate = manifest.privates.contains { $0.matches(path.string) }
    let content = try content(of: placed, at: path, drawing)
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
    return RenderedFile(content: content, permissions: permissions, source: placed.source)
  }

  private func content(
    of placed: Placed, at path: RelativePath, _ drawing: String
  ) throws(Diagnostics) -> FileContent {
    if case .stored(let path, _, let fileSystem) = placed.file.content {
      return .file(path, in: fileSystem)
    }
    let template: Template
    switch placed.content {
    case .template(let parsed):
      template = parsed
    case .bytes:
      return .bytes(placed.file.bytes ?? [])
    case .undecided:
      let bytes = placed.file.bytes ?? []
      if layout.manifest.verbatim.contains(where: { $0.matches(path.string) }) {
        return .bytes(bytes)
      }
      template = try LayerTemplates.parse(
        bytes, source: placed.source, in: layout.manifest.layers[placed.layer], of: layout)
    }
    var scope = placed.scope
    if template.names.contains("TREE") { scope["TREE"] = .text(drawing) }
    return .bytes(try template.rendered(in: scope))
  }
}

extension FileTree {
  /// The names of the tree as they will stand in the project, the record's too, to be drawn.
  package var withRecord: FileTree<Void> {
    var result = FileTree<Void>()
    forEach { path, node in
      switch node {
      case .directory(let directory):
        try? result.insertDirectory(at: path, note: directory.note)
      case .file(let file):
        try? result.insert(.init((), note: file.note), at: path)
      }
    }
    if let path = try? RelativePath.root.appending(Layout.recordName) {
      try? result.insert(.init((), note: Layout.recordNote), at: path)
    }
    return result
  }
}
