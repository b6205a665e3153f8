import FileSystems
import FileTrees

/// What becomes of one file of a layout: its sides, where it is and where it goes.
struct Fate {
  /// Whose it is, among the layouts that are updated.
  let step: Int
  let base: Record.File?
  let theirs: GivenFile?
  /// Its place among what the record is to have; nil where the layout has it no more.
  let row: Int?
  /// Where the project has it; of a file that the layout has anew, where it goes.
  var place: RelativePath
  /// Where it goes; `place` where the layout has it no more, or the user has it elsewhere.
  var path: RelativePath
  /// What is at `place`.
  var ours = Present.absent
  var verdict = Verdict.stay(.unchanged)
  /// What stands in the way of all that the layout has for it.
  var conflict: Conflict?
  /// Of a file that the layout has anew: whether what is at its path is to go away.
  var takesOver = false

  init(step: Int, _ pair: Matching.Pair, row: Int?) {
    self.step = step
    (base, theirs, self.row) = (pair.base, pair.theirs, row)
    let given = pair.theirs?.path ?? .root
    place = pair.base?.path ?? given
    path = pair.theirs == nil || pair.base?.given != nil ? place : given
  }

  /// Whether the record and the layout differ, so that something may become of it.
  var isOpen: Bool {
    guard let base, let theirs else { return true }
    // What the user has moved may go along with its directory.
    if path != place || base.given.map({ $0 != theirs.path }) ?? false { return true }
    return !theirs.isOnce && (theirs.blob.id != base.blob || theirs.permissions != base.permissions)
  }

  /// What the record is to have of it; nil for nothing.
  var newRow: Record.File? {
    guard let theirs else { return nil }
    let blob = theirs.isOnce ? base?.blob ?? theirs.blob.id : theirs.blob.id
    return Record.File(
      path: path, permissions: theirs.permissions, blob: blob, template: theirs.template,
      given: path == theirs.path ? nil : theirs.path, isAbsent: base?.isAbsent ?? false,
      origin: blob == base?.blob ? base?.origin : nil)
  }

  enum Verdict {
    /// Nothing is written.
    case stay(Decision)
    /// It goes, and with it its place.
    case remove
    /// It has this content, with this mode, at `path`.
    case have(Content, Permissions)
  }

  enum Content {
    case ours
    case theirs
    /// What the user and the layout have changed, to be found out.
    case both
    case merged([UInt8])
    /// The same, with conflicts that begin in these lines.
    case marked([UInt8], lines: [Int])
  }

  /// Whether the place will not have the file any more.
  var leavesPlace: Bool {
    switch verdict {
    case .stay: false
    case .remove: true
    case .have: base != nil && path != place
    }
  }

  /// Whether something is to be at `path` that is not there.
  var needsPath: Bool {
    guard case .have = verdict else { return false }
    return base == nil || path != place
  }
}

extension Fate {
  /// The truth table of files, and of their modes beside their contents.
  ///
  /// - Parameters:
  ///   - isOnce: whether the layout only ever creates the file.
  ///   - isVacated: whether what is at the path of a new file goes away.
  mutating func decide(isOnce: Bool, isVacated: Bool = false) {
    guard case .file(let blob, let mode, let isReplaceable) = ours, !isVacated else {
      return verdict = withoutFile(isVacated: isVacated)
    }
    guard let base else { return verdict = beside(blob, mode, isReplaceable) }
    guard let theirs else {
      let isProgram = mode & 0o100 != 0
      let isTouched = blob != base.blob || isProgram != base.permissions.isExecutable
      if isTouched || isOnce { return verdict = .stay(.keep(.dropped)) }
      return verdict = isReplaceable ? .remove : .stay(.conflict(.notOwned))
    }
    let content: Content
    switch blob {
    case theirs.blob.id: content = .ours
    case _ where isOnce: content = .ours
    case base.blob: content = .theirs
    default: content = theirs.blob.id == base.blob ? .ours : .both
    }
    let permissions =
      isOnce
      ? nil : Permissions.merged(base: base.permissions, ours: mode, theirs: theirs.permissions)
    if case .ours = content, path == place, permissions == nil {
      return verdict = .stay(blob == theirs.blob.id ? .unchanged : .keep(.edited))
    }
    verdict =
      isReplaceable
      ? .have(content, permissions ?? .exactly(mode & 0o777)) : .stay(.conflict(.notOwned))
  }

  /// Where no file is at its place, or none that stays there.
  private func withoutFile(isVacated: Bool) -> Verdict {
    guard let theirs else {
      // What the user has made in its place is the user's.
      return .stay(ours == .absent ? .unchanged : .keep(.dropped))
    }
    if base == nil, isVacated || ours == .absent { return .have(.theirs, theirs.permissions) }
    return .stay(
      Projects.decide(Sides(base: base?.blob, theirs: theirs.blob.id, ours: ours)))
  }

  /// Where the layout and the user have both come to have a file.
  private func beside(_ blob: GitObjectID, _ mode: UInt16, _ isReplaceable: Bool) -> Verdict {
    if blob == theirs?.blob.id { return .stay(.unchanged) }
    return isReplaceable
      ? .have(.both, .exactly(mode & 0o777)) : .stay(.conflict(.notOwned))
  }
}
