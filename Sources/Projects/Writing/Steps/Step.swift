import FileSystems
import FileTrees

/// One change of a transaction: how it is made, and how it is taken back. That it is made can be
/// told by looking at the disk, so that either can be gone on with by another run.
protocol Step {
  var path: RelativePath { get }

  /// Whether the change is still to be made; nil where that cannot be told.
  func isPending(_ bench: Bench) throws -> Bool?

  /// Makes the change; does nothing when it is made.
  func publish(_ bench: Bench) throws

  /// Looks whether the change is on the disk, which may have said so only.
  func isKept(_ bench: Bench) throws -> Bool

  /// Takes the change back; does nothing when it is not made. What the user changed since stays.
  ///
  /// - Returns: where such a file has a copy of what it held before.
  func undo(_ bench: Bench) throws -> Target.Saved?

  /// To be asked when a change that a dead run had made is completed: where a file that the user
  /// changed since gets a copy of what it held before.
  func save(_ bench: Bench) throws -> Target.Saved?
}

extension Step {
  func save(_ bench: Bench) throws -> Target.Saved? { nil }
}

/// A new directory.
struct DirectoryStep: Step {
  let path: RelativePath

  func isPending(_ bench: Bench) -> Bool? { nil }

  func publish(_ bench: Bench) throws {
    do {
      try bench.fileSystem.createDirectory(path)
    } catch let error where error.isAlreadyThere {
      switch try bench.status(of: path)?.kind {
      case .directory?: return
      case nil: throw bench.unmakeable(path)
      default: throw bench.changed(path)
      }
    }
  }

  func isKept(_ bench: Bench) throws -> Bool {
    try bench.status(of: path)?.kind == .directory
  }

  /// A directory that somebody put something into stays.
  func undo(_ bench: Bench) throws -> Target.Saved? {
    guard try bench.status(of: path)?.kind == .directory else { return nil }
    let names = try bench.fileSystem.list(path)
    guard names.allSatisfy(StagingContent.isLeftByDisk) else { return nil }
    for name in names { try? bench.fileSystem.remove(path.adding(name)) }
    try bench.fileSystem.remove(path)
    return nil
  }
}
