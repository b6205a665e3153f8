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

  var isAcrossFileSystems: Bool { code == EXDEV }
}
