import FileTrees
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import FileSystems

/// A file system under test, empty at first, and what its `FileSystem` cannot arrange.
struct Subject {
  var fileSystem: any FileSystem
  /// The disk in memory, or the directory on the real one.
  var memory: InMemoryFileSystem?
  var directory: TemporaryDirectory?

  func createLink(_ path: RelativePath, to target: String) throws {
    if let directory {
      try #require(symlink(target, "\(directory.path)/\(path)") == 0)
    } else {
      try memory?.createLink(path, to: target)
    }
  }

  /// Runs `body` under a `umask`, which is the process's: one at a time.
  func withUmask<Value>(_ mask: UInt16, _ body: () throws -> Value) rethrows -> Value {
    if let memory {
      let previous = memory.umask
      memory.umask = mask
      defer { memory.umask = previous }
      return try body()
    }
    return try Self.umaskLock.withLock { _ in
      let previous = umask(mode_t(mask))
      defer { _ = umask(previous) }
      return try body()
    }
  }

  private static let umaskLock = Mutex<Void>(())
}

/// How a subject is made: each test of the contract is run with each of `all`.
struct SubjectMaker: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var make: @Sendable () throws -> Subject

  static let all = [local, stepwise, memory, belowTheRoot, counting] + profiles

  static let local = SubjectMaker(testDescription: "a real disk") {
    let directory = try TemporaryDirectory()
    return Subject(
      fileSystem: try LocalFileSystem(opening: directory.path), directory: directory)
  }

  static let stepwise = SubjectMaker(testDescription: "a real disk without exclusive rename") {
    let directory = try TemporaryDirectory()
    let disk = try LocalFileSystem(opening: directory.path, hasExclusiveRename: false)
    return Subject(fileSystem: disk, directory: directory)
  }

  static let memory = SubjectMaker(testDescription: "a disk in memory") {
    let memory = InMemoryFileSystem(privileges)
    return Subject(fileSystem: memory, memory: memory)
  }

  static let belowTheRoot = SubjectMaker(testDescription: "a directory of a disk in memory") {
    let memory = try InMemoryFileSystem(["above/below/": "", "a": "not this one"], privileges)
    let below = try #require(
      try memory.directory(at: path("above/below")) as? InMemoryFileSystem)
    return Subject(fileSystem: below, memory: below)
  }

  static let counting = SubjectMaker(testDescription: "a faulty file system without a fault") {
    let memory = InMemoryFileSystem(privileges)
    return Subject(fileSystem: FaultyFileSystem(memory), memory: memory)
  }

  /// The kinds of disk that keep the contract, each in its own way.
  static let profiles = InMemoryFileSystem.profiles.filter(\.keepsContract).map { profile in
    SubjectMaker(testDescription: "\(profile), in memory") {
      var options = profile.options
      options.isSuperuser = privileges.isSuperuser
      let memory = InMemoryFileSystem(options)
      return Subject(fileSystem: memory, memory: memory)
    }
  }

  /// What the tests may do on the real disk, the disk in memory lets them do.
  static var privileges: InMemoryFileSystem.Options {
    var options = InMemoryFileSystem.Options()
    options.isSuperuser = geteuid() == 0
    return options
  }
}

func text(_ string: String) -> FileContent {
  .bytes(Array(string.utf8))
}

/// The `errno` value that `body` fails with; nil when it does not.
func code(_ body: () throws -> Void) -> Int32? {
  do {
    try body()
    return nil
  } catch let error as FileSystemError {
    return error.code
  } catch {
    Issue.record(error)
    return nil
  }
}

/// `ENOTDIR` or `ELOOP`: what a link in the middle of a path gives.
func isLinkRefusal(_ code: Int32?) -> Bool {
  code == ENOTDIR || code == ELOOP
}

extension FileSystem {
  /// The text of the file at `path`.
  func text(_ path: RelativePath) throws -> String {
    String(decoding: try contents(of: path), as: UTF8.self)
  }

  /// Makes files, each holding its own path, and the directories they are in; a path that ends in
  /// `/` is an empty directory.
  func fill(_ paths: String...) throws {
    for string in paths {
      if string.hasSuffix("/") {
        try createDirectories(to: RelativePath(validating: String(string.dropLast())))
        continue
      }
      let path = try RelativePath(validating: string)
      try createDirectories(to: path.parent ?? .root)
      try createFile(path, .regular, .bytes(Array(string.utf8)))
    }
  }

  /// The paths below the root.
  func paths() throws -> [String] {
    try snapshot().keys.sorted().map(\.string)
  }
}
