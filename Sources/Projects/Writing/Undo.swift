import Documents
import FileTrees

extension Target {
  /// What became of the last run that changed the target, when it was taken back.
  package struct Undone: Sendable {
    /// Whether there was such a run. It can be taken back once, until the next one changes something.
    package var hasRun = false
    /// Files and directories that are where they were, as they were. In the order of paths.
    package var putBack: [RelativePath] = []
    /// Those that the run had made, and that are gone. In the order of paths.
    package var removed: [RelativePath] = []
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
