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
