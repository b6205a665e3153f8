import Documents

/// Runs the first closure in another process, which has a copy of all that this one has, and meanwhile
/// the second one in this process. Returns whether the first was done; if not, a part of it may be.
package typealias SecondProcess = (() -> Bool, () throws -> Void) throws -> Bool

extension Plan {
  /// Writes the plan: afterwards the target is complete, or as it was.
  ///
  /// - Parameter isInterrupted: asked between files; true when the run is to be undone.
  /// - Parameter largestJournal: more bytes than are written to be read again by the next run.
  /// - Parameter secondProcess: does a part of a long work beside this process.
  /// - Returns: what is not as it should be all the same: modes that the disk does not keep, a
  ///   staging directory that could not be removed.
  /// - Throws: `TargetError`, with the target as it was.
  @discardableResult
  package func commit(
    largestJournal: Int = Journal.limit, isInterrupted: @escaping () -> Bool = { false },
    secondProcess: SecondProcess? = nil
  ) throws(TargetError) -> Diagnostics {
    guard !isBlocked else { throw conflictError }
    if isDone { return Diagnostics() }
    if target.isNew {
      return try NewProject(plan: self, secondProcess: secondProcess).commit(isInterrupted)
    }
    return try Transaction.commit(self, largestJournal, isUndoable: true, isInterrupted)
  }

  /// All conflicts, one complaint each.
  package var conflictError: TargetError {
    var diagnostics = Diagnostics()
    for change in conflicts {
      let name = Printable.text(target.displayName(of: change.path))
      diagnostics.add(Diagnostic("\(name): \(change.conflict?.text ?? "")"))
    }
    return .refused(diagnostics)
  }
}
