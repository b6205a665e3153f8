import Documents
import FileTrees
import Templating

/// Gives the files of the layers that apply their places in the project's tree: the names of all are
/// known before any content is rendered, since `<<TREE>>` draws them.
struct Placing {
  let layout: Layout
  private(set) var diagnostics = Diagnostics()
  private(set) var budget: Budget
  private(set) var tree = FileTree()
  /// What the files of `tree` number.
  private(set) var files: [PlacedFile] = []
  private(set) var placements: [LayerPlacement] = []
  /// The folders of the layers that apply.
  private var folders: [RelativePath] = []
  /// What the directories of `tree` number.
  private var directories: [PlacedEntry] = []
  /// Whether the project has become too large to go on.
  private var isOver = false

  /// - Parameter budget: pays for all of it.
  init(_ layout: Layout, _ scope: Scope, within budget: Budget) {
    self.layout = layout
    self.budget = budget
    let declarations = layout.manifest.declarations
    for index in layout.manifest.layers.indices where !diagnostics.isFull {
      place(layer: index, declarations, scope)
    }
  }

  // MARK: Layers

  private mutating func place(layer index: Int, _ declarations: Declarations, _ scope: Scope) {
    let layer = layout.manifest.layers[index]
    guard let content = layout.folder.directory(of: layer) else { return }
    var names: LayerNames?
    var declarations = declarations
    var repetition = 0
    do throws(Overrun) {
      try forEachScope(of: layer, layer.loops[...], in: scope) { placing, scope in
        // Made only when the layer applies.
        if names == nil {
          declarations = declarations.inLayer(layer)
          names = LayerNames(placing.layout.manifest, declarations)
          placing.folders.append(layer.folder)
          repetition = placing.folders.count { $0.overlaps(layer.folder) }
        }
        placing.placements.append(
          LayerPlacement(
            layer, index: index, repetition: repetition, declarations, in: scope))
        if var present = names.take() {
          placing.place(content, of: layer, &present)
          names = present
        }
      }
    } catch {
      diagnostics.add(Diagnostic(error.message(for: "the project"), at: layer.location))
    }
  }

