import FileSystems
import FileTrees
import Git

// Contents that the user and the layout have both changed.

extension Updating {
  /// In bytes; what is larger is not merged.
  private static let mostMerged = 16 << 20

  mutating func merge() throws(TargetError) {
    let open = fates.indices.filter { index in
      if case .have(.both, _) = fates[index].verdict { true } else { false }
    }
    if open.isEmpty { return }
    guard let git = request.git else {
      details.append("there is no git: nothing is merged")
      for index in open { decide(index, .unmergeable(.noGit)) }
      return
    }
    let found = try bases.contents(
      of: open.compactMap { index in fates[index].base.map { (fates[index].step, $0) } },
      upTo: Self.mostMerged)
    var merges: [(index: Int, merge: Merge)] = []
    for index in open {
      tellBase(of: fates[index])
      switch try merge(for: fates[index], found) {
      case .success(let merge):
        merges.append((index, merge))
        remember(index, merge, found)
      case .failure(let reason): decide(index, .unmergeable(reason))
      }
    }
    let results = try results(of: merges.map(\.merge), git)
    for ((index, merge), result) in zip(merges, results) {
      switch result {
      case .merged(merge.theirs):
        // The user's changes are the layout's by now.
        forget(index)
        have(index, .theirs)
      case .merged(merge.ours) where isInPlace(fates[index]):
        fates[index].verdict = .stay(.keep(.edited))
      case .merged(let content): have(index, .merged(content))
      case .conflict(let content, let lines):
        if request.policy(for: fates[index]) == .markers {
          have(index, .marked(content, lines: lines))
          mark(index)
        } else {
          decide(index, .bothChanged)
        }
      case .binary: decide(index, .unmergeable(.binary))
      }
    }
  }

  private mutating func tellBase(of fate: Fate) {
    guard let base = fate.base else { return }
    let what: String
    switch bases.provenance(of: base.blob) {
    case .rendered: what = "was made again with the answers of then"
    case .git: what = "was found in the project's git"
    case .delta: what = "follows from the record and the project's git"
    case nil: what = "is not to be had any more"
    }
    details.append("\(fate.place): what the layout had written \(what)")
  }

  /// Conflicts are shown in the user's own way, which is asked for when there is one.
  private func results(
    of merges: [Merge], _ git: GitProgram
  ) throws(TargetError) -> [Merge.Result] {
    do throws(GitError) {
      var results = try git.merged(merges)
      let conflicts = results.indices.filter { index in
        if case .conflict = results[index] { true } else { false }
      }
      if conflicts.isEmpty || !request.leavesMarkers { return results }
      let style = request.conflictStyle()
      if style == .merge { return results }
      let again = try git.merged(
        conflicts.map { index in
          var merge = merges[index]
          merge.style = style
          return merge
        })
      for (index, result) in zip(conflicts, again) { results[index] = result }
      return results
    } catch {
      throw .refused("\(error)", help: TargetError.nothingChanged)
    }
  }

  /// What git is to merge; or why it cannot.
  private mutating func merge(
    for fate: Fate, _ found: [GitObjectID: [UInt8]]
  ) throws(TargetError) -> Result<Merge, Conflict.Unmergeable> {
    guard let theirs = fate.theirs else { preconditionFailure("nothing to merge with") }
    var base: [UInt8] = []
    if let recorded = fate.base {
      guard let content = found[recorded.blob] else { return .failure(.noBase) }
      base = content
    }
    guard let size = try looking.status(of: fate.place)?.size, size <= Self.mostMerged,
      theirs.blob.size <= Self.mostMerged,
      case .bytes(let given) = try contents.content(
        of: PlannedFile(number: theirs.number, blob: theirs.blob))
    else { return .failure(.tooLarge) }
    let before = request.present.record.layouts[request.layouts[fate.step].place].layout
    let after = versions[fate.step]
    return .success(
      Merge(
        base: base, ours: try looking.contents(of: fate.place, limit: Self.mostMerged),
        theirs: given,
        labels: (
          Self.labelOfOurs, "\(before.name) \(before.version)",
          "\(after.name) \(after.version)"
        )))
  }

  /// What the layout has now is not in the project, but with the user's changes in it: the next merge
  /// is to have it all the same.
  private mutating func remember(
    _ index: Int, _ merge: Merge, _ found: [GitObjectID: [UInt8]]
  ) {
    guard let row = fates[index].row else { return }
    let nothing = GitObjectID(blob: [])
    var origin = fates[index].base.map { $0.origin?.blob ?? $0.blob } ?? nothing
    // It was there before.
    if origin == fates[index].theirs?.blob.id { return forget(index) }
    if found[origin] == nil { origin = nothing }
    guard let delta = TextDelta(from: found[origin] ?? [], to: merge.theirs) else { return }
    rows[fates[index].step][row].origin = Record.File.Origin(blob: origin, delta: delta)
  }

  /// Whether what is there is to stay as it is, but for its content.
  private func isInPlace(_ fate: Fate) -> Bool {
    guard fate.path == fate.place, case .file(_, let mode, _) = fate.ours,
      case .have(_, let permissions) = fate.verdict
    else { return false }
    return permissions == .exactly(mode & 0o777)
  }

  private mutating func forget(_ index: Int) {
    guard let row = fates[index].row else { return }
    rows[fates[index].step][row].origin = nil
  }

  private mutating func have(_ index: Int, _ content: Fate.Content) {
    guard case .have(_, let permissions) = fates[index].verdict else { return }
    fates[index].verdict = .have(content, permissions)
  }

  /// Decides by the policy what git does not.
  private mutating func decide(_ index: Int, _ conflict: Conflict) {
    let policy = request.policy(for: fates[index])
    switch policy {
    case .theirs:
      forget(index)
      return have(index, .theirs)
    case .ours: break
    case .markers, .fail: fates[index].conflict = conflict
    }
    if fates[index].path != fates[index].place { return have(index, .ours) }
    let decision = policy == .ours ? Decision.keep(.chosen) : .conflict(conflict)
    fates[index].verdict = .stay(decision)
  }

  private mutating func mark(_ index: Int) {
    guard let row = fates[index].row else { return }
    rows[fates[index].step][row].isMarked = true
  }
}
