import Documents
import FileSystems
import FileTrees

/// Turns what becomes of files into changes of paths: what one file leaves another may get, a
/// directory that moves takes along what the user has in it, and one that nothing is left in goes.
struct Arrangement {
  private(set) var changes: [Change] = []
  private(set) var contents: PlannedContents
  /// One line each, of what is the user's and does not move along.
  private(set) var remarks: [String] = []
  private let updating: Updating
  private var looking: Looking
  private let leaving: Set<RelativePath>
  /// The paths that files of layouts get, or have changed.
  private let destinations: Set<RelativePath>
  /// The paths that have something by the time, or nothing any more, because of `changes`.
  private var filled: Set<RelativePath> = []
  private var emptied: Set<RelativePath> = []

  init(_ updating: Updating) throws(TargetError) {
    self.updating = updating
    contents = updating.contents
    looking = updating.looking
    leaving = updating.leaving
    destinations = Set(
      updating.fates.lazy.compactMap { if case .have = $0.verdict { $0.path } else { nil } })
    for fate in updating.fates { try add(fate) }
    try moveAlong()
    try makeDirectories()
    try removeDirectories()
    changes.sort { $0.path < $1.path }
  }

  // MARK: Files of layouts

  private mutating func add(_ fate: Fate) throws(TargetError) {
    switch fate.verdict {
    case .stay(let decision):
      if case .stay(.conflict(let conflict)) = fate.verdict { try putBeside(fate, conflict) }
      guard decision.isTold else { return }
      add(
        Change(
          path: fate.place, isDirectory: false, decision: decision, permissions: .regular,
          expected: fate.ours))
    case .remove:
      remove(fate)
    case .have(let content, let permissions):
      if fate.path == fate.place {
        add(try change(fate, content, permissions, over: fate.ours))
      } else {
        try move(fate, content, permissions)
      }
      if let conflict = fate.conflict {
        try putBeside(fate, conflict)
        add(
          Change(
            path: fate.path, isDirectory: false, decision: .conflict(conflict),
            permissions: .regular, expected: .absent))
      }
    }
  }

  private mutating func move(
    _ fate: Fate, _ content: Fate.Content, _ permissions: Permissions
  ) throws(TargetError) {
    let occupant = try looking.file(at: fate.path)
    if case .ours = content, occupant == .absent, !destinations.contains(fate.place),
      case .file(_, let mode, _) = fate.ours, permissions == .exactly(mode & 0o777)
    {
      emptied.insert(fate.place)
      return add(
        Change(
          path: fate.path, isDirectory: false, decision: .move, permissions: permissions,
          expected: fate.ours, origin: fate.place))
    }
    // A directory there goes before.
    var change = try change(fate, content, permissions, over: occupant.isFile ? occupant : .absent)
    change.origin = fate.place
    add(change)
    if !destinations.contains(fate.place) { remove(fate) }
  }

  private mutating func remove(_ fate: Fate) {
    guard case .file(_, let mode, _) = fate.ours else { return }
    emptied.insert(fate.place)
    changes.append(
      Change(
        path: fate.place, isDirectory: false, decision: .remove,
        permissions: .exactly(mode & 0o777), expected: fate.ours))
  }

  private mutating func change(
    _ fate: Fate, _ content: Fate.Content, _ permissions: Permissions, over present: Present
  ) throws(TargetError) -> Change {
    let present =
      fate.base == nil && leaving.contains(fate.path)
      ? try looking.file(at: fate.path) : present
    let file: PlannedFile
    var decision: Decision = present.isFile || fate.base != nil ? .replace : .create
    switch content {
    case .theirs:
      guard let theirs = fate.theirs else { preconditionFailure("the layout has it no more") }
      file = PlannedFile(number: theirs.number, blob: theirs.blob)
    case .ours:
      file = try ownFile(fate.place, fate.ours)
    case .merged(let bytes):
      file = PlannedFile(number: contents.add(.bytes(bytes)), blob: Blob(of: bytes))
      decision = .merge
    case .marked(let bytes, let lines):
      file = PlannedFile(number: contents.add(.bytes(bytes)), blob: Blob(of: bytes))
      decision = .marked(lines: lines)
    case .both: preconditionFailure("not merged yet")
    }
    return Change(
      path: fate.path, isDirectory: false, file: file, decision: decision,
      permissions: permissions, expected: present)
  }

  /// What the project has at `path` goes elsewhere, or gets another mode.
  private mutating func ownFile(
    _ path: RelativePath, _ present: Present
  ) throws(TargetError) -> PlannedFile {
    guard case .file(let blob, _, _) = present else {
      preconditionFailure("no file is at \(path)")
    }
    guard let status = try looking.status(of: path) else {
      let name = Printable.text(looking.target.displayName(of: path))
      throw .refused(
        "“\(name)” was there, and went while this run looked", help: TargetError.nothingChanged)
    }
    return PlannedFile(
      number: contents.add(.file(path, in: looking.target.fileSystem)),
      blob: Blob(id: blob, size: status.size))
  }

  /// What the layout has for a file that stays the user's, beside it, so that it can be looked at.
  private mutating func putBeside(_ fate: Fate, _ conflict: Conflict) throws(TargetError) {
    guard updating.request.policy(for: fate) == .markers, case .unmergeable = conflict,
      let theirs = fate.theirs, let directory = fate.path.parent
    else { return }
    for number in 1..<10 {
      let ending = number == 1 ? ".layout" : ".layout-\(number)"
      guard let path = try? directory.appending(fate.path.name + ending) else { return }
      let present = try looking.file(at: path)
      if case .file(theirs.blob.id, _, _) = present { return }
      guard present == .absent, !filled.contains(path) else { continue }
      return add(
        Change(
          path: path, isDirectory: false,
          file: PlannedFile(number: theirs.number, blob: theirs.blob), decision: .create,
          permissions: theirs.permissions, expected: .absent))
    }
  }

