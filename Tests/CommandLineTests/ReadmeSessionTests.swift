import Foundation
import TestSupport
import Testing

@Suite("The README's sessions")
struct ReadmeSessionTests {
  private static let fence = "```console\n"

  /// A line that begins with `$ ` is run, and prints what follows. `RECORD_SNAPSHOTS=1 swift test`
  /// rewrites that, and fails the run that recorded.
  @Test("say what the program says")
  func sessions() throws {
    let readme = try Repository.text(of: "README.md")
    // One that shows no output is to be read alone.
    let sessions = readme.components(separatedBy: Self.fence).dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }.filter { $0.split(separator: "\n").contains { !$0.hasPrefix("$ ") } }
    try #require(sessions.count > 1)
    var written = readme
    for session in sessions {
      let shell = try Shell()
      defer { shell.remove() }
      var actual = ""
      for line in session.split(separator: "\n") where line.hasPrefix("$ ") {
        let result = try shell.run(String(line.dropFirst(2)))
        actual += line + "\n" + result.output + result.errors
      }
      written.replace(Self.fence + session, with: Self.fence + actual)
    }
    #expect(
      try recorded(in: Repository.root.appending(path: "README.md"), found: written) == written,
      "RECORD_SNAPSHOTS=1 rewrites the sessions")
  }
}
