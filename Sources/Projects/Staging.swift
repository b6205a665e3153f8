import Documents
import FileSystems
import FileTrees
import Layouts

/// The directory in which a run prepares what it will publish, held by a lock so that a run that
/// died can be told from one that lives.
struct Staging {
  let path: RelativePath
  private let lock: any FileLock

  var identity: FileIdentity { lock.identity }

  /// `.scaffold-` and 16 hexadecimal digits that depend on `name`: two runs for the same name meet
  /// in the same staging directory.
  static func path(for name: String) -> RelativePath {
    let digits = GitObjectID(blob: Array(name.utf8)).description.prefix(16)
    return (try? RelativePath.root.appending("\(Layout.reservedPrefix)-\(digits)")) ?? .root
  }

  /// Makes the staging directory and locks it; removes what a dead run left.
  ///
  /// - Throws: that another run holds it, or that something else is in the way.
  init(at path: RelativePath, in fileSystem: any FileSystem) throws(StagingError) {
    for _ in 0..<Self.attempts {
      if try !Self.create(path, in: fileSystem) {
        try Self.removeLeftOver(path, in: fileSystem)
        continue
      }
      switch Self.lock(path, in: fileSystem) {
      case .held(let lock):
        self.path = path
        self.lock = lock
        return
      case .gone: continue
      case .busy: throw .busy
      case .failed(let error):
        try? fileSystem.remove(path)
        throw .failed(error)
      }
    }
    throw .busy
  }

  /// A run that finds the directory gone between two of its calls tries again, so often.
  private static let attempts = 8

  /// Removes the directory with all that is in it, and lets go of the lock.
  func discard(in fileSystem: any FileSystem) throws(FileSystemError) {
    defer { lock.unlock() }
    try fileSystem.removeTree(path)
  }

  /// Lets go of the lock after the directory was published under another name.
  func release() {
    lock.unlock()
  }

  /// Locks what another run left at `path`; nil when there is nothing.
  static func leftOver(
    at path: RelativePath, in fileSystem: any FileSystem
  ) throws(StagingError) -> (any FileLock)? {
    guard let status = try Self.status(of: path, in: fileSystem) else { return nil }
    guard status.kind == .directory, status.isOwned else { throw .inTheWay(path) }
    switch Self.lock(path, in: fileSystem) {
    case .held(let lock): return lock
    case .gone: return nil
    case .busy: throw .busy
    case .failed(let error): throw .failed(error)
    }
  }

  // MARK: Steps

  /// False when something is at `path`.
  private static func create(
    _ path: RelativePath, in fileSystem: any FileSystem
  ) throws(StagingError) -> Bool {
    do {
      try fileSystem.createDirectory(path)
      return true
    } catch {
      if error.isAlreadyThere { return false }
      throw .failed(error)
    }
  }

  private static func removeLeftOver(
    _ path: RelativePath, in fileSystem: any FileSystem
  ) throws(StagingError) {
    guard let lock = try leftOver(at: path, in: fileSystem) else { return }
    defer { lock.unlock() }
    do {
      try fileSystem.removeTree(path)
    } catch {
      throw .failed(error)
    }
  }

  private enum Locking {
    case held(any FileLock)
    /// Another run removed the directory, or put its own in its place.
    case gone
    case busy
    case failed(FileSystemError)
  }

  /// Locks the directory and looks whether it still is the one that has the name.
  private static func lock(_ path: RelativePath, in fileSystem: any FileSystem) -> Locking {
    do {
      guard let lock = try fileSystem.lock(path) else { return .busy }
      if try fileSystem.status(of: path)?.identity == lock.identity { return .held(lock) }
      lock.unlock()
      return .gone
    } catch {
      return error.isGone ? .gone : .failed(error)
    }
  }

  private static func status(
    of path: RelativePath, in fileSystem: any FileSystem
  ) throws(StagingError) -> FileStatus? {
    do {
      return try fileSystem.status(of: path)
    } catch {
      throw .failed(error)
    }
  }
}

enum StagingError: Error {
  case busy
  case inTheWay(RelativePath)
  case failed(FileSystemError)

  func targetError(for target: Target) -> TargetError {
    let name = Printable.text(target.displayName)
    return switch self {
    case .busy:
      .refused(
        "another run is creating “\(name)”", help: "wait for it to end, then look at what it made")
    case .inTheWay(let path):
      .refused(
        "“\(path)” is in the way: it is not a staging directory of yours",
        help: "look at it, and remove or rename it")
    case .failed(let error) where error.operation == .createDirectory:
      // Nobody knows the staging directory's name.
      .unwritable(FileSystemError(error.operation, .root, error.code), target)
    case .failed(let error):
      .unwritable(error, target)
    }
  }
}
