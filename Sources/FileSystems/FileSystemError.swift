import FileTrees

/// A call that failed: what was tried, on what, and the system's reason.
package struct FileSystemError: Error, Hashable, Sendable {
  package enum Operation: String, Hashable, Sendable, CaseIterable {
    case status, list, access, open, read, createDirectory, createFile, write, link, move, remove,
      lock
  }

  package var operation: Operation
  package var path: RelativePath
  /// The `errno` value.
  package var code: Int32
  /// Where a link or a move was to lead; nil for other operations.
  package var destination: RelativePath?
  /// The name as the disk or the user gave it, where no `RelativePath` can say it.
  package var givenName: String?

  package init(
    _ operation: Operation, _ path: RelativePath, _ code: Int32,
    to destination: RelativePath? = nil,
    givenName: String? = nil
  ) {
    self.operation = operation
    self.path = path
    self.code = code
    self.destination = destination
    self.givenName = givenName
  }
}

extension FileSystemError: CustomStringConvertible {
  /// One line without a full stop: “cannot create “a/b”: No space left on device”.
  package var message: String {
    let target = destination.map { " to “\($0)”" } ?? ""
    return "cannot \(operation.verb) “\(givenName ?? path.description)”\(target): \(reason)"
  }

  package var description: String { message }

  /// The system's words, but for codes that are raised here with a meaning of their own.
  package var reason: String {
    switch SystemError(code: code) {
    case .invalidName: "the name is not UTF-8, or not safe in a path"
    // Of a path that the user has given, links are followed: there are too many.
    case .linkInPath where givenName == nil: "it is a symbolic link, which is not followed"
    case .invalidArgument where operation == .read: "it is not a regular file"
    case let other: other.message
    }
  }
}

extension FileSystemError.Operation {
  /// What a message says could not be done.
  fileprivate var verb: String {
    switch self {
    case .status: "look at"
    case .list: "list"
    case .access: "write in"
    case .open: "open"
    case .read: "read"
    case .createDirectory: "create the directory"
    case .createFile: "create"
    case .write: "write"
    case .link: "link"
    case .move: "move"
    case .remove: "remove"
    case .lock: "lock"
    }
  }
}
