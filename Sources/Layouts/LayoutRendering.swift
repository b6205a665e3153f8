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
    /// Nil for what is copied byte for byte.
    var template: Template?
    var source: String
    var scope: Scope
  }

  init(layout: Layout) {
    self.layout = layout
  }

  // MARK: Names

  /// What the layer at hand wrote, to find a file that is written for each item.
  private var writtenByLayer: Set<RelativePath> = []
  /// Where each path comes from, for complaints.
  private var sources: [RelativePath: String] = [:]

  mutating func place(_ layer: Manifest.Layer, _ scope: Scope) throws(Diagnostics) {
    if layer.loops.isEmpty, let condition = layer.when, !condition.holds(in: scope) { return }
    let scopes = scopes(of: layer, from: scope)
    guard !scopes.isEmpty else { return }
    let templates = try LayerTemplates(layer, of: layout)
    writtenByLayer = []
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
        let path = try parent.appending(try name(of: node, in: scope))
        if Layout.isReserved(path.name) {
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
      try tree.insertDirectory(at: path, note: note)
      if sources[path] == nil { sources[path] = node.source }
      place(children, of: layer, at: path, in: scope)
    case .file(let file, let content):
      if !writtenByLayer.insert(path).inserted {
        diagnostics.add(
          Diagnostic(
            "\(node.source): “\(path)” is written more than once by the same layer",
            help: "a file of a layer with “each” needs the item in its path"))
      }
      let placed = Placed(
        file: file, template: try template(of: file, content, at: path, from: node, of: layer),
        source: node.source, scope: scope)
      try tree.insert(.init(placed, note: note), at: path)
      sources[path] = node.source
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
        file.bytes ?? [], source: node.source, in: layer, of: layout)
    }
  }

  /// Why `node` cannot be where it would be, and which template is there.
  private func reason(of conflict: TreeConflict, for node: LayerTemplates.Node) -> String {
    let present = sources[conflict.existing] ?? "another layer"
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
      file.leaf.template?.names.contains("TREE") ?? false
    }
    guard isWanted else { return "" }
    return TreeDrawing(tree.withRecord, title: title).text
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
    return RenderedFile(content: content, permissions: permissions, source: placed.source)
  }

  private func content(
    of placed: Placed, _ drawing: String
  ) throws(Diagnostics) -> FileContent {
    if case .stored(let path, _, let fileSystem) = placed.file.content {
      return .file(path, in: fileSystem)
    }
    guard let template = placed.template else { return .bytes(placed.file.bytes ?? []) }
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
