import FileTrees
import Foundation
import TestSupport
import Testing

@testable import FileSystems

@Suite("The lines of a file that a user names", .removingTemporaryDirectories)
struct UserLinesTests {
  private func lines(of text: String, longest: Int = 1 << 20) throws -> [String] {
    let directory = try TemporaryDirectory()
    let file = "\(directory.path)/file"
    try Data(text.utf8).write(to: URL(filePath: file))
    var lines = try UserLines(of: file, longest: longest)
    var result: [String] = []
    while let line = try lines.next() { result.append(String(decoding: line, as: UTF8.self)) }
    #expect(try lines.next() == nil)
    return result
  }

  @Test(
    "come without their ends, the last one with or without one",
    arguments: [
      ("", []), ("\n", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\n\nb", ["a", "", "b"]),
      ("a\r\n", ["a\r"]),
    ])
  func ends(_ text: String, _ expected: [String]) throws {
    #expect(try lines(of: text) == expected)
  }

  @Test("may be longer than what is read at once, and no longer than they may be")
  func long() throws {
    let long = String(repeating: "x", count: 100_000)
    #expect(try lines(of: "a\n\(long)\nb\n") == ["a", long, "b"])
    #expect(try lines(of: "1234\n", longest: 4) == ["1234"])
    let refusal = #expect(throws: FileSystemError.self) {
      try lines(of: "12345\n", longest: 4)
    }
    #expect(refusal?.isTooLarge == true)
  }

  @Test("are not to be had of what is not there, or is a directory")
  func absent() throws {
    let directory = try TemporaryDirectory()
    #expect(throws: FileSystemError.self) {
      try UserLines(of: "\(directory.path)/none", longest: 9)
    }
    #expect(throws: FileSystemError.self) {
      var lines = try UserLines(of: directory.path, longest: 9)
      _ = try lines.next()
    }
  }
}
