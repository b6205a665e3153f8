import Synchronization

/// A lock by `flock`, which ends with the process however that dies.
final class LocalLock: FileLock {
  let identity: FileIdentity
  private let held: Mutex<Descriptor?>

  /// - Parameter directory: An open directory whose lock is held.
  init(_ directory: Descriptor, _ identity: FileIdentity) {
    held = Mutex(directory)
    self.identity = identity
  }

  deinit { unlock() }

  func unlock() {
    held.withLock { directory in
      directory?.unlock()
      directory = nil
    }
  }
}