  private mutating func add(_ change: Change) {
    if change.decision.writes { filled.insert(change.path) }
    changes.append(change)
  }

  // MARK: Directories

  /// Moves what the user has in directories that move.
  private mutating func moveAlong() throws(TargetError) {
    if emptied.isEmpty { return }
    // What is in the way of one file keeps its directory where it is.
    let blocked = Set(
      updating.fates.lazy.filter { $0.conflict != nil }.compactMap(\.base?.givenPath))
    let moves = DirectoryMoves(
      updating.journeys.lazy.map { journey in
        blocked.contains(journey.from) && journey.to != nil
          ? (journey.from, journey.from) : journey
      })
    let tracked = Set(updating.recorded.keys).union(updating.foreign.keys)
      .union(updating.fates.lazy.map(\.place)).withDirectories
    for (directory, destination) in moves.destinations.sorted(by: { $0.key < $1.key }) {
      guard try looking.status(of: directory)?.kind == .directory else { continue }
      for name in try looking.names(in: directory) ?? [] {
        guard let path = try? directory.appending(name), !tracked.contains(path),
          destination != path, !destination.isBelow(path)
        else { continue }
        try moveAlong(path, to: destination)
      }
    }
  }

  private mutating func moveAlong(
    _ path: RelativePath, to directory: RelativePath
  ) throws(TargetError) {
    guard let status = try looking.status(of: path),
      let destination = try? directory.appending(path.name)
    else { return }
    guard !filled.contains(destination),
      try looking.status(of: destination) == nil || leaving.contains(destination)
    else {
      return remarks.append("“\(path)” stays where it is: “\(destination)” is taken")
    }
    emptied.insert(path)
    let present: Present =
      switch status.kind {
      case .directory: .directory
      // Nobody needs to read it.
      case .file: .unsettled
      case .link, .other: .other(status.kind)
      }
    add(
      Change(
        path: destination, isDirectory: status.kind == .directory, decision: .move,
        permissions: .exactly(status.mode & 0o777), expected: present, origin: path))
  }

  /// Makes the directories that are needed and not there.
  private mutating func makeDirectories() throws(TargetError) {
    var seen: Set<RelativePath> = [.root]
    for path in filled.sorted() {
      var missing: [RelativePath] = []
      var above = path.parent
      while let directory = above, seen.insert(directory).inserted {
        missing.append(directory)
        above = directory.parent
      }
      for directory in missing.reversed() {
        if try looking.directory(at: directory) == .directory { continue }
        add(
          Change(
            path: directory, isDirectory: true, decision: .create, permissions: .executable,
            expected: .absent))
      }
    }
  }

  /// Removes the directories that nothing is left in, from the inside out.
  private mutating func removeDirectories() throws(TargetError) {
    var candidates = Set(emptied.compactMap(\.parent))
    while let directory = candidates.max(by: { $0.string.utf8.count < $1.string.utf8.count }) {
      candidates.remove(directory)
      if directory.isRoot || filled.contains(where: { $0.isBelow(directory) }) { continue }
      guard let status = try looking.status(of: directory), status.kind == .directory else {
        continue
      }
      let isEmptied = try looking.names(in: directory)?.allSatisfy { name in
        (try? directory.appending(name)).map(emptied.contains) ?? false
      }
      guard isEmptied == true else { continue }
      emptied.insert(directory)
      changes.append(
        Change(
          path: directory, isDirectory: true, decision: .remove,
          permissions: .exactly(status.mode & 0o777), expected: .directory))
      if let above = directory.parent { candidates.insert(above) }
    }
  }

  // MARK: The whole

  /// The record, where there is something to be written.
  mutating func add(_ record: [UInt8], over present: Present) {
    guard case .file(_, let mode, _) = present else { return }
    changes.append(
      Change(
        path: Record.path, isDirectory: false,
        file: PlannedFile(number: contents.add(.bytes(record)), blob: Blob(of: record)),
        decision: .replace, permissions: .exactly(mode & 0o777), expected: present))
    changes.sort { $0.path < $1.path }
  }

  /// The paths that change, to be drawn; their numbers are places in `changes`.
  func tree() -> FileTree {
    var tree = FileTree()
    let origins = Set(changes.lazy.compactMap(\.origin))
    for (place, change) in changes.enumerated() {
      // It is shown where it is by then.
      if change.decision == .remove, origins.contains(change.path) { continue }
      // A directory that comes or goes shows by its files; one that moves has a line. What collides on
      // some disks was told when the layout was rendered; what goes may collide.
      if !change.isDirectory || change.decision == .move {
        _ = try? tree.insertFile(leaf: place, at: change.path)
      }
    }
    return tree
  }
}

extension Decision {
  /// Whether an update says something of it, beside what it writes.
  fileprivate var isTold: Bool {
    switch self {
    case .unchanged, .keep(.edited), .keep(.removed), .keep(.own): false
    case .create, .replace, .merge, .marked, .move, .remove, .conflict: true
    case .keep(.removedAndChanged), .keep(.dropped), .keep(.chosen): true
    }
  }
}
