import FileTrees
import Foundation
import TestSupport
import Testing

@testable import FileSystems

@Suite("A faulty file system", .removingTemporaryDirectories)
struct FaultyFileSystemTests {
  @Test("counts calls, also those of its directories, and says what they were")
  func counts() throws {
    let disk = FaultyFileSystem(InMemoryFileSystem())
    try disk.createDirectory(path("d"))
    let inner = try disk.directory(at: path("d"))
    try inner.createFile(path("f"), .regular, text("x"))
    try disk.move(path("d/f"), to: path("g"), replacing: false)
    #expect(code { try disk.remove(path("none")) } == ENOENT)
    #expect(disk.calls.map(\.operation) == [.createDirectory, .open, .createFile, .move, .remove])
    #expect(try disk.calls[2].path == path("f"))
    #expect(try disk.calls[3].destination == path("g"))
    #expect(!disk.hasFailed)
  }

  @Test("fails one call, which then has no effect", arguments: 1...4)
  func failsOnce(_ number: Int) throws {
    let memory = InMemoryFileSystem()
    let disk = FaultyFileSystem(memory, .failure(at: number, code: EIO))
    let codes = [
      code { try disk.createDirectory(path("d")) },
      code { try disk.createFile(path("f"), .regular, text("x")) },
      code { try disk.createDirectory(path("e")) },
      code { try disk.remove(path("e")) },
    ]
    #expect(codes == (1...4).map { $0 == number ? EIO : $0 == 4 && number == 3 ? ENOENT : nil })
    #expect(disk.hasFailed)
    #expect(try memory.exists(path("d")) == (number != 1))
    #expect(try memory.exists(path("f")) == (number != 2))
    #expect(try memory.exists(path("e")) == (number == 4))
  }

  @Test("names the path and the operation of the call that fails")
  func namesTheCall() throws {
    let disk = FaultyFileSystem(InMemoryFileSystem(), .failure(at: 1, code: EXDEV))
    let expected = FileSystemError(.move, try path("a"), EXDEV, to: try path("b"))
    #expect(throws: expected) { try disk.move(path("a"), to: path("b"), replacing: true) }
  }

  @Test("can do the work and fail all the same, but leaves no file that failed")
  func failsAfterwards() throws {
    func failing(at number: Int) throws -> (InMemoryFileSystem, [Int32?]) {
      let memory = try InMemoryFileSystem(["f": "x"])
      let disk = FaultyFileSystem(memory, .failureAfterEffect(at: number, code: EIO))
      return (
        memory,
        [
          code { try disk.createDirectory(path("d")) },
          code { try disk.link(path("f"), as: path("d/g")) },
          code { try disk.move(path("f"), to: path("h"), replacing: false) },
          code { try disk.remove(path("h")) },
          code { try disk.createFile(path("n"), .regular, text("x")) },
        ]
      )
    }
    for number in 1...5 {
      let (memory, codes) = try failing(at: number)
      #expect(codes == (1...5).map { $0 == number ? EIO : nil })
      let left = ["d", "d/g"] + (number == 5 ? [] : ["n"])
      #expect(try memory.paths() == left)
    }
    #expect(
      try FaultyCall(operation: .move, path: path("f")).canFailAfterEffect
        && !FaultyCall(operation: .createFile, path: path("f")).canFailAfterEffect)
  }

  @Test("does nothing from a kill on", arguments: [false, true])
  func kills(tearing: Bool) throws {
    let memory = try InMemoryFileSystem(["keep": "kept"])
    let disk = FaultyFileSystem(memory, .kill(at: 3, tearing: tearing))
    try disk.createDirectory(path("d"))
    let inner = try disk.directory(at: path("d"))
    #expect(
      code { try inner.createFile(path("f"), .private, text("12345678")) } == InjectedFault.killed)
    #expect(code { try inner.createFile(path("g"), .regular, text("x")) } == InjectedFault.killed)
    #expect(code { try disk.remove(path("keep")) } == InjectedFault.killed)
    #expect(code { try disk.removeTree(path("d")) } == InjectedFault.killed)
    #expect(code { _ = try disk.status(of: path("d")) } == InjectedFault.killed)
    #expect(code { _ = try disk.contents(of: path("keep")) } == InjectedFault.killed)
    #expect(disk.calls.count == 3 && disk.hasFailed)
    #expect(try memory.paths() == ["d"] + (tearing ? ["d/f"] : []) + ["keep"])
    if tearing {
      #expect(try memory.text("d/f") == "1234")
      #expect(try memory.status(of: path("d/f"))?.mode == 0o600)
    }
  }

  @Test("tears a copied file too, and nothing but files")
  func tearsCopies() throws {
    let memory = try InMemoryFileSystem(["source": "abcdef"])
    let disk = FaultyFileSystem(memory, .kill(at: 1, tearing: true))
    #expect(throws: FileSystemError.self) {
      try disk.createFile(path("f"), .regular, .file(path("source"), in: disk))
    }
    #expect(try memory.text("f") == "abc")
    let other = FaultyFileSystem(memory, .kill(at: 1, tearing: true))
    #expect(code { try other.createDirectory(path("d")) } == InjectedFault.killed)
    #expect(code { try other.createFile(path("g"), .regular, text("xx")) } == InjectedFault.killed)
    #expect(try memory.paths() == ["f", "source"])
  }

  @Test("lets go of its locks when killed", arguments: SubjectMaker.all)
  func releasesLocks(_ maker: SubjectMaker) throws {
    let base = try maker.make().fileSystem
    let disk = FaultyFileSystem(base, .kill(at: 2, tearing: false))
    let lock = try #require(try disk.lock(.root))
    #expect(try base.lock(.root) == nil)
    #expect(code { try disk.createDirectory(path("d")) } == InjectedFault.killed)
    let fresh = try #require(try base.lock(.root))
    // The dead process's lock is no more, and cannot end the new one.
    lock.unlock()
    #expect(try base.lock(.root) == nil)
    fresh.unlock()
  }

  @Test("holds locks as the file system below does")
  func keepsLocks() throws {
    let disk = FaultyFileSystem(InMemoryFileSystem())
    let lock = try #require(try disk.lock(.root))
    #expect(try disk.lock(.root) == nil)
    lock.unlock()
    let again = try #require(try disk.lock(.root))
    lock.unlock()
    #expect(try disk.lock(.root) == nil)
    again.unlock()
    #expect(try disk.lock(.root) != nil)
    #expect(try disk.lock(.root) != nil)
  }

  @Test("knows errors for each operation", arguments: FileSystemError.Operation.allCases)
  func plausible(_ operation: FileSystemError.Operation) {
    let errors = FaultyFileSystem.plausibleErrors(for: operation)
    #expect(!errors.isEmpty && Set(errors).count == errors.count)
    #expect(!errors.contains(InjectedFault.killed))
  }
}
