import Documents
import FileSystems
import FileTrees

extension Transaction {
  /// Ends a transaction that has made all its changes. What is left is what it takes to take them
  /// back, or nothing.
  ///
  /// - Returns: what could not be done.
  func close(_ staging: Staging, isUndoable: Bool) -> Diagnostics {
    var warnings = Diagnostics()
    do {
      if isUndoable {
        // Another run may have taken over at the end, and does it.
        guard staging.isOurs else {
          staging.release()
          return warnings
        }
        if try isKeptForUndo(staging, &warnings) { return warnings }
      }
      try bench.fileSystem.remove(bench.plan)
      try staging.discard()
    } catch {
      if staging.isHere { warnings.add(staging.warning(error, bench.target)) }
    }
    return warnings
  }

  private func isKeptForUndo(
    _ staging: Staging, _ warnings: inout Diagnostics
  ) throws(FileSystemError) -> Bool {
    let name = Printable.text(bench.target.displayName(of: UndoDirectory.path))
    do {
      if try staging.keepForUndo() { return true }
      warnings.add(
        Diagnostic(
          "all is written, but cannot be undone: “\(name)” is not what a run of yours left here",
          help: "look at it, and remove it if you do not know it"))
    } catch {
      warnings.add(
        Diagnostic(
          "all is written, but cannot be undone: “\(name)” could not be written: \(error.reason)"))
    }
    return false
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
