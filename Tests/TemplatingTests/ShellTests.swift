import Foundation
import TestSupport
import Testing

/// Words of the filter `shell` in the shells that are there: a POSIX one always is.
@Suite struct ShellTests {
  static let shells = ["sh", "dash", "bash", "mksh", "ksh", "zsh", "fish"].filter { name in
    FileManager.default.isExecutableFile(atPath: "/usr/bin/\(name)")
      || FileManager.default.isExecutableFile(atPath: "/bin/\(name)")
  }

  static let texts = [
    "", "demo", "  blanks  ", "it's", "'", "''", "a\\", "\\", "\\\\", "\\\\\\", "a\\'b", "\\'",
    "'\\",
    "C:\\dir\\new", "a\\\\b", "$HOME", "$(id)", "`id`", "it's $5", "say \"hi\"", "a # b", "=ls",
    "~",
    "{a,b}", "*", "!x", "-n", "%x", "[a]", "a;b&c|d", "(a)", "<a>", "^", "é 日本", "\\n", "\\t",
  ]

  @Test("a shell reads the word back as it was given", arguments: shells)
  func roundTrip(_ shell: String) throws {
    let words = ShellTests.texts.map { QuotingTests.quoted($0, "shell") }
    let script = "printf '%s\\0' \(words.joined(separator: " "))"
    let result = try SpawnedProgram([shell, "-c", script]).run()
    let read = String(decoding: result.output, as: UTF8.self).split(
      separator: "\0", omittingEmptySubsequences: false)
    #expect(read.dropLast().map(String.init) == ShellTests.texts)
  }
}
