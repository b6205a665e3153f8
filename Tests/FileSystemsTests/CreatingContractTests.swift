import FileTrees
import Foundation
import TestSupport
import Testing

@testable import FileSystems

@Suite("Creating in a file system", .removingTemporaryDirectories)
struct CreatingContractTests {
  @Test("makes a file with its content", arguments: SubjectMaker.all)
  func createFile(_ maker: SubjectMaker) throws {
    let disk = try maker.make().fileSystem
    try disk.createDirectory(path("a"))
    try disk.createFile(path("a/f"), .regular, text("hello\n"))
    #expect(try disk.text("a/f") == "hello\n")
    #expect(code { try disk.createFile(path("none/f"), .regular, text("")) } == ENOENT)
    #expect(code { try disk.createFile(path("a/f/g"), .regular, text("")) } == ENOTDIR)
    #expect(try disk.paths() == ["a", "a/f"])
  }

  @Test("never touches what is already there", arguments: SubjectMaker.all)
  func exclusive(_ maker: SubjectMaker) throws {
    let subject = try maker.make()
    let disk = subject.fileSystem
    try disk.fill("f", "d/")
    try subject.createLink(path("dangling"), to: "nowhere")
    try subject.createLink(path("link"), to: "f")
    for taken in ["f", "d", "dangling", "link"] {
      #expect(code { try disk.createFile(path(taken), .regular, text("new")) } == EEXIST)
      #expect(code { try disk.createDirectory(path(taken)) } == EEXIST)
      #expect(code { try disk.link(path("f"), as: path(taken)) } == EEXIST)
    }
    #expect(code { try disk.createFile(.root, .regular, text("new")) } == EEXIST)
    #expect(code { try disk.createDirectory(.root) } == EEXIST)
    #expect(try disk.paths() == ["d", "dangling", "f", "link"])
    #expect(try disk.text("f") == "f")
  }

  @Test("makes a directory in a parent that is there", arguments: SubjectMaker.all)
  func createDirectory(_ maker: SubjectMaker) throws {
    let disk = try maker.make().fileSystem
    #expect(code { try disk.createDirectory(path("a/b")) } == ENOENT)
    try disk.createDirectory(path("a"))
    try disk.createDirectory(path("a/b"))
    #expect(try disk.paths() == ["a", "a/b"])
  }

  static let modes: [(Permissions, UInt16, UInt16)] = [
    // permissions, under 022, under 077
    (.regular, 0o644, 0o600), (.executable, 0o755, 0o700), (.private, 0o600, 0o600),
    (.privateExecutable, 0o700, 0o700), (.exactly(0o664), 0o664, 0o664),
    (.exactly(0o777), 0o777, 0o777), (.exactly(0o400), 0o400, 0o400),
  ]

  @Test("gives a file its final mode, less the umask", arguments: SubjectMaker.all)
  func modes(_ maker: SubjectMaker) throws {
    let subject = try maker.make()
    let disk = subject.fileSystem
    for (column, mask) in [UInt16(0o022), 0o077].enumerated() {
      try subject.withUmask(mask) {
        for (row, mode) in Self.modes.enumerated() {
          let file = try path("\(column)-\(row)")
          try disk.createFile(file, mode.0, text("x"))
          let expected = column == 0 ? mode.1 : mode.2
          #expect(try disk.status(of: file)?.mode == expected, "\(mode.0) under \(mask)")
        }
        // A mode given exactly leaves the umask as it was.
        let directory = try path("\(column)")
        try disk.createDirectory(directory)
        #expect(try disk.status(of: directory)?.mode == 0o777 & ~mask)
      }
    }
    try subject.withUmask(0o277) {
      try disk.createFile(path("unwritable"), .regular, text("written all the same"))
      #expect(try disk.status(of: path("unwritable"))?.mode == 0o400)
    }
    #expect(try disk.text("unwritable") == "written all the same")
  }

  @Test("copies a file of another file system, or of its own", arguments: SubjectMaker.all)
  func copies(_ maker: SubjectMaker) throws {
    let disk = try maker.make().fileSystem
    let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 / 3) }
    let other = InMemoryFileSystem()
    try other.createFile(path("source"), .regular, .bytes(bytes))
    try disk.createFile(path("copy"), .regular, .file(path("source"), in: other))
    try disk.createFile(path("again"), .regular, .file(path("copy"), in: disk))
    #expect(try disk.contents(of: path("again")) == bytes)
  }

  @Test("leaves nothing when the content cannot be had", arguments: SubjectMaker.all)
  func removesPartialFiles(_ maker: SubjectMaker) throws {
    let disk = try maker.make().fileSystem
    let other = try InMemoryFileSystem(["d/": ""])
    for absent in ["none", "d"] {
      #expect(throws: FileSystemError.self) {
        try disk.createFile(path("f"), .regular, .file(path(absent), in: other))
      }
    }
    let failure = FileSystemError(.read, try path("x"), EIO)
    #expect(throws: failure) {
      try disk.createFile(path("f"), .regular, .file(path("x"), in: HalfReadable(failure)))
    }
    #expect(try disk.paths() == [])
  }

  @Test("gives a file a second name", arguments: SubjectMaker.all)
  func link(_ maker: SubjectMaker) throws {
    let disk = try maker.make().fileSystem
    try disk.fill("f", "d/")
    try disk.link(path("f"), as: path("d/g"))
    try disk.remove(path("f"))
    #expect(try disk.text("d/g") == "f")
    #expect(code { try disk.link(path("none"), as: path("x")) } == ENOENT)
    #expect(code { try disk.link(path("d/g"), as: path("none/x")) } == ENOENT)
    #expect(code { try disk.link(path("d"), as: path("x")) } == EPERM)
    #expect(try disk.paths() == ["d", "d/g"])
  }
}

/// Gives one piece of a file and fails.
private struct HalfReadable: FileSystem {
  var failure: FileSystemError

  init(_ failure: FileSystemError) { self.failure = failure }

  func read(
    _ path: RelativePath, _ body: (Span<UInt8>) throws(FileSystemError) -> Void
  ) throws(FileSystemError) {
    let half = [UInt8](repeating: 1, count: 10)
    try body(half.span)
    throw failure
  }

  func status(of path: RelativePath) throws(FileSystemError) -> FileStatus? { throw failure }
  func list(_ path: RelativePath) throws(FileSystemError) -> [String] { throw failure }
  func checkWritable(_ path: RelativePath) throws(FileSystemError) { throw failure }
  func createDirectory(
    _ path: RelativePath, _ permissions: Permissions
  ) throws(FileSystemError) { throw failure }
  func createFile(
    _ path: RelativePath, _ permissions: Permissions, _ content: FileContent
  ) throws(FileSystemError) { throw failure }
  func link(_ path: RelativePath, as other: RelativePath) throws(FileSystemError) { throw failure }
  func move(
    _ path: RelativePath, to other: RelativePath, replacing: Bool
  ) throws(FileSystemError) { throw failure }
  func remove(_ path: RelativePath) throws(FileSystemError) { throw failure }
  func lock(_ path: RelativePath) throws(FileSystemError) -> (any FileLock)? { throw failure }
  func directory(at path: RelativePath) throws(FileSystemError) -> any FileSystem { throw failure }
}
