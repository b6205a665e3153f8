import Foundation
import TestSupport
import Testing

@Suite("The README's sessions")
struct ReadmeSessionTests {
  /// What stands between a fence for a console and its end.
  private static func sessions() throws -> [String] {
    try Repository.text(of: "README.md").components(separatedBy: "```console\n").dropFirst().map {
      $0.components(separatedBy: "```")[0]
    }
  }

  /// A line that begins with `$ ` is run, and prints what follows; where nothing does, it is an example.
  @Test("say what the program says")
  func sessions() throws {
    let sessions = try Self.sessions().filter { $0.contains("scaffold update") }
    try #require(sessions.count == 1)
    let shell = try Shell()
    defer { shell.remove() }
    var actual = ""
    for line in sessions[0].split(separator: "\n", omittingEmptySubsequences: false)
    where line.hasPrefix("$ ") {
      let result = try shell.run(String(line.dropFirst(2)))
      actual += line + "\n" + result.output + result.errors
    }
    #expect(actual == sessions[0])
  }
}
