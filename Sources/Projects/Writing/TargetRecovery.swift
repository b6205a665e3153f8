import Documents
import FileSystems
import FileTrees

/// Deals with what runs that died have left in an existing target, and beside it.
struct TargetRecovery {
  let target: Target

  private var fileSystem: any FileSystem { target.fileSystem }

  /// Numbers of staging directories beyond the last one that is there; a foreign one may have been
  /// removed since another number was taken because of it.
  private static let lookahead = 2

  // MARK: Looking only

  /// Whether a dead run left a journal, or a living one writes one.
  var findsInterruptedRun: Bool {
    var number = 1
    var absent = 0
    while absent < Self.lookahead {
      let finding = try? LeftOver.examine(
        Staging.path(for: Transaction.name, number), in: fileSystem
      ) { Ownership(guessedIn: fileSystem) }
      switch finding {
      case .dead(let leftOver)?:
        leftOver.lock.unlock()
        if leftOver.has(StagingContent.plan) { return true }
      case .living?: return true
      case .foreign?: break
      case .nothing?, .gone?, nil: absent += 1
      }
      number += 1
    }
    return false
  }

  // MARK: Recovering

  func run() throws(TargetError) -> Target.Recovery {
    var recovery = Target.Recovery()
    do {
      try recoverInside(&recovery)
      try clearAbove(&recovery)
    } catch let error as RecoveryError {
      guard case .damaged(let what) = error else { throw .refused("\(error)") }
      let place = target.displayName(of: Staging.path(for: Transaction.name))
      throw .refused(
        "the plan that an interrupted run left is damaged: \(what)",
        help: "look at “\(Printable.text(place))” and remove it by hand")
    } catch {
      throw TargetError(error, in: target)
    }
    return recovery
  }

  private func recoverInside(_ recovery: inout Target.Recovery) throws {
    var number = 1
    var absent = 0
    while absent < Self.lookahead {
      let path = Staging.path(for: Transaction.name, number)
      let finding = try LeftOver.examine(path, in: fileSystem) {
        Staging.ownership(for: Transaction.name, in: fileSystem)
      }
      switch finding {
      case .nothing, .gone: absent += 1
      case .living: throw StagingError.busy.targetError(for: target)
      case .foreign: recovery.remarks.append(foreign(target.displayName(of: path)))
      case .dead(let leftOver): try recover(leftOver, &recovery)
      }
      number += 1
    }
  }

  private func foreign(_ name: String) -> String {
    "“\(Printable.text(name))” is not what a run of yours left here: it was copied, or somebody"
      + " else made it, and it has no effect; if you do not know it, remove it"
  }

  private func recover(_ found: LeftOver, _ recovery: inout Target.Recovery) throws {
    var leftOver = found
    let plan = leftOver.path.adding(StagingContent.plan)
    let journal =
      leftOver.has(StagingContent.plan) ? try Journal(at: plan, in: fileSystem) : nil
    leftOver.takeOver()
    let staging = Staging(cleaning: leftOver, in: fileSystem)
    if let journal {
      let bench = Bench(target: target, staging: staging.path, work: staging.work)
      let transaction = Transaction(bench: bench, steps: journal.steps)
      recovery.ending = try finish(transaction)
      if case .completed = recovery.ending {
        let warnings = transaction.close(staging, isUndoable: journal.isUndoable)
        recovery.remarks += warnings.all.map(\.message)
        return
      }
      try fileSystem.remove(plan)
    } else {
      let isDone =
        leftOver.has(StagingContent.forward) && !leftOver.has(StagingContent.unfinishedPlan)
      recovery.ending = isDone ? .completed([]) : .cleared
    }
    do {
      try staging.discard()
    } catch {
      recovery.remarks.append(staging.remark(error, target))
    }
  }

  /// Goes on in the direction in which the dead run went, or back where that is not possible.
  private func finish(_ transaction: Transaction) throws -> Target.Recovery.Ending {
    let bench = transaction.bench
    guard try bench.holds(bench.forward) else { return .undone(try transaction.undo().saved) }
    let reason: any Error
    do {
      return .completed(try transaction.complete())
    } catch {
      reason = error
    }
    do {
      try fileSystem.remove(bench.forward)
      return .undone(try transaction.undo().saved)
    } catch let error as FileSystemError {
      throw TargetError(reason, in: target).replacingHelp(
        "an interrupted run could neither be completed nor taken back (\(error.reason)); run it again"
          + " when that is mended")
    }
  }

  // MARK: Beside the target

  /// Removes what the run left that made the target, or a directory above it, and died before its
  /// last clean-up.
  private func clearAbove(_ recovery: inout Target.Recovery) throws {
    for above in target.above() {
      let path = Staging.path(for: above.name)
      let finding = try? LeftOver.examine(path, in: above.fileSystem) {
        Staging.ownership(for: above.name, in: above.fileSystem)
      }
      // Whatever else is there is no matter of a target that exists.
      guard case .dead(var leftOver)? = finding else { continue }
      let isPublished = try leftOver.work == nil && fileSystem.status(of: Record.path) != nil
      leftOver.takeOver()
      try? Staging(cleaning: leftOver, in: above.fileSystem).discard()
      if case .nothing = recovery.ending {
        recovery.ending = isPublished ? .completed([]) : .cleared
      }
    }
  }
}
