import Documents
import FileSystems
import FileTrees
import Layouts

/// The directory in which a run prepares what it will publish, held by a lock so that a run that
/// died can be told from one that lives. `StagingContent` says what is in it.
///
/// Of runs for one name, who has the lock works there. A directory that a dead run left is not
/// removed but worked in, so that no run ever takes another's away before it is locked. Where
/// something foreign has the name, the next number is tried.
struct Staging {
  let path: RelativePath
  /// The directory of what is to be published. Its name is this run's secret, so that it is gone
  /// when another run took over.
  let work: RelativePath
  let lock: any FileLock
  let fileSystem: any FileSystem

  /// `.scaffold-` and 16 hexadecimal digits that depend on `name`: two runs for the same name meet
  /// in the same staging directory.
  static func path(for name: String, _ number: Int = 1) -> RelativePath {
    let digits = GitObjectID(blob: Array(name.utf8)).description.prefix(16)
    let suffix = number == 1 ? "" : "-\(number)"
    return RelativePath.root.adding("\(Layout.reservedPrefix)-\(digits)\(suffix)")
  }

  /// What a disk shows of what is made beside the staging directory for `name`.
  static func ownership(for name: String, in fileSystem: any FileSystem) -> Ownership {
    Ownership(madeAt: path(for: name, 0), in: fileSystem)
  }

  /// Makes the staging directory for `name` and locks it, or takes over what a dead run left.
  ///
  /// - Throws: that another run holds it.
  init(for name: String, in fileSystem: any FileSystem) throws(StagingError) {
    let made: Result<Staging, StagingError>
    do {
      made = try Self.take(name, in: fileSystem)
    } catch {
      throw .failed(error)
    }
    self = try made.get()
  }

  private static func take(
    _ name: String, in fileSystem: any FileSystem
  ) throws(FileSystemError) -> Result<Staging, StagingError> {
    var number = 1
    var left = attempts
    while left > 0 {
      let path = path(for: name, number)
      if let lock = try make(path, in: fileSystem) {
        return .success(try Staging(path, lock, fileSystem))
      }
      let finding = try LeftOver.examine(path, in: fileSystem) {
        ownership(for: name, in: fileSystem)
      }
      switch finding {
      case .foreign: number += 1
      case .nothing, .gone: left -= 1
      case .living: return .failure(.busy)
      case .dead(var leftOver):
        // A run died here since the target was looked at: its changes come first.
        if leftOver.has(StagingContent.plan) { return .failure(.interrupted) }
        leftOver.takeOver()
        try Staging(cleaning: leftOver, in: fileSystem).clear()
        return .success(try Staging(path, leftOver.lock, fileSystem))
      }
    }
    return .failure(.unmakeable)
  }

  /// How often a directory may be there when it is made and gone when it is looked at.
  private static let attempts = 8

  /// - Returns: nil when something is at `path`.
  private static func make(
    _ path: RelativePath, in fileSystem: any FileSystem
  ) throws(FileSystemError) -> (any FileLock)? {
    do {
      try fileSystem.createDirectory(path, .exactly(0o700))
    } catch {
      if error.isAlreadyThere { return nil }
      throw error
    }
    do {
      guard let lock = try fileSystem.lock(path) else { return nil }
      if try fileSystem.status(of: path)?.identity == lock.identity { return lock }
      return nil
    } catch {
      if error.isGone { return nil }
      try? fileSystem.remove(path)
      throw error
    }
  }

  /// Fills a directory that is locked and empty, but for a seal.
  private init(
    _ path: RelativePath, _ lock: any FileLock, _ fileSystem: any FileSystem
  ) throws(FileSystemError) {
    let work = path.adding(StagingContent.workName())
    do {
      let seal = Seal(of: lock)
      switch try seal.state(in: path, of: fileSystem) {
      case .whole: break
      case .none:
        try fileSystem.createFile(path.adding(Seal.name), .private, .bytes(seal.text))
      case .begun, .broken:
        try fileSystem.remove(path.adding(Seal.name))
        try fileSystem.createFile(path.adding(Seal.name), .private, .bytes(seal.text))
      }
      try fileSystem.createDirectory(work)
    } catch {
      try? fileSystem.remove(path.adding(Seal.name))
      try? fileSystem.remove(path)
      throw error
    }
    self.init(path: path, work: work, lock: lock, fileSystem: fileSystem)
  }

