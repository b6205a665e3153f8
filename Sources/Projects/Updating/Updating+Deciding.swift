import FileSystems
import FileTrees

// What becomes of each file, before contents are merged.

extension Updating {
  mutating func decide() throws(TargetError) {
    for index in fates.indices where fates[index].base != nil {
      fates[index].decide(isOnce: isOnce(fates[index]))
      if let kind = try blocker(of: fates[index]) {
        fates[index].verdict = .stay(.conflict(.wrongKind(kind, forDirectory: true)))
      }
    }
    let leaving = leaving
    var added: [RelativePath: Int] = [:]
    for index in fates.indices where fates[index].base == nil {
      let fate = fates[index]
      if let owner = owner(of: fate.path, beside: fate.step, added) {
        leaveToOther(index, owner)
        continue
      }
      added[fate.path] = fate.step
      var isFree = leaving.contains(fate.place)
      if fate.ours == .directory { isFree = try isVacated(fate.place, leaving) }
      fates[index].takesOver = isFree
      fates[index].decide(isOnce: false, isVacated: isFree)
    }
    try clearTheWay()
    for index in fates.indices { settle(index) }
  }

  /// The other layout that a path belongs to.
  private func owner(
    of path: RelativePath, beside step: Int, _ added: [RelativePath: Int]
  ) -> String? {
    if let name = foreign[path] { return name }
    guard let other = recorded[path] ?? added[path], other != step else { return nil }
    return versions[other].name
  }

  /// What is in the place of a directory that a missing file was in.
  private func blocker(of fate: Fate) throws(TargetError) -> FileStatus.Kind? {
    guard fate.ours == .absent, fate.theirs != nil else { return nil }
    var above = fate.place.parent
    while let directory = above, !directory.isRoot {
      if let kind = try looking.status(of: directory)?.kind {
        return kind == .directory ? nil : kind
      }
      above = directory.parent
    }
    return nil
  }

  private mutating func isOnce(_ fate: Fate) -> Bool {
    if let theirs = fate.theirs { return theirs.isOnce }
    guard let base = fate.base, case .file(base.blob, _, _) = fate.ours else { return false }
    return bases.isOnce(base.given ?? base.path, of: fate.step)
  }

  /// The paths that will not have any more what they have.
  var leaving: Set<RelativePath> {
    Set(fates.lazy.filter(\.leavesPlace).map(\.place))
  }

  /// Has stay where it is what something is in the way of; then its place may not be free for another.
  private mutating func clearTheWay() throws(TargetError) {
    var isSettled = false
    while !isSettled {
      isSettled = true
      let leaving = leaving
      for index in fates.indices where fates[index].needsPath {
        guard let conflict = try obstacle(to: fates[index], leaving) else { continue }
        block(index, conflict)
        isSettled = false
      }
    }
  }

  /// What cannot go to its path stays where it is, with the content that it gets; what is new stays
  /// away.
  private mutating func block(_ index: Int, _ conflict: Conflict) {
    guard fates[index].base != nil else {
      fates[index].verdict = .stay(.conflict(conflict))
      return
    }
    fates[index].path = fates[index].place
    fates[index].decide(isOnce: isOnce(fates[index]))
    fates[index].conflict = conflict
  }

  /// Has the record say what is so, when something is in the way: the next run tries again what was not
  /// done, unless the user's is to stay.
  private mutating func settle(_ index: Int) {
    let fate = fates[index]
    let isKept = request.policy(for: fate) == .ours
    if !isKept, isUntried(fate) {
      leaveOut(index)
      unfinished.insert(fate.step)
    }
    if fate.conflict != nil, let row = fate.row {
      if !isKept { unfinished.insert(fate.step) }
      rows[fate.step][row].path = fate.place
      rows[fate.step][row].given = isKept ? fate.theirs?.path : nil
    }
    if isKept { fates[index].conflict = nil }
    switch (fate.verdict, fates[index].conflict) {
    case (.stay(.conflict), _) where isKept: fates[index].verdict = .stay(.keep(.chosen))
    case (.stay, let conflict?): fates[index].verdict = .stay(.conflict(conflict))
    default: break
    }
  }

  /// Whether nothing of what the layout has came to the project, since something else is there.
  private func isUntried(_ fate: Fate) -> Bool {
    guard case .stay(.conflict(let conflict)) = fate.verdict, fate.conflict == nil else {
      return false
    }
    if case .wrongKind = conflict { return fate.theirs != nil }
    return fate.base == nil
  }

  private mutating func leaveOut(_ index: Int) {
    guard let row = fates[index].row else { return }
    leftOut[fates[index].step, default: []].insert(row)
  }

  private mutating func obstacle(
    to fate: Fate, _ leaving: Set<RelativePath>
  ) throws(TargetError) -> Conflict? {
    var above: [RelativePath] = []
    while let parent = (above.last ?? fate.path).parent, !parent.isRoot { above.append(parent) }
    for directory in above.reversed() where !leaving.contains(directory) {
      switch try looking.directory(at: directory) {
      case .absent, .directory: break
      case .file, .unsettled: return .wrongKind(.file, forDirectory: true)
      case .other(let kind): return .wrongKind(kind, forDirectory: true)
      }
    }
    if leaving.contains(fate.path) { return nil }
    if let owner = foreign[fate.path] { return .ofLayout(owner, at: nil) }
    switch try looking.status(of: fate.path)?.kind {
    case nil: return nil
    case .directory?:
      return try isVacated(fate.path, leaving) ? nil : .wrongKind(.directory, forDirectory: false)
    case .file?:
      // A file that both have come to have is merged where it is.
      if fate.base == nil, !fate.takesOver, case .file = fate.ours { return nil }
      return fate.base == nil ? .differs : .taken(fate.path)
    case let kind?: return .wrongKind(kind, forDirectory: false)
    }
  }

  /// Whether all that is in a directory, and in those below it, goes away. An empty one is the user's.
  func isVacated(
    _ directory: RelativePath, _ leaving: Set<RelativePath>
  ) throws(TargetError) -> Bool {
    guard let names = try looking.names(in: directory), !names.isEmpty else { return false }
    for name in names {
      guard let path = try? directory.appending(name) else { return false }
      if leaving.contains(path) { continue }
      guard try looking.status(of: path)?.kind == .directory, try isVacated(path, leaving) else {
        return false
      }
    }
    return true
  }

  /// What another layout has stays with it, and out of what this one has. That is told when this one
  /// changes; it was settled when it came.
  private mutating func leaveToOther(_ index: Int, _ owner: String) {
    let fate = fates[index]
    fates[index].verdict = .stay(.unchanged)
    leaveOut(index)
    if isChanged(fate.step) {
      remarks.append("“\(fate.path)” stays with the layout “\(owner)”")
    }
  }
}
