import FileSystems
import FileTrees
import Synchronization

/// A file system that fails when it is told to, to find out what a caller leaves behind.
///
/// A test runs once with `InjectedFault.none`, looks at `calls`, and then runs again for every call and
/// every error that `plausibleErrors(for:)` gives, each time on a fresh disk. The file systems that
/// `directory(at:)` returns count on with the same counter.
package final class FaultyFileSystem: FileSystem {
  private let base: any FileSystem
  private let script: FaultScript

  package convenience init(_ base: any FileSystem, _ fault: InjectedFault = .none) {
    self.init(base, FaultScript(fault))
  }

  private init(_ base: any FileSystem, _ script: FaultScript) {
    self.base = base
    self.script = script
  }

  /// The calls so far, the one that failed too; after a kill no more are noted.
  package var calls: [FaultyCall] { script.calls }

  /// Whether the fault has come to pass. A sweep ends with the run in which it has not.
  package var hasFailed: Bool { script.hasFailed }

  package func status(of path: RelativePath) throws(FileSystemError) -> FileStatus? {
    try script.before(.status, path)
    return try base.status(of: path)
  }

  package func list(_ path: RelativePath) throws(FileSystemError) -> [String] {
    try script.before(.list, path)
    return try base.list(path)
  }

  package func checkWritable(_ path: RelativePath) throws(FileSystemError) {
    try script.before(.access, path)
    try base.checkWritable(path)
  }

  package func read(
    _ path: RelativePath, _ body: (Span<UInt8>) throws(FileSystemError) -> Void
  ) throws(FileSystemError) {
    try script.before(.read, path)
    try base.read(path, body)
  }

  package func createDirectory(
    _ path: RelativePath, _ permissions: Permissions
  ) throws(FileSystemError) {
    let after = try script.before(.createDirectory, path)
    try base.createDirectory(path, permissions)
    try after.fail(.createDirectory, path)
  }

  package func createFile(
    _ path: RelativePath, _ permissions: Permissions, _ content: FileContent
  ) throws(FileSystemError) {
    do {
      try script.before(.createFile, path)
    } catch {
      if script.isTearing { try? tear(path, permissions, content) }
      throw error
    }
    try base.createFile(path, permissions, content)
  }

  /// Leaves what a process leaves that is killed between two writes.
  private func tear(
    _ path: RelativePath, _ permissions: Permissions, _ content: FileContent
  ) throws(FileSystemError) {
    let bytes =
      switch content {
      case .bytes(let bytes): bytes
      case .file(let source, let other as FaultyFileSystem):
        try other.base.contents(of: source)
      case .file(let source, let other): try other.contents(of: source)
      case .pieces(let pieces): FileContent.whole(pieces)
      }
    try base.createFile(path, permissions, .bytes(Array(bytes.prefix(bytes.count / 2))))
  }

  package func link(_ path: RelativePath, as other: RelativePath) throws(FileSystemError) {
    let after = try script.before(.link, path, to: other)
    try base.link(path, as: other)
    try after.fail(.link, path, to: other)
  }

  package func move(
    _ path: RelativePath, to other: RelativePath, replacing: Bool
  ) throws(FileSystemError) {
    let after: FaultScript.Aftermath
    do {
      after = try script.before(.move, path, to: other)
    } catch {
      if script.isTearing, !replacing, let memory = base as? InMemoryFileSystem {
        try? memory.beginMove(path, to: other)
      }
      throw error
    }
    try base.move(path, to: other, replacing: replacing)
    try after.fail(.move, path, to: other)
  }

  package func remove(_ path: RelativePath) throws(FileSystemError) {
    let after = try script.before(.remove, path)
    try base.remove(path)
    try after.fail(.remove, path)
  }

  package func lock(_ path: RelativePath) throws(FileSystemError) -> (any FileLock)? {
    try script.before(.lock, path)
    guard let lock = try base.lock(path) else { return nil }
    return script.keep(lock)
  }

  package func directory(at path: RelativePath) throws(FileSystemError) -> any FileSystem {
    try script.before(.open, path)
    return FaultyFileSystem(try base.directory(at: path), script)
  }
}
