import Documents
import FileTrees
import Templating

/// Finds what is wrong with the names of a layout, whether its layers apply or not.
struct NameCheck {
  private let folder: LayoutFolder
  private let manifest: Manifest
  private(set) var budget: Budget
  private(set) var faults = Diagnostics()
  private(set) var warnings = Diagnostics()
  private var usedNotes: Set<Int> = []
  private var usedRenames: Set<Int> = []
  /// The paths of all files, where there are globs to hold against them.
  private var candidates: [PathPattern.Candidate] = []

  /// - Parameters:
  ///   - isComplete: whether all files are at hand. If not, nothing is said of what matches no file.
  ///   - budget: pays for it.
  init(
    _ folder: LayoutFolder, of manifest: Manifest, isComplete: Bool, within budget: Budget
  ) {
    self.folder = folder
    self.manifest = manifest
    self.budget = budget
    let declarations = manifest.declarations
    for layer in manifest.layers where !faults.isFull {
      check(layer, declarations.inLayer(layer))
    }
    guard isComplete, !faults.isFull else { return }
    checkPaths()
    faults.add(manifest.faultsOfMoves(in: folder.tree, within: budget))
  }

  private mutating func check(_ layer: Manifest.Layer, _ declarations: Declarations) {
    guard let directory = folder.directory(of: layer) else {
      faults.add(
        Diagnostic(
          layer.isShared
            ? "there is no “\(folder.displayName(of: layer.folder.string))”"
            : "the layer “\(layer.folder)” is not in the layout", at: layer.location))
      return
    }
    var names = LayerNames(manifest, declarations)
    let source = folder.displayName(of: layer.folder.string)
    var parent = LayerNames.Parent(path: "", source: source)
    for name in layer.destination.components {
      checkName(name, at: source, isTop: parent.path.isEmpty)
      _ = names.template(of: name, from: source)
      _ = names.note(of: name, isDirectory: true, in: parent)
      parent.path = parent.path(of: name)
    }
    check(directory, &names, parent, declarations)
    faults.add(names.faults)
    warnings.add(names.warnings)
    usedNotes.formUnion(names.usedNotes)
    usedRenames.formUnion(names.usedRenames)
  }

  private mutating func check(
    _ directory: FileTree.Directory, _ names: inout LayerNames, _ parent: LayerNames.Parent,
    _ declarations: Declarations
  ) {
    for child in directory.children where !faults.isFull && !names.faults.isFull {
      do {
        try budget.spend(1, on: .entries)
      } catch {
        let place = SourceLocation(file: parent.source(of: child.name), line: 1, column: 1)
        faults.add(Diagnostic(error.message(for: "the layout"), at: place))
        break
      }
      let name = names.renamed(child.name)
      // What has that name already is a child of its own, or renamed too.
      if name != child.name, let other = sibling(of: child.name, named: name, in: directory) {
        faults.add(
          Diagnostic(
            "\(parent.source(of: child.name)) and \(parent.source(of: other)) are both “\(name)”",
            help: "remove one of them, or what “rename” says of it"))
      }
      checkName(name, at: parent.source(of: child.name), isTop: parent.path.isEmpty)
      _ = names.template(of: name, from: parent.source(of: child.name))
      switch child.node {
      case .directory(let inner):
        _ = names.note(of: name, isDirectory: true, in: parent)
        let inside = LayerNames.Parent(
          path: parent.path(of: name), source: parent.source(of: child.name))
        check(inner, &names, inside, declarations)
      case .file:
        _ = names.note(of: name, isDirectory: false, in: parent)
        if !manifest.hasGlobs { continue }
        candidates.append(PathPattern.candidate(for: parent.path(of: name), declarations))
      }
    }
  }

  private mutating func checkName(
    _ name: String, at source: @autoclosure () -> String, isTop: Bool
  ) {
    if Layout.isReserved(name) {
      faults.add(
        Diagnostic(
          "\(source()): names that begin with “\(Layout.reservedPrefix)” are scaffold's own"))
    }
    if isTop, name.utf8.first == UInt8(ascii: "~") {
      faults.add(
        Diagnostic("\(source()): a name at the project's top cannot begin with “~”"))
    }
  }

  /// Another child of `directory` that is called `name` in the project, and told by the earlier of
  /// two that are renamed.
  private func sibling(
    of child: String, named name: String, in directory: FileTree.Directory
  ) -> String? {
    if directory[name] != nil, manifest.rename(of: name) == nil { return name }
    return manifest.renames.map(\.from).filter { other in
      guard child < other, directory[other] != nil, let index = manifest.rename(of: other) else {
        return false
      }
      return manifest.renames[index].to == name
    }.min()
  }

  /// Every path and name that the manifest speaks of is in some layer.
  private mutating func checkPaths() {
    for (index, note) in manifest.notes.enumerated() where !usedNotes.contains(index) {
      faults.add(
        Diagnostic(
          "the note's path “\(note.path)” is in no layer", at: note.pathLocation,
          help: "write it as it stands in the layer, renamed; a directory ends with “/”"))
    }
    for (index, rename) in manifest.renames.enumerated() where !usedRenames.contains(index) {
      faults.add(
        Diagnostic("nothing in any layer is named “\(rename.from)”", at: rename.location))
    }
    for pattern in manifest.verbatim + manifest.privates + manifest.onces {
      do throws(Overrun) {
        if try !hasCandidate(for: pattern) {
          faults.add(
            Diagnostic("“\(pattern.text)” matches no file in any layer", at: pattern.location))
        }
      } catch {
        faults.add(Diagnostic(error.message(for: "the layout"), at: pattern.location))
        break
      }
    }
  }

  private mutating func hasCandidate(for pattern: PathPattern) throws(Overrun) -> Bool {
    for candidate in candidates where try pattern.couldMatch(candidate, spending: &budget) {
      return true
    }
    return false
  }
}
