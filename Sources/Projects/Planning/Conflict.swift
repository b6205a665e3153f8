import FileSystems

/// What stands in the way of a decision.
package enum Conflict: Hashable, Sendable {
  /// A file is there that the layout did not write, with another content.
  case differs
  /// The same, and it belongs to another user.
  case notOwned
  /// Somebody is writing the file.
  case unsettled
  /// Something else is where a file, or a directory, must be.
  case wrongKind(FileStatus.Kind, forDirectory: Bool)

  /// How JSON names it.
  package var code: String {
    switch self {
    case .differs: "differs"
    case .notOwned: "not-owned"
    case .unsettled: "unsettled"
    case .wrongKind: "wrong-kind"
    }
  }

  package var text: String {
    switch self {
    case .differs: "the file is there with another content"
    case .notOwned: "the file belongs to another user"
    case .unsettled: "the file is being written by somebody"
    case .wrongKind(let kind, let forDirectory):
      "\(kind.text) is where a \(forDirectory ? "directory" : "file") must be"
    }
  }
}

extension FileStatus.Kind {
  fileprivate var text: String {
    switch self {
    case .file: "a file"
    case .directory: "a directory"
    case .link: "a link"
    case .other: "a device, a socket or a FIFO"
    }
  }
}
