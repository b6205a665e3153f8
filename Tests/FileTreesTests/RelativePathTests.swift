import Testing

@testable import FileTrees

@Suite("A relative path")
struct RelativePathTests {
  /// A string that is no path, and a part of the reason that is given.
  struct Refusal: Sendable, CustomTestStringConvertible {
    var path: String
    var reason: String
    var testDescription: String { path.debugDescription }

    init(_ path: String, _ reason: String) {
      self.path = path
      self.reason = reason
    }
  }

  static let refusals = [
    Refusal("", "is empty"),
    Refusal("/etc/passwd", "is absolute"),
    Refusal("/", "is absolute"),
    Refusal("~", "begins with “~”"),
    Refusal("~root/x", "begins with “~”"),
    Refusal(".", "the component “.”"),
    Refusal("./a", "the component “.”"),
    Refusal("a/./b", "the component “.”"),
    Refusal("..", "the component “..”"),
    Refusal("a/../../b", "the component “..”"),
    Refusal("a/..", "the component “..”"),
    Refusal("a//b", "an empty component"),
    Refusal("a/", "an empty component"),
    Refusal("a\\b", "a backslash"),
    Refusal("..\\b", "a backslash"),
    Refusal("C:", "a colon"),
    Refusal("a:stream", "a colon"),
    Refusal("a\0b", "a NUL"),
    Refusal("a\nb", "a control character"),
    Refusal("a\r\nb", "a control character"),
    Refusal("a\u{1B}[31m", "a control character"),
    Refusal("a\u{7F}", "a control character"),
    Refusal("a\u{85}", "a control character"),
    Refusal("a\u{202E}gpj.exe", "a bidirectional control character"),
    Refusal("a\u{2066}b", "a bidirectional control character"),
    Refusal("a\u{200F}", "a bidirectional control character"),
    Refusal("a\u{61C}", "a bidirectional control character"),
    Refusal("a\u{2028}b", "a line separator"),
    Refusal("a\u{2029}b", "a line separator"),
    Refusal("a.", "ends with a dot or a space"),
    Refusal("a...", "ends with a dot or a space"),
    Refusal("a /b", "ends with a dot or a space"),
    Refusal("...", "ends with a dot or a space"),
    Refusal(" ", "ends with a dot or a space"),
    Refusal(String(repeating: "a", count: 256), "more than 255 bytes"),
    Refusal(String(repeating: "é", count: 128), "more than 255 bytes"),
    Refusal(String(repeating: "abcdefg/", count: 128) + "a", "longer than 1024 bytes"),
    Refusal("a/\u{301}b", "begins with a combining character"),
    Refusal("\u{301}", "begins with a combining character"),
    Refusal("..\u{301}/../\u{301}b", "the component “..”"),
    Refusal(".git", "git takes for its own directory"),
    Refusal(".git/hooks/post-checkout", "git takes for its own directory"),
    Refusal("sub/.GIT", "git takes for its own directory"),
    Refusal(".Git/config", "git takes for its own directory"),
    Refusal("git~1", "git takes for its own directory"),
    Refusal("GIT~1/config", "git takes for its own directory"),
    Refusal(".git.", "ends with a dot or a space"),
    Refusal(".git ", "ends with a dot or a space"),
    Refusal(".git::$INDEX_ALLOCATION", "a colon"),
    Refusal(".g\u{200C}it", "git takes for its own directory"),
    Refusal("\u{200D}.git", "begins with a combining character"),
    Refusal("\u{206A}.git", "git takes for its own directory"),
    Refusal("\u{FEFF}.git", "git takes for its own directory"),
    Refusal(".gi\u{206C}t", "git takes for its own directory"),
    Refusal("git\u{200C}~1", "git takes for its own directory"),
    Refusal("con", "is a device on Windows"),
    Refusal("a/NUL", "is a device on Windows"),
    Refusal("aux.c", "is a device on Windows"),
    Refusal("Prn.tar.gz", "is a device on Windows"),
    Refusal("nul .txt", "is a device on Windows"),
    Refusal("con.\u{301}txt", "is a device on Windows"),
    Refusal("COM1", "is a device on Windows"),
    Refusal("com0.log", "is a device on Windows"),
    Refusal("lpt9/x", "is a device on Windows"),
    Refusal("COM¹.txt", "is a device on Windows"),
    Refusal("lpt³", "is a device on Windows"),
    Refusal("CONIN$", "is a device on Windows"),
    Refusal("conout$.x", "is a device on Windows"),
  ]

