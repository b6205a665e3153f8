import FileSystems
import FileTrees
import Synchronization

/// A disk in memory that keeps the rules of a real one: modes and the `umask`, links that are never
/// followed, hard links, letter case, space that runs out, locks. Its options give it the ways of
/// disks that keep fewer.
package final class InMemoryFileSystem: FileSystem {
  private static let devices = Atomic<UInt64>(0)

  /// What the file systems of one disk share.
  final class Storage: Sendable {
    let disk: Mutex<MemoryDisk>
    let device: UInt64

    init(_ disk: consuming sending MemoryDisk) {
      self.disk = Mutex(disk)
      device = InMemoryFileSystem.devices.add(1, ordering: .relaxed).newValue
    }

    /// The same disk as it is now, which nobody has locked.
    init(copying other: Storage) {
      var copy = other.disk.withLock { $0 }
      copy.locks = []
      disk = Mutex(copy)
      device = other.device
    }
  }

  let storage: Storage
  private let root: Int
  private let client: Int

  package convenience init(_ options: Options = Options()) {
    self.init(Storage(MemoryDisk(options: options)), root: MemoryDisk.rootInode)
  }

  init(_ storage: Storage, root: Int, client: Int = 0) {
    self.storage = storage
    self.root = root
    self.client = client
  }

  package func status(of path: RelativePath) throws(FileSystemError) -> FileStatus? {
    let device = storage.device
    let root = root
    do {
      return try storage.disk.withLock { (disk) throws(SystemError) -> FileStatus in
        disk.tick()
        return try disk.status(of: try disk.existing(path, from: root), device: device)
      }
    } catch {
      if error == .notFound { return nil }
      throw FileSystemError(.status, path, error.code)
    }
  }

  package func list(_ path: RelativePath) throws(FileSystemError) -> [String] {
    try perform(.list, path) { (disk, root) throws(SystemError) in
      try disk.list(path, from: root)
    }
  }

  package func read(
    _ path: RelativePath, _ body: (Span<UInt8>) throws(FileSystemError) -> Void
  ) throws(FileSystemError) {
    let bytes = try perform(.read, path) { (disk, root) throws(SystemError) in
      try disk.read(path, from: root)
    }
    // Small pieces, so that a caller that expects one is found out.
    let pieceSize = 1024
    for start in stride(from: 0, to: bytes.count, by: pieceSize) {
      try body(bytes.span.extracting(start..<min(start + pieceSize, bytes.count)))
    }
  }

  package func checkWritable(_ path: RelativePath) throws(FileSystemError) {
    try perform(.access, path) { (disk, root) throws(SystemError) in
      let inode = try disk.directory(path, from: root)
      try disk.check(.write, inode)
      try disk.check(.search, inode)
    }
  }

  package func createDirectory(
    _ path: RelativePath, _ permissions: Permissions
  ) throws(FileSystemError) {
    try perform(.createDirectory, path) { (disk, root) throws(SystemError) in
      try disk.createDirectory(path, permissions, from: root)
    }
  }

  package func createFile(
    _ path: RelativePath, _ permissions: Permissions, _ content: FileContent
  ) throws(FileSystemError) {
    let inode = try perform(.createFile, path) { (disk, root) throws(SystemError) in
      try disk.createFile(path, permissions, from: root)
    }
    do {
      switch content {
      case .bytes(let bytes):
        try write(bytes, to: inode, at: path)
      case .file(let source, let other):
        // The other file system may be this one: no lock is held while it is read.
        try write(try other.contents(of: source), to: inode, at: path)
      case .pieces(let pieces):
        try write(FileContent.whole(pieces), to: inode, at: path)
      }
    } catch {
      try? remove(path)
      throw error
    }
  }

  private func write(
    _ bytes: [UInt8], to inode: Int, at path: RelativePath
  ) throws(FileSystemError) {
    try perform(.write, path) { (disk, _) throws(SystemError) in
      try disk.write(bytes, to: inode)
    }
  }

  package func link(_ path: RelativePath, as other: RelativePath) throws(FileSystemError) {
    try perform(.link, path, to: other) { (disk, root) throws(SystemError) in
      try disk.link(path, as: other, from: root)
    }
  }

  package func move(
    _ path: RelativePath, to other: RelativePath, replacing: Bool
  ) throws(FileSystemError) {
    try perform(.move, path, to: other) { (disk, root) throws(SystemError) in
      try disk.move(path, to: other, replacing: replacing, from: root)
    }
  }

  package func remove(_ path: RelativePath) throws(FileSystemError) {
    try perform(.remove, path) { (disk, root) throws(SystemError) in
      try disk.remove(path, from: root)
    }
  }

  package func lock(_ path: RelativePath) throws(FileSystemError) -> (any FileLock)? {
    let device = storage.device
    let client = client
    let lock = try perform(.lock, path) { (disk, root) throws(SystemError) -> MemoryLock? in
      let inode = try disk.directory(path, from: root)
      try disk.check(.read, inode)
      let held = HeldLock(inode: inode, client: client)
      guard disk.locks.insert(held).inserted else { return nil }
      return MemoryLock(
        storage, held, try disk.status(of: inode, device: device), birth: disk.birth(of: inode))
    }
    return lock
  }

  /// The same disk seen by another client, which does not hear of this one's locks: what a folder
  /// and a mount of it are to each other.
  package func otherClient() -> InMemoryFileSystem {
    InMemoryFileSystem(storage, root: root, client: client + 1)
  }

  /// The same disk as it is now, which goes its own way from here on: cheaper than to come to the same
  /// point again.
  package func copied() -> InMemoryFileSystem {
    InMemoryFileSystem(Storage(copying: storage), root: root, client: client)
  }

  package func directory(at path: RelativePath) throws(FileSystemError) -> any FileSystem {
    let inode = try perform(.open, path) { (disk, root) throws(SystemError) in
      try disk.directory(path, from: root)
    }
    return InMemoryFileSystem(storage, root: inode, client: client)
  }

  /// Runs one operation on the disk, with the root that paths are relative to.
  func perform<Value: Sendable>(
    _ operation: FileSystemError.Operation, _ path: RelativePath, to other: RelativePath? = nil,
    _ body: (inout MemoryDisk, Int) throws(SystemError) -> Value
  ) throws(FileSystemError) -> Value {
    let root = root
    do {
      return try storage.disk.withLock { (disk) throws(SystemError) -> Value in
        disk.tick()
        return try body(&disk, root)
      }
    } catch {
      throw FileSystemError(operation, path, error.code, to: other)
    }
  }
}

/// A lock on a directory in memory.
private final class MemoryLock: FileLock {
  let status: FileStatus
  let birth: Int64?
  private let held: HeldLock
  private let storage: Mutex<InMemoryFileSystem.Storage?>

  init(
    _ storage: InMemoryFileSystem.Storage, _ held: HeldLock, _ status: FileStatus, birth: Int64?
  ) {
    self.status = status
    self.birth = birth
    self.held = held
    self.storage = Mutex(storage)
  }

  deinit { unlock() }

  func unlock() {
    let held = held
    storage.withLock { storage in
      storage?.disk.withLock { disk in
        _ = disk.locks.remove(held)
      }
      storage = nil
    }
  }
}
