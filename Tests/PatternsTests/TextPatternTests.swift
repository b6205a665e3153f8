import Documents
import Testing

@testable import Patterns

@Suite("A pattern")
struct TextPatternTests {
  private func matches(_ pattern: String, _ text: String) throws -> Bool {
    var budget = Budget()
    return try TextPattern(parsing: pattern).matches(text, spending: &budget)
  }

  @Test(
    "matches whole texts",
    arguments: [
      ("", [""], ["a"]),
      ("abc", ["abc"], ["", "ab", "abcd", "xabc"]),
      ("a|ab|", ["a", "ab", ""], ["b", "aba"]),
      ("(a|b)c", ["ac", "bc"], ["c", "abc"]),
      ("(?:a|b)*c", ["c", "abac"], ["ab", "ca"]),
      ("ab?", ["a", "ab"], ["abb", "b"]),
      ("ab*", ["a", "abbb"], ["b"]),
      ("ab+", ["ab", "abbb"], ["a"]),
      ("a{3}", ["aaa"], ["aa", "aaaa"]),
      ("a{2,}", ["aa", "aaaaa"], ["a"]),
      ("a{1,3}", ["a", "aa", "aaa"], ["", "aaaa"]),
      ("a{0}b{0,1}", ["", "b"], ["a", "bb"]),
      ("(ab){2}", ["abab"], ["ab", "aabb"]),
      ("(a?){3}", ["", "a", "aaa"], ["aaaa"]),
      ("(a?)*b", ["b", "aab"], ["a"]),
      (".", ["a", "é", "日", " "], ["", "ab"]),
      ("[a-cx]", ["a", "b", "c", "x"], ["d", "-", ""]),
      ("[^a-c]", ["d", "日"], ["a", "", "dd"]),
      ("[a-]", ["a", "-"], ["b"]),
      ("[.-]+", [".-."], ["a"]),
      (#"[\]\\^-]"#, ["]", "\\", "^", "-"], ["a"]),
      (#"[\d_]+"#, ["12_"], ["a", "²"]),
      (#"\w+\s\d"#, ["aZ_9 1"], ["é 1", "a1"]),
      (#"a\.b\(\)\|"#, ["a.b()|"], ["axb()|"]),
      ("^a$", ["a"], ["^a$", "ab"]),
      ("(^a|b)+$", ["a", "ab", "bb"], ["ba", "a$"]),
      ("a$b|^", [""], ["a$b", "ab"]),
      ("é", ["é"], ["e"]),
      ("}", ["}"], [""]),
      ("]", ["]"], [""]),
    ] as [(String, [String], [String])])
  func matching(pattern: String, some: [String], others: [String]) throws {
    for text in some { #expect(try matches(pattern, text), "\(text)") }
    for text in others { #expect(try !matches(pattern, text), "\(text)") }
  }

  @Test(
    "that is none says why",
    arguments: [
      ("(a", "has a “(” that is not closed"),
      ("a)", "has a “)” that closes nothing"),
      ("[a", "has a “[” that is not closed"),
      ("[", "has a “[” that is not closed"),
      ("[]", "has an empty class"),
      ("[[:alpha:]]", "has a “[” within a class; the character itself is “\\[”"),
      ("[z-a]", "has a range whose end is before its beginning"),
      (#"[\d-z]"#, "has a range whose end is before its beginning"),
      ("*a", "repeats nothing; the character itself needs a “\\” before it"),
      ("a|+", "repeats nothing; the character itself needs a “\\” before it"),
      ("{2}", "repeats nothing; the character itself needs a “\\” before it"),
      ("a{", "has a “{” without a number; the character itself is “\\{”"),
      ("a{x}", "has a “{” without a number; the character itself is “\\{”"),
      ("a{1", "has a “{” that is not closed"),
      ("a{2,1}", "has a repetition whose end is before its beginning"),
      ("a{1001}", "repeats something more than 1000 times"),
      ("a{99999999999999999999}", "repeats something more than 1000 times"),
      ("a**", "repeats a repetition; a repetition within another one needs parentheses"),
      ("a+?", "repeats a repetition; a repetition within another one needs parentheses"),
      ("a{2}{3}", "repeats a repetition; a repetition within another one needs parentheses"),
      ("(?=a)", "has a group that begins with “(?”; groups only hold parts together"),
      ("(?<n>a)", "has a group that begins with “(?”; groups only hold parts together"),
      (#"(a)\1"#, "has the unknown escape “\\1”; there are \\d, \\w and \\s"),
      (#"\p{L}"#, "has the unknown escape “\\p”; there are \\d, \\w and \\s"),
      ("\\", "ends with “\\”"),
      ("(a{100}){51}", "is too long with its repetitions written out"),
      ("((){100}){100}", "is too long with its repetitions written out"),
      (String(repeating: "(", count: 51), "has groups more than 50 deep"),
      (String(repeating: "a", count: 1001), "is longer than 1000 characters"),
    ])
  func refused(pattern: String, expected: String) {
    do {
      _ = try TextPattern(parsing: pattern)
      Issue.record("it is one")
    } catch {
      #expect(error.message == expected)
    }
  }

  @Test(
    "takes steps in proportion to the value",
    arguments: ["[a-z]+(/[a-z]+)*", "(a|b)*c", ".{1,900}", "a+b?a{2,}"])
  func linear(pattern: String) throws {
    func steps(_ count: Int) throws -> Int {
      var budget = Budget()
      _ = try TextPattern(parsing: pattern)
        .matches(String(repeating: "a", count: count), spending: &budget)
      return Budget().left(of: .steps) - budget.left(of: .steps)
    }
    let (hundred, thousand) = (try steps(100), try steps(1000))
    #expect(thousand < 11 * hundred)
  }

  @Test("of whatever characters is refused or ends", arguments: 0..<20)
  func random(_ seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func next(_ count: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(count))
    }
    let parts = ["a", "b", "[", "]", "|", "*", "+", "?", "{2,3}", ".", "^", "$", "\\d", "-"]
    for _ in 0..<200 {
      let pattern = (0..<next(12)).map { _ in parts[next(parts.count)] }.joined()
      let text = (0..<next(30)).map { _ in ["a", "b", "1"][next(3)] }.joined()
      _ = try? matches(pattern, text)
    }
  }

  @Test("ends where a value and a pattern together are too long")
  func tooMuchWork() throws {
    let pattern = try TextPattern(parsing: "[a-d]*[a-c]{0,900}")
    var budget = Budget(fraction: 100)
    let overrun = budget.overrun(of: .steps)
    #expect(throws: overrun) {
      _ = try pattern.matches(
        String(repeating: "a", count: 5000), spending: &budget)
    }
  }
}
