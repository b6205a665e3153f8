import Documents
import Testing

@Suite("Suggestions")
struct SuggestionTests {
  @Test(
    "find the name that was probably meant",
    arguments: [
      ("layuot", "layout"), ("layot", "layout"), ("layoutt", "layout"), ("LAYOUT", "layout"),
      ("Layuot", "layout"), ("anwsers", "answers"), ("ansers", "answers"), ("drry-runn", "dry-run"),
      ("st", "set"), ("on-conflct", "on-conflict"),
    ])
  func find(name: String, expected: String) {
    let names = ["layout", "answers", "dry-run", "set", "on-conflict"]
    #expect(Suggestion.nearest(to: name, among: names) == expected)
  }

  @Test(
    "find nothing where nothing is near", arguments: ["", "x", "conf", "lot", "zzzzzz", "run"])
  func findNothing(name: String) {
    let names = ["layout", "answers", "dry-run", "set", "on-conflict", "y"]
    #expect(Suggestion.nearest(to: name, among: names) == nil)
  }

  @Test("prefer the nearest, and of equals the first")
  func preferNearest() {
    #expect(Suggestion.nearest(to: "staged", among: ["stages", "stage", "stagged"]) == "stages")
    #expect(Suggestion.nearest(to: "stage-d", among: ["stages-a", "stage-b"]) == "stage-b")
    #expect(Suggestion.nearest(to: "name", among: ["nome", "NAME"]) == "NAME")
    #expect(Suggestion.nearest(to: "name", among: [String]()) == nil)
  }
}

@Suite("Printable text")
struct PrintableTests {
  @Test(
    "shows what could trick a reader as escapes",
    arguments: [
      ("plain é😀 text", "plain é😀 text"), ("", ""), ("a\nb\rc\td", #"a\nb\rc\td"#),
      ("\u{1B}[31mred", #"\e[31mred"#), ("\0\u{7}\u{7F}", #"\u{0}\u{7}\u{7f}"#),
      ("\u{9B}31m", #"\u{9b}31m"#), ("abc\u{202E}fed", #"abc\u{202e}fed"#),
      ("\u{2066}\u{2069}\u{61C}", #"\u{2066}\u{2069}\u{61c}"#), ("\u{2028}", #"\u{2028}"#),
      // A line break and a carriage return are one `Character`.
      ("a\r\nb", #"a\r\nb"#), ("e\u{301}\u{202E}", "e\u{301}\\u{202e}"),
    ])
  func escapes(text: String, expected: String) {
    #expect(Printable.text(text).utf8.elementsEqual(expected.utf8))
  }
}

@Suite("Diagnostics")
struct DiagnosticTests {
  private func diagnostic(
    _ message: String, _ file: String? = nil, _ line: Int = 1, _ column: Int = 1
  )
    -> Diagnostic
  {
    Diagnostic(
      message, at: file.map { SourceLocation(file: $0, line: line, column: column) })
  }

  @Test("are thrown in the order of their places, those without one first, equals as they came")
  func order() throws {
    var diagnostics = Diagnostics(diagnostic("late", "b", 10, 1))
    diagnostics.add(diagnostic("first of no place"))
    diagnostics.add(diagnostic("early", "b", 9, 80))
    diagnostics.add(
      Diagnostics([diagnostic("other file", "a", 99), diagnostic("again", "b", 10, 1)]))
    diagnostics.add(diagnostic("second of no place"))
    diagnostics.add(diagnostic("column", "b", 9, 9))
    let thrown = #expect(throws: Diagnostics.self) { try diagnostics.throwIfAny() }
    #expect(
      thrown?.all.map(\.message) == [
        "first of no place", "second of no place", "other file", "column", "early", "late", "again",
      ])
  }

  @Test("are said once each")
  func once() throws {
    let twice = diagnostic("same", "b", 1, 2)
    let help = Diagnostic("same", at: twice.location, help: "other help")
    let sorted = Diagnostics([twice, diagnostic("same"), help, twice, diagnostic("same")]).sorted()
    #expect(sorted.all == [diagnostic("same"), twice, help])
  }

  @Test("are not thrown when there are none")
  func none() throws {
    #expect(Diagnostics().isEmpty)
    try Diagnostics().throwIfAny()
  }

  @Test(
    "count lines from 1 and columns in bytes from 1",
    arguments: [
      ("abc", 0, "f:1:1"), ("abc", 2, "f:1:3"), ("é!", 2, "f:1:3"), ("a\nb", 2, "f:2:1"),
      ("a\r\nb", 3, "f:2:1"), ("\n\n\n", 3, "f:4:1"), ("ab", 99, "f:1:3"),
    ])
  func places(text: String, offset: Int, expected: String) {
    let start = SourceLocation(file: "f", line: 1, column: 1)
    #expect("\(start.advanced(over: text.utf8, to: offset))" == expected)
  }

  @Test("count on from where a text begins")
  func placesInside() {
    let start = SourceLocation(file: "f", line: 5, column: 9)
    #expect("\(start.advanced(over: "abc".utf8, to: 2))" == "f:5:11")
    #expect("\(start.advanced(over: "a\nbc".utf8, to: 3))" == "f:6:2")
  }
}
