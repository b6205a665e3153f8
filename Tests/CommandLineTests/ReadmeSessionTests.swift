import Foundation
import TestSupport
import Testing

@Suite("The README's sessions")
struct ReadmeSessionTests {
  private static let fence = "```console\n"

  /// A line that begins with `$ ` is run, and prints what follows. `RECORD_SNAPSHOTS=1 swift test`
  /// rewrites that, and fails the run that recorded.
  @Test(
    "of a project that follows its layout, and of one that grows, say what the program says",
    arguments: ["scaffold update"])
  func session(_ command: String) throws {
    let readme = try Repository.text(of: "README.md")
    let sessions = readme.components(separatedBy: Self.fence).dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }.filter { $0.contains("$ \(command) ") }
    try #require(sessions.count == 1)
    let shell = try Shell()
    defer { shell.remove() }
    var actual = ""
    for line in sessions[0].split(separator: "\n") where line.hasPrefix("$ ") {
      let result = try shell.run(String(line.dropFirst(2)))
      actual += line + "\n" + result.output + result.errors
    }
    let written = readme.replacing(Self.fence + sessions[0], with: Self.fence + actual)
    #expect(
      try recorded(in: Repository.root.appending(path: "README.md"), found: written) == written,
      "RECORD_SNAPSHOTS=1 rewrites the session")
  }
}
