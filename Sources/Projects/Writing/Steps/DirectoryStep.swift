import FileSystems
import FileTrees

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
  func undo(_ bench: Bench) throws -> Undoing {
    guard try bench.status(of: path)?.kind == .directory else { return .nothing }
    return try bench.removeDirectory(path) ? .removed(path) : .stayed(path)
  }
}
