import FileSystems
import FileTrees

/// Looks at what is in a target.
struct Looking {
  let target: Target
  /// Paths that are not there, or no directories: nothing below them needs to be looked at.
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

  /// What is at the path of a directory. (Asked for before what is below it, that costs less.)
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

  /// The names in a directory; nil where it may not be looked into, or has a name that no path can say.
  func names(in directory: RelativePath) throws(TargetError) -> [String]? {
    do {
      return try target.fileSystem.list(directory)
    } catch {
      if error.isForbidden || error.code == SystemError.invalidName.code { return nil }
      throw .failed(error, in: target)
    }
  }

  /// - Throws: that the file cannot be read, or holds more than `limit` bytes.
  func contents(of path: RelativePath, limit: Int = .max) throws(TargetError) -> [UInt8] {
    do {
      return try target.fileSystem.contents(of: path, limit: limit)
    } catch {
      throw .failed(error, in: target)
    }
  }

  /// Whether a file may be the user's own. Some disks show one owner for all files; what this disk
  /// gives to what we make is looked at again when there is something that we made
  /// (`Transaction`).
  private func isReplaceable(_ status: FileStatus) -> Bool {
    guard let root, !root.isSticky else { return status.isOwned }
    return status.isOwned || status.owner == root.owner
  }

  func status(of path: RelativePath) throws(TargetError) -> FileStatus? {
    if let parent = path.parent, closed.contains(parent) { return nil }
    do {
      return try target.fileSystem.status(of: path)
    } catch {
      // Where a directory would be on the way, something else is.
      if error.isBlockedOnTheWay { return nil }
      throw .failed(error, in: target)
    }
  }
}
