import Console
import Foundation
import TestSupport
import Testing

@Suite("A word for a shell")
struct ShellWordTests {
  @Test(
    "is quoted where it needs it, and only there",
    arguments: [
      ("demo", "demo"), ("./a-b_c.d", "./a-b_c.d"), ("a=b", "a=b"), ("a,b:c@d%e+f", "a,b:c@d%e+f"),
      ("", "''"), ("two words", "'two words'"), ("it's", #"'it'\''s'"#), ("'", #"\'"#),
      ("=ls", "'=ls'"), ("~/x", "'~/x'"), ("$HOME", "'$HOME'"), ("a\\b", #"'a'\\'b'"#),
      ("a\\", #"'a'\\"#), (#"\\"#, #"\\\\"#), ("\\'", #"\\\'"#), ("a*", "'a*'"), ("é", "'é'"),
      ("'\u{301}x", "\\''\u{301}x'"),
    ])
  func quoted(text: String, expected: String) {
    // By bytes: Unicode calls texts equal that are none to a shell.
    #expect(Array(ShellWord.quoted(text).utf8) == Array(expected.utf8))
  }

  private static let texts: [String] = {
    let marks = (0x20...0x7E).map { String(Unicode.Scalar(UInt8($0))) }
    let words = [
      "", "-x", "--", "+1", "=ls", "==", "~", "~root", "a b", " a ", "it's", "''", "'a'", "\"a\"",
      "$HOME", "${HOME}", "$(id)", "`id`", "a\\", "\\\\", "a\\\\b", "\\'", "'\\", "\\n", "\\$",
      "*", "?", "[a]", "{a,b}", "a;b", "a&b", "a|b", "<a>", "(a)", "#a", "a#", "!a", "!!", "%1",
      "^a", "a^b", "a\tb", "a\nb", "é", "日本", "'\u{301}x", "\\\u{301}", "$\u{301}HOME", "\u{301}",
      "\u{1F600}", "a='b c'", "--name=a b", "\\\\'\\'", "'\\''", "fin\\'",
    ]
    return marks + marks.map { "a" + $0 } + marks.map { $0 + "\\" } + words
  }()

  /// Those that are installed.
  private static let shells = [
    "sh", "bash", "dash", "zsh", "fish", "mksh", "busybox", "ksh", "yash",
  ]
  .filter { name in
    ["/bin/", "/usr/bin/"].contains { FileManager.default.isExecutableFile(atPath: $0 + name) }
  }

  @Test("is that word to every shell", arguments: shells)
  func roundTrip(shell: String) throws {
    let words = Self.texts.map(ShellWord.quoted).joined(separator: " ")
    // By the program of that name, since shells' own differ.
    let script = "/usr/bin/env printf '%s\\0' \(words)"
    let result = try SpawnedProgram(
      (shell == "busybox" ? ["busybox", "sh"] : [shell]) + ["-c", script]
    ).run()
    #expect(result.code == 0)
    let found = result.output.split(separator: 0, omittingEmptySubsequences: false).dropLast()
    #expect(found.count == Self.texts.count)
    for (text, found) in zip(Self.texts, found) {
      #expect(Array(text.utf8) == Array(found), "\(text) in \(shell)")
    }
  }

  @Test("is there for the shells that every system has")
  func thereAreShells() {
    #expect(Self.shells.contains("sh") && Self.shells.contains("bash"))
  }

  @Test("makes a command with others, but none that a terminal must not be sent")
  func command() {
    #expect(ShellWord.command(["scaffold", "new", "a b"]) == "scaffold new 'a b'")
    #expect(ShellWord.command(["scaffold", "new", "a\u{1B}b"]) == nil)
    #expect(ShellWord.command(["scaffold", "\u{202E}"]) == nil)
  }
}
