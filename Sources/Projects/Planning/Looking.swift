import FileSystems
import FileTrees

/// Looks at what is in a target, from the top down.
struct Looking {
  let target: Target
  /// Paths that are not there, or no directories: nothing below them can be looked at.
  private var closed: Set<RelativePath> = []
  /// Of the target itself, when it exists.
  private let root: FileStatus?

  init(_ target: Target) throws(TargetError) {
    self.target = target
    do {
      root = target.isNew ? nil : try target.fileSystem.status(of: .root)
    } catch {
      throw .failed(error, in: target)
    }
  }

  /// What is at the path of a directory, asked for before anything below it.
  mutating func directory(at path: RelativePath) throws(TargetError) -> Present {
    if target.isNew { return .absent }
    let present: Present
    switch try status(of: path)?.kind {
    case nil: present = .absent
    case .directory?: return .directory
    case let kind?: present = .other(kind)
    }
    closed.insert(path)
    return present
  }

  /// What is at the path of a file.
  func file(at path: RelativePath) throws(TargetError) -> Present {
    if target.isNew { return .absent }
    guard let status = try status(of: path) else { return .absent }
    switch status.kind {
    case .directory: return .directory
    case .link, .other: return .other(status.kind)
    case .file:
      do {
        let blob = try target.fileSystem.blobID(of: path, shown: status.size)
        return blob.map {
          .file($0, mode: status.mode, isReplaceable: isReplaceable(status))
        } ?? .unsettled
      } catch {
        throw .failed(error, in: target)
      }
    }
  }

  /// Whether a file may be the user's own. Some disks show one owner for all files; what this disk
  /// gives to what we make is looked at again when there is something that we made
  /// (`Transaction`).
  private func isReplaceable(_ status: FileStatus) -> Bool {
    guard let root, !root.isSticky else { return status.isOwned }
    return status.isOwned || status.owner == root.owner
  }

  private func status(of path: RelativePath) throws(TargetError) -> FileStatus? {
    if let parent = path.parent, closed.contains(parent) { return nil }
    do {
      return try target.fileSystem.status(of: path)
    } catch {
      throw .failed(error, in: target)
    }
  }
}
