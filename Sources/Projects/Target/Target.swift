import Documents
import FileSystems
import FileTrees
import Layouts

/// Where a project goes.
package struct Target: Sendable {
  /// Rooted at the target itself when it exists, else at the nearest directory above it that does.
  package var fileSystem: any FileSystem
  /// The absent components; `root` when the target exists.
  package var path: RelativePath
  /// As the user wrote it, for messages.
  package var displayName: String
  /// Of a target that exists, the directories above it that the user named, innermost first.
  package var above: @Sendable () -> [Above]

  package init(
    fileSystem: any FileSystem, path: RelativePath, displayName: String,
    above: @escaping @Sendable () -> [Above] = { [] }
  ) {
    self.fileSystem = fileSystem
    self.path = path
    self.displayName = displayName
    self.above = above
  }

  /// A directory above a target, and the name in it that leads to the target: where the run that
  /// made the target may have left its staging directory.
  package struct Above: Sendable {
    package var fileSystem: any FileSystem
    package var name: String

    package init(fileSystem: any FileSystem, name: String) {
      self.fileSystem = fileSystem
      self.name = name
    }
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

    /// Whether a project that is exactly what a request asks for may be that run's.
    package var isResumable: Bool {
      switch ending {
      case .cleared, .completed: true
      case .nothing, .undone: false
      }
    }
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

  /// A project of such a name would be taken for the traces of a run.
  func refuseReservedName() throws(TargetError) {
    let last = displayName.dividedAtLast("/")?.behind ?? displayName
    for name in path.components + [last] where Layout.isReserved(name) {
      throw .refused(
        "“\(Printable.text(name))” is a name of scaffold's own (“\(Layout.reservedPrefix)…”)",
        help: "choose another directory")
    }
  }

  /// How messages name the staging directory at `path`, which stands beside a new target.
  func displayName(ofStaging path: RelativePath) -> String {
    guard isNew else { return displayName(of: path) }
    let above = displayName.utf8.count - self.path.string.utf8.count
    guard above > 0 else { return path.string }
    return String(decoding: displayName.utf8.prefix(above), as: UTF8.self) + path.string
  }
}

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

  static func failed(_ error: FileSystemError, in target: Target) -> TargetError {
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
