import FileSystems
import FileTrees

/// What a disk shows of a directory that this run makes with mode 0700. Not every disk shows the
/// user who made it, or the mode: what is “ours” is found out by making one.
struct Ownership {
  private var owner: UInt32?
  /// The bits for others to write that this disk shows whatever it is told.
  private var writableAnyway: UInt16 = 0

  /// Looks at a directory made for the purpose beside the staging directory, and removed.
  ///
  /// - Parameter path: its name.
  init(madeAt path: RelativePath, in fileSystem: any FileSystem) {
    try? fileSystem.remove(path)
    defer {
      // Asked twice, and also where the answer was lost: nobody may look here again.
      if (try? fileSystem.remove(path)) == nil { try? fileSystem.remove(path) }
    }
    guard (try? fileSystem.createDirectory(path, .exactly(0o700))) != nil else {
      self.init(guessedIn: fileSystem)
      return
    }
    guard let status = try? fileSystem.status(of: path) else {
      self.init(guessedIn: fileSystem)
      return
    }
    self.init(shown: status)
  }

  /// - Parameter status: of a directory that this run made.
  init(shown status: FileStatus) {
    owner = status.owner
    writableAnyway = status.mode & Self.othersWrite
  }

  /// Where nothing may be made: things of the user, and those of whoever has the directory that they
  /// are in, unless it is one that strangers share.
  init(guessedIn fileSystem: any FileSystem) {
    guard let root = try? fileSystem.status(of: .root), !root.isSticky else { return }
    owner = root.owner
    writableAnyway = root.mode & Self.othersWrite
  }

  private static let othersWrite: UInt16 = 0o022

  /// Whether a run of this user can have made the directory, and nobody else can write in it.
  func covers(_ status: FileStatus) -> Bool {
    guard owner.map({ $0 == status.owner }) ?? status.isOwned else { return false }
    return status.mode & Self.othersWrite & ~writableAnyway == 0
  }
}

extension FileStatus {
  /// A directory in which everybody removes only what is his own, as in `/tmp`.
  var isSticky: Bool { mode & 0o1000 != 0 }
}
