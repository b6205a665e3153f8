import Documents
import FileSystems
import FileTrees

/// Where a project goes.
package struct Target: Sendable {
  /// Rooted at the target itself when it exists, else at the nearest directory above it that does.
  package var fileSystem: any FileSystem
  /// The absent components; `root` when the target exists.
  package var path: RelativePath
  /// As the user wrote it, for messages.
  package var displayName: String

  package init(fileSystem: any FileSystem, path: RelativePath, displayName: String) {
    self.fileSystem = fileSystem
    self.path = path
    self.displayName = displayName
  }

  package var isNew: Bool { !path.isRoot }

  /// How messages name what is at `path` below the target.
  package func displayName(of path: RelativePath) -> String {
    if path.isRoot { return displayName }
    if displayName == "." { return path.string }
    return displayName.ends(with: "/")
      ? displayName + path.string : displayName + "/" + path.string
  }
}

extension Target {
  /// What became of the changes of a run that died in the target.
  package enum Recovery: Sendable {
    /// There was no such run, or it had only made preparations.
    case nothing
    case completed
    /// Taken back, but for files that the user changed since.
    case undone([Saved])
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

  /// Whether a run died in the target, and the next one has to complete or undo it first.
  package var isInterrupted: Bool {
    guard !isNew else { return false }
    return (try? fileSystem.status(of: Transaction.stagingPath)) != nil
  }

  /// Completes what a run that died left half done, or takes it back where that is not possible.
  ///
  /// - Throws: that the run lives, or that its traces cannot be read or removed.
  package func recover() throws(TargetError) -> Recovery {
    isNew ? .nothing : try Transaction.recover(self)
  }
}

/// Why a target could not be written. The target is as it was, unless the message says otherwise.
package enum TargetError: Error, Sendable {
  case refused(Diagnostics)
  /// A signal is pending; all was undone.
  case interrupted

  package static func refused(_ message: String, help: String? = nil) -> TargetError {
    .refused(Diagnostics(Diagnostic(message, help: help)))
  }

  /// - Parameter path: the file of the project that the call was for, however it is staged.
  static func failed(
    _ error: FileSystemError, writing path: RelativePath, of target: Target
  ) -> TargetError {
    .refused(
      "cannot write “\(Printable.text(target.displayName(of: path)))”: \(error.reason)",
      help: "nothing was changed")
  }

  /// - Parameter error: from a call that was to make a name in the target, or the target itself.
  static func unwritable(_ error: FileSystemError, _ target: Target) -> TargetError {
    let what =
      target.isNew
      ? "create “\(Printable.text(target.displayName))”"
      : "write in “\(Printable.text(target.displayName(of: error.path)))”"
    return .refused("cannot \(what): \(error.reason)", help: "nothing was changed")
  }

  static func failed(_ error: FileSystemError, in target: Target) -> TargetError {
    .refused("\(Printable.text(target.displayName)): \(error.message)")
  }
}
