import Foundation
import Testing

/// Whatever a layout says, no control or bidirectional character of it reaches a terminal.
@Suite("A text of a layout that would act on a terminal")
struct HostileTextTests {
  /// Every place of a manifest that takes a text, with `@` for the text.
  private static let places = [
    #""name": "@""#, #""summary": "@""#, #""version": "@""#, #""@": 1"#,
    #""variables": [{"name": "@", "kind": "text"}]"#,
    #""variables": [{"name": "AA", "kind": "@"}]"#,
    #""variables": [{"name": "AA", "kind": "text", "default": "@"}]"#,
    #""variables": [{"name": "AA", "kind": "text", "default": "@<<DIRECTORY>>"}]"#,
    #""variables": [{"name": "AA", "kind": "text", "default": "", "prompt": "@"}]"#,
    #""variables": [{"name": "AA", "kind": "text", "default": "", "help": "@"}]"#,
    #""variables": [{"name": "AA", "kind": "text", "default": "", "when": "AA == \"@\""}]"#,
    #""variables": [{"name": "AA", "kind": "text", "default": "a", "pattern": "@"}]"#,
    #""variables": [{"name": "AA", "kind": "text", "default": "a", "pattern": {"a": "@"}}]"#,
    #""variables": [{"name": "AA", "kind": "text", "default": "", "refuse": ["@"]}]"#,
    #""variables": [{"name": "AA", "kind": "text", "default": "", "refuse": {"": "@"}}]"#,
    #""variables": [{"name": "AA", "kind": "text", "default": "", "reserved": ["@"]}]"#,
    #""variables": [{"name": "AA", "choices": ["a", "@"], "default": "a"}]"#,
    #""variables": [{"name": "AA", "choices": {"a": "@"}, "default": "a"}]"#,
    #""variables": [{"name": "AA", "kind": "list", "of": "text", "default": "a", "unique": ["@"]}]"#,
    #""layers": [{"folder": "@"}]"#, #""layers": [{"shared": "@"}]"#,
    #""layers": [{"folder": "base", "into": "@"}]"#,
    #""layers": [{"folder": "base", "when": "\"@\" == \"a\""}]"#,
    #""layers": [{"folder": "base", "each": "@"}]"#,
    #""notes": {"a.txt": "@"}"#, #""notes": {"@": "a"}"#, #""rename": {"a.txt": "@"}"#,
    #""rename": {"@": "b"}"#, #""verbatim": ["@"]"#, #""private": ["@"]"#,
    #""once": ["@"]"#, #""moved": {"base/@": "base/a.txt"}"#, #""moved": {"base/b": "base/@"}"#,
    #""next": ["@"]"#,
    #""require": [{"that": "\"@\" == \"a\"", "message": "a"}]"#,
    #""variables": [{"name": "AA", "choices": ["a", "b"], "default": "a"}], "#
      + #""require": [{"that": "AA == b", "message": "@"}]"#,
  ]

  /// An escape sequence, a bell, a single-byte escape, and two that turn the direction of writing.
  private static let texts = [#"\u001b[2J"#, #"a\u0007"#, #"\u009b1m"#, #"\u202ea"#, #"\u2066"#]

  @Test("is shown by no command", arguments: places)
  func manifests(_ place: String) throws {
    let shell = try Shell()
    defer { shell.remove() }
    let folder = shell.directory.appending(path: "mine")
    try FileManager.default.createDirectory(
      at: folder.appending(path: "base"), withIntermediateDirectories: true)
    try Data("x".utf8).write(to: folder.appending(path: "base/a.txt"))
    for text in Self.texts {
      let member = place.replacing("@", with: text)
      var manifest = "{\(member)"
      for rest in [
        #""name": "mine""#, #""summary": "s""#, #""version": "1.0.0""#,
        #""layers": [{"folder": "base"}]"#,
      ] where !member.hasPrefix(String(rest.prefix { $0 != ":" })) { manifest += ", \(rest)" }
      try Data((manifest + "}").utf8).write(to: folder.appending(path: "layout.json"))
      let shown = try shell.run(
        """
        scaffold show ./mine; scaffold show --tree ./mine; scaffold new --layout ./mine --help
        scaffold new --layout ./mine --dry-run x; scaffold new --layout ./mine --dry-run \
          --format json x; scaffold new --layout ./mine x; scaffold list
        """)
      for text in [shown.output, shown.errors] {
        let found = text.unicodeScalars.filter { scalar in
          scalar != "\n"
            && (scalar.properties.generalCategory == .control || scalar.properties.isBidiControl)
        }
        #expect(found.isEmpty, "\(member)\n\(text.debugDescription)")
      }
      #expect(shown.errors.contains("error:"), "\(member) is accepted")
    }
  }
}
