import Synchronization

/// A lock by `flock`, which ends with the process however that dies.
final class LocalLock: FileLock {
  let status: FileStatus
  let birth: Int64?
  /// Locked for tests, which have threads; the program has one.
  private let held: Mutex<Descriptor?>

  /// - Parameter directory: An open directory whose lock is held.
  init(_ directory: Descriptor, _ status: FileStatus, birth: Int64?) {
    held = Mutex(directory)
    self.status = status
    self.birth = birth
  }

  deinit { unlock() }

  func unlock() {
    held.withLock { directory in
      directory?.unlock()
      directory = nil
    }
  }
}
