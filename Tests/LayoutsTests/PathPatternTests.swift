import Documents
import Templating
import Testing

@testable import Layouts

@Suite("A glob")
struct PathPatternTests {
  private func pattern(_ text: String) -> PathPattern {
    PathPattern(text, at: SourceLocation(file: "f", line: 1, column: 1))
  }

  @Test(
    "matches whole paths",
    arguments: [
      ("a", ["a"], ["b", "aa", "a/a", "b/a", ""]),
      ("a/b.txt", ["a/b.txt"], ["b.txt", "a/b", "x/a/b.txt"]),
      ("*.txt", ["a.txt", ".txt"], ["a/b.txt", "a.txt.bak"]),
      ("a*c", ["ac", "abc", "abbc"], ["a/c", "ab", "abcd"]),
      ("*a*b*", ["ab", "xaybz"], ["ba", "a/b"]),
      ("?", ["a", "é", "😀"], ["", "ab", "/"]),
      ("a?c/*", ["abc/x", "aéc/"], ["ac/x", "a/c/x", "abc"]),
      ("**", ["a", "a/b/c", ".env"], []),
      ("**/a", ["a", "b/a", "b/c/a"], ["a/b", "ba", "b/ba"]),
      ("a/**", ["a/b", "a/b/c"], ["a", "b/a", "ab/c"]),
      ("a/**/b", ["a/b", "a/x/b", "a/x/y/b"], ["a/xb", "ab", "x/a/b", "a/x/c"]),
      ("**/x/**", ["x/a", "a/x/b", "a/b/x/c/d"], ["x", "a/x", "ax/b"]),
      ("docs/**/*.adoc", ["docs/a.adoc", "docs/a/b.adoc"], ["docs/.txt", "a.adoc", "docs.adoc"]),
      ("**.txt", ["a.txt"], ["a/b.txt"]),
      ("a[b]", ["a[b]"], ["ab"]),
      (".*", [".env", ".gitignore"], ["env", "a/.env"]),
    ])
  func matches(text: String, good: [String], bad: [String]) throws {
    for path in good { #expect(try pattern(text).matches(path), "\(path)") }
    for path in bad { #expect(try !pattern(text).matches(path), "\(path)") }
  }

  @Test(
    "could match a path with placeholders when some text in their place makes it",
    arguments: [
      ("a.py", "<<NAME>>.py", true), ("a.txt", "<<NAME>>.py", false),
      ("src/*/x.py", "src/<<NAME>>/x.py", true), ("src/x.py", "src/<<NAME>>/x.py", false),
      ("**/x.py", "<<NAME|snake>>/x.py", true), ("**/x.py", "<<NAME>>", true),
      ("a/**/x.py", "a/<<NAME>>", true), ("a/b/c", "<<NAME>>", false),
      ("a/b", "<<AA>>/<<BB>>", true),
      ("a/b", "<<AA>><<BB>>", false), ("ab", "<<AA>><<BB>>", true), ("??", "<<AA>>", true),
      ("a*", "<<AA>>b", true), ("docs/**", "docs/<<AA>>/<<BB>>.md", true),
      ("a<b", "a<b", true), ("a<<b/c>>d", "a<<b/c>>d", true),
      ("<<X>>/a", "<<@\"<<X>>\">>/a", true), ("b/a", "<<@\"<<X>>\">>/a", false),
    ])
  func couldMatch(text: String, path: String, expected: Bool) throws {
    let names = Declarations(["NAME": .text, "AA": .text, "BB": .text])
    #expect(try pattern(text).couldMatch(PathPattern.candidate(for: path, names)) == expected)
  }

  @Test(
    "with placeholders matches what they give, which is no wildcard",
    arguments: [
      ("config/<<NAME>>.env", "config/a*b.env", true),
      ("config/<<NAME>>.env", "config/aXb.env", false),
      ("**/<<NAME>>.*", "x/y/a*b.txt", true), ("<<NAME|snake>>/*", "a_b/x", true),
      ("<<AA>>", "x", false), ("<<@\"<<X>>\">>", "<<X>>", true), ("<<@\"*\">>", "x", true),
    ])
  func placeholders(text: String, path: String, expected: Bool) throws {
    let place = SourceLocation(file: "f", line: 1, column: 1)
    let template = try Template(
      parsing: Array(text.utf8), at: place, in: .name,
      declarations: Declarations(["NAME": .text, "AA": .text]))
    let pattern = PathPattern(text, at: place, template)
    // AA is the item of a layer that the file is not in.
    #expect(try pattern.matches(path, in: Scope(["NAME": .text("a*b")])) == expected)
  }

  @Test("takes no more than the product of both lengths")
  func isQuick() throws {
    let hostile =
      String(repeating: "*a", count: 40) + "/" + String(repeating: "**/a*/", count: 10) + "b"
    let path = String(repeating: "a", count: 500) + String(repeating: "/aaaa", count: 80)
    #expect(try !pattern(hostile).matches(path))
  }
}

extension PathPattern {
  /// Within any budget.
  fileprivate func matches(_ path: String, in scope: Scope = Scope()) throws -> Bool {
    var budget = Budget()
    return try matches(path, in: scope, spending: &budget)
  }

  fileprivate func couldMatch(_ path: Candidate) throws -> Bool {
    var budget = Budget()
    return try couldMatch(path, spending: &budget)
  }
}
