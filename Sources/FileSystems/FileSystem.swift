import FileTrees

/// A directory and everything below it: what the verbs need of a disk, and no more.
///
/// Paths are relative to the directory that the file system is rooted at. No call follows a
/// symbolic link, in any component: a link in the middle of a path is an error (`ENOTDIR` or
/// `ELOOP`), so that a link swapped in half-way leads nowhere. `LocalFileSystem` is a real disk,
/// `InMemoryFileSystem` its twin in tests; one suite of contract tests runs over both.
package protocol FileSystem: Sendable {
  /// What is at `path`, or nil when nothing is (also when a parent is absent). A link is reported
  /// as a link.
  func status(of path: RelativePath) throws(FileSystemError) -> FileStatus?

  /// The names in the directory at `path`, sorted by their bytes. Names that are not UTF-8 are an
  /// error (`EILSEQ`).
  func list(_ path: RelativePath) throws(FileSystemError) -> [String]

  /// Finds out whether names may be made and removed in the directory at `path`.
  ///
  /// - Throws: `EACCES` or `EROFS` when they may not; `ENOTDIR` when it is no directory.
  func checkWritable(_ path: RelativePath) throws(FileSystemError)

  /// Hands the content of the file at `path` to `body` in pieces, in order; not at all when it is
  /// empty. A link (`ELOOP`), a directory (`EISDIR`), a FIFO or a device (`EINVAL`) is an error, and
  /// none of them is waited for.
  func read(
    _ path: RelativePath, _ body: (Span<UInt8>) throws(FileSystemError) -> Void
  ) throws(FileSystemError)

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

/// A lock on a directory, held until `unlock` or the end of the process.
package protocol FileLock: Sendable {
  /// The locked directory, looked at through the lock itself. It may have been removed or replaced
  /// before the lock was had: compare with the status of the path.
  var status: FileStatus { get }
  /// When the locked directory was made, in nanoseconds since 1970; nil where the disk does not
  /// say. Nobody can choose it, so that with the inode it tells a directory from any copy of it.
  var birth: Int64? { get }
  /// Does nothing the second time.
  func unlock()
}

extension FileLock {
  package var identity: FileIdentity { status.identity }
}

/// Tells files apart however they are named: device and inode.
package struct FileIdentity: Hashable, Sendable {
  package var device: UInt64
  package var inode: UInt64

  package init(device: UInt64, inode: UInt64) {
    self.device = device
    self.inode = inode
  }
}

/// What is known about a path without opening it.
package struct FileStatus: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case file
    case directory
    case link
    /// A FIFO, a socket or a device.
    case other
  }

  package var kind: Kind
  /// The permission bits, `0o7777` at most.
  package var mode: UInt16
  /// In bytes; 0 for what is not a file.
  package var size: Int
  package var identity: FileIdentity
  /// The owner's number, as the disk shows it: not every disk gives a file to who makes it.
  package var owner: UInt32
  /// Whether the effective user is the owner that is shown.
  package var isOwned: Bool

  package init(
    kind: Kind, mode: UInt16, size: Int, identity: FileIdentity, owner: UInt32, isOwned: Bool
  ) {
    self.kind = kind
    self.mode = mode
    self.size = size
    self.identity = identity
    self.owner = owner
    self.isOwned = isOwned
  }
}

/// The mode a file is created with. It is never changed afterwards.
package enum Permissions: Hashable, Sendable {
  /// 0666 less the `umask`.
  case regular
  /// 0777 less the `umask`.
  case executable
  /// 0600 less the `umask`.
  case `private`
  /// 0700 less the `umask`.
  case privateExecutable
  /// These bits whatever the `umask` is: the mode of a file that is about to be replaced.
  case exactly(UInt16)
}

/// What a new file holds.
package enum FileContent: Sendable {
  case bytes([UInt8])
  /// The content of a file elsewhere, streamed.
  case file(RelativePath, in: any FileSystem)
}
