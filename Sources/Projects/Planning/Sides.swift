import FileSystems
import FileTrees

/// What meets at the path of a file: what the record says was written there, what the layout gives
/// for it now, and what is there. For a project that is about to be made there is no base.
struct Sides: Hashable {
  var base: GitObjectID?
  var theirs: GitObjectID?
  var ours: Present
}

/// What is at a path of the target.
package enum Present: Hashable, Sendable {
  case absent
  case directory
  /// - Parameter isReplaceable: whether it may be the user's own file.
  ///
  /// (Apart, since in most plans nothing is there.)
  indirect case file(GitObjectID, mode: UInt16, isReplaceable: Bool)
  /// A file that somebody is writing, or whose content nobody needs to know.
  case unsettled
  /// A link or a device, never followed and never touched; a file where a directory must be.
  case other(FileStatus.Kind)
}

extension Present {
  var isFile: Bool {
    if case .file = self { true } else { false }
  }

  func isFile(_ blob: GitObjectID) -> Bool {
    if case .file(blob, _, _) = self { true } else { false }
  }

  /// Whether a path with this status still has what was seen there, as far as its content is not
  /// looked at.
  func holds(_ status: FileStatus) -> Bool {
    switch self {
    case .absent: false
    case .directory: status.kind == .directory
    case .file(_, let mode, _): status.kind == .file && status.mode == mode
    case .unsettled: status.kind == .file
    case .other(let kind): status.kind == kind
    }
  }
}
