import FileTrees
import Foundation
import TestSupport
import Testing

@testable import FileSystems

#if os(Linux)
  /// The disk in memory against the real one: the same random operations give the same answers and
  /// leave the same tree. Few short names, so that operations meet.
  @Suite("A disk in memory", .removingTemporaryDirectories)
  struct DifferentialTests {
    @Test(
      "answers as a real one does, whatever is asked of it",
      arguments: [SubjectMaker.local, .stepwise], UInt64(1)...4)
    func agrees(_ maker: SubjectMaker, _ seed: UInt64) throws {
      let real = try maker.make()
      let model = try SubjectMaker.memory.make()
      try real.withUmask(0o022) {
        var random = SeededGenerator(seed: seed)
        var runs = (DifferentialRun(real), DifferentialRun(model))
        var answers = 0
        for step in 1...2_000 {
          let operation = RandomOperation(&random)
          let (expected, actual) = (runs.0.perform(operation), runs.1.perform(operation))
          try #require(actual == expected, "seed \(seed), step \(step): \(operation)")
          if !expected.hasPrefix("error") { answers += 1 }
        }
        #expect(answers > 500, "too many operations fail to say much")
        #expect(try tree(of: model.fileSystem) == tree(of: real.fileSystem))
      }
    }

    /// A snapshot in which a file that may not be read is empty.
    private func tree(of disk: any FileSystem) throws -> Snapshot {
      var entries: Snapshot = [:]
      try disk.walk { path, status in
        let content = status.kind == .file ? try? disk.contents(of: path) : nil
        entries[path] = SnapshotEntry(
          kind: status.kind, mode: status.mode, content: content ?? [])
      }
      return entries
    }
  }
#endif

/// One operation with its arguments.
enum RandomOperation {
  case status(RelativePath)
  case list(RelativePath)
  case checkWritable(RelativePath)
  case read(RelativePath)
  case createDirectory(RelativePath)
  case createFile(RelativePath, Permissions, [UInt8])
  case copy(RelativePath, RelativePath)
  case createLink(RelativePath, String)
  case link(RelativePath, RelativePath)
  case move(RelativePath, RelativePath, replacing: Bool)
  case remove(RelativePath)
  case removeTree(RelativePath)
  case lock(RelativePath)
  case unlockAll
  case isSame(RelativePath, RelativePath)
  /// Whatever comes next is asked of the directory, seen as a file system of its own.
  case enter(RelativePath)
  case leave

  init(_ random: inout SeededGenerator) {
    let path = Self.path(&random)
    switch Int.random(in: 0..<100, using: &random) {
    case ..<8: self = .status(path)
    case ..<12: self = .list(path)
    case ..<14: self = .checkWritable(path)
    case ..<22: self = .read(path)
    case ..<38: self = .createDirectory(path)
    case ..<50: self = .createFile(path, Self.permissions(&random), Self.bytes(&random))
    case ..<54: self = .copy(path, Self.path(&random))
    case ..<58:
      let targets = ["a", "../b", "nowhere", "/", ".", "b/c"]
      self = .createLink(path, targets.randomElement(using: &random) ?? "a")
    case ..<66: self = .link(path, Self.path(&random))
    case ..<82: self = .move(path, Self.path(&random), replacing: Bool.random(using: &random))
    case ..<89: self = .remove(path)
    case ..<90: self = .removeTree(path)
    case ..<93: self = .lock(path)
    case ..<94: self = .unlockAll
    case ..<97: self = .isSame(path, Self.path(&random))
    case ..<98: self = .enter(path)
    default: self = .leave
    }
  }

  private static func path(_ random: inout SeededGenerator) -> RelativePath {
    let names = ["a", "b", "c", "d"]
    var path = RelativePath.root
    for _ in 0..<[0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3][Int.random(in: 0..<14, using: &random)]
    {
      let name = names.randomElement(using: &random) ?? "a"
      path = (try? path.appending(name)) ?? path
    }
    return path
  }

  private static func permissions(_ random: inout SeededGenerator) -> Permissions {
    let all: [Permissions] = [
      .regular, .executable, .private, .privateExecutable, .exactly(0o664), .exactly(0o400),
      .exactly(0o200), .exactly(0o777),
    ]
    return all.randomElement(using: &random) ?? .regular
  }

  private static func bytes(_ random: inout SeededGenerator) -> [UInt8] {
    let count = [0, 1, 5, 1023, 1024, 1025, 3000].randomElement(using: &random) ?? 0
    return (0..<count).map { _ in UInt8.random(in: 97...122, using: &random) }
  }
}

/// Performs operations on one file system and tells the answers as text.
struct DifferentialRun {
  private let subject: Subject
  private var disk: any FileSystem
  private var locks: [any FileLock] = []
  /// The path of `disk` when it was entered; it may have been moved since.
  private var isInside = false

  init(_ subject: Subject) {
    self.subject = subject
    disk = subject.fileSystem
  }

  mutating func perform(_ operation: RandomOperation) -> String {
    do {
      return try answer(operation)
    } catch let error as FileSystemError {
      return "error \(error.operation) \(error.code) \(error.path) \(error.destination ?? .root)"
    } catch {
      return "\(error)"
    }
  }

  private mutating func answer(_ operation: RandomOperation) throws -> String {
    switch operation {
    case .status(let path):
      guard let status = try disk.status(of: path) else { return "absent" }
      return "\(status.kind) \(status.mode) \(status.size) \(status.isOwned)"
    case .list(let path): return "\(try disk.list(path))"
    case .checkWritable(let path): try disk.checkWritable(path)
    case .read(let path): return "\(try disk.contents(of: path))"
    case .createDirectory(let path): try disk.createDirectory(path)
    case .createFile(let path, let permissions, let bytes):
      try disk.createFile(path, permissions, .bytes(bytes))
    case .copy(let path, let other):
      try disk.createFile(other, .regular, .file(path, in: disk))
    case .createLink(let path, let target): return try createLink(path, to: target)
    case .link(let path, let other): try disk.link(path, as: other)
    case .move(let path, let other, let replacing):
      try disk.move(path, to: other, replacing: replacing)
    case .remove(let path): try disk.remove(path)
    case .removeTree(let path):
      if path.isRoot { return "left alone" }
      try disk.removeTree(path)
    case .lock(let path):
      guard let lock = try disk.lock(path) else { return "held" }
      locks.append(lock)
    case .unlockAll: locks = []
    case .isSame(let path, let other):
      return "\(try disk.status(of: path)?.identity == disk.status(of: other)?.identity)"
    case .enter(let path):
      disk = try disk.directory(at: path)
      isInside = true
    case .leave:
      disk = subject.fileSystem
      isInside = false
    }
    return "done"
  }

  /// Only from the top, where it is known what the path means to the system.
  private func createLink(_ path: RelativePath, to target: String) throws -> String {
    guard !isInside, !path.isRoot else { return "passed over" }
    if let parent = path.parent, try disk.status(of: parent)?.kind != .directory { return "none" }
    if try disk.exists(path) { return "taken" }
    try subject.createLink(path, to: target)
    return "done"
  }
}
