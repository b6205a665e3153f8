import CLibrary

/// What callers ask of a failure, so that only this module knows the system's codes.
extension FileSystemError {
  /// Something is where something else was to be, or in a directory that was to be empty.
  package var isAlreadyThere: Bool { code == EEXIST || code == ENOTEMPTY }

  /// Another run removed it a moment ago.
  package var isGone: Bool { code == ENOENT }

  package var isAcrossFileSystems: Bool { code == EXDEV }

  /// A directory on the way is a link or a file by now.
  package var isBlockedOnTheWay: Bool { code == ENOTDIR || code == ELOOP }

  /// Something above it is no directory.
  package var isBelowNoDirectory: Bool { code == ENOTDIR }

  package var isForbidden: Bool { code == EACCES || code == EPERM }

  /// Means what it says on every disk. Any other code a disk may give for what it cannot do at all:
  /// “no hard links” alone has five.
  package var isPlain: Bool {
    [ENOSPC, EDQUOT, EACCES, EROFS, EFBIG, EMFILE, ENFILE].contains(code)
  }

  /// The file holds more than was allowed.
  package var isTooLarge: Bool { code == EFBIG }
}
