import Documents
import FileSystems
import FileTrees

extension Transaction {
  /// - Parameter isUndoable: whether what it takes to take all back is kept.
  /// - Returns: what is not as it should be all the same.
  static func commit(
    _ plan: Plan, _ largestJournal: Int, isUndoable: Bool, _ isInterrupted: () -> Bool
  ) throws(TargetError) -> Diagnostics {
    let target = plan.target
    let journal = Journal(of: plan, isUndoable: isUndoable)
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
    warnings.add(transaction.close(staging, isUndoable: isUndoable))
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
        for saved in try undo().saved {
          cause = cause.adding(saved.message(in: bench.target))
        }
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
