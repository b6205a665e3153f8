import CLibrary
import LinuxCalls

/// Where the systems differ.
enum Platform {
  #if canImport(Darwin)
    typealias DirectoryStream = UnsafeMutablePointer<DIR>

    /// How a directory is opened that is only passed through.
    static let passThrough = O_RDONLY
  #else
    typealias DirectoryStream = OpaquePointer

    /// How a directory is opened that is only passed through, for which no permission to read it is
    /// needed.
    static let passThrough = linux_pass_through
  #endif

  /// Renames in one step, with `EEXIST` when the new name is taken.
  static func renameExclusively(
    _ source: Int32, _ name: String, _ destination: Int32, _ newName: String
  ) -> Int32 {
    #if canImport(Darwin)
      renameatx_np(source, name, destination, newName, UInt32(RENAME_EXCL))
    #else
      linux_rename_exclusively(source, name, destination, newName)
    #endif
  }

  /// When the open directory was made, in nanoseconds since 1970; nil where the disk does not say.
  static func birth(of descriptor: Int32, _ status: stat) -> Int64? {
    #if canImport(Darwin)
      let time = status.st_birthtimespec
      let birth = Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    #else
      let birth = linux_birth_time(descriptor)
    #endif
    return birth > 0 ? birth : nil
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
