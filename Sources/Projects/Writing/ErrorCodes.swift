import FileSystems

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension FileSystemError {
  var isAlreadyThere: Bool { code == EEXIST || code == ENOTEMPTY }

  /// Another run removed it a moment ago.
  var isGone: Bool { code == ENOENT }

  var isAcrossFileSystems: Bool { code == EXDEV }

  /// A directory on the way is a link or a file by now.
  var isBlockedOnTheWay: Bool { code == ENOTDIR || code == ELOOP }

  var isForbidden: Bool { code == EACCES || code == EPERM }

  /// Means what it says on every disk. Any other code a disk may give for what it cannot do at all:
  /// “no hard links” alone has five.
  var isPlain: Bool { [ENOSPC, EDQUOT, EACCES, EROFS, EFBIG, EMFILE, ENFILE].contains(code) }
}
