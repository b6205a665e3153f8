import CLibrary
import FileTrees

/// A directory on a real disk. Every call goes by the descriptor of the directory that it concerns,
/// reached from the root one component at a time without following a link.
package final class LocalFileSystem: FileSystem {
  private let root: Descriptor
  private let user: uid_t
  /// Whether to try the system's own exclusive rename. Tests say no, to see what is done elsewhere.
  let hasExclusiveRename: Bool

  /// Opens the directory at `path`, which is the user's word: links are followed.
  ///
  /// - Throws: An error whose `givenName` is `path`.
  package convenience init(opening path: String) throws(FileSystemError) {
    try self.init(opening: path, hasExclusiveRename: true)
  }

  /// Opens the directory at `path`, whose last component is no link: one that was put there since
  /// somebody looked leads nowhere.
  ///
  /// - Throws: as `init(opening:)`; `ENOTDIR` or `ELOOP` for a link.
  package convenience init(openingNoLink path: String) throws(FileSystemError) {
    try self.init(opening: path, hasExclusiveRename: true, followsLast: false)
  }

  convenience init(
    opening path: String, hasExclusiveRename: Bool, followsLast: Bool = true
  ) throws(FileSystemError) {
    do {
      self.init(
        root: try Descriptor(opening: path, followsLast: followsLast), user: geteuid(),
        hasExclusiveRename: hasExclusiveRename)
    } catch {
      throw FileSystemError(.open, .root, error.code, givenName: path)
    }
  }

  private init(root: Descriptor, user: uid_t, hasExclusiveRename: Bool) {
    self.root = root
    self.user = user
    self.hasExclusiveRename = hasExclusiveRename
  }

  deinit {
    DirectoryCache.forget(root)
  }

  package func directory(at path: RelativePath) throws(FileSystemError) -> any FileSystem {
    do {
      return LocalFileSystem(
        root: try openedDirectory(at: path), user: user, hasExclusiveRename: hasExclusiveRename)
    } catch {
      throw FileSystemError(.open, path, error.code)
    }
  }

  package func status(of path: RelativePath) throws(FileSystemError) -> FileStatus? {
    do {
      let place = try place(of: path)
      return FileStatus(try place.directory.status(of: place.name), user: user)
    } catch {
      if error == .notFound { return nil }
      throw FileSystemError(.status, path, error.code)
    }
  }

  package func list(_ path: RelativePath) throws(FileSystemError) -> [String] {
    try entries(of: path).map(\.name)
  }

  package func entries(of path: RelativePath) throws(FileSystemError) -> [DirectoryEntry] {
    var refused: String?
    do {
      let place = try place(of: path)
      return try place.directory.entries(in: place.name, &refused)
    } catch {
      let name = refused.map { path.isRoot ? $0 : "\(path)/\($0)" }
      throw FileSystemError(.list, path, error.code, givenName: name)
    }
  }

  package func checkWritable(_ path: RelativePath) throws(FileSystemError) {
    do {
      try openedDirectory(at: path).checkWritable()
    } catch {
      throw FileSystemError(.access, path, error.code)
    }
  }

  package func createDirectory(
    _ path: RelativePath, _ permissions: Permissions
  ) throws(FileSystemError) {
    do {
      let place = try place(of: path)
      try place.directory.makeDirectory(place.name, permissions)
    } catch {
      throw FileSystemError(.createDirectory, path, error.code)
    }
  }

  package func link(_ path: RelativePath, as other: RelativePath) throws(FileSystemError) {
    do {
      let (source, target) = (try place(of: path), try place(of: other))
      try source.directory.link(source.name, in: target.directory, as: target.name)
    } catch {
      throw FileSystemError(.link, path, error.code, to: other)
    }
  }

  package func remove(_ path: RelativePath) throws(FileSystemError) {
    do throws(SystemError) {
      if path.isRoot { throw .resourceBusy }
      let place = try place(of: path)
      try place.remove()
    } catch {
      throw FileSystemError(.remove, path, error.code)
    }
  }

  package func lock(_ path: RelativePath) throws(FileSystemError) -> (any FileLock)? {
    do {
      let place = try place(of: path)
      let directory = try place.directory.readableDirectory(place.name)
      guard try directory.lock() else { return nil }
      try directory.checkRoom()
      let status = try directory.status()
      return LocalLock(
        directory, FileStatus(status, user: user),
        birth: Platform.birth(of: directory.number, status))
    } catch {
      throw FileSystemError(.lock, path, error.code)
    }
  }

  func status(of file: ReadableFile) -> FileStatus { FileStatus(file.status, user: user) }

  /// The directory that holds `path`, and its name there (`.` for the root).
  func place(of path: RelativePath) throws(SystemError) -> Place {
    if path.isRoot { return Place(directory: root, name: ".") }
    let directory = try DirectoryCache.directory(holding: path, from: root)
    return Place(directory: directory, name: path.name)
  }

  private func openedDirectory(at path: RelativePath) throws(SystemError) -> Descriptor {
    try DirectoryCache.directory(at: path, from: root)
  }
}

/// A name in an open directory.
struct Place {
  let directory: Descriptor
  let name: String

  /// Removes what is there: one call unless it is a directory.
  func remove() throws(SystemError) {
    let refusal: SystemError
    do {
      return try directory.unlink(name)
    } catch {
      refusal = error
    }
    // Linux says that it is a directory; POSIX wants “not permitted”, which may mean other things.
    guard refusal == .isDirectory || refusal == .notPermitted else { throw refusal }
    do {
      try directory.removeDirectory(name)
    } catch {
      throw error == .notADirectory ? refusal : error
    }
    DirectoryCache.empty()
  }
}
