import CLibrary
import Synchronization

/// The process's `umask`, which a call can only set, not pass by: whatever creates a name holds this
/// lock, so that nothing is created under the mask that another thread has set for a moment. (Tests
/// have threads; the program has one.)
enum Umask {
  static let shared = Mutex<Void>(())
}

extension Descriptor {
  /// Creates a file, exclusively.
  func createFile(
    _ name: String, _ permissions: Permissions
  ) throws(SystemError) -> WritableFile {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let mode = mode_t(permissions.bits)
    let created = try Umask.shared.withLock { (_) throws(SystemError) -> Int32 in
      guard permissions.ignoresUmask else {
        return try openDescriptor { openat(number, name, flags, mode) }
      }
      let mask = umask(0)
      defer { _ = umask(mask) }
      return try openDescriptor { openat(number, name, flags, mode) }
    }
    return WritableFile(owning: created)
  }

  /// Opens a regular file.
  ///
  /// - Throws: `ELOOP` for a link, `EISDIR` for a directory, `EINVAL` for a FIFO or a device.
  func readFile(_ name: String) throws(SystemError) -> ReadableFile {
    let flags = O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC
    let opened = Descriptor(owning: try openDescriptor { openat(number, name, flags) })
    let status = try opened.status()
    switch FileStatus.Kind(status) {
    case .file: return ReadableFile(descriptor: opened, status: status)
    case .directory: throw .isDirectory
    case .link: throw .linkInPath
    case .other: throw .invalidArgument
    }
  }
}

/// A regular file that is read from its beginning to its end.
struct ReadableFile: Sendable {
  let descriptor: Descriptor
  /// When it was opened.
  let status: stat

  var size: Int { max(0, Int(status.st_size)) }

  /// Fills `buffer` from its beginning.
  ///
  /// - Returns: The number of bytes; 0 at the end.
  func read(into buffer: inout [UInt8]) throws(SystemError) -> Int {
    let number = descriptor.number
    var span = buffer.mutableSpan
    return try span.withUnsafeMutableBytes { (bytes) throws(SystemError) -> Int in
      try call { readBytes(from: number, into: bytes) }
    }
  }

  /// Whether a read of so many bytes into a longer buffer was the last one: it got all that there was
  /// when the file was opened, and the system had no more.
  func ends(after count: Int, ofBuffer length: Int) -> Bool { count == size && count < length }

  /// More than this is not read of a file that holds a NUL within so many bytes.
  private static let longestStart = 1 << 16

  /// All of it; nil for more than `limit` bytes, or for a large file that begins as no text does.
  func contents(upTo limit: Int) throws(SystemError) -> [UInt8]? {
    // One byte more than there is, so that the end is seen.
    let capacity = size + 1
    if size > 2 * Self.longestStart, try piece(of: Self.longestStart, at: 0).contains(0) {
      return nil
    }
    var content = try piece(of: capacity)
    if ends(after: content.count, ofBuffer: capacity) { return content }
    while content.count <= limit {
      let more = try piece(of: 1 << 16)
      if more.isEmpty { return content }
      content += more
    }
    return nil
  }

  /// - Parameter offset: where the piece is looked at; nil reads on.
  private func piece(of length: Int, at offset: Int? = nil) throws(SystemError) -> [UInt8] {
    let number = descriptor.number
    var failure: SystemError?
    let piece = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
      do throws(SystemError) {
        let bytes = UnsafeMutableRawBufferPointer(buffer)
        count = try call {
          offset.map { pread(number, bytes.baseAddress, bytes.count, off_t($0)) }
            ?? readBytes(from: number, into: bytes)
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return piece
  }
}

/// A file that was just created. It has to be closed to know that its content has arrived.
struct WritableFile: ~Copyable {
  private let number: Int32

  fileprivate init(owning number: Int32) {
    self.number = number
  }

  deinit {
    _ = closeDescriptor(number)
  }

  /// What writes into it as long as it is open: a closure that may be kept can hold no file.
  var writer: FileWriter { FileWriter(number: number) }

  /// - Throws: What a disk says that takes bytes first and complains later (`EIO`, `EDQUOT`).
  consuming func close() throws(SystemError) {
    let number = number
    discard self
    let result = closeDescriptor(number)
    // Interrupted or not, the descriptor is gone: a second call could close another's.
    if result == -1 && errno != EINTR { throw SystemError(code: errno) }
  }
}

/// What a file that was just created is written by.
struct FileWriter {
  fileprivate let number: Int32

  /// Writes all of `content`, however many calls it takes.
  func write(_ content: Span<UInt8>) throws(SystemError) {
    try content.withUnsafeBytes { (bytes) throws(SystemError) in
      var rest = bytes[...]
      while !rest.isEmpty {
        let part = UnsafeRawBufferPointer(rebasing: rest)
        let count = try call { writeBytes(part, to: number) }
        rest = rest.dropFirst(count)
      }
    }
  }
}

extension FileStatus.Kind {
  init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .directory
    case S_IFLNK: self = .link
    default: self = .other
    }
  }
}

extension FileStatus.Kind {
  /// Nil where the disk does not say.
  init?(_ entry: UnsafeMutablePointer<dirent>) {
    switch Int(entry.pointee.d_type) {
    case Int(DT_REG): self = .file
    case Int(DT_DIR): self = .directory
    case Int(DT_LNK): self = .link
    case Int(DT_UNKNOWN): return nil
    default: self = .other
    }
  }
}

extension FileIdentity {
  init(_ status: stat) {
    self.init(
      device: UInt64(truncatingIfNeeded: status.st_dev),
      inode: UInt64(truncatingIfNeeded: status.st_ino))
  }
}

extension FileStatus {
  /// - Parameter user: Whose files are “owned”.
  init(_ status: stat, user: uid_t) {
    let kind = Kind(status)
    self.init(
      kind: kind, mode: UInt16(status.st_mode & 0o7777),
      size: kind == .file ? Int(status.st_size) : 0, identity: FileIdentity(status),
      owner: status.st_uid, isOwned: status.st_uid == user)
  }
}
