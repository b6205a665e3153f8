import Documents
import FileTrees

extension Target {
  /// What became of the last run that changed the target, when it was taken back.
  package struct Undone: Sendable {
    /// Whether there was such a run. It can be taken back once, until the next one changes something.
    package var hasRun = false
    /// How many files and directories are where they were, as they were.
    package var putBack = 0
    /// How many that the run had made are gone.
    package var removed = 0
    /// What stays, since the user changed it after the run. In the order of paths.
    package var stayed: [RelativePath] = []
    /// The same, where what was there before is beside it now.
    package var saved: [Saved] = []
    /// One line each, of what could not be cleared up.
    package var remarks: [String] = []
  }

  /// Whether `undo` finds something to do. Nothing is written to find that out.
  package var hasUndo: Bool { !isNew && TargetUndo(target: self).isThere }

  /// Takes back the last run that changed the target. What a run left that died has to be dealt with
  /// before (`recover`); that of an `undo` that died is then gone on with, and there is nothing to do.
  ///
  /// - Parameter isInterrupted: asked until the first change is taken back. From then on it goes on to
  ///   the end, which is near: what it has taken back is in no other place, so that it cannot turn
  ///   round.
  /// - Throws: that nothing was changed, or that another call goes on with it.
  package func undo(
    isInterrupted: () -> Bool = { false }
  ) throws(TargetError) -> Undone {
    try refuseReservedName()
    return isNew ? Undone() : try TargetUndo(target: self).run(isInterrupted)
  }
}
