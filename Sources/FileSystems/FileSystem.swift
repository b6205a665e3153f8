import FileTrees

/// A directory and everything below it, to be read and written: what the verbs need of a disk, and
/// no more.
///
/// `LocalFileSystem` is a real disk, `InMemoryFileSystem` its twin in tests; one suite of contract
/// tests runs over both.
package protocol FileSystem: ReadableFileSystem {
  /// Finds out whether names may be made and removed in the directory at `path`.
  ///
  /// - Throws: `EACCES` or `EROFS` when they may not; `ENOTDIR` when it is no directory.
  func checkWritable(_ path: RelativePath) throws(FileSystemError)

  /// Makes a directory with its final mode. Its parent exists; `path` does not.
  func createDirectory(
    _ path: RelativePath, _ permissions: Permissions
  ) throws(FileSystemError)

  /// Makes a file with its final mode, exclusively: `EEXIST` when anything is at `path`, a dangling
  /// link too. A file whose content could not be written in full is removed again.
  func createFile(
    _ path: RelativePath, _ permissions: Permissions, _ content: FileContent
  ) throws(FileSystemError)

  /// Gives the file at `path` a second name. `EEXIST` when the name is taken, `EPERM` when `path` is
  /// a directory.
  func link(_ path: RelativePath, as other: RelativePath) throws(FileSystemError)

  /// Renames a file or a directory, in one step. With `replacing`, a file takes the place of a
  /// file or a link, and a directory that of an empty directory; without it, anything at `other` is
  /// `EEXIST` and stays as it was. Afterwards nothing is at `path`, also when both were names of one
  /// file (which `rename` leaves alone).
  func move(
    _ path: RelativePath, to other: RelativePath, replacing: Bool
  ) throws(FileSystemError)

  /// Removes a file, a link, or an empty directory (`ENOTEMPTY` otherwise). The root can be neither
  /// removed nor moved (`EBUSY`).
  func remove(_ path: RelativePath) throws(FileSystemError)

  /// Locks the directory at `path` against other runs until the lock is released (or nothing refers
  /// to it any more) or the process ends; nil when another holds it.
  func lock(_ path: RelativePath) throws(FileSystemError) -> (any FileLock)?

  /// The same file system, rooted at the directory at `path`. It stays that directory when the
  /// directory is moved.
  func directory(at path: RelativePath) throws(FileSystemError) -> any FileSystem
}

extension FileSystem {
  /// Makes a directory with mode 0777 less the `umask`.
  package func createDirectory(_ path: RelativePath) throws(FileSystemError) {
    try createDirectory(path, .executable)
  }
}
