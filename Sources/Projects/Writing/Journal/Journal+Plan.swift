import FileSystems
import FileTrees

extension Journal {
  /// The entries for what `plan` changes, in an order of their own: what is in the way of others goes
  /// first, and nothing comes to a place before the directory that it is in.
  ///
  /// 1. Files go, and what moves is set aside where something else comes to be in the meantime.
  /// 2. So do directories in whose place something else comes to be, with those in them.
  /// 3. Directories are made, from the top down.
  /// 4. What moves comes to its place.
  /// 5. Files are made and replaced. The record is among the first of them: by it another run, also
  ///    on another client of the disk, knows that the place is taken.
  /// 6. The other directories go, the deepest first.
  init(of plan: Plan, isUndoable: Bool) {
    entries = []
    self.isUndoable = isUndoable
    let changes = plan.changes.filter(\.decision.writes)
    let removedDirectories = changes.filter { $0.isDirectory && $0.decision == .remove }
      .sorted { $0.path.components.count > $1.path.components.count }
    let taken = Set(
      changes.filter { $0.decision == .move || $0.file != nil && $0.expected.blob == nil }
        .map(\.path))
    func isInTheWay(_ directory: RelativePath) -> Bool {
      taken.contains(directory) || directory.parent.map(isInTheWay) ?? false
    }
    let inTheWay = removedDirectories.filter { isInTheWay($0.path) }
    let moves = changes.filter { $0.decision == .move && $0.origin != nil }
      .sorted { $0.path < $1.path }
    var aside: [RelativePath: String] = [:]

    for change in changes where !change.isDirectory && change.decision == .remove {
      guard let expected = change.expected.blob else { preconditionFailure("no file to remove") }
      add(Entry(kind: .remove, path: change.path, expected: expected))
    }
    for change in Self.movesInTheWay(moves, changes, inTheWay) {
      guard let origin = change.origin else { continue }
      add(Entry(kind: .setAside, path: origin, expected: change.expected.blob))
      aside[origin] = entries.last?.file
    }
    for change in inTheWay { addRemoval(of: change) }
    for change in changes where change.isDirectory && change.decision == .create {
      entries.append(Entry(kind: .directory, path: change.path))
    }
    for change in moves {
      guard let origin = change.origin else { continue }
      let name = aside[origin]
      add(
        Entry(
          kind: .move, path: change.path, expected: change.expected.blob,
          origin: name == nil ? origin : nil, aside: name))
    }
    for change in changes where !change.isDirectory { addContent(of: change) }
    for change in removedDirectories where !isInTheWay(change.path) { addRemoval(of: change) }
  }

  /// The moves that cannot begin where they are, the deepest first: something else comes to their
  /// origin, or what they are in goes or moves.
  private static func movesInTheWay(
    _ moves: [Change], _ changes: [Change], _ removedFirst: [Change]
  ) -> [Change] {
    if moves.isEmpty { return [] }
    var taken = Set(moves.map(\.path))
    for change in changes where change.isDirectory && change.decision == .create {
      taken.insert(change.path)
    }
    let moving = Set(moves.compactMap(\.origin))
    let leaving = moving.union(removedFirst.map(\.path))
    return moves.filter { change in
      guard let origin = change.origin else { return false }
      // What goes below the path that it has now has to leave that first.
      if taken.contains(origin) || change.path.isBelow(origin) { return true }
      var above = origin.parent
      while let directory = above, !directory.isRoot {
        if leaving.contains(directory) || taken.contains(directory) { return true }
        above = directory.parent
      }
      return false
    }.sorted { ($0.origin?.components.count ?? 0) > ($1.origin?.components.count ?? 0) }
  }

  private mutating func addContent(of change: Change) {
    switch change.decision {
    case .create, .replace, .merge, .marked: break
    case .move, .remove, .unchanged, .keep, .conflict: return
    }
    guard let file = change.file else { preconditionFailure("nothing to be written") }
    let expected = change.decision == .create ? nil : change.expected.blob
    add(
      Entry(
        kind: expected == nil ? .create : .replace, path: change.path, blob: file.blob.id,
        expected: expected, permissions: change.permissions, content: file))
  }

  private mutating func addRemoval(of directory: Change) {
    add(
      Entry(
        kind: .removeDirectory, path: directory.path, permissions: directory.permissions))
  }

  /// Adds an entry under a number of its own.
  private mutating func add(_ entry: Entry) {
    var entry = entry
    entry.file = String(entries.count)
    entries.append(entry)
  }
}

extension Present {
  /// Of a file whose content is known.
  fileprivate var blob: GitObjectID? {
    if case .file(let blob, _, _) = self { blob } else { nil }
  }
}
