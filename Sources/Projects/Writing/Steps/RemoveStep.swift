import FileSystems
import FileTrees

/// Something that goes: it is moved into `old`. A file that is removed stays there; what is set aside,
/// whatever it is, stays until another step brings it to its place.
struct RemoveStep: Step {
  let path: RelativePath
  /// The name of the marker, and of the backup.
  let file: String
  /// What the file holds; nil where nobody knows, or where it is none.
  let expected: GitObjectID?

  func isPending(_ bench: Bench) throws -> Bool? {
    try bench.holds(bench.staged(file)) || bench.holds(bench.crossing(file))
  }

  func publish(_ bench: Bench) throws {
    guard try isPending(bench) == true else { return }
    let backup = bench.backup(file)
    let isBegun = try bench.holds(bench.crossing(file))
    if try bench.status(of: path) != nil, !isBegun {
      if let expected, try bench.blob(of: path) != expected { throw bench.changed(path) }
      // Of a run that died, which had taken away what the user has made again since.
      if try bench.fileSystem.status(of: backup) != nil { throw bench.changed(path) }
    }
    try bench.move(path, to: backup, markedBy: file)
    // What is kept is looked at, not what was there a moment ago.
    if let expected, try bench.blob(of: backup) != expected { throw bench.changed(path) }
    try bench.finish(file)
  }

  /// Something else may be at the path by then.
  func isKept(_ bench: Bench) throws -> Bool {
    guard let expected else { return true }
    let backup = bench.backup(file)
    return try bench.status(of: backup) == nil || bench.blob(of: backup) == expected
  }

  func undo(_ bench: Bench) throws -> Undoing {
    let backup = bench.backup(file)
    guard try bench.fileSystem.status(of: backup) != nil else { return .nothing }
    let isBegun = try bench.holds(bench.crossing(file))
    let isWhole = try expected == nil || bench.blob(of: backup) == expected
    // Half a copy of what is there, or of what the user has removed since.
    if isBegun, !isWhole, try bench.share(of: backup, at: path) == .none {
      return .nothing
    }
    let present = try bench.blob(of: path)
    if present != nil, present == expected { return .nothing }
    guard try bench.hasPlace(for: path), try isBegun || bench.status(of: path) == nil else {
      return .saved(try bench.keep(backup, of: path))
    }
    do {
      try bench.move(backup, to: path, markedBy: file)
    } catch is TargetError {
      return .saved(try bench.keep(backup, of: path))
    }
    return .putBack(path)
  }
}
