import FileTrees
import Foundation
import TestSupport
import Testing

@testable import FileSystems

@Suite("Moving and removing in a file system", .removingTemporaryDirectories)
struct MovingContractTests {
  @Test("renames files and directories, with what they hold", arguments: SubjectMaker.all)
  func moves(_ maker: SubjectMaker) throws {
    let subject = try maker.make()
    let disk = subject.fileSystem
    try disk.fill("a/b/f", "g")
    try subject.createLink(path("link"), to: "nowhere")
    try disk.move(path("a/b"), to: path("c"), replacing: false)
    try disk.move(path("g"), to: path("c/g"), replacing: false)
    try disk.move(path("link"), to: path("a/link"), replacing: false)
    #expect(try disk.paths() == ["a", "a/link", "c", "c/f", "c/g"])
    #expect(try disk.text("c/g") == "g")
    // What was known about the old directory is not used for its old path.
    #expect(code { try disk.createFile(path("a/b/x"), .regular, text("")) } == ENOENT)
    try disk.fill("a/b/x")
    #expect(try disk.list(path("c")) == ["f", "g"])
  }

  @Test("overwrites nothing unless told to", arguments: SubjectMaker.all)
  func exclusive(_ maker: SubjectMaker) throws {
    let subject = try maker.make()
    let disk = subject.fileSystem
    try disk.fill("f", "g", "d/x", "e/", "h/y")
    try subject.createLink(path("dangling"), to: "nowhere")
    for source in ["f", "d"] {
      for taken in ["g", "e", "h", "dangling", source] {
        #expect(
          code { try disk.move(path(source), to: path(taken), replacing: false) } == EEXIST)
      }
    }
    #expect(code { try disk.move(path("f"), to: .root, replacing: false) } == EEXIST)
    #expect(try disk.paths() == ["d", "d/x", "dangling", "e", "f", "g", "h", "h/y"])
    #expect(try disk.text("g") == "g")
  }

  @Test("puts a file in the place of a file or a link", arguments: SubjectMaker.all)
  func replacesFiles(_ maker: SubjectMaker) throws {
    let subject = try maker.make()
    let disk = subject.fileSystem
    try disk.fill("f", "g", "d/")
    try subject.createLink(path("link"), to: "d")
    try disk.move(path("f"), to: path("g"), replacing: true)
    #expect(try disk.text("g") == "f")
    try disk.move(path("g"), to: path("link"), replacing: true)
    #expect(try disk.status(of: path("link"))?.kind == .file)
    #expect(code { try disk.move(path("link"), to: path("d"), replacing: true) } == EISDIR)
    #expect(try disk.paths() == ["d", "link"])
  }

  @Test("puts a directory in the place of an empty one", arguments: SubjectMaker.all)
  func replacesDirectories(_ maker: SubjectMaker) throws {
    let disk = try maker.make().fileSystem
    try disk.fill("d/x", "empty/", "full/y", "f")
    #expect(code { try disk.move(path("d"), to: path("full"), replacing: true) } == ENOTEMPTY)
    #expect(code { try disk.move(path("d"), to: path("f"), replacing: true) } == ENOTDIR)
    try disk.move(path("d"), to: path("empty"), replacing: true)
    #expect(try disk.paths() == ["empty", "empty/x", "f", "full", "full/y"])
  }

  @Test("leaves one name of two that a file had", arguments: SubjectMaker.all)
  func movesOntoItself(_ maker: SubjectMaker) throws {
    let disk = try maker.make().fileSystem
    try disk.fill("f", "d/")
    try disk.link(path("f"), as: path("d/f"))
    try disk.move(path("f"), to: path("f"), replacing: true)
    #expect(try disk.paths() == ["d", "d/f", "f"])
    try disk.move(path("f"), to: path("d/f"), replacing: true)
    #expect(try disk.paths() == ["d", "d/f"])
    try disk.move(path("d/f"), to: path("d/f"), replacing: true)
    #expect(try disk.text("d/f") == "f")
    #expect(code { try disk.move(path("x"), to: path("x"), replacing: true) } == ENOENT)
  }

  @Test("cannot move what is not there, nor a directory into itself", arguments: SubjectMaker.all)
  func impossibleMoves(_ maker: SubjectMaker) throws {
    let disk = try maker.make().fileSystem
    try disk.fill("d/e/f")
    for replacing in [false, true] {
      #expect(code { try disk.move(path("x"), to: path("y"), replacing: replacing) } == ENOENT)
      #expect(code { try disk.move(path("d"), to: path("x/y"), replacing: replacing) } == ENOENT)
      #expect(code { try disk.move(path("d"), to: path("d/e/d"), replacing: replacing) } == EINVAL)
      #expect(code { try disk.move(.root, to: path("x"), replacing: replacing) } == EBUSY)
    }
    #expect(code { try disk.move(path("d"), to: .root, replacing: true) } == EBUSY)
    #expect(try disk.paths() == ["d", "d/e", "d/e/f"])
  }

  @Test("removes files, links and empty directories", arguments: SubjectMaker.all)
  func removes(_ maker: SubjectMaker) throws {
    let subject = try maker.make()
    let disk = subject.fileSystem
    try disk.fill("f", "d/e/", "full/g")
    try subject.createLink(path("link"), to: "full")
    try subject.createLink(path("dangling"), to: "nowhere")
    #expect(code { try disk.remove(path("full")) } == ENOTEMPTY)
    #expect(code { try disk.remove(path("none")) } == ENOENT)
    #expect(code { try disk.remove(path("f/x")) } == ENOTDIR)
    #expect(code { try disk.remove(.root) } == EBUSY)
    for gone in ["f", "d/e", "d", "link", "dangling"] { try disk.remove(path(gone)) }
    #expect(try disk.paths() == ["full", "full/g"])
  }

  @Test("forgets a directory that was removed", arguments: SubjectMaker.all)
  func removesAndMakesAnew(_ maker: SubjectMaker) throws {
    let disk = try maker.make().fileSystem
    let other = try disk.directory(at: .root)
    try disk.fill("d/e/f")
    try other.removeTree(path("d"))
    #expect(code { try disk.createFile(path("d/e/g"), .regular, text("")) } == ENOENT)
    try other.fill("d/e/")
    try disk.fill("d/e/g")
    #expect(try disk.paths() == ["d", "d/e", "d/e/g"])
  }

  @Test("removes a tree without following a link out of it", arguments: SubjectMaker.all)
  func removesTrees(_ maker: SubjectMaker) throws {
    let subject = try maker.make()
    let disk = subject.fileSystem
    try disk.fill("kept/f", "d/e/f", "d/g", "d/empty/", "f")
    try subject.createLink(path("d/link"), to: "../kept")
    try disk.removeTree(path("d"))
    try disk.removeTree(path("f"))
    try disk.removeTree(path("none"))
    #expect(try disk.paths() == ["kept", "kept/f"])
  }

  @Test("is locked by one at a time", arguments: SubjectMaker.all)
  func locks(_ maker: SubjectMaker) throws {
    let subject = try maker.make()
    let disk = subject.fileSystem
    try disk.fill("d/", "e/", "f")
    let lock = try #require(try disk.lock(path("d")))
    #expect(try lock.identity == disk.status(of: path("d"))?.identity)
    #expect(try disk.lock(path("d")) == nil)
    #expect(try disk.directory(at: path("d")).lock(.root) == nil)
    let other = try #require(try disk.lock(path("e")))
    lock.unlock()
    lock.unlock()
    let again = try #require(try disk.lock(path("d")))
    // A lock goes with the directory, whatever that is called.
    try disk.move(path("d"), to: path("moved"), replacing: false)
    #expect(try disk.lock(path("moved")) == nil)
    try disk.remove(path("e"))
    try disk.fill("e/")
    #expect(try other.identity != disk.status(of: path("e"))?.identity)
    #expect(try disk.lock(path("e")) != nil)
    again.unlock()
    other.unlock()
    #expect(code { _ = try disk.lock(path("none")) } == ENOENT)
    #expect(code { _ = try disk.lock(path("f")) } == ENOTDIR)
  }

  @Test("is unlocked when nobody holds the lock any more", arguments: SubjectMaker.all)
  func dropsLocks(_ maker: SubjectMaker) throws {
    let disk = try maker.make().fileSystem
    #expect(try disk.lock(.root) != nil)
    #expect(try disk.lock(.root) != nil)
  }

  @Test("can be rooted at a directory, which it keeps when that moves", arguments: SubjectMaker.all)
  func directories(_ maker: SubjectMaker) throws {
    let disk = try maker.make().fileSystem
    try disk.fill("d/e/f", "g")
    let inner = try disk.directory(at: path("d/e"))
    #expect(try inner.text("f") == "d/e/f")
    try disk.move(path("d"), to: path("moved"), replacing: false)
    try inner.fill("x/y")
    #expect(try disk.text("moved/e/x/y") == "x/y")
    #expect(code { _ = try disk.directory(at: path("none")) } == ENOENT)
    #expect(code { _ = try disk.directory(at: path("g")) } == ENOTDIR)
  }
}
