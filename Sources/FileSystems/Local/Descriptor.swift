import CLibrary
import FileTrees
import Synchronization

/// An open directory, closed when nothing refers to it any more. Names are single components (or
/// `.`), and no call follows one that is a link.
final class Descriptor: Sendable {
  let number: Int32

  /// - Parameter number: An open descriptor that nobody else closes.
  init(owning number: Int32) {
    self.number = number
  }

  deinit {
    // Nothing was written through it, so there is nothing to learn from a failure.
    _ = closeDescriptor(number)
  }

  /// The directory that the user named, through links.
  ///
  /// - Parameter followsLast: whether the path's last component may be a link.
  convenience init(opening path: String, followsLast: Bool = true) throws(SystemError) {
    let flags = Platform.passThrough | O_DIRECTORY | O_CLOEXEC | (followsLast ? 0 : O_NOFOLLOW)
    let opened = try openDescriptor { open(path, flags) }
    self.init(owning: try Self.besideStandardStreams(opened))
  }

  /// A standard stream that is closed stays so, however long this descriptor is open.
  private static func besideStandardStreams(_ opened: Int32) throws(SystemError) -> Int32 {
    if opened > STDERR_FILENO { return opened }
    defer { _ = closeDescriptor(opened) }
    return try openDescriptor { fcntl(opened, F_DUPFD_CLOEXEC, STDERR_FILENO + 1) }
  }

  /// The directory `name`, to be passed through. (The cache calls it, and so it closes none of the
  /// cache's.)
  func directory(_ name: String) throws(SystemError) -> Descriptor {
    let flags = Platform.passThrough | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    let opened = try call { openat(number, name, flags) }
    return Descriptor(owning: try Self.besideStandardStreams(opened))
  }

  /// The directory `name`, to be listed or locked.
  func readableDirectory(_ name: String) throws(SystemError) -> Descriptor {
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    return Descriptor(owning: try openDescriptor { openat(number, name, flags) })
  }

  /// What `name` is.
  func status(of name: String) throws(SystemError) -> stat {
    var status = stat()
    try call { fstatat(number, name, &status, AT_SYMLINK_NOFOLLOW) }
    return status
  }

  func checkWritable() throws(SystemError) {
    // By the effective user, as all other calls go.
    try call { faccessat(number, ".", W_OK | X_OK, AT_EACCESS) }
  }

  func makeDirectory(
    _ name: String, _ permissions: Permissions = .executable
  ) throws(SystemError) {
    try Umask.shared.withLock { (_) throws(SystemError) in
      let mask = permissions.ignoresUmask ? umask(0) : nil
      defer { if let mask { _ = umask(mask) } }
      _ = try call { mkdirat(number, name, mode_t(permissions.bits)) }
    }
  }

  func link(_ name: String, in other: Descriptor, as newName: String) throws(SystemError) {
    try call { linkat(number, name, other.number, newName, 0) }
  }

  /// What is at the new name is replaced.
  func rename(_ name: String, in other: Descriptor, to newName: String) throws(SystemError) {
    try call { renameat(number, name, other.number, newName) }
  }

  /// - Throws: `EEXIST` when anything is at the new name; `SystemError.isUnsupported` when the file
  ///   system cannot do it in one step.
  func renameExclusively(
    _ name: String, in other: Descriptor, to newName: String
  ) throws(SystemError) {
    try call { Platform.renameExclusively(number, name, other.number, newName) }
  }

  /// Removes a name that is not a directory's.
  func unlink(_ name: String) throws(SystemError) {
    try call { unlinkat(number, name, 0) }
  }

  func removeDirectory(_ name: String) throws(SystemError) {
    do {
      try call { unlinkat(number, name, AT_REMOVEDIR) }
    } catch {
      // POSIX lets a system say either.
      throw error == .alreadyExists ? .directoryNotEmpty : error
    }
  }

  /// Whether the lock on this open directory is ours now.
  func lock() throws(SystemError) -> Bool {
    do {
      try call { flock(number, LOCK_EX | LOCK_NB) }
      return true
    } catch {
      if error == .wouldBlock { return false }
      throw error
    }
  }

  /// Finds out whether two more descriptors can be had: as many as it takes to reach a directory and
  /// to list it, and so to take back what was made.
  func checkRoom() throws(SystemError) {
    let first = Descriptor(owning: try openDescriptor { dup(number) })
    _ = Descriptor(owning: try openDescriptor { dup(first.number) })
  }

  /// Lets go of the lock, also for a child that has inherited the descriptor.
  func unlock() {
    _ = flock(number, LOCK_UN)
  }

  func status() throws(SystemError) -> stat {
    var status = stat()
    try call { fstat(number, &status) }
    return status
  }

  /// The names in the directory `name`, sorted by their bytes, with what the disk says beside them.
  ///
  /// - Parameter refused: gets a name that is not UTF-8, with `\xFF` for each byte that is no ASCII.
  /// - Throws: `EILSEQ` when there is one.
  func entries(
    in name: String, _ refused: inout String?
  ) throws(SystemError) -> [DirectoryEntry] {
    let stream = try stream(of: name)
    defer { closedir(stream) }
    var entries: [DirectoryEntry] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { throw SystemError(code: errno) }
        return entries.sorted { $0.name.precedesInBytes($1.name) }
      }
      // The record is shorter than its type: only the bytes up to the NUL are there.
      let start = UnsafeRawPointer(entry) + (MemoryLayout<dirent>.offset(of: \.d_name) ?? 0)
      let bytes = UnsafeRawBufferPointer(
        start: start, count: strlen(start.assumingMemoryBound(to: CChar.self)))
      guard let text = String(validating: bytes, as: UTF8.self) else {
        refused = Self.escaped(bytes)
        throw .invalidName
      }
      if text == "." || text == ".." { continue }
      entries.append(DirectoryEntry(name: text, kind: FileStatus.Kind(entry)))
    }
  }

  private static func escaped(_ bytes: UnsafeRawBufferPointer) -> String {
    bytes.map { byte in
      byte < 0x80
        ? String(Unicode.Scalar(byte)) : "\\x" + String(byte, radix: 16, uppercase: true)
    }.reduce("", +)
  }

  private func stream(of name: String) throws(SystemError) -> Platform.DirectoryStream {
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    let opened = try openDescriptor { openat(number, name, flags) }
    if let stream = fdopendir(opened) { return stream }
    let error = SystemError(code: errno)
    _ = closeDescriptor(opened)
    throw error
  }
}
