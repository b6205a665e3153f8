import FileSystems
import FileTrees
import Layouts

/// The staging directory of the last run that changed an existing target, under its last name: with
/// its journal and its backups, which say and hold all that it takes to take the run back.
enum UndoDirectory {
  static let path = RelativePath.root.adding("\(Layout.reservedPrefix)-undo")

  /// - Parameter ownership: asked for only when there is something to look at.
  static func examine(
    in fileSystem: any FileSystem, ownership: () -> Ownership
  ) throws(FileSystemError) -> LeftOver.Finding {
    try LeftOver.examine(path, in: fileSystem, ownership: ownership)
  }

  /// Makes place for another one.
  ///
  /// - Parameter ownership: of what this run makes.
  /// - Returns: false when what is there may be anybody's, and stays.
  static func remove(
    in fileSystem: any FileSystem, _ ownership: Ownership
  ) throws(FileSystemError) -> Bool {
    switch try examine(in: fileSystem, ownership: { ownership }) {
    case .nothing, .gone: return true
    case .living: return false
    case .dead(let leftOver):
      // From here on nothing can be taken back by it.
      if leftOver.has(StagingContent.plan) {
        try fileSystem.remove(path.adding(StagingContent.plan))
      }
      try Staging(cleaning: leftOver, in: fileSystem).discard()
      return true
    case .foreign: return try removeCopy(in: fileSystem, ownership)
    }
  }

  /// A copy of somebody's project may have one, which is of no use there.
  private static func removeCopy(
    in fileSystem: any FileSystem, _ ownership: Ownership
  ) throws(FileSystemError) -> Bool {
    guard let status = try fileSystem.status(of: path), status.kind == .directory,
      ownership.covers(status), let names = try? fileSystem.list(path)
    else { return false }
    for name in names {
      guard let kind = StagingContent.kind(of: name),
        try fileSystem.status(of: path.adding(name))?.kind == kind
      else { return false }
    }
    try fileSystem.removeTree(path)
    return true
  }
}

extension Staging {
  /// Gives the directory its last name, and lets go of the lock.
  ///
  /// - Returns: false when something else has that name, and stays.
  func keepForUndo() throws(FileSystemError) -> Bool {
    let ownership = try Ownership(shown: fileSystem.status(of: path) ?? lock.status)
    guard try UndoDirectory.remove(in: fileSystem, ownership) else { return false }
    // In one step: nothing is at the name, and no disk loses a directory for that.
    do {
      try fileSystem.move(path, to: UndoDirectory.path, replacing: true)
    } catch {
      guard try fileSystem.status(of: path) == nil else { throw error }
    }
    release()
    return true
  }

  /// The staging directory that the last run's becomes again while it is taken back.
  ///
  /// - Throws: that another run works in the target, or has died there; nothing is changed then.
  static func reopening(
    _ found: LeftOver, in fileSystem: any FileSystem
  ) throws -> Staging {
    var number = 1
    while true {
      let path = path(for: Transaction.name, number)
      let finding = try LeftOver.examine(path, in: fileSystem) {
        ownership(for: Transaction.name, in: fileSystem)
      }
      switch finding {
      case .foreign: number += 1
      case .living: throw StagingError.busy
      case .dead(let other):
        throw other.has(StagingContent.plan) ? StagingError.interrupted : .busy
      case .nothing, .gone:
        do {
          try fileSystem.move(found.path, to: path, replacing: true)
        } catch {
          // Another run made it just now, or the answer was lost.
          if try fileSystem.status(of: found.path) != nil {
            if error.isAlreadyThere { throw StagingError.busy }
            throw error
          }
        }
        return Staging(cleaning: found.renamed(path), in: fileSystem)
      }
    }
  }
}
