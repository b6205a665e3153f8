import FileTrees
import Foundation
import TestSupport
import Testing

@testable import FileSystems

@Suite("Loading from a file system", .removingTemporaryDirectories)
struct LoadingContractTests {
  @Test("gives a file's content with what it is", arguments: SubjectMaker.all)
  func load(_ maker: SubjectMaker) throws {
    let disk = try maker.make().fileSystem
    for count in [0, 1, 1000, 70_000, 300_000] {
      let bytes = [UInt8](repeating: 0x61, count: count)
      let file = try path("f\(count)")
      try disk.createFile(file, .executable, .bytes(bytes))
      let (status, content) = try disk.load(file, upTo: count)
      #expect(content == bytes)
      #expect(status == (try disk.status(of: file)))
      if count > 0 {
        let (status, content) = try disk.load(file, upTo: count - 1)
        #expect(content == nil && status.size == count)
      }
    }
  }

  @Test("leaves out of a large file what is no text, and no other", arguments: SubjectMaker.all)
  func binary(_ maker: SubjectMaker) throws {
    let disk = try maker.make().fileSystem
    var bytes = [UInt8](repeating: 0x61, count: 300_000)
    bytes[250_000] = 0
    try disk.createFile(path("late"), .regular, .bytes(bytes))
    #expect(try disk.load(path("late"), upTo: .max).content == bytes)
    bytes[20] = 0
    try disk.createFile(path("early"), .regular, .bytes(bytes))
    let (status, content) = try disk.load(path("early"), upTo: .max)
    #expect(status.size == bytes.count && (content == nil || content == bytes))
  }

  @Test("fails as reading does", arguments: SubjectMaker.all)
  func failures(_ maker: SubjectMaker) throws {
    let subject = try maker.make()
    let disk = subject.fileSystem
    try disk.fill("d/f")
    try subject.createLink(path("link"), to: "d/f")
    for name in ["none", "link", "d", "d/f/x"] {
      let read = code { _ = try disk.contents(of: path(name)) }
      #expect(read != nil && code { _ = try disk.load(path(name), upTo: 9) } == read, "\(name)")
    }
  }

  @Test(
    "lists each name with its kind, or leaves that to be asked for", arguments: SubjectMaker.all)
  func entries(_ maker: SubjectMaker) throws {
    let subject = try maker.make()
    let disk = subject.fileSystem
    try disk.fill("d/f", "e/", "b", "a")
    try subject.createLink(path("link"), to: "d/f")
    let entries = try disk.entries(of: .root)
    #expect(entries.map(\.name) == (try disk.list(.root)))
    for entry in entries where entry.kind != nil {
      #expect(entry.kind == (try disk.status(of: path(entry.name))?.kind), "\(entry.name)")
    }
    #expect(code { _ = try disk.entries(of: path("none")) } == ENOENT)
  }

  @Test("writes a content that comes in pieces", arguments: SubjectMaker.all)
  func pieces(_ maker: SubjectMaker) throws {
    let disk = try maker.make().fileSystem
    let parts = [Array("one ".utf8), [], Array("two".utf8)]
    let content = FileContent.pieces { write in
      for part in parts where !part.withUnsafeBytes(write) { return }
    }
    try disk.createFile(path("f"), .regular, content)
    #expect(try disk.text("f") == "one two")
  }
}
