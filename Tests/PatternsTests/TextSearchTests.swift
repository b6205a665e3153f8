import Documents
import TestSupport
import Testing

@testable import Patterns

@Suite("A search")
struct TextSearchTests {
  private func search(
    _ pattern: String, _ captures: [String: String]? = nil
  ) throws -> TextSearch {
    TextSearch(try TextPattern(parsing: pattern, captures: captures.map { all in { all[$0] } }))
  }

  /// `line:column text` of each place.
  private func found(
    _ pattern: String, _ text: String, upTo most: Int = .max
  ) throws -> [String] {
    var budget = Budget()
    let bytes = Array(text.utf8)
    let search = try search(pattern)
    let matches = try bytes.withUnsafeBufferPointer { bytes throws(Overrun) in
      try search.matches(in: bytes, upTo: most, spending: &budget)
    }
    return matches.map { match in
      let shown = String(decoding: bytes[match.range], as: UTF8.self)
      return "\(match.line):\(match.column) \(shown)"
    }
  }

  @Test(
    "finds the places in lines, in bytes",
    arguments: [
      (
        #"\b4[0-9]{4}\b"#, "a: 40001\nb: 140002 4000 40003,40004",
        ["1:4 40001", "2:16 40003", "2:22 40004"]
      ),
      ("b", "abab\nb", ["1:2 b", "1:4 b", "2:1 b"]),
      ("^b", "abab\nb\nbb", ["2:1 b", "3:1 b"]),
      ("b$", "bab\r\nb \nb", ["1:3 b", "3:1 b"]),
      ("^$", "a\n\nb\n", ["2:1 "]),
      (#"\s+$"#, "a \t\nb\n c", ["1:2  \t"]),
      ("é+.", "xéé日", ["1:2 éé日"]),
      ("[^a-z]", "aéb", ["1:2 é"]),
      ("[α-ω]{2}", "aβγδ", ["1:2 βγ"]),
      ("[0-9]+", "a123b4", ["1:2 123", "1:6 4"]),
      ("foo|food", "seafood", ["1:4 food"]),
      (#"\bport\b"#, "port ports\nport", ["1:1 port", "2:1 port"]),
      (#"a\b.b"#, "a-b aab", ["1:1 a-b"]),
      ("(ab|a)(c|bcd)?", "abcd", ["1:1 abcd"]),
      (".*", "ab\nc", ["1:1 ab", "2:1 c"]),
      ("a.*b", "a\nb", []),
      ("x", "", []),
      ("a{2}", "aaaaa", ["1:1 aaaa"]),
      ("PORT=", "A=1\nA_PORT=2\n\nPORT=3\n", ["2:3 PORT=", "4:1 PORT="]),
    ] as [(String, String, [String])])
  func places(pattern: String, text: String, expected: [String]) throws {
    #expect(try found(pattern, text) == expected)
  }

  @Test("stops where enough is found")
  func most() throws {
    #expect(try found("a", "a b a\na", upTo: 2) == ["1:1 a", "1:5 a"])
  }

  @Test("knows what captures stand for, as it is")
  func captures() throws {
    var budget = Budget()
    let search = try search(#"^{NAME}={2}x?{NAME}+$"#, ["NAME": "a.b"])
    func isFound(_ text: String) throws -> Bool {
      var text = text
      return try text.withUTF8 { bytes throws(Overrun) in
        try search.isFound(inLine: bytes, spending: &budget)
      }
    }
    #expect(try isFound("a.b==a.b"))
    #expect(try isFound("a.b==xa.ba.b"))
    #expect(try !isFound("a.b==axb"))
    #expect(throws: TextPattern.Fault.self) { try self.search("{NAM}", ["NAME": "a"]) }
    #expect(throws: TextPattern.Fault.self) { try self.search("{NAME}") }
  }

  @Test("tells where pieces end that match as a whole")
  func ends() throws {
    var budget = Budget()
    func ends(_ pattern: String, _ text: String) throws -> [Int] {
      let search = try search(pattern)
      var text = text
      return try text.withUTF8 { bytes throws(Overrun) in
        try search.ends(in: bytes, spending: &budget)
      }
    }
    #expect(try ends("[0-9]+", "12a") == [1, 2])
    #expect(try ends("a|abc", "abcd") == [1, 3])
    #expect(try ends("", "ab") == [0])
    #expect(try ends("b", "ab") == [])
  }

  /// Beside Swift's own engine, where both mean the same.
  @Test("finds the first place that others find", arguments: 0..<40)
  func others(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let parts = [
      "a", "b", "é", ".", "[ab]", "[^a]", "(a|b)", "(ab|)", "a*", "b+", "(a|éb)?", "[a-é]{1,2}",
      "^",
      "$", "(?:b|$)",
    ]
    for _ in 0..<100 {
      let pattern = (0..<Int.random(in: 1...5, using: &random))
        .map { _ in parts.randomElement(using: &random) ?? "a" }.joined()
      let text = (0..<Int.random(in: 0...9, using: &random))
        .map { _ in ["a", "b", "é", "c"].randomElement(using: &random) ?? "a" }.joined()
      let other = try Regex(pattern).matchingSemantics(.unicodeScalar)
      let expected = text.firstMatch(of: other).map {
        text.utf8.distance(from: text.startIndex, to: $0.range.lowerBound) + 1
      }
      var budget = Budget()
      let search = try search(pattern)
      var copy = text
      let match = try copy.withUTF8 { bytes throws(Overrun) in
        try search.matches(in: bytes, spending: &budget).first
      }
      // An empty text has no line.
      if !text.isEmpty { #expect(match?.column == expected, "\(pattern) in \(text)") }
    }
  }

  /// What is looked up is not counted: it is at most a few looks at each byte.
  @Test(
    "works out no more in a long text than in a short one",
    arguments: [
      ("[a-z]+[=:][a-z]+$", "ab "), ("(a|b)*[cd]", "ab"), ("a.*b.*c", "ab"), (#"\bx{3}\b"#, "x x"),
      ("(a?){20}a{20}", "a"),
    ])
  func linear(pattern: String, piece: String) throws {
    func steps(_ count: Int) throws -> Int {
      var budget = Budget()
      let bytes = Array(String(repeating: piece, count: count).utf8)
      let search = try search(pattern)
      try bytes.withUnsafeBufferPointer { bytes throws(Overrun) in
        _ = try search.matches(in: bytes, spending: &budget)
      }
      return Budget().left(of: .steps) - budget.left(of: .steps)
    }
    let (short, long) = (try steps(500), try steps(5000))
    #expect(long <= 2 * short)
  }

  /// Each state of it is a set of some of 300 places, of which texts at random give ever new ones.
  @Test("takes steps in proportion to a text whose states are all new")
  func manyStates() throws {
    func steps(_ count: Int) throws -> Int {
      var random = SeededGenerator(seed: 7)
      var budget = Budget(multiple: 64)
      let bytes = (0..<count).map { _ in UInt8(ascii: Bool.random(using: &random) ? "a" : "b") }
      let search = try search("[cd](a|b){300}a")
      try bytes.withUnsafeBufferPointer { bytes throws(Overrun) in
        #expect(try search.matches(in: bytes, spending: &budget).isEmpty)
      }
      return Budget(multiple: 64).left(of: .steps) - budget.left(of: .steps)
    }
    let (short, long) = (try steps(1000), try steps(10_000))
    #expect(short > 100_000)
    #expect(long < 12 * short)
  }

  @Test("ends where a text and a pattern together are too much")
  func tooMuchWork() throws {
    var random = SeededGenerator(seed: 7)
    let bytes = (0..<10_000).map { _ in UInt8(ascii: Bool.random(using: &random) ? "a" : "b") }
    var budget = Budget(fraction: 100)
    let search = try search("[cd](a|b){300}a")
    #expect(throws: budget.overrun(of: .steps)) {
      try bytes.withUnsafeBufferPointer { bytes throws(Overrun) in
        _ = try search.matches(in: bytes, spending: &budget)
      }
    }
  }

  @Test(
    "knows what a match holds in any case",
    arguments: [
      ("abc", "abc"), ("a[bc]def?", "de"), (#"\b_PORT=[0-9]+"#, "_PORT="), ("(ab)+c", "ab"),
      ("(ab){1}c", "abc"), ("a|b", ""), ("x*", ""), ("é日?", "é"),
    ])
  func literals(pattern: String, expected: String) throws {
    #expect(try TextPattern(parsing: pattern).literal == Array(expected.utf8))
  }
}