  private init(
    path: RelativePath, work: RelativePath, lock: any FileLock, fileSystem: any FileSystem
  ) {
    self.path = path
    self.work = work
    self.lock = lock
    self.fileSystem = fileSystem
  }

  /// What a dead run left, to be removed.
  init(cleaning leftOver: LeftOver, in fileSystem: any FileSystem) {
    self.init(
      path: leftOver.path, work: leftOver.work ?? leftOver.path.adding(StagingContent.workName()),
      lock: leftOver.lock, fileSystem: fileSystem)
  }

  /// The owner that the disk shows of what this run makes.
  var owner: UInt32? {
    (try? fileSystem.status(of: path))?.owner
  }

  /// Whether no other run took over. (The lock is not enough: a mount and its backing folder do not
  /// share locks.)
  var isOurs: Bool {
    do {
      return try fileSystem.status(of: work) != nil
    } catch {
      // It cannot be looked at, which nobody's taking over brings about.
      return !error.isBlockedOnTheWay
    }
  }

  /// Whether the directory at the path is this one, also after `work` was moved out of it.
  var isHere: Bool {
    guard let status = try? fileSystem.status(of: path) else { return false }
    if status.identity == lock.identity { return true }
    // Some disks number a directory anew after a while; its seal still says which it is.
    return (try? Seal(of: lock).state(in: path, of: fileSystem)) == .whole
  }

  /// Lets go of the lock, and leaves everything as it is.
  func release() {
    lock.unlock()
  }

  /// Removes the directory with all that is in it, unless another run took it over, and lets go of
  /// the lock.
  func discard() throws(FileSystemError) {
    defer { lock.unlock() }
    do {
      try removeAll()
    } catch {
      // Another run that shares no locks with this one may remove it at the same time.
      if isHere { throw error }
    }
  }

  private func removeAll() throws(FileSystemError) {
    guard isHere else { return }
    for _ in 1..<Self.attempts {
      let names = try clear()
      if names.contains(where: StagingContent.isWork) { return }
      // Last, since nothing is known to be ours without it.
      if names.contains(Seal.name) { try fileSystem.remove(path.adding(Seal.name)) }
      do {
        return try fileSystem.remove(path)
      } catch {
        // Hidden names, which go when the disk has let go of the files.
        if !error.isAlreadyThere { throw error }
      }
    }
    try fileSystem.remove(path)
  }

  /// Removes what is in the directory but its seal. The marker goes last: with it and without a
  /// journal, the next run knows that all was done.
  ///
  /// - Returns: what is left.
  @discardableResult
  private func clear() throws(FileSystemError) -> [String] {
    var names = try fileSystem.list(path)
    for name in [work.name, StagingContent.old] where names.contains(name) {
      try fileSystem.removeTree(path.adding(name))
    }
    for name in [StagingContent.unfinishedPlan, StagingContent.forward] + names
    where names.contains(name) && StagingContent.isRemovable(name) {
      do {
        try fileSystem.remove(path.adding(name))
      } catch {
        // A hidden name goes by itself.
        if !StagingContent.isLeftByDisk(name) { throw error }
      }
      names.removeAll { $0 == name }
    }
    return names.filter { $0 != work.name && $0 != StagingContent.old }
  }
}

enum StagingError: Error {
  case busy
  /// A run died there just now and left changes half made.
  case interrupted
  /// The disk says that the directory is there, and nothing is.
  case unmakeable
  case failed(FileSystemError)

  func targetError(for target: Target) -> TargetError {
    let name = Printable.text(target.displayName)
    switch self {
    case .busy:
      return .refused(
        "another run is \(target.isNew ? "creating" : "working in") “\(name)”",
        help: "wait for it to end, then look at what it made")
    case .interrupted:
      return .refused(
        "another run was interrupted in “\(name)” just now",
        help: "run it again, which completes that one or takes it back first")
    case .unmakeable:
      return .unmakeable(.root, in: target)
    case .failed(let error):
      // Nobody knows the staging directory's name.
      return .unwritable(FileSystemError(error.operation, .root, error.code), target)
    }
  }
}
