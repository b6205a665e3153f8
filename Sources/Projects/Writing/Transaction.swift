import Documents
import FileSystems
import FileTrees

/// Changes to an existing target, all or none.
///
/// Everything is staged first; then the journal appears by a move within the staging directory, and
/// from there on the steps are published one by one, in order. An error turns the direction, which
/// takes no room on the disk, and takes them back. A run that dies leaves its staging directory
/// (`StagingContent` lists the names); the next run reads from it what is to be done:
///
/// ```
/// no seal, or half of it        nothing was done yet                      remove
/// seal, no plan                 preparations only, or a clean-up          remove
/// seal, forward, no plan        all was done, the clean-up was not        remove
/// seal, forward, plan           publish what is still in new-…            TargetRecovery
/// seal, plan, no forward        take back what is no longer in new-…      TargetRecovery
/// anything else                 not a staging directory of ours           leave alone
/// ```
///
/// While it is being made, `plan.tmp` tells the second row from the third. `new-…` has a file for each
/// step but those that make directories: what is to be published, or an empty marker where nothing is,
/// which goes when the step is done. The first step whose file is still there is the frontier: steps
/// before it are done, steps after it are not, and it may be half done.
///
/// Before each step and before anything is taken back, `new-…` is looked for under the name that
/// only this run knows: when another run took the directory over, this one touches nothing more.
struct Transaction {
  let bench: Bench
  let steps: [any Step]

  /// The name that staging directories of existing targets are for.
  static let name = "."

  // MARK: A run

  /// - Returns: what is not as it should be all the same.
  static func commit(
    _ plan: Plan, _ largestJournal: Int, _ isInterrupted: () -> Bool
  ) throws(TargetError) -> Diagnostics {
    let target = plan.target
    let journal = Journal(of: plan)
    let text = Array(journal.text.utf8)
    guard text.count <= largestJournal else {
      throw .refused(
        "“\(Printable.text(target.displayName))”: these are too many files to be written to a"
          + " directory that exists", help: "\(TargetError.nothingChanged); name a new directory")
    }
    let staging: Staging
    do {
      staging = try Staging(for: name, in: target.fileSystem)
    } catch {
      throw error.targetError(for: target)
    }
    let bench = Bench(target: target, staging: staging.path, work: staging.work)
    let transaction = Transaction(bench: bench, steps: journal.steps)
    var modes = KeptModes()
    var isJournaled = false
    do {
      try transaction.stage(plan, journal, &modes, isInterrupted)
      try transaction.check(plan, staging)
      if isInterrupted() { throw TargetError.interrupted }
      try transaction.write(text)
      isJournaled = true
      try transaction.publish(staging, isInterrupted)
    } catch {
      guard staging.isOurs else {
        staging.release()
        throw .takenOver(target)
      }
      throw transaction.takeBack(TargetError(error, in: target), staging, isJournaled)
    }
    var warnings = modes.warnings(target)
    do {
      try target.fileSystem.remove(bench.plan)
      try staging.discard()
    } catch {
      // Every change is made, perhaps by another run that took over at the end.
      if staging.isHere { warnings.add(staging.warning(error, target)) }
    }
    return warnings
  }

  /// Writes all files aside.
  private func stage(
    _ plan: Plan, _ journal: Journal, _ modes: inout KeptModes, _ isInterrupted: () -> Bool
  ) throws {
    try bench.fileSystem.createDirectory(bench.old, .exactly(0o700))
    var contents = plan.contents
    for entry in journal.entries where !entry.file.isEmpty {
      if isInterrupted() { throw TargetError.interrupted }
      let staged = bench.staged(entry.file)
      let content = try entry.content.map { file throws(TargetError) in
        try contents.content(of: file)
      }
      let permissions = content == nil ? .private : entry.permissions ?? .regular
      do {
        try bench.fileSystem.createFile(staged, permissions, content ?? .bytes([]))
      } catch {
        throw TargetError.failed(error, writing: entry.path, of: bench.target)
      }
      if content == nil { continue }
      try modes.look(at: staged, for: entry.path, permissions, in: bench.fileSystem)
    }
  }

  /// What was there when the plan was made must still be there, and what is replaced must be the
  /// user's own: of the owner that this disk gives to what we make. (The content of what is replaced
  /// is looked at when it is.)
  private func check(_ plan: Plan, _ staging: Staging) throws {
    var others = Diagnostics()
    for change in plan.changes where change.expected != .absent {
      let path = change.decision == .move ? change.origin ?? change.path : change.path
      let status = try bench.status(of: path)
      guard let status, change.expected.holds(status) else { throw bench.changed(path) }
      if change.endsFile, status.kind == .file, status.owner != staging.owner {
        let name = Printable.text(bench.target.displayName(of: change.path))
        others.add(Diagnostic("\(name): \(Conflict.notOwned.text)"))
      }
    }
    if !others.isEmpty {
      throw TargetError.refused(others).replacingHelp(TargetError.nothingChanged)
    }
  }

