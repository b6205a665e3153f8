import Documents
import FileSystems
import FileTrees
import Templating

/// Places the layers' files first, since `<<TREE>>` needs all names, then renders contents.
struct LayoutRenderer {
  let layout: Layout
  var diagnostics = Diagnostics()
  private(set) var warnings = Diagnostics()
  private var budget: Budget
  private var tree = FileTree()
  /// What the files of `tree` number.
  private var files: [PlacedFile] = []

  /// A file at its rendered path, its content still to be rendered.
  private struct PlacedFile {
    var file: TemplateFile
    /// Nil for what is copied byte for byte.
    var template: Template?
    /// Where in `entries` it comes from.
    var entry: Int
  }

  init(layout: Layout, budget: Budget) {
    self.layout = layout
    self.budget = budget
  }

  // MARK: Names

  /// Whether the project has become too large to go on.
  private var isOver = false
  /// The names for contents of the layer at hand, once they are asked for.
  private var declarations: Declarations?
  /// Where the paths come from, in the order in which they were placed.
  private var entries: [PlacedEntry] = []
  /// The first entry of the layer at hand.
  private var layerStart = 0
  /// The folders of the layers that apply, that of the layer at hand among them.
  private var folders: [RelativePath] = []

  mutating func place(layer index: Int, _ scope: Scope) throws(Diagnostics) {
    let layer = layout.manifest.layers[index]
    let layout = layout
    var templates: LayerTemplates?
    var repetition = 0
    layerStart = entries.count
    declarations = nil
    do {
      try forEachScope(of: layer, layer.loops[...], in: scope) { renderer, scope in
        // Read only when the layer applies.
        let present = try templates ?? layout.templates(ofLayer: index)
        if templates == nil {
          renderer.folders.append(layer.folder)
          repetition = renderer.folders.count { $0.overlaps(layer.folder) }
        }
        templates = present
        let placement = LayerPlacement(layer, present, repetition: repetition, in: scope)
        renderer.place(present.nodes, of: placement, at: .root)
      }
    } catch let faults as Diagnostics {
      throw faults
    } catch let overrun as Overrun {
      diagnostics.add(Diagnostic(overrun.message(for: "the project"), at: layer.location))
    } catch {
      diagnostics.add(Diagnostic("\(error)", at: layer.location))
    }
  }

  /// Calls `body` for each combination of items for which the layer applies, one after the other:
  /// there may be more than anything holds.
  private mutating func forEachScope(
    of layer: Manifest.Layer, _ loops: ArraySlice<Manifest.Loop>, in scope: Scope,
    _ body: (inout LayoutRenderer, Scope) throws -> Void
  ) throws {
    guard let loop = loops.first else {
      if let condition = layer.when, try !condition.holds(in: scope, spending: &budget) { return }
      return try body(&self, scope)
    }
    guard case .list(let items)? = scope[loop.list] else { return }
    let names = ItemNames(loop.item)
    for index in items.indices where !diagnostics.isFull && !isOver {
      try budget.spend(Self.stepsOfItem, on: .steps)
      try forEachScope(
        of: layer, loops.dropFirst(), in: scope.binding(names, to: index, of: items), body)
    }
  }

  /// What binding an item costs.
  private static let stepsOfItem = 8

  private mutating func place(
    _ nodes: [LayerTemplates.Node], of placement: LayerPlacement, at parent: RelativePath
  ) {
    let scope = placement.scope
    for node in nodes where !diagnostics.isFull && !isOver {
      do {
        try budget.spend(1, on: .entries)
        let component = try name(of: node, in: scope)
        let path = try parent.appending(component)
        if Layout.isReserved(component) {
          throw PathError(
            path: path.string, reason: "has a name of scaffold's own (“\(Layout.reservedPrefix)…”)")
        }
        try budget.spend(2 * path.string.utf8.count, on: .text)
        let note = try node.note?.rendered(
          in: scope, upTo: Budget.longestValue, "a note", spending: &budget)
        try place(
          node, of: placement, at: path, note: note.map { String(decoding: $0, as: UTF8.self) })
      } catch let error as Diagnostics {
        diagnostics.add(error)
      } catch let conflict as TreeConflict {
        diagnostics.add(Diagnostic("\(node.source): \(reason(of: conflict, for: node))"))
      } catch let overrun as Overrun {
        // What comes after it would only say the same.
        isOver = true
        let place = SourceLocation(file: node.source, line: 1, column: 1)
        diagnostics.add(Diagnostic(overrun.message(for: "the project"), at: place))
      } catch {
        diagnostics.add(Diagnostic("\(node.source): \(error)"))
      }
    }
  }

  private mutating func name(
    of node: LayerTemplates.Node, in scope: Scope
  ) throws(Diagnostics) -> String {
    guard let template = node.nameTemplate else { return node.name }
    let name = String(
      decoding: try template.rendered(
        in: scope, upTo: Budget.longestValue, "a name", spending: &budget), as: UTF8.self)
    if let fault = try RenderedNames.fault(in: name, template, scope, spending: &budget) {
      throw Diagnostics(Diagnostic("\(node.source): the name “\(name)” \(fault)"))
    }
    return name
  }

  private mutating func place(
    _ node: LayerTemplates.Node, of placement: LayerPlacement, at path: RelativePath, note: String?
  ) throws {
    var entry = PlacedEntry(
      path: path, template: node.path, source: node.source, isDirectory: false,
      placement: placement)
    switch node.kind {
    case .directory(let children):
      entry.isDirectory = true
      let number = try tree.insertDirectory(number: entries.count, note: note, at: path)
      if let number, let fault = collision(entry, with: number) {
        diagnostics.add(fault)
        // What both hold would only be echoes.
        return
      }
      entries.append(entry)
      place(children, of: placement, at: path)
    case .file(let file, _, let content):
      let placed = PlacedFile(
        file: file,
        template: try template(of: file, content, at: path, from: node, placement),
        entry: entries.count)
      if let number = try tree.insertFile(leaf: files.count, note: note, at: path) {
        if let fault = collision(entry, with: files[number].entry) { diagnostics.add(fault) }
        files[number] = placed
      } else {
        files.append(placed)
      }
      entries.append(entry)
    }
  }

