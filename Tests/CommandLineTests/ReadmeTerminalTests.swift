import Console
import TestSupport
import Testing

/// What the README says of a terminal.
@Suite("The README and the program agree on a terminal's")
struct ReadmeTerminalTests {
  private func rows(_ heading: String) throws -> [[String]] {
    try #require(MarkdownTable.first(heading, in: Repository.text(of: "README.md"))).rows
  }

  /// How a row's condition is made true: the environment, and whether the stream is a terminal.
  private static let conditions: [String: (values: [(String, String)], isTerminal: Bool)] = [
    "`NO_COLOR` is set and not empty": ([("NO_COLOR", "1")], true),
    "`FORCE_COLOR` is set and not empty": ([("FORCE_COLOR", "1")], true),
    "`CLICOLOR_FORCE` is set, not empty and not `0`": ([("CLICOLOR_FORCE", "1")], true),
    "the stream is no terminal": ([], false),
    "`CLICOLOR` is `0`": ([("CLICOLOR", "0")], true),
    "`TERM` is `dumb`": ([("TERM", "dumb")], true),
    "elsewhere": ([], true),
  ]

  @Test("colours: each row goes before those below it")
  func colours() throws {
    let rows = try self.rows("where")
    #expect(Set(rows.map { $0[0] }) == Set(Self.conditions.keys))
    for (index, row) in rows.enumerated() {
      // With each row below it alone, and with all of them.
      let below = rows[(index + 1)...].map { $0[0] }
      for others in [[]] + below.map({ [$0] }) + [below] {
        var environment: [String: String] = [:]
        var isTerminal = true
        for name in [row[0]] + others {
          let condition = try #require(Self.conditions[name])
          for (key, value) in condition.values { environment[key] = value }
          if !condition.isTerminal { isTerminal = false }
        }
        let isColoured = ColorChoice.auto.isColoured(isTerminal: isTerminal) { environment[$0] }
        #expect(isColoured == (row[1] == "always"), "\(row[0]) with \(others)")
      }
    }
  }

  @Test("variables: all that are looked at, and no others")
  func variables() throws {
    let told = try (rows("variable") + rows("where")).flatMap { MarkdownTable.code(in: $0[0]) }
    var read: Set<String> = []
    for folder in [
      "Sources/Console", "Sources/Documents", "Sources/Prompts", "Sources/scaffold/Program",
    ] {
      for file in Repository.files(below: folder, ending: ".swift") {
        let text = try Repository.text(of: file)
        for match in text.matches(of: /(?:environment\(|environment\[|isSet\()"([A-Z_]+)"/) {
          read.insert(String(match.output.1))
        }
        for match in text.matches(of: /for name in (\["LC_ALL"[^\]]*\])/) {
          for name in match.output.1.matches(of: /[A-Z_]+/) { read.insert(String(name.output)) }
        }
      }
    }
    #expect(Set(told).subtracting(["dumb", "0"]) == read)
  }
}
