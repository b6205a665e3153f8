import FileSystems
import FileTrees

/// What goes wrong, at the call with a given number (from 1).
package enum InjectedFault: Hashable, Sendable {
  case none
  /// The call does nothing and fails with `code`, once.
  case failure(at: Int, code: Int32)
  /// The call does its work and fails all the same, once: what a network disk says whose answer was
  /// lost. Only operations that change names do this (`FaultyCall.canFailAfterEffect`); the others
  /// fail without effect.
  case failureAfterEffect(at: Int, code: Int32)
  /// The directory is a disk of its own: each move or link of a name into it or out of it fails with
  /// `EXDEV`.
  case crossing(directory: RelativePath)
  /// The process dies before the call: neither it nor any later call happens, and locks are gone.
  /// With `tearing`, a `createFile` that is killed leaves the first half of the file, and a `move`
  /// on a disk that moves in two steps (`InMemoryFileSystem.Options.hasExclusiveRename`) the first
  /// of them.
  case kill(at: Int, tearing: Bool)

  /// What calls throw when the process is dead; no disk says it.
  package static let killed = SystemError.canceled.code
}

/// One call that was made.
package struct FaultyCall: Hashable, Sendable {
  package var operation: FileSystemError.Operation
  package var path: RelativePath
  /// Where a link or a move was to lead.
  package var destination: RelativePath?

  package init(
    operation: FileSystemError.Operation, path: RelativePath, destination: RelativePath? = nil
  ) {
    self.operation = operation
    self.path = path
    self.destination = destination
  }

  /// Whether `failureAfterEffect` differs from `failure` here. A `createFile` that fails has left
  /// nothing, by contract.
  package var canFailAfterEffect: Bool {
    switch operation {
    case .createDirectory, .link, .move, .remove: true
    case .status, .list, .access, .open, .read, .createFile, .write, .lock: false
    }
  }

  /// Whether it takes a name into `directory` or out of it.
  func crosses(_ directory: RelativePath) -> Bool {
    guard operation == .move || operation == .link, let destination else { return false }
    return path.isDirectly(in: directory) != destination.isDirectly(in: directory)
  }
}
