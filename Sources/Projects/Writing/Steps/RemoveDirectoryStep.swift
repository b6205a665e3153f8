import FileSystems
import FileTrees

/// A directory that goes, when nothing is in it any more.
struct RemoveDirectoryStep: Step {
  let path: RelativePath
  /// The name of the marker.
  let file: String
  /// What it is made with when it comes back.
  let permissions: Permissions

  func isPending(_ bench: Bench) throws -> Bool? {
    try bench.holds(bench.staged(file))
  }

  /// A directory that somebody put something into stays.
  func publish(_ bench: Bench) throws {
    guard try isPending(bench) == true else { return }
    _ = try bench.removeDirectory(path)
    try bench.finish(file)
  }

  func isKept(_ bench: Bench) -> Bool { true }

  func undo(_ bench: Bench) throws -> Undoing {
    switch try bench.status(of: path)?.kind {
    case .directory?: return .nothing
    case nil: break
    default: return .stayed(path)
    }
    guard try bench.hasPlace(for: path) else { return .stayed(path) }
    do {
      try bench.fileSystem.createDirectory(path, permissions)
    } catch let error where error.isAlreadyThere {
      // Somebody made it just now, or the answer was lost.
      if try bench.status(of: path) == nil { throw bench.unmakeable(path) }
    }
    return .putBack(path)
  }
}
