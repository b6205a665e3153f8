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
  /// - Parameter name: what is being made, for messages.
  /// - Throws: that another run holds it, or that something else is in the way.
  init(at path: RelativePath, in fileSystem: any FileSystem, for name: String) throws(StagingError)
  {
    for _ in 0..<Self.attempts {
      if try !Self.create(path, in: fileSystem) {
        try Self.removeLeftOver(path, in: fileSystem, for: name)
        continue
      }
      guard let lock = try Self.lock(path, in: fileSystem) else { throw .busy }
      if try Self.isStill(lock, at: path, in: fileSystem) {
        self.path = path
        self.lock = lock
        return
      }
      lock.unlock()
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
    guard let lock = try Self.lock(path, in: fileSystem) else { throw .busy }
    if try isStill(lock, at: path, in: fileSystem) { return lock }
    lock.unlock()
    return nil
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
    _ path: RelativePath, in fileSystem: any FileSystem, for name: String
  ) throws(StagingError) {
    guard let lock = try leftOver(at: path, in: fileSystem) else { return }
    defer { lock.unlock() }
    do {
      try fileSystem.removeTree(path)
    } catch {
      throw .failed(error)
    }
  }

  private static func lock(
    _ path: RelativePath, in fileSystem: any FileSystem
  ) throws(StagingError) -> (any FileLock)? {
    do {
      return try fileSystem.lock(path)
    } catch {
      throw .failed(error)
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

  /// Whether the locked directory is the one that has the name now.
  private static func isStill(
    _ lock: any FileLock, at path: RelativePath, in fileSystem: any FileSystem
  ) throws(StagingError) -> Bool {
    try status(of: path, in: fileSystem)?.identity == lock.identity
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
    case .failed(let error): .failed(error, in: target)
    }
  }
}
