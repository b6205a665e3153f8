import Documents
import FileSystems
import FileTrees
import Layouts

/// Why a target could not be written. The target is as it was, unless the message says otherwise.
package enum TargetError: Error, Sendable {
  case refused(Diagnostics)
  /// A signal is pending; all was undone.
  case interrupted

  static let nothingChanged = "nothing was changed"

  package static func refused(_ message: String, help: String? = nil) -> TargetError {
    .refused(Diagnostics(Diagnostic(message, help: help)))
  }

  /// - Parameter path: the file of the project that the call was for, however it is staged.
  static func failed(
    _ error: FileSystemError, writing path: RelativePath, of target: Target
  ) -> TargetError {
    .refused(
      "cannot write “\(Printable.text(target.displayName(of: path)))”: \(error.reason)",
      help: nothingChanged)
  }

  /// - Parameter error: from a call that was to make a name in the target, or the target itself.
  static func unwritable(_ error: FileSystemError, _ target: Target) -> TargetError {
    let what =
      target.isNew
      ? "create “\(Printable.text(target.displayName))”"
      : "write in “\(Printable.text(target.displayName(of: error.path)))”"
    return .refused("cannot \(what): \(error.reason)", help: nothingChanged)
  }

  /// - Parameter path: what the disk refuses to make because it is there, and which is not.
  static func unmakeable(_ path: RelativePath, in target: Target) -> TargetError {
    .refused(
      "cannot create “\(Printable.text(target.displayName(of: path)))”: the disk says that it is"
        + " there, and it is not; the disk may be full",
      help: nothingChanged)
  }

  /// A run that shares no locks with this one has the staging directory now, and with it the say.
  static func takenOver(_ target: Target) -> TargetError {
    .refused(
      "another run took over “\(Printable.text(target.displayName))” while this one wrote it",
      help: "look at what it made; nothing of it was touched")
  }

  package static func failed(_ error: FileSystemError, in target: Target) -> TargetError {
    // Nobody knows the names of what is staged.
    if Layout.isReserved(error.path.components.first ?? "") {
      return unwritable(FileSystemError(error.operation, .root, error.code), target)
    }
    return .refused("\(Printable.text(target.displayName)): \(error.message)")
  }

  /// Whatever ended a run, as the target's error.
  init(_ error: any Error, in target: Target) {
    self =
      switch error {
      case let error as TargetError: error
      case let error as FileSystemError: .failed(error, in: target)
      default: .refused("\(error)")
      }
  }

  /// The same error, where its remark that nothing was changed would not be true.
  func replacingHelp(_ help: String) -> TargetError {
    guard case .refused(let diagnostics) = self else { return self }
    var all = diagnostics.all
    for index in all.indices { all[index].help = nil }
    if !all.isEmpty { all[all.count - 1].help = help }
    return .refused(Diagnostics(all))
  }

  /// The same error with one more complaint.
  func adding(_ message: String) -> TargetError {
    switch self {
    case .refused(var diagnostics):
      diagnostics.add(Diagnostic(message))
      return .refused(diagnostics)
    case .interrupted:
      return self
    }
  }
}
