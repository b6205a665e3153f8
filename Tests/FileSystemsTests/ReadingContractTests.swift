import FileTrees
import Foundation
import TestSupport
import Testing

@testable import FileSystems

@Suite("Reading from a file system", .removingTemporaryDirectories)
struct ReadingContractTests {
  @Test("says what is at a path", arguments: SubjectMaker.all)
  func status(_ maker: SubjectMaker) throws {
    let subject = try maker.make()
    let disk = subject.fileSystem
    try disk.fill("d/f", "empty/")
    try subject.createLink(path("link"), to: "d/f")
    let file = try #require(try disk.status(of: path("d/f")))
    #expect(file.kind == .file && file.size == 3 && file.isOwned)
    let directory = try #require(try disk.status(of: path("empty")))
    #expect(directory.kind == .directory && directory.size == 0 && directory.isOwned)
    let link = try #require(try disk.status(of: path("link")))
    #expect(link.kind == .link && link.size == 0)
    #expect(try disk.status(of: .root)?.kind == .directory)
  }

  @Test("finds nothing where nothing is, or where a parent is absent", arguments: SubjectMaker.all)
  func absent(_ maker: SubjectMaker) throws {
    let disk = try maker.make().fileSystem
    #expect(try disk.status(of: path("x")) == nil)
    #expect(try disk.status(of: path("x/y/z")) == nil)
    #expect(try !disk.exists(path("x")))
    try disk.fill("f")
    #expect(code { _ = try disk.status(of: path("f/x")) } == ENOTDIR)
  }

  @Test("tells whether a directory may be written", arguments: SubjectMaker.all)
  func writable(_ maker: SubjectMaker) throws {
    let subject = try maker.make()
    let disk = subject.fileSystem
    try disk.fill("d/f")
    try subject.createLink(path("link"), to: "d")
    #expect(code { try disk.checkWritable(.root) } == nil)
    #expect(code { try disk.checkWritable(path("d")) } == nil)
    #expect(code { try disk.checkWritable(path("d/f")) } == ENOTDIR)
    #expect(code { try disk.checkWritable(path("link")) } == ENOTDIR)
    #expect(code { try disk.checkWritable(path("x")) } == ENOENT)
  }

  @Test("tells files apart by identity, however they are named", arguments: SubjectMaker.all)
  func identity(_ maker: SubjectMaker) throws {
    let disk = try maker.make().fileSystem
    try disk.fill("a", "b")
    try disk.link(path("a"), as: path("c"))
    let a = try disk.status(of: path("a"))?.identity
    #expect(try disk.status(of: path("c"))?.identity == a)
    #expect(try disk.status(of: path("b"))?.identity != a)
    try disk.move(path("a"), to: path("d"), replacing: false)
    #expect(try disk.status(of: path("d"))?.identity == a)
  }

  @Test("lists names in the order of their bytes", arguments: SubjectMaker.all)
  func list(_ maker: SubjectMaker) throws {
    let disk = try maker.make().fileSystem
    #expect(try disk.list(.root) == [])
    try disk.fill("b", "a/x", ".hidden", "B", "a.b", "é", "cafe\u{301}", "caf\u{E9}")
    let names = try disk.list(.root).map { Array($0.utf8) }
    let expected = [".hidden", "B", "a", "a.b", "b", "cafe\u{301}", "caf\u{E9}", "é"]
    #expect(names == expected.map { Array($0.utf8) })
    #expect(try disk.list(path("a")) == ["x"])
    #expect(code { _ = try disk.list(path("b")) } == ENOTDIR)
    #expect(code { _ = try disk.list(path("none")) } == ENOENT)
  }

  @Test("hands a file over in order and whole", arguments: SubjectMaker.all)
  func read(_ maker: SubjectMaker) throws {
    let disk = try maker.make().fileSystem
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    try disk.createFile(path("large"), .regular, .bytes(bytes))
    var pieces = 0
    try disk.read(path("large")) { _ in pieces += 1 }
    #expect(pieces > 1)
    #expect(try disk.contents(of: path("large")) == bytes)
    #expect(try disk.contents(of: path("large"), limit: 300_000).count == 300_000)
    #expect(code { _ = try disk.contents(of: path("large"), limit: 299_999) } == EFBIG)
    try disk.createFile(path("empty"), .regular, .bytes([]))
    #expect(try disk.contents(of: path("empty")) == [])
  }