  @Test("is refused with the rule that it breaks", arguments: refusals)
  func refuses(_ refusal: Refusal) {
    let error = #expect(throws: PathError.self) {
      try RelativePath(validating: refusal.path)
    }
    #expect(error?.reason.contains(refusal.reason) == true, "\(error?.reason ?? "accepted")")
    #expect(error?.path == refusal.path)
  }

  @Test(
    "may hold anything else",
    arguments: [
      "a", "a/b/c", ".gitignore", ".gitkeep", ".github/workflows/ci.yml", "git", "git~2", "git~10",
      ".gitmodules", "..a", "...a", "a..b", "a~", "a/~b", ".env", "with space/and more.txt",
      "console.log", "com", "com10", "coma", "lpt", "auxiliary.c", "nulls", "null", "com¹¹",
      "Ünïcode/日本語/🙂.txt", "e\u{301}", "a\u{200D}b", "-rf", "$HOME", "*", "a?b", "'\"",
      "<<NAME>>", "%2e%2e", "．git", "COM.1", "x.con", "conin", "prn\u{301}.c", "&", "#",
    ])
  func accepts(_ string: String) throws {
    #expect(try RelativePath(validating: string).string.utf8.elementsEqual(string.utf8))
  }

  @Test("may have components of 255 bytes and 1024 bytes in all")
  func acceptsTheLongest() throws {
    let components = Array(repeating: String(repeating: "a", count: 255), count: 4)
    let path = components.joined(separator: "/")
    #expect(try RelativePath(validating: path).components == components)
    let longest = String(repeating: "abcdefg/", count: 127) + "abcdefgh"
    #expect(try RelativePath(validating: longest).string.utf8.count == 1024)
  }

  @Test("tells composed from decomposed letters, as most disks do")
  func comparesByBytes() throws {
    let composed = try RelativePath(validating: "caf\u{E9}")
    let decomposed = try RelativePath(validating: "cafe\u{301}")
    #expect(composed.string == decomposed.string)
    #expect(composed != decomposed)
    #expect(Set([composed, decomposed]).count == 2)
    #expect(decomposed < composed)
    #expect(!(composed < decomposed))
  }

  @Test("is equal to a path with the same bytes, however it was made")
  func equalsByBytes() throws {
    let whole = try RelativePath(validating: "a/b/c")
    let made = try RelativePath(validating: "b").appending("c")
      .under(RelativePath(validating: "a"))
    let sliced = try #require(RelativePath(validating: "a/b/c/d").parent)
    #expect(whole == made && whole == sliced)
    #expect(Set([whole, made, sliced]).count == 1)
  }

  @Test("sorts by bytes")
  func sorts() throws {
    let sorted = try ["é", "b", "a/b", "a", "a.b", "B", "日"].map(RelativePath.init(validating:))
      .sorted().map(\.string)
    #expect(sorted == ["B", "a", "a.b", "a/b", "b", "é", "日"])
  }

  @Test("knows its components, its name and its parent")
  func takesApart() throws {
    let path = try RelativePath(validating: "src/cafe\u{301}/main.swift")
    let components = ["src", "cafe\u{301}", "main.swift"]
    #expect(path.components.map { Array($0.utf8) } == components.map { Array($0.utf8) })
    #expect(path.name == "main.swift")
    #expect(try path.parent == RelativePath(validating: "src/cafe\u{301}"))
    #expect(path.parent?.parent?.parent == .root)
    #expect(path.description == "src/cafe\u{301}/main.swift")
  }

  @Test("that is the root has no parent, no name and no components")
  func hasARoot() throws {
    #expect(RelativePath.root.isRoot)
    #expect(RelativePath.root.parent == nil)
    #expect(RelativePath.root.name.isEmpty)
    #expect(RelativePath.root.components.isEmpty)
    #expect(RelativePath.root.description == ".")
    let path = try RelativePath(validating: "a")
    #expect(!path.isRoot)
    #expect(path.parent == .root)
  }

  @Test("can be put below a directory, the root being none")
  func goesUnder() throws {
    let (a, b) = try (RelativePath(validating: "a/x"), RelativePath(validating: "b"))
    #expect(b.under(a).string == "a/x/b")
    #expect(b.under(.root) == b)
    #expect(RelativePath.root.under(b) == b)
    #expect(RelativePath.root.under(.root) == .root)
  }

  @Test(
    "takes one more component only if that is safe",
    arguments: ["", ".", "..", "a/b", "/", ".git", "nul", "a:b", "\u{301}", "a\\b"])
  func refusesComponents(_ component: String) throws {
    let path = try RelativePath(validating: "a")
    #expect(try path.appending("b.c").string == "a/b.c")
    #expect(try RelativePath.root.appending("b").string == "b")
    #expect(throws: PathError.self) { try path.appending(component) }
  }

  @Test(
    "is held to the same rules in one piece and component by component",
    arguments: ["~", "~x", "~x/y", "x/~y", "x/~", "a/b", ".git/x", "a/nul", "a//b", "\u{301}/a"])
  func rulesAgree(_ text: String) {
    let whole = (try? RelativePath(validating: text))?.string
    let components = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let pieces = try? components.reduce(RelativePath.root) { try $0.appending($1) }
    #expect(whole == pieces?.string)
    #expect(
      (whole == nil) == ["~", "~x", "~x/y", ".git/x", "a/nul", "a//b", "\u{301}/a"].contains(text))
  }

  @Test("is refused in words that name it")
  func describesRefusals() {
    let error = #expect(throws: PathError.self) { try RelativePath(validating: "a/../b") }
    #expect(error?.description == "the path “a/../b” has the component “..”")
  }

  @Test(
    "overlaps itself, and what it holds or is held by",
    arguments: [
      ("a", "a", true), ("a", "a/b", true), ("a/b", "a/b/c/d", true), ("a", "ab", false),
      ("a/b", "a/c", false), ("a/b", "b", false), ("ab/c", "a", false),
    ])
  func overlaps(one: String, other: String, expected: Bool) throws {
    let (one, other) = (
      try RelativePath(validating: one), try RelativePath(validating: other)
    )
    #expect(one.overlaps(other) == expected)
    #expect(other.overlaps(one) == expected)
    #expect(RelativePath.root.overlaps(one))
    #expect(one.overlaps(.root))
  }
}
