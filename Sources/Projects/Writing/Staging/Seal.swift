import FileSystems
import FileTrees

/// The file by which a staging directory is known for what it is: its text names the directory that
/// it lies in, by what no copy of it can have, and tells git to leave the directory alone.
///
/// Where the disk says when the directory was made, that and the inode are named: a clone or an
/// unpacked archive can choose neither, and they outlive a restart, after which the device may have
/// another number. Elsewhere it is device and inode.
struct Seal {
  static let name = ".gitignore"

  let text: [UInt8]

  /// - Parameter lock: of the directory.
  init(of lock: any FileLock) {
    let identity = lock.identity
    let mark =
      lock.birth.map { "\(identity.inode) \($0)" } ?? "\(identity.device) \(identity.inode)"
    text = Array(
      "*\n# \(mark): a run of scaffold works here; what it leaves, the next one completes or removes.\n"
        .utf8)
  }

  /// What of the seal is in the directory at `path`.
  enum State {
    case none
    /// A run died while it wrote it.
    case begun
    case whole
    /// Something else has its name.
    case broken
  }

  func state(in path: RelativePath, of fileSystem: any FileSystem) throws(FileSystemError) -> State
  {
    let file = path.adding(Self.name)
    guard let status = try fileSystem.status(of: file) else { return .none }
    guard status.kind == .file, status.size <= text.count else { return .broken }
    let present = try fileSystem.contents(of: file, limit: text.count)
    if present == text { return .whole }
    return text.starts(with: present) ? .begun : .broken
  }
}

extension RelativePath {
  /// Below a staging directory, whose names are all safe.
  func adding(_ name: String) -> RelativePath {
    do {
      return try RelativePath.root.appending(name).under(self)
    } catch {
      return self
    }
  }
}