  /// The journal appears whole, after the marker that says its direction.
  private func write(_ journal: [UInt8]) throws {
    try bench.fileSystem.createFile(bench.unfinishedPlan, .private, .bytes(journal))
    try bench.fileSystem.createFile(bench.forward, .private, .bytes([]))
    try bench.fileSystem.move(bench.unfinishedPlan, to: bench.plan, replacing: true)
  }

  private func publish(_ staging: Staging, _ isInterrupted: () -> Bool) throws {
    for step in steps {
      if isInterrupted() { throw TargetError.interrupted }
      guard staging.isOurs else { throw TargetError.takenOver(bench.target) }
      do {
        try step.publish(bench)
      } catch let error as FileSystemError {
        throw TargetError.failed(error, writing: step.path, of: bench.target)
      }
    }
    if isInterrupted() { throw TargetError.interrupted }
    for step in steps where try !step.isKept(bench) {
      throw TargetError.lost(step.path, of: bench.target)
    }
  }

  /// Takes back what was done and removes the staging directory.
  ///
  /// - Returns: what to tell of it, instead of `cause`.
  private func takeBack(
    _ cause: TargetError, _ staging: Staging, _ isJournaled: Bool
  ) -> TargetError {
    var cause = cause
    do {
      // The journal may be there although the disk said that it could not be written.
      if try isJournaled || bench.holds(bench.plan) {
        if try bench.holds(bench.forward) { try bench.fileSystem.remove(bench.forward) }
        for saved in try undo() { cause = cause.adding(saved.message(in: bench.target)) }
        if try bench.holds(bench.plan) { try bench.fileSystem.remove(bench.plan) }
      }
    } catch {
      staging.release()
      let reason = (error as? FileSystemError)?.reason ?? "\(error)"
      return cause.replacingHelp(
        "what was written before could not be taken back (\(reason)): run it again, which completes"
          + " it or takes it back")
    }
    do {
      try staging.discard()
      return cause
    } catch {
      return cause.replacingHelp(staging.remark(error, bench.target))
    }
  }

  // MARK: Steps

  /// The number of the first step that is not made, or may be half made.
  func frontier() throws -> Int {
    try steps.firstIndex { try $0.isPending(bench) == true } ?? steps.count
  }

  /// Takes all changes back, last first.
  func undo() throws -> [Target.Saved] {
    let frontier = try frontier()
    return try steps.prefix(frontier + 1).reversed().compactMap { step in
      if case .saved(let saved) = try step.undo(bench) { saved } else { nil }
    }
  }

  /// Makes the changes that a dead run had not made.
  func complete() throws -> [Target.Saved] {
    let frontier = try frontier()
    if frontier < steps.count {
      // Directories leave no trace of having been made; those right before the frontier may not be.
      let done = try steps[..<frontier].lastIndex { try $0.isPending(bench) != nil } ?? -1
      for step in steps[(done + 1)...] { try step.publish(bench) }
    }
    return try steps.compactMap { try $0.save(bench) }
  }
}

extension TargetError {
  /// - Parameter path: what the disk said it had written, and is not there.
  static func lost(_ path: RelativePath, of target: Target) -> TargetError {
    .refused(
      "“\(Printable.text(target.displayName(of: path)))” is not what was written, although the disk"
        + " said that it was", help: "\(nothingChanged); choose a directory on another disk")
  }
}

extension Staging {
  /// What to say when the directory is left after all was done.
  func warning(_ error: FileSystemError, _ target: Target) -> Diagnostic {
    let name = Printable.text(target.displayName(ofStaging: path))
    return Diagnostic(
      "all is written, but “\(name)” could not be removed: \(error.reason)",
      help: "it is not needed any more: remove it")
  }

  /// What to say when the directory is left after all was taken back.
  func remark(_ error: FileSystemError, _ target: Target) -> String {
    let name = Printable.text(target.displayName(ofStaging: path))
    return "\(TargetError.nothingChanged), but “\(name)” could not be removed: \(error.reason)"
  }
}

extension Change {
  /// Whether what a file holds is not in its place any more afterwards.
  fileprivate var endsFile: Bool {
    switch decision {
    case .replace, .merge, .marked, .remove: true
    case .create, .move, .unchanged, .keep, .conflict: false
    }
  }
}