  @Test("ends a read when the reader throws", arguments: SubjectMaker.all)
  func readerThrows(_ maker: SubjectMaker) throws {
    let disk = try maker.make().fileSystem
    try disk.fill("a")
    let failure = FileSystemError(.write, try path("elsewhere"), ENOSPC)
    #expect(throws: failure) {
      try disk.read(try path("a")) { (_) throws(FileSystemError) in throw failure }
    }
  }

  @Test("reads nothing but files", arguments: SubjectMaker.all)
  func readOthers(_ maker: SubjectMaker) throws {
    let subject = try maker.make()
    let disk = subject.fileSystem
    try disk.fill("f", "d/")
    try subject.createLink(path("link"), to: "f")
    #expect(code { _ = try disk.contents(of: path("link")) } == ELOOP)
    #expect(code { _ = try disk.contents(of: path("d")) } == EISDIR)
    #expect(code { _ = try disk.contents(of: .root) } == EISDIR)
    #expect(code { _ = try disk.contents(of: path("none")) } == ENOENT)
    if let directory = subject.directory {
      try #require(mkfifo("\(directory.path)/fifo", 0o644) == 0)
    } else {
      try subject.memory?.createOther(path("fifo"))
    }
    #expect(try disk.status(of: path("fifo"))?.kind == .other)
    #expect(code { _ = try disk.contents(of: path("fifo")) } == EINVAL)
  }

  @Test("follows no link, wherever in a path it stands", arguments: SubjectMaker.all)
  func links(_ maker: SubjectMaker) throws {
    let subject = try maker.make()
    let disk = subject.fileSystem
    try disk.fill("d/e/f", "here/")
    try subject.createLink(path("link"), to: "d")
    try subject.createLink(path("d/up"), to: "..")
    try subject.createLink(path("out"), to: "/")
    for through in ["link/e/f", "link/e", "d/up/d/e/f", "out/etc"] {
      let through = try path(through)
      #expect(isLinkRefusal(code { _ = try disk.status(of: through) }))
      #expect(isLinkRefusal(code { _ = try disk.list(through) }))
      #expect(isLinkRefusal(code { _ = try disk.contents(of: through) }))
      #expect(isLinkRefusal(code { try disk.createDirectory(through) }))
      #expect(isLinkRefusal(code { try disk.createFile(through, .regular, text("x")) }))
      #expect(isLinkRefusal(code { try disk.link(through, as: path("here/x")) }))
      #expect(isLinkRefusal(code { try disk.link(path("d/e/f"), as: through) }))
      #expect(isLinkRefusal(code { try disk.move(through, to: path("here/x"), replacing: true) }))
      #expect(isLinkRefusal(code { try disk.move(path("d/e/f"), to: through, replacing: true) }))
      #expect(isLinkRefusal(code { try disk.remove(through) }))
      #expect(isLinkRefusal(code { _ = try disk.lock(through) }))
      #expect(isLinkRefusal(code { _ = try disk.directory(at: through) }))
    }
    #expect(isLinkRefusal(code { _ = try disk.list(path("link")) }))
    #expect(isLinkRefusal(code { _ = try disk.lock(path("link")) }))
    #expect(isLinkRefusal(code { _ = try disk.directory(at: path("link")) }))
    #expect(try disk.paths() == ["d", "d/e", "d/e/f", "d/up", "here", "link", "out"])
  }

  @Test("sees a link that took a directory's place", arguments: SubjectMaker.all)
  func swappedLink(_ maker: SubjectMaker) throws {
    let subject = try maker.make()
    let disk = subject.fileSystem
    try disk.fill("d/e/f", "victim/f")
    try disk.move(path("d"), to: path("away"), replacing: false)
    try subject.createLink(path("d"), to: "victim")
    #expect(isLinkRefusal(code { try disk.createFile(path("d/new"), .regular, text("x")) }))
    #expect(isLinkRefusal(code { try disk.remove(path("d/f")) }))
    #expect(try disk.text("victim/f") == "victim/f")
  }
}
