import FileTrees
import Foundation
import TestSupport
import Testing

@testable import FileSystems

@Suite("A disk in memory, set up by a test")
struct InMemoryFileSystemTests {
  @Test("begins with the files that it is given")
  func begins() throws {
    let disk = try InMemoryFileSystem(["a/b/f": "text", "empty/": "", "g": ""])
    let directory = SnapshotEntry(kind: .directory, mode: 0o755)
    #expect(
      try disk.snapshot() == [
        path("a"): directory, path("a/b"): directory, path("empty"): directory,
        path("a/b/f"): SnapshotEntry(kind: .file, mode: 0o644, content: Array("text".utf8)),
        path("g"): SnapshotEntry(kind: .file, mode: 0o644),
      ])
    #expect(throws: PathError.self) { try InMemoryFileSystem(["../f": ""]) }
  }

  @Test("can ignore letter case and Unicode form, and keeps names as they were given")
  func ignoresCase() throws {
    var options = InMemoryFileSystem.Options()
    options.ignoresCase = true
    let disk = try InMemoryFileSystem(["Read.me": "x", "caf\u{E9}/f": "y"], options)
    #expect(try disk.text("read.ME") == "x")
    #expect(code { try disk.createFile(path("READ.ME"), .regular, text("")) } == EEXIST)
    #expect(try disk.text("CAFE\u{301}/F") == "y")
    try disk.move(path("read.me"), to: path("README.md"), replacing: false)
    try disk.move(path("README.md"), to: path("readme.md"), replacing: true)
    let names = try disk.list(.root).map { Array($0.utf8) }
    #expect(names == ["caf\u{E9}", "readme.md"].map { Array($0.utf8) })
    #expect(try disk.text("Readme.MD") == "x")
    try disk.remove(path("README.MD"))
    #expect(try disk.list(.root).count == 1)
  }

  @Test("runs out of space, and leaves nothing of the file that was too much")
  func runsOutOfSpace() throws {
    var options = InMemoryFileSystem.Options()
    options.capacity = 10
    let disk = try InMemoryFileSystem(["a": "123456"], options)
    let error = #expect(throws: FileSystemError.self) {
      try disk.createFile(path("b"), .regular, text("12345"))
    }
    #expect(error?.operation == .write && error?.code == ENOSPC)
    try disk.createFile(path("c"), .regular, text("1234"))
    try disk.link(path("a"), as: path("d"))
    #expect(try disk.paths() == ["a", "c", "d"])
    try disk.remove(path("a"))
    #expect(code { try disk.createFile(path("e"), .regular, text("1")) } == ENOSPC)
    try disk.remove(path("d"))
    try disk.createFile(path("e"), .regular, text("12345"))
    // What is replaced gives its space back.
    try disk.move(path("c"), to: path("e"), replacing: true)
    try disk.createFile(path("c"), .regular, text("123456"))
  }

  @Test("runs out of inodes")
  func runsOutOfInodes() throws {
    var options = InMemoryFileSystem.Options()
    options.nodeLimit = 3
    let disk = try InMemoryFileSystem(["d/f": ""], options)
    #expect(code { try disk.createDirectory(path("e")) } == ENOSPC)
    #expect(code { try disk.createFile(path("g"), .regular, text("")) } == ENOSPC)
    try disk.remove(path("d/f"))
    try disk.createDirectory(path("e"))
  }

  @Test("keeps to the permissions, whoever the owner is")
  func permissions() throws {
    let disk = try InMemoryFileSystem(["d/f": "x", "secret/f": "x", "mine": "x"])
    try disk.setMode(0o555, of: path("d"))
    #expect(code { try disk.createFile(path("d/g"), .regular, text("")) } == EACCES)
    #expect(code { try disk.createDirectory(path("d/g")) } == EACCES)
    #expect(code { try disk.checkWritable(path("d")) } == EACCES)
    #expect(code { try disk.remove(path("d/f")) } == EACCES)
    #expect(code { try disk.move(path("d/f"), to: path("g"), replacing: false) } == EACCES)
    #expect(code { try disk.link(path("mine"), as: path("d/g")) } == EACCES)
    #expect(code { try disk.createFile(path("d/f"), .regular, text("")) } == EEXIST)
    #expect(try disk.text("d/f") == "x")

    try disk.setMode(0o600, of: path("secret"))
    #expect(try disk.list(path("secret")) == ["f"])
    #expect(code { _ = try disk.status(of: path("secret/f")) } == EACCES)
    #expect(code { try disk.checkWritable(path("secret")) } == EACCES)
    try disk.setMode(0o300, of: path("secret"))
    #expect(code { try disk.checkWritable(path("secret")) } == nil)
    #expect(code { _ = try disk.list(path("secret")) } == EACCES)
    #expect(code { _ = try disk.lock(path("secret")) } == EACCES)
    #expect(try disk.text("secret/f") == "x")

    try disk.setMode(0o640, of: path("mine"))
    #expect(try disk.text("mine") == "x")
    try disk.setOwned(false, path("mine"))
    #expect(try disk.status(of: path("mine"))?.isOwned == false)
    #expect(code { _ = try disk.contents(of: path("mine")) } == EACCES)
    disk.options.isSuperuser = true
    #expect(try disk.text("mine") == "x")
  }
}

@Suite("A file-system error")
struct FileSystemErrorTests {
  @Test("says what could not be done, to what, and why")
  func messages() throws {
    let a = try path("a/b")
    let messages = [
      FileSystemError(.createFile, a, ENOSPC).message,
      FileSystemError(.move, a, EXDEV, to: try path("c")).message,
      FileSystemError(.list, .root, EACCES).message,
      FileSystemError(.read, a, ELOOP).message,
      FileSystemError(.read, a, EINVAL).message,
    ]
    #expect(
      messages.prefix(1) + messages.dropFirst(2) == [
        "cannot create “a/b”: No space left on device",
        "cannot list “.”: Permission denied",
        "cannot read “a/b”: it is a symbolic link, which is not followed",
        "cannot read “a/b”: it is not a regular file",
      ])
    #expect(messages[1].hasPrefix("cannot move “a/b” to “c”: "))
  }

  @Test("has words for every operation", arguments: FileSystemError.Operation.allCases)
  func words(_ operation: FileSystemError.Operation) {
    let message = FileSystemError(operation, .root, EIO).message
    #expect(message.hasPrefix("cannot ") && message.hasSuffix(": Input/output error"))
  }
}