  /// Calls `body` for each combination of items for which the layer applies, one after the other:
  /// there may be more than anything holds.
  private mutating func forEachScope(
    of layer: Manifest.Layer, _ loops: ArraySlice<Manifest.Loop>, in scope: Scope,
    _ body: (inout Placing, Scope) -> Void
  ) throws(Overrun) {
    guard let loop = loops.first else {
      if let condition = layer.when, try !condition.holds(in: scope, spending: &budget) { return }
      return body(&self, scope)
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

  // MARK: Directories

  /// A directory of the layer and the one that it becomes.
  private struct Position {
    /// Of the one that it becomes.
    var path: RelativePath
    var parent: LayerNames.Parent
  }

  private mutating func place(
    _ content: FileTree.Directory, of layer: Manifest.Layer, _ names: inout LayerNames
  ) {
    let source = layout.folder.displayName(of: layer.folder.string)
    let position = Position(path: .root, parent: LayerNames.Parent(path: "", source: source))
    var root = tree.root
    tree.root = FileTree.Directory()  // so that there is no other copy
    place(content, into: &root, layer.destination.components[...], &names, at: position)
    tree.root = root
  }

  /// - Parameter destination: the directories, one in the other, that the layer's content goes to.
  private mutating func place(
    _ content: FileTree.Directory, into directory: inout FileTree.Directory,
    _ destination: ArraySlice<String>, _ names: inout LayerNames, at position: Position
  ) {
    guard let name = destination.first else {
      for child in content.children where !diagnostics.isFull && !isOver {
        place(child, into: &directory, &names, at: position)
      }
      return
    }
    attempt(position.parent.source) { placing throws in
      try placing.place(
        content, as: name, from: position.parent.source, into: &directory,
        destination.dropFirst(), &names, at: position)
    }
  }

  private mutating func place(
    _ child: FileTree.Child, into directory: inout FileTree.Directory, _ names: inout LayerNames,
    at position: Position
  ) {
    let name = names.renamed(child.name)
    attempt(position.parent.source(of: child.name)) { placing throws in
      switch child.node {
      case .file(let file):
        try placing.place(
          file, as: name, from: position.parent.source(of: child.name), into: &directory, &names,
          at: position)
      case .directory(let inner):
        try placing.place(
          inner, as: name, from: position.parent.source(of: child.name), into: &directory, [],
          &names, at: position)
      }
    }
  }

  private mutating func place(
    _ content: FileTree.Directory, as name: String, from source: String,
    into directory: inout FileTree.Directory, _ destination: ArraySlice<String>,
    _ names: inout LayerNames, at position: Position
  ) throws {
    let component = try rendered(name, from: source, &names, at: position)
    let inside = Position(
      path: try position.path.appending(component),
      parent: LayerNames.Parent(path: position.parent.path(of: name), source: source))
    let note = try note(of: name, isDirectory: true, &names, at: position)
    let entry = PlacedEntry(
      path: inside.path, template: inside.parent.path, source: source, isDirectory: true,
      placement: placements[placements.count - 1])
    var taken: FileTree.Directory.Taken
    do throws(NameConflict) {
      taken = try directory.takeDirectory(
        number: directories.count, note: note, named: component)
    } catch {
      throw conflict(error, component, isDirectory: true, directory, at: position)
    }
    defer { directory.putBack(taken) }
    if !taken.isNew, let number = taken.number {
      if let fault = collision(entry, with: directories[number]) {
        diagnostics.add(fault)
        // What both hold would only be echoes.
        return
      }
    }
    directories.append(entry)
    place(content, into: &taken.directory, destination, &names, at: inside)
  }

  private mutating func place(
    _ file: FileTree.File, as name: String, from source: @autoclosure () -> String,
    into directory: inout FileTree.Directory, _ names: inout LayerNames, at position: Position
  ) throws {
    let component = try rendered(name, from: source(), &names, at: position)
    let note = try note(of: name, isDirectory: false, &names, at: position)
    let placed = PlacedFile(file: Int32(file.leaf), placement: Int32(placements.count - 1))
    let present: Int?
    do throws(NameConflict) {
      present = try directory.insertFile(leaf: files.count, note: note, named: component)
    } catch {
      throw conflict(error, component, isDirectory: false, directory, at: position)
    }
    guard let present else { return files.append(placed) }
    let path = try position.path.appending(component)
    let entries = (new: entry(of: placed, at: path), existing: entry(of: files[present], at: path))
    if let fault = collision(entries.new, with: entries.existing) { diagnostics.add(fault) }
    files[present] = placed
  }

  // MARK: Names

  /// The name that a part of the layer gets, held against every rule.
  private mutating func rendered(
    _ name: String, from source: @autoclosure () -> String, _ names: inout LayerNames,
    at position: Position
  ) throws -> String {
    try budget.spend(1, on: .entries)
    let scope = placements[placements.count - 1].scope
    var component = name
    if let template = names.template(of: name, from: source()) {
      component = String(
        decoding: try template.rendered(
          in: scope, upTo: Budget.longestValue, "a name", spending: &budget), as: UTF8.self)
      if let fault = try RenderedNames.fault(in: component, template, scope, spending: &budget) {
        throw Diagnostics(Diagnostic("\(source()): the name “\(component)” \(fault)"))
      }
    }
    try position.path.checkAppending(component)
    if Layout.isReserved(component) {
      throw PathError(
        path: try position.path.appending(component).string,
        reason: "has a name of scaffold's own (“\(Layout.reservedPrefix)…”)")
    }
    let length = position.path.string.utf8.count + (position.path.isRoot ? 0 : 1)
    try budget.spend(2 * (length + component.utf8.count), on: .text)
    return component
  }

  private mutating func note(
    of name: String, isDirectory: Bool, _ names: inout LayerNames, at position: Position
  ) throws(Diagnostics) -> String? {
    switch names.note(of: name, isDirectory: isDirectory, in: position.parent) {
    case nil: return nil
    case .text(let text)?: return text
    case .template(let template)?:
      return String(
        decoding: try template.rendered(
          in: placements[placements.count - 1].scope, upTo: Budget.longestValue, "a note",
          spending: &budget), as: UTF8.self)
    }
  }

  // MARK: Faults

  /// Collects what `body` is at fault for.
  private mutating func attempt(
    _ source: @autoclosure () -> String, _ body: (inout Placing) throws -> Void
  ) {
    do {
      try body(&self)
    } catch let error as Diagnostics {
      diagnostics.add(error)
    } catch let overrun as Overrun {
      // What comes after it would only say the same.
      isOver = true
      let place = SourceLocation(file: source(), line: 1, column: 1)
      diagnostics.add(Diagnostic(overrun.message(for: "the project"), at: place))
    } catch {
      diagnostics.add(Diagnostic("\(source()): \(error)"))
    }
  }

  /// What is wrong with two parts of the layout that have one path here; nil where a later layer
  /// replaces what an earlier one has at the same path, or adds to the same directory.
  private func collision(_ entry: PlacedEntry, with existing: PlacedEntry) -> Diagnostic? {
    let isRepeated = !entry.isDirectory && entry.placement.index == existing.placement.index
    if !isRepeated, entry.isMeantToBe(existing) { return nil }
    return Collision(new: entry, existing: existing, manifest: layout.manifest).diagnostic
  }

  /// Why a name cannot be in `directory`, and which template is there.
  private func conflict(
    _ conflict: NameConflict, _ name: String, isDirectory: Bool, _ directory: FileTree.Directory,
    at position: Position
  ) -> Conflict {
    let path = position.path.isRoot ? name : "\(position.path)/\(name)"
    let existing =
      position.path.isRoot ? conflict.existing : "\(position.path)/\(conflict.existing)"
    let present =
      switch directory[conflict.existing] {
      case .file(let file):
        layout.folder.displayName(of: layout.folder.path(of: Int(files[file.leaf].file)))
      case .directory(let inner): inner.number.map { directories[$0].source } ?? "another layer"
      case nil: "another layer"
      }
    if path == existing {
      let kinds = isDirectory ? ("a directory", "a file") : ("a file", "a directory")
      return Conflict("“\(path)” is \(kinds.0), but \(kinds.1) in \(present)")
    }
    return Conflict(
      "“\(path)” collides with “\(existing)” of \(present) where letter case or Unicode form is"
        + " ignored")
  }

  private struct Conflict: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
  }

  private func entry(of placed: PlacedFile, at path: RelativePath) -> PlacedEntry {
    PlacedEntry(
      of: placed, at: path, in: layout, placements[Int(placed.placement)])
  }

  // MARK: Globs

  /// Warns of a glob that no file of the layers that apply has, though one could have had it with
  /// other values: the file is written as if the glob were not there. What takes more than what is
  /// left is left without a warning.
  mutating func warningsOfGlobs() -> Diagnostics {
    var warnings = Diagnostics()
    let manifest = layout.manifest
    if layout.reference.isBuiltIn || !manifest.hasGlobs { return warnings }
    let entries = tree.entries.compactMap { node in
      node.leaf.map { (number: $0, entry: entry(of: files[$0], at: node.path)) }
    }.sorted { $0.number < $1.number }.map(\.entry)
    var placed = GlobTargets(entries, manifest.declarations)
    do throws(Overrun) {
      for (patterns, key, state) in [
        (manifest.privates, "private", "private"), (manifest.verbatim, "verbatim", "verbatim"),
        (manifest.onces, "once", "left alone afterwards"),
      ] {
        for pattern in patterns {
          guard let other = try placed.escaping(pattern, spending: &budget) else { continue }
          warnings.add(
            Diagnostic(
              "“\(pattern.text)” of “\(key)” matches no file here; \(other.source) is written as"
                + " “\(other.path)”, and not \(state)", at: pattern.location,
              help: "write the path as it stands in the layer: “\(other.template)”"))
        }
      }
    } catch {
      return warnings
    }
    return warnings
  }
}
