import Documents
import FileSystems
import FileTrees

/// Takes back the last run: its staging directory gets its first name again, with the direction
/// turned, and from there on it is a run that was interrupted and is taken back.
struct TargetUndo {
  let target: Target

  private var fileSystem: any FileSystem { target.fileSystem }
  private var name: String { Printable.text(target.displayName(of: UndoDirectory.path)) }

  var isThere: Bool {
    let finding = try? UndoDirectory.examine(in: fileSystem) { Ownership(guessedIn: fileSystem) }
    guard case .dead(let found)? = finding else { return false }
    found.lock.unlock()
    return found.has(StagingContent.plan)
  }

  func run(_ isInterrupted: () -> Bool) throws(TargetError) -> Target.Undone {
    do {
      guard let (found, journal) = try last() else { return Target.Undone() }
      let staging = try reopen(found, isInterrupted)
      return try takeBack(journal, staging)
    } catch let error as RecoveryError {
      guard case .damaged(let what) = error else { throw .refused("\(error)") }
      throw .refused(
        "what the last run left in “\(name)” is damaged: \(what)",
        help: "it cannot be undone; remove “\(name)”")
    } catch {
      throw TargetError(error, in: target)
    }
  }

  /// What the last run left; nil when there is nothing.
  private func last() throws -> (LeftOver, Journal)? {
    let finding = try UndoDirectory.examine(in: fileSystem) {
      Staging.ownership(for: Transaction.name, in: fileSystem)
    }
    switch finding {
    case .nothing, .gone: return nil
    case .living: throw StagingError.busy.targetError(for: target)
    case .foreign:
      throw TargetError.refused(
        "“\(name)” is not what a run of yours left here: it was copied, or somebody else made it",
        help: "there is nothing to undo; if you do not know it, remove it")
    case .dead(let found):
      let plan = found.path.adding(StagingContent.plan)
      if found.has(StagingContent.plan) {
        let journal = try Journal(at: plan, in: fileSystem)
        try check(journal, in: found)
        return (found, journal)
      }
      // Of a run that died while it made place for its own.
      try Staging(cleaning: found, in: fileSystem).discard()
      return nil
    }
  }

  /// What was kept must be what it was: all is taken back, or nothing.
  private func check(_ journal: Journal, in found: LeftOver) throws {
    let old = found.path.adding(StagingContent.old)
    for entry in journal.entries where entry.kind == .replace || entry.kind == .remove {
      let backup = old.adding(entry.file)
      let status = try fileSystem.status(of: backup)
      let blob = try status.flatMap { status in
        status.kind == .file ? try fileSystem.blobID(of: backup, shown: status.size) : nil
      }
      guard blob == entry.expected else {
        let path = Printable.text(target.displayName(of: entry.path))
        throw RecoveryError.damaged("it has not what was in “\(path)”")
      }
    }
  }

  /// Until the directory gets its other name, nothing of this has an effect.
  private func reopen(_ last: LeftOver, _ isInterrupted: () -> Bool) throws -> Staging {
    var found = last
    if found.has(StagingContent.forward) {
      try fileSystem.remove(found.path.adding(StagingContent.forward))
    }
    try found.takeWork()
    if isInterrupted() { throw TargetError.interrupted }
    do {
      return try Staging.reopening(found, in: fileSystem)
    } catch let error as StagingError {
      throw error.targetError(for: target)
    }
  }

  private func takeBack(_ journal: Journal, _ staging: Staging) throws -> Target.Undone {
    let bench = Bench(target: target, staging: staging.path, work: staging.work)
    let transaction = Transaction(bench: bench, steps: journal.steps)
    var undone: Target.Undone
    do {
      undone = Target.Undone(try transaction.undo())
      try fileSystem.remove(bench.plan)
    } catch {
      staging.release()
      guard let error = error as? FileSystemError else { throw error }
      throw TargetError.refused(
        "“\(Printable.text(target.displayName))” could not be taken back in full: \(error.message)",
        help: "run it again, which goes on with it")
    }
    do {
      try staging.discard()
    } catch {
      let left = Printable.text(target.displayName(of: staging.path))
      undone.remarks.append("“\(left)” could not be removed: \(error.reason)")
    }
    return undone
  }
}

extension Target.Undone {
  fileprivate init(_ steps: [Undoing]) {
    self.init(hasRun: true)
    for step in steps {
      switch step {
      case .nothing: break
      case .putBack(let path): putBack.append(path)
      case .removed(let path): removed.append(path)
      case .stayed(let path): stayed.append(path)
      case .saved(let file): saved.append(file)
      }
    }
    // A directory that stays for what is in it need not be told of.
    var above: Set<RelativePath> = []
    for path in stayed + saved.map(\.path) {
      var directory = path.parent
      while let next = directory, above.insert(next).inserted { directory = next.parent }
    }
    putBack.sort()
    removed.sort()
    stayed = stayed.filter { !above.contains($0) }.sorted()
    saved.sort { $0.path < $1.path }
  }
}
