import FileTrees
import Foundation
import TestSupport
import Testing

@testable import FileSystems

@Suite("A real disk", .removingTemporaryDirectories)
struct LocalFileSystemTests {
  @Test("is opened where the user says, through links too")
  func opens() throws {
    let directory = try TemporaryDirectory()
    let disk = try LocalFileSystem(opening: directory.path)
    try disk.fill("d/f", "g")
    try #require(symlink("d", "\(directory.path)/link") == 0)
    #expect(try LocalFileSystem(opening: "\(directory.path)/link").list(.root) == ["f"])
    #expect(try LocalFileSystem(opening: "\(directory.path)/d/../d//").list(.root) == ["f"])
  }

  @Test("is opened without a link at the end where one must not be, as when it was swapped in")
  func opensNoLink() throws {
    let directory = try TemporaryDirectory()
    try LocalFileSystem(opening: directory.path).fill("d/e/f", "g")
    try #require(symlink("d", "\(directory.path)/link") == 0)
    let link = "\(directory.path)/link"
    let refusal = code { _ = try LocalFileSystem(openingNoLink: link) }
    #expect(refusal == ENOTDIR || refusal == ELOOP)
    #expect(try LocalFileSystem(openingNoLink: "\(link)/e").list(.root) == ["f"])
    #expect(try LocalFileSystem(openingNoLink: "\(directory.path)/d").list(.root) == ["e"])
  }

  @Test("gives what is in a file that the user names, through links and from pipes")
  func userFile() throws {
    let directory = try TemporaryDirectory()
    try Data("text".utf8).write(to: URL(filePath: "\(directory.path)/a:b"))
    try #require(symlink("a:b", "\(directory.path)/link") == 0)
    for name in ["a:b", "link"] {
      let found = try UserFile.contents(of: "\(directory.path)/\(name)", limit: 4)
      #expect(found == Array("text".utf8))
      let error = #expect(throws: FileSystemError.self) {
        try UserFile.contents(of: "\(directory.path)/\(name)", limit: 3)
      }
      #expect(error?.isTooLarge == true)
    }
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data("piped".utf8))
    try pipe.fileHandleForWriting.close()
    let descriptor = pipe.fileHandleForReading.fileDescriptor
    #expect(
      try UserFile.contents(of: "/dev/fd/\(descriptor)", limit: 100) == Array("piped".utf8))
    #expect(code { _ = try UserFile.contents(of: directory.path, limit: 9) } == EISDIR)
    #expect(code { _ = try UserFile.contents(of: "/dev/zero", limit: 1 << 20) } == EFBIG)
    let absent = "\(directory.path)/absent"
    let error = #expect(throws: FileSystemError.self) {
      try UserFile.contents(of: absent, limit: 9)
    }
    #expect(error?.message == "cannot open “\(absent)”: No such file or directory")
  }

  @Test("cannot be opened where no directory is, and says where")
  func opensNothing() throws {
    let directory = try TemporaryDirectory()
    try LocalFileSystem(opening: directory.path).fill("f")
    let absent = "\(directory.path)/absent"
    let error = #expect(throws: FileSystemError.self) { try LocalFileSystem(opening: absent) }
    #expect(error?.code == ENOENT)
    #expect(error?.message == "cannot open “\(absent)”: No such file or directory")
    #expect(code { _ = try LocalFileSystem(opening: "\(directory.path)/f") } == ENOTDIR)
    #expect(code { _ = try LocalFileSystem(opening: "") } == ENOENT)
  }

  @Test("refuses to list names that are not UTF-8")
  func namesAreUTF8() throws {
    #if os(Linux)
      let directory = try TemporaryDirectory()
      let prefix = "\(directory.path)/bad-".utf8CString.dropLast()
      let name = Array(prefix) + [CChar(bitPattern: 0xFF), 0]
      let descriptor = open(name, O_CREAT | O_WRONLY, 0o644)
      try #require(descriptor >= 0)
      close(descriptor)
      let disk = try LocalFileSystem(opening: directory.path)
      let error = #expect(throws: FileSystemError.self) { try disk.list(.root) }
      #expect(error?.code == EILSEQ)
      #expect(error?.message.hasPrefix(#"cannot list “bad-\xFF”: the name is not UTF-8"#) == true)
      #expect(code { try disk.removeTree(.root) } == EILSEQ)
      _ = unlink(name)
    #endif
  }

  @Test("removes no tree with a name that no path may have, and names it")
  func unsafeNames() throws {
    let directory = try TemporaryDirectory()
    let disk = try LocalFileSystem(opening: directory.path)
    try disk.fill("d/f")
    for name in ["d/a:b", "d/.git", "nul"] {
      try Data().write(to: URL(fileURLWithPath: "\(directory.path)/\(name)"))
    }
    let why = "the name is not UTF-8, or not safe in a path"
    let error = #expect(throws: FileSystemError.self) { try disk.removeTree(path("d")) }
    #expect(error?.message == "cannot list “d/.git”: \(why)")
    #expect(try disk.exists(path("d/f")))
    try FileManager.default.removeItem(atPath: "\(directory.path)/d")
    let other = #expect(throws: FileSystemError.self) { try disk.removeTree(.root) }
    #expect(other?.message == "cannot list “nul”: \(why)")
  }

  @Test("waits for no FIFO and reads no device")
  func readsFilesOnly() throws {
    let disk = try LocalFileSystem(opening: "/dev")
    #expect(code { _ = try disk.contents(of: path("null")) } == EINVAL)
  }

  @Test("moves files and directories to another directory of another file system, or says EXDEV")
  func crossesDevices() throws {
    #if os(Linux)
      let disk = try LocalFileSystem(opening: "/")
      guard try disk.status(of: path("dev/shm"))?.kind == .directory else { return }
      let directory = try TemporaryDirectory()
      let source = try path(String(directory.path.dropFirst()))
      try LocalFileSystem(opening: directory.path).fill("f", "d/")
      let device = try #require(try disk.status(of: source)?.identity.device)
      guard try disk.status(of: path("dev/shm"))?.identity.device != device else { return }
      let target = try path("dev/shm/\(source.name)")
      for name in ["f", "d"] {
        for replacing in [false, true] {
          let moved = try source.appending(name)
          #expect(code { try disk.move(moved, to: target, replacing: replacing) } == EXDEV)
        }
      }
      #expect(try !disk.exists(target))
    #endif
  }

  @Test("keeps using more directories than it holds open")
  func manyDirectories() throws {
    let directory = try TemporaryDirectory()
    let disk = try LocalFileSystem(opening: directory.path)
    let before = try openDescriptors()
    for number in 0..<300 { try disk.fill("d\(number)/e/f") }
    for number in 0..<300 { #expect(try disk.text("d\(number)/e/f") == "d\(number)/e/f") }
    // Other tests open some meanwhile; all of these would be 600.
    #expect(try openDescriptors() - before < 450)
  }

  @Test("removes a file that could not be written whole")
  func incompleteFile() throws {
    let directory = try TemporaryDirectory()
    let disk = try LocalFileSystem(opening: directory.path)
    let source = FaultyFileSystem(
      try InMemoryFileSystem(["source": "text"]), .failure(at: 1, code: EIO))
    let error = #expect(throws: FileSystemError.self) {
      try disk.createFile(path("copy"), .regular, .file(path("source"), in: source))
    }
    #expect(error?.code == EIO)
    #expect(try disk.paths() == [])
  }

  private func openDescriptors() throws -> Int {
    #if os(Linux)
      try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    #else
      try FileManager.default.contentsOfDirectory(atPath: "/dev/fd").count
    #endif
  }
}
