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
  /// The user and the layout have both changed the same lines.
  case bothChanged
  /// The user and the layout have both changed the file, and it cannot be merged.
  case unmergeable(Unmergeable)
  /// The layout has another path for the file, where one of the user's is.
  case taken(RelativePath)

  package enum Unmergeable: String, Error {
    /// It is no text.
    case binary
    case tooLarge = "too-large"
    /// What the layout had written is not to be had any more.
    case noBase = "no-base"
    /// There is no git to merge with.
    case noGit = "no-git"
  }

  /// How JSON names it.
  package var code: String {
    switch self {
    case .differs: "differs"
    case .notOwned: "not-owned"
    case .ofLayout: "other-layout"
    case .unsettled: "unsettled"
    case .wrongKind: "wrong-kind"
    case .bothChanged: "both-changed"
    case .unmergeable(let reason): reason.rawValue
    case .taken: "taken"
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
    case .bothChanged: "you and the layout have both changed the same lines"
    case .unmergeable(let reason):
      "you and the layout have both changed it, and \(reason.text)"
    case .taken(let path): "the layout has it as “\(Printable.text(path.string))”, where a file is"
    }
  }
}

extension Conflict.Unmergeable {
  fileprivate var text: String {
    switch self {
    case .binary: "it is no text that could be merged"
    case .tooLarge: "it is too large to be merged"
    case .noBase:
      "what the layout had written is not to be had: it cannot be made again, and git has it not, or"
        + " does not read this repository"
    case .noGit: "there is no git to merge it with"
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
