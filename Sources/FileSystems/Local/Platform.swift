import CLibrary

/// Where the systems differ.
enum Platform {
  #if canImport(Darwin)
    typealias DirectoryStream = UnsafeMutablePointer<DIR>

    /// How a directory is opened that is only passed through.
    static let passThrough = O_RDONLY
  #else
    typealias DirectoryStream = OpaquePointer

    /// How a directory is opened that is only passed through: `O_PATH` needs no permission to read
    /// it. The headers show it to GNU sources only; the number is that of x86 and ARM.
    static let passThrough: Int32 = 0o10_000_000
  #endif

  /// Renames in one step, with `EEXIST` when the new name is taken.
  static func renameExclusively(
    _ source: Int32, _ name: String, _ destination: Int32, _ newName: String
  ) -> Int32 {
    #if canImport(Darwin)
      renameatx_np(source, name, destination, newName, UInt32(RENAME_EXCL))
    #else
      renameat2(source, name, destination, newName, 1)
    #endif
  }
}

// Calls whose plain names would be looked up in the calling type first.

func readBytes(from descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int {
  read(descriptor, buffer.baseAddress, buffer.count)
}

func writeBytes(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}

func closeDescriptor(_ descriptor: Int32) -> Int32 {
  close(descriptor)
}

#if !canImport(Darwin)
  /// In glibc since 2.28. The headers show it to GNU sources only, which Swift's are not; a C
  /// function of integers and pointers is called as a Swift one is.
  @_silgen_name("renameat2")
  private func renameat2(
    _ source: Int32, _ name: UnsafePointer<CChar>, _ destination: Int32,
    _ newName: UnsafePointer<CChar>, _ flags: UInt32
  ) -> Int32
#endif
