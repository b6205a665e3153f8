import FileSystems
import FileTrees

/// A new file.
///
/// It is moved into its place where the disk can do that without overwriting; where it cannot, it is
/// made there, exclusively, and the staged file's name says meanwhile (`-crossing`) that what is in
/// its place may be half of it.
struct CreateStep: Step {
  let path: RelativePath
  /// The name of the staged file.
  let file: String
  let blob: GitObjectID
  let permissions: Permissions

  func isPending(_ bench: Bench) throws -> Bool? {
    try bench.holds(bench.staged(file)) || bench.holds(bench.crossing(file))
  }

  func publish(_ bench: Bench) throws {
    let staged = bench.staged(file)
    if try bench.holds(bench.crossing(file)) { return try finishCrossing(bench) }
    guard try bench.holds(staged) else { return }
    do {
      try bench.fileSystem.move(staged, to: path, replacing: false)
    } catch {
      let isStaged = try bench.holds(staged)
      guard try bench.status(of: path) == nil else {
        // Ours, from a run that died between the two steps of such a move, or whose answer was lost.
        guard try bench.blob(of: path) == blob else { throw bench.changed(path) }
        if isStaged { try bench.fileSystem.remove(staged) }
        return
      }
      if error.isPlain || error.isBlockedOnTheWay || !isStaged { throw error }
      try cross(bench)
    }
  }

  private func cross(_ bench: Bench) throws {
    let (staged, crossing) = (bench.staged(file), bench.crossing(file))
    try bench.fileSystem.move(staged, to: crossing, replacing: true)
    do {
      try make(of: crossing, bench)
    } catch {
      // Nothing half made is there, so that the name need not say so.
      if try bench.share(of: crossing, at: path) == .none {
        try bench.fileSystem.move(crossing, to: staged, replacing: true)
      }
      throw error
    }
    try bench.fileSystem.remove(crossing)
  }

  private func finishCrossing(_ bench: Bench) throws {
    let crossing = bench.crossing(file)
    if try bench.status(of: path) != nil {
      switch try bench.share(of: crossing, at: path) {
      case .all: return try bench.fileSystem.remove(crossing)
      // An empty one is the beginning, or holds nothing that could be lost.
      case .beginning, .empty: try bench.fileSystem.remove(path)
      case .none: throw bench.changed(path)
      }
    }
    try make(of: crossing, bench)
    try bench.fileSystem.remove(crossing)
  }

  private func make(of crossing: RelativePath, _ bench: Bench) throws {
    do {
      try bench.fileSystem.createFile(path, permissions, .file(crossing, in: bench.fileSystem))
    } catch let error where error.isAlreadyThere {
      throw try bench.status(of: path) == nil ? bench.unmakeable(path) : bench.changed(path)
    }
  }

  func isKept(_ bench: Bench) throws -> Bool {
    try bench.status(of: path)?.kind == .file
  }

  /// A file that somebody changed meanwhile stays.
  func undo(_ bench: Bench) throws -> Undoing {
    let crossing = bench.crossing(file)
    if try bench.holds(crossing) {
      switch try bench.share(of: crossing, at: path) {
      case .beginning, .all: break
      case .none, .empty: return .nothing
      }
    } else {
      let present = try bench.blob(of: path)
      // Where the staged file is there too, this one is the other of its two names.
      guard present == blob else {
        return try bench.holds(bench.staged(file)) || bench.status(of: path) == nil
          ? .nothing : .stayed(path)
      }
    }
    try bench.fileSystem.remove(path)
    return .removed(path)
  }
}
