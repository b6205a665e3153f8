import FileSystems
import FileTrees

/// Things of the user's are moved, and nothing else of his is ever replaced: not every disk can do
/// that in one step.
extension Bench {
  /// Moves what is at `origin` to `path`, where nothing is, or goes on with that.
  ///
  /// - Parameter file: the name of the step's marker. It says that the move has begun (`crossing`) while
  ///   a file may be at both places, or at one of them in part.
  /// - Throws: that something else is at `path`, or nothing at `origin`.
  func move(_ origin: RelativePath, to path: RelativePath, markedBy file: String) throws {
    let source = try status(of: origin)
    guard let source else {
      // A run did it that died, or whose answer was lost.
      if try status(of: path) == nil { throw changed(origin) }
      return
    }
    if let present = try status(of: path) {
      guard try holds(crossing(file)) else { throw changed(path) }
      // The other of its two names, on a disk that gives a file a second one first.
      if source.kind != .directory, present.identity == source.identity {
        return try fileSystem.remove(origin)
      }
      if try settle(origin, path) { return }
    }
    // A directory takes the place of nothing but an empty one, as a rename does, and of nothing in the
    // staging directory. To claim the name with an empty one first, as a move without replacing may
    // do, would lose all on a disk that renames nothing onto another.
    let replacing = source.kind == .directory || path.isBelow(staging)
    do {
      return try fileSystem.move(origin, to: path, replacing: replacing)
    } catch {
      let isLeft = try status(of: origin) != nil
      if let present = try status(of: path) {
        if !isLeft { return }
        guard present.identity == source.identity else { throw changed(path) }
        return try fileSystem.remove(origin)
      }
      if error.isPlain || error.isBlockedOnTheWay || !isLeft || source.kind != .file { throw error }
    }
    try copy(origin, to: path, source.mode, markedBy: file)
  }

  /// Tells a file that is on its way from two files.
  ///
  /// - Returns: whether it has arrived; else nothing is at `path` any more.
  /// - Throws: that what is at `path` is no part of it.
  private func settle(_ origin: RelativePath, _ path: RelativePath) throws -> Bool {
    if let blob = try blob(of: path), try blob == self.blob(of: origin) {
      try fileSystem.remove(origin)
      return true
    }
    switch try share(of: origin, at: path) {
    case .beginning, .empty:
      try fileSystem.remove(path)
      return false
    case .all, .none: break
    }
    // It was on the way in the other direction.
    switch try share(of: path, at: origin) {
    case .beginning, .empty:
      try fileSystem.remove(origin)
      return true
    case .all, .none: throw changed(path)
    }
  }

  private func copy(
    _ origin: RelativePath, to path: RelativePath, _ mode: UInt16, markedBy file: String
  ) throws {
    try mark(file)
    let before = try blob(of: origin)
    do {
      try fileSystem.createFile(path, .exactly(mode & 0o777), .file(origin, in: fileSystem))
    } catch let error where error.isAlreadyThere {
      throw try status(of: path) == nil ? unmakeable(path) : changed(path)
    }
    guard let before, try blob(of: path) == before, try blob(of: origin) == before else {
      try fileSystem.remove(path)
      throw changed(origin)
    }
    try fileSystem.remove(origin)
  }

  /// Notes that a move has begun.
  func mark(_ file: String) throws {
    if try holds(crossing(file)) { return }
    if try holds(staged(file)) {
      return try fileSystem.move(staged(file), to: crossing(file), replacing: true)
    }
    try fileSystem.createFile(crossing(file), .private, .bytes([]))
  }

  /// Notes that a move has not begun.
  func unmark(_ file: String) throws {
    guard try holds(crossing(file)) else { return }
    try fileSystem.move(crossing(file), to: staged(file), replacing: true)
  }

  /// Notes that a step is done.
  func finish(_ file: String) throws {
    for marker in [staged(file), crossing(file)] where try holds(marker) {
      try fileSystem.remove(marker)
    }
  }

  /// Removes the directory at `path` when nothing is in it.
  ///
  /// - Returns: false when it stays.
  func removeDirectory(_ path: RelativePath) throws -> Bool {
    guard try status(of: path)?.kind == .directory else { return false }
    let names = try fileSystem.list(path)
    guard names.allSatisfy(StagingContent.isLeftByDisk) else { return false }
    for name in names { try? fileSystem.remove(path.adding(name)) }
    do {
      try fileSystem.remove(path)
    } catch {
      if try status(of: path) == nil { return true }
      if error.isAlreadyThere { return false }
      throw error
    }
    return true
  }
}
