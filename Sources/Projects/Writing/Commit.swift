import Documents

extension Plan {
  /// Writes the plan: afterwards the target is complete, or as it was.
  ///
  /// - Parameter isInterrupted: asked between files; true when the run is to be undone.
  /// - Parameter largestJournal: more bytes than are written to be read again by the next run.
  /// - Returns: what is not as it should be all the same: modes that the disk does not keep, a
  ///   staging directory that could not be removed.
  /// - Throws: `TargetError`, with the target as it was.
  @discardableResult
  package func commit(
    largestJournal: Int = Journal.limit, isInterrupted: () -> Bool = { false }
  ) throws(TargetError) -> Diagnostics {
    guard conflicts.isEmpty else { throw conflictError }
    if target.isNew { return try NewProject(plan: self).commit(isInterrupted) }
    return isDone ? Diagnostics() : try Transaction.commit(self, largestJournal, isInterrupted)
  }

  /// Whether nothing is to be written.
  package var isDone: Bool {
    !changes.contains { $0.action == .create || $0.action == .replace }
  }

  /// All conflicts, one complaint each.
  package var conflictError: TargetError {
    var diagnostics = Diagnostics()
    for change in conflicts {
      guard case .conflict(let reason) = change.action else { continue }
      diagnostics.add(
        Diagnostic("\(Printable.text(target.displayName(of: change.path))): \(reason)"))
    }
    return .refused(diagnostics)
  }
}
