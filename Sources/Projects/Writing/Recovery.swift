import Documents
import FileTrees

extension Target {
  /// What was found of runs that died in the target, and what became of it.
  package struct Recovery: Sendable {
    package enum Ending: Sendable {
      /// There was no such run.
      case nothing
      /// It had made nothing but preparations, or had done all but the last clean-up.
      case cleared
      /// Completed. A file that the user changed since it was replaced has a copy of what it held.
      case completed([Saved])
      /// Taken back, but for files that the user changed since.
      case undone([Saved])
    }

    package var ending = Ending.nothing
    /// One line each, of what looks like the traces of a run and was left alone.
    package var remarks: [String] = []
  }

  /// A file that the user changed after a run had replaced it, and a copy of what it held before.
  package struct Saved: Hashable, Sendable {
    package var path: RelativePath
    package var copy: RelativePath

    package func message(in target: Target) -> String {
      "“\(Printable.text(target.displayName(of: path)))” was changed since it was replaced; what it"
        + " held before is in “\(Printable.text(target.displayName(of: copy)))”"
    }
  }

  /// Whether a run died in the target, and the next one has to complete or undo it first. Nothing is
  /// written to find that out.
  package var isInterrupted: Bool {
    !isNew && TargetRecovery(target: self).findsInterruptedRun
  }

  /// Completes what a run that died left half done, or takes it back where that is not possible.
  ///
  /// - Throws: that the run lives, or that its traces cannot be read or removed.
  package func recover() throws(TargetError) -> Recovery {
    try refuseReservedName()
    return isNew ? Recovery() : try TargetRecovery(target: self).run()
  }
}
