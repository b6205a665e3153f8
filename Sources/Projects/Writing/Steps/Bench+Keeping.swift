import FileSystems
import FileTrees

/// What was before where something of the user's is now.
extension Bench {
  /// The directory that holds `path`, or the nearest one above it that is still there.
  func directory(of path: RelativePath) throws -> RelativePath {
    var directory = path.parent ?? .root
    while !directory.isRoot, try status(of: directory)?.kind != .directory {
      directory = directory.parent ?? .root
    }
    return directory
  }

  /// Whether the directory is there that `path` is a name in.
  func hasPlace(for path: RelativePath) throws -> Bool {
    path.isDirectly(in: try directory(of: path))
  }

  /// Puts the backup of what was at `path` beside it, under a name that is free.
  func keep(_ backup: RelativePath, of path: RelativePath) throws -> Target.Saved {
    let directory = try directory(of: path)
    var number = 1
    while true {
      let suffix = number == 1 ? ".before" : ".before-\(number)"
      let copy = try directory.appending(path.name + suffix)
      guard let status = try fileSystem.status(of: backup) else { throw changed(path) }
      if try fileSystem.status(of: copy) == nil {
        if status.kind == .file {
          try fileSystem.createFile(
            copy, .exactly(status.mode & 0o777), .file(backup, in: fileSystem))
          try fileSystem.remove(backup)
        } else {
          try fileSystem.move(backup, to: copy, replacing: status.kind == .directory)
        }
        return Target.Saved(path: path, copy: copy)
      }
      number += 1
    }
  }
}
