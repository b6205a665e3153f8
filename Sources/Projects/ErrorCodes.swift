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
}
