import FileSystems
import FileTrees

/// A staging directory that a dead run left, locked. It is known to be one: this user made it on
/// this disk (`Ownership`), its seal names it, and nothing else is in it (`StagingContent`).
struct LeftOver {
  let path: RelativePath
  let lock: any FileLock
  /// The directory of what was to be published, when it is there.
  private(set) var work: RelativePath?
  private(set) var names: [String]
  private let fileSystem: any FileSystem

  /// What is at the name of a staging directory.
  enum Finding {
    case nothing
    /// It went, or became another one, while it was looked at.
    case gone
    /// A run works in it.
    case living
    /// It is no staging directory of this user's on this disk. It has no effect and is left alone.
    case foreign
    case dead(LeftOver)
  }

  /// - Parameter ownership: asked for only when there is something to look at.
  static func examine(
    _ path: RelativePath, in fileSystem: any FileSystem, ownership: () -> Ownership
  ) throws(FileSystemError) -> Finding {
    guard let status = try fileSystem.status(of: path) else { return .nothing }
    guard status.kind == .directory, ownership().covers(status) else { return .foreign }
    let lock: any FileLock
    do {
      guard let taken = try fileSystem.lock(path) else { return .living }
      lock = taken
    } catch {
      if error.isGone { return .gone }
      if error.isForbidden || error.isBlockedOnTheWay { return .foreign }
      throw error
    }
    // From here on it is looked at through the lock: nobody can put another one in its place.
    guard try fileSystem.status(of: path)?.identity == lock.identity else { return .gone }
    guard ownership().covers(lock.status) else { return .foreign }
    guard let names = try? fileSystem.list(path) else { return .foreign }
    for name in names {
      guard let kind = StagingContent.kind(of: name) else { return .foreign }
      let present = try fileSystem.status(of: path.adding(name))?.kind
      guard present == nil || present == kind else { return .foreign }
    }
    switch try Seal(of: lock).state(in: path, of: fileSystem) {
    case .whole: break
    // A run died before it had made anything else.
    case .none, .begun:
      guard names.allSatisfy({ $0 == Seal.name || StagingContent.isLeftByDisk($0) }) else {
        return .foreign
      }
    case .broken: return .foreign
    }
    return .dead(
      LeftOver(
        path: path, lock: lock,
        work: names.first(where: StagingContent.isWork).map(path.adding), names: names,
        fileSystem: fileSystem))
  }

  /// Tells a run that may live all the same, on another client of this disk that hears nothing of
  /// our locks, that the directory is not its own any more.
  mutating func takeOver() {
    guard let taken = work else { return }
    let own = path.adding(StagingContent.workName())
    // Where even that fails there is nothing to tell: the disk takes no name.
    guard (try? fileSystem.move(taken, to: own, replacing: true)) != nil else { return }
    work = own
  }

  /// Makes sure of a directory of what is to be published, under a name that no other run knows.
  mutating func takeWork() throws(FileSystemError) {
    takeOver()
    if work != nil { return }
    let own = path.adding(StagingContent.workName())
    try fileSystem.createDirectory(own)
    work = own
  }

  /// The same directory under another name.
  func renamed(_ path: RelativePath) -> LeftOver {
    LeftOver(
      path: path, lock: lock, work: work.map { path.adding($0.name) }, names: names,
      fileSystem: fileSystem)
  }

  func has(_ name: String) -> Bool { names.contains(name) }
}