  /// What is wrong with two parts of the layout that have one path here; nil where a later layer
  /// replaces what an earlier one has at the same path, or adds to the same directory.
  private func collision(_ entry: PlacedEntry, with number: Int) -> Diagnostic? {
    let existing = entries[number]
    let isRepeated = !entry.isDirectory && number >= layerStart
    if !isRepeated, entry.isMeantToBe(existing) { return nil }
    return Collision(new: entry, existing: existing, manifest: layout.manifest).diagnostic
  }

  /// Decides what could not be decided before the path was known.
  private mutating func template(
    of file: TemplateFile, _ content: LayerTemplates.Content, at path: RelativePath,
    from node: LayerTemplates.Node, _ placement: LayerPlacement
  ) throws -> Template? {
    switch content {
    case .template(let template): return template
    case .bytes: return nil
    case .undecided:
      for pattern in layout.manifest.verbatim
      where try pattern.matches(path.string, in: placement.scope, spending: &budget) { return nil }
      let declarations = declarations ?? layout.manifest.contentDeclarations(in: placement.layer)
      self.declarations = declarations
      let bytes = file.bytes ?? []
      try budget.spend(bytes.count, on: .text)
      let template = try Template(
        parsing: bytes, at: SourceLocation(file: node.source, line: 1, column: 1),
        declarations: declarations, mostTags: budget.left(of: .tags), verbatim: path.string,
        warnings: &warnings)
      try budget.spend(template.tags, on: .tags)
      return template
    }
  }

  /// Warns of a glob that no file of the layers that apply has, though one could have had it with
  /// other values: the file is written as if the glob were not there. What takes more than what is
  /// left is left without a warning.
  mutating func warnOfGlobs() {
    if layout.reference.isBuiltIn { return }
    let manifest = layout.manifest
    var placed = GlobTargets(files.map { entries[$0.entry] }, manifest.declarations)
    do throws(Overrun) {
      for (patterns, key) in [(manifest.privates, "private"), (manifest.verbatim, "verbatim")] {
        for pattern in patterns {
          guard let other = try placed.escaping(pattern, spending: &budget) else { continue }
          warnings.add(
            Diagnostic(
              "“\(pattern.text)” of “\(key)” matches no file here; \(other.source) is written as"
                + " “\(other.path)”, and not \(key)", at: pattern.location,
              help: "write the path as it stands in the layer: “\(other.template)”"))
        }
      }
    } catch {
      return
    }
  }

  /// Why `node` cannot be where it would be, and which template is there.
  private func reason(of conflict: TreeConflict, for node: LayerTemplates.Node) -> String {
    // The last layer with a file writes it; the first one with a directory makes it.
    let all = entries.filter { $0.path == conflict.existing }
    let entry = all.first.flatMap { $0.isDirectory ? $0 : all.last }
    let present = entry?.source ?? "another layer"
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

  mutating func contents(title: String) throws(Diagnostics) -> RenderedTree {
    let drawing = drawing(title: title)
    var failed = Diagnostics()
    var rendered: [RenderedFile] = []
    rendered.reserveCapacity(files.count + 1)  // The record comes to it.
    for file in files where !failed.isFull {
      do throws(Diagnostics) {
        rendered.append(try render(file, drawing))
      } catch {
        failed.add(error)
      }
    }
    try failed.throwIfAny()
    return RenderedTree(tree: tree, files: rendered)
  }

  /// The tree for `<<TREE>>`, drawn only when a template asks for it.
  private func drawing(title: String) -> String {
    let isWanted = files.contains { $0.template?.uses("TREE") ?? false }
    guard isWanted else { return "" }
    return TreeDrawing(tree.withRecord(leaf: files.count), title: title).text
  }

  private mutating func render(
    _ placed: PlacedFile, _ drawing: String
  ) throws(Diagnostics) -> RenderedFile {
    let entry = entries[placed.entry]
    let content = try content(of: placed, in: entry.scope, drawing)
    let isPrivate: Bool
    do {
      try budget.spend(placed.file.size ?? 0, on: .content)
      isPrivate = try layout.manifest.privates.contains {
        try $0.matches(entry.path.string, in: entry.scope, spending: &budget)
      }
    } catch {
      let overrun = error as? Overrun
      throw Diagnostics(
        Diagnostic("\(entry.path): \(overrun?.message(for: "the project") ?? "\(error)")"))
    }
    var isExecutable = placed.file.isExecutable
    if layout.reference.isBuiltIn, case .bytes(let bytes) = content,
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
      content: content, permissions: permissions, blob: placed.file.embeddedBlob,
      template: TemplateIdentity(source: entry.source, placement: entry.placement))
  }

  private mutating func content(
    of placed: PlacedFile, in scope: Scope, _ drawing: String
  ) throws(Diagnostics) -> FileContent {
    if case .stored(let path, _, let fileSystem) = placed.file.storage {
      return .file(path, in: fileSystem)
    }
    guard let template = placed.template else { return .bytes(placed.file.bytes ?? []) }
    var scope = scope
    if template.uses("TREE") { scope.bind("TREE", to: .text(drawing)) }
    return .bytes(try template.rendered(in: scope, spending: &budget))
  }
}
