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
    var ignored = Diagnostics()
    return try rendered(with: answers, warnings: &ignored)
  }

  /// - Parameter warnings: gets what is no fault, but probably not meant.
  package func rendered(
    with answers: Answers, warnings: inout Diagnostics
  ) throws(Diagnostics) -> FileTree<RenderedFile> {
    var renderer = Renderer(layout: self)
    for index in manifest.layers.indices {
      try renderer.place(layer: index, answers.scope)
    }
    try renderer.diagnostics.throwIfAny()
    renderer.warnOfGlobs()
    let tree = try renderer.contents(title: title(in: answers))
    warnings.add(renderer.warnings.sorted())
    return tree
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
  private(set) var warnings = Diagnostics()
  private var shape = TreeShape()
  /// What the files of `shape` number.
  private var files: [Placed] = []

  /// A file at its rendered path, its content still to be rendered.
  private struct Placed {
    var file: TemplateFile
    /// Nil for what is copied byte for byte.
    var template: Template?
    var scope: Scope
    /// Where in `origins` it comes from.
    var origin: Int
  }

  init(layout: Layout) {
    self.layout = layout
  }

  // MARK: Names

  /// Where the paths come from, in the order in which they were placed.
  private var origins: [Origin] = []
  /// The first origin of the layer at hand.
  private var layerStart = 0

  mutating func place(layer index: Int, _ scope: Scope) throws(Diagnostics) {
    let layer = layout.manifest.layers[index]
    if layer.loops.isEmpty, let condition = layer.when, !condition.holds(in: scope) { return }
    let scopes = scopes(of: layer, from: scope)
    guard !scopes.isEmpty else { return }
    let templates = try layout.templates(ofLayer: index)
    layerStart = origins.count
    for scope in scopes {
      place(templates.nodes, of: Origin.Placing(layer, in: scope), at: .root)
    }
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
    _ nodes: [LayerTemplates.Node], of placing: Origin.Placing, at parent: RelativePath
  ) {
    let scope = placing.scope
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
          node, of: placing, at: path, note: note.map { String(decoding: $0, as: UTF8.self) })
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
    let name = String(decoding: try template.rendered(in: scope), as: UTF8.self)
    if let fault = RenderedNames.fault(in: name, template, scope) {
      throw Diagnostics(Diagnostic("\(node.source): the name “\(name)” \(fault)"))
    }
    return name
  }

  private mutating func place(
    _ node: LayerTemplates.Node, of placing: Origin.Placing, at path: RelativePath, note: String?
  ) throws {
    var origin = Origin(
      path: path, template: node.path, source: node.source, isDirectory: false,
      placing: placing)
    switch node.kind {
    case .directory(let children):
      origin.isDirectory = true
      let number = try shape.insertDirectory(note: note, number: origins.count, at: path)
      if let number, let fault = collision(origin, with: number) {
        diagnostics.add(fault)
        // What both hold would only be echoes.
        return
      }
      origins.append(origin)
      place(children, of: placing, at: path)
    case .file(let file, _, let content):
      let placed = Placed(
        file: file,
        template: try template(of: file, content, at: path, from: node, placing),
        scope: placing.scope, origin: origins.count)
      if let number = try shape.insertFile(note: note, leaf: files.count, at: path) {
        if let fault = collision(origin, with: files[number].origin) { diagnostics.add(fault) }
        files[number] = placed
      } else {
        files.append(placed)
      }
      origins.append(origin)
    }
  }

  /// What is wrong with two parts of the layout that have one path here; nil where a later layer
  /// replaces what an earlier one has at the same path, or adds to the same directory.
  private func collision(_ origin: Origin, with number: Int) -> Diagnostic? {
    let existing = origins[number]
    let isRepeated = !origin.isDirectory && number >= layerStart
    if !isRepeated, origin.isMeantToBe(existing) { return nil }
    return Collision(new: origin, existing: existing, manifest: layout.manifest).diagnostic
  }

  /// Decides what could not be decided before the path was known.
  private mutating func template(
    of file: TemplateFile, _ content: LayerTemplates.Content, at path: RelativePath,
    from node: LayerTemplates.Node, _ placing: Origin.Placing
  ) throws(Diagnostics) -> Template? {
    switch content {
    case .template(let template): return template
    case .bytes: return nil
    case .undecided:
      if layout.manifest.verbatim.contains(where: { $0.matches(path.string, in: placing.scope) }) {
        return nil
      }
      return try LayerTemplates.parse(
        file.bytes ?? [], source: node.source,
        declarations: layout.manifest.contentDeclarations(in: placing.layer), &warnings)
    }
  }

  /// A glob that no file of the layers that apply has, though one could have had it with other
  /// values: the file is written as if the glob were not there.
  mutating func warnOfGlobs() {
    guard case .folder = layout.source else { return }
    let manifest = layout.manifest
    let patterns =
      manifest.privates.map { ($0, "private") } + manifest.verbatim.map { ($0, "verbatim") }
    for (pattern, key) in patterns {
      let placed = files.map { origins[$0.origin] }
      guard !placed.contains(where: { pattern.matches($0.path.string, in: $0.scope) }),
        let other = placed.first(where: { origin in
          let names = manifest.declarations(in: origin.layer)
          return pattern.couldMatch(LayerTemplates.candidate(for: origin.template, names))
        })
      else { continue }
      warnings.add(
        Diagnostic(
          "“\(pattern.text)” of “\(key)” matches no file here; \(other.source) is written as"
            + " “\(other.path)”, and not \(key)", at: pattern.location,
          help: "write the path as it stands in the layer: “\(other.template)”"))
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
    let isPrivate = manifest.privates.contains { $0.matches(path.string, in: placed.scope) }
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
