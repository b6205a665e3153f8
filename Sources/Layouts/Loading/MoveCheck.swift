import Documents
import FileTrees

extension Manifest {
  /// What is wrong with what the manifest says was moved, held against what is in the layers.
  ///
  /// - Parameter budget: pays for it.
  func faultsOfMoves(in tree: FileTree, within budget: Budget) -> Diagnostics {
    var faults = Diagnostics()
    let moves = moves
    var chains = TemplateMoves(moves, within: budget)
    for move in moves where !faults.isFull {
      if tree.has(move.old, isFolder: move.isFolder) {
        faults.add(
          Diagnostic(
            "“\(move.oldText)” is still in the layout", at: move.oldLocation,
            help: "“moved” names what is there no more"))
      }
      do {
        // From the old path, so that each circle is found wherever it is entered.
        switch try chains.follow(move.old.string, isFolder: move.isFolder) {
        case .circle:
          faults.add(
            Diagnostic("“\(move.oldText)” moves in a circle", at: move.oldLocation))
          continue
        case .endless:
          faults.add(
            Diagnostic(
              "“\(move.oldText)” moves more than \(Manifest.longestChain) times, or to where no path"
                + " leads", at: move.oldLocation))
          continue
        case .end: break
        }
        guard
          case .end(let end, let isExact) = try chains.follow(
            move.new.string, isFolder: move.isFolder)
        else { continue }
        // What another move says of its own path is that one's fault.
        if isExact || tree.has(end, isFolder: move.isFolder) { continue }
        if move.isFolder, chains.leadsOn(fromBelow: end) { continue }
        let leadsOn = end == move.new.string ? "" : ", which “moved” leads on to “\(end)”,"
        faults.add(
          Diagnostic(
            "“\(move.newText)”\(leadsOn) is not in the layout", at: move.newLocation,
            help: "write it as it stands there, the layer's folder first"))
      } catch {
        faults.add(Diagnostic(error.message(for: "the layout"), at: move.oldLocation))
        break
      }
    }
    return faults
  }
}

extension FileTree {
  fileprivate func has(_ path: String, isFolder: Bool) -> Bool {
    (try? RelativePath(validating: path)).map { has($0, isFolder: isFolder) } ?? false
  }

  fileprivate func has(_ path: RelativePath, isFolder: Bool) -> Bool {
    switch self[path] {
    case .directory?: isFolder
    case .file?: !isFolder
    case nil: false
    }
  }
}
