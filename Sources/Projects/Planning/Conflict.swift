import Documents
import FileSystems
import FileTrees

/// What stands in the way of a decision.
package enum Conflict: Hashable, Sendable {
  /// A file is there that the layout did not write, with another content.
  case differs
  /// The same, and it belongs to another user.
  case notOwned
  /// The path belongs to another layout of the project; or one does that cannot be beside it.
  case ofLayout(String, at: RelativePath?)
  /// Somebody is writing the file.
  case unsettled
  /// Something else is where a file, or a directory, must be.
  case wrongKind(FileStatus.Kind, forDirectory: Bool)

  /// How JSON names it.
  package var code: String {
    switch self {
    case .differs: "differs"
    case .notOwned: "not-owned"
    case .ofLayout: "other-layout"
    case .unsettled: "unsettled"
    case .wrongKind: "wrong-kind"
    }
  }

  package var text: String {
    switch self {
    case .differs: "the file is there with another content"
    case .notOwned: "the file belongs to another user"
    case .ofLayout(let name, at: nil):
      "the file belongs to the layout “\(Printable.text(name))”"
    case .ofLayout(let name, at: let path?):
      "this cannot be beside “\(Printable.text(path.string))” of the layout “\(Printable.text(name))”"
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
