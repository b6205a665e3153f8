import Documents
import TestSupport
import Testing

@Suite("The JSON parser")
struct JSONParserTests {
  @Test(
    "reads every kind of value",
    arguments: [
      ("null", "null"), ("true", "true"), ("false", "false"),
      ("0", "0"), ("-0", "0"), ("-12", "-12"), ("9223372036854775807", "9223372036854775807"),
      ("9223372036854775808", #""decimal 9223372036854775808""#),
      ("1.50", #""decimal 1.50""#), ("1e5", #""decimal 1e5""#), ("-1.2E-3", #""decimal -1.2E-3""#),
      (#""""#, #""""#), ("\"é😀\"", "\"é😀\""),
      ("[]", "[]"), ("{}", "{}"), ("[[], {}]", "[[], {}]"),
      (#"{"b": 1, "a": [2]}"#, #"{ "b": 1, "a": [2] }"#),
    ])
  func readsValues(text: String, expected: String) {
    #expect(outcome(text) == expected)
  }

  @Test(
    "reads the liberties of JSON with comments",
    arguments: [
      ("[1, 2,]", "[1, 2]"), (#"{"a": 1,}"#, #"{ "a": 1 }"#),
      ("// first\n1 // last", "1"), ("/* a */[/**/1/* * / */]/***/", "[1]"),
      ("\u{FEFF}{}", "{}"), (" \t\r\n1\r\n", "1"),
      ("{ // note\r\n\"a\" /* b */ : // c\n 1 }", #"{ "a": 1 }"#),
    ])
  func readsLiberties(text: String, expected: String) {
    #expect(outcome(text) == expected)
  }

  @Test(
    "reads every escape",
    arguments: [
      (#""\" \\ \/ \b \f \n \r \t""#, "\" \\ / \u{8} \u{C} \n \r \t"),
      (#""\u0041\u00e9\u00E9\u2028""#, "Aéé\u{2028}"),
      (#""\ud83d\ude00""#, "😀"), (#""\uDBFF\uDFFF""#, "\u{10FFFF}"), (#""\u0000""#, "\0"),
      (#""é\t€\n😀""#, "é\t€\n😀"),
    ])
  func readsEscapes(text: String, expected: String) throws {
    guard case .string(let found) = try parsed(text).value else {
      Issue.record("no string")
      return
    }
    #expect(found.utf8.elementsEqual(expected.utf8))
  }

  @Test(
    "says where a text is at fault",
    arguments: [
      ("", "f:1:1: expected a value, found the end of the text"),
      (" \n // only this", "f:2:14: expected a value, found the end of the text"),
      ("[1 2]", "f:1:4: expected “,” or “]”"),
      ("[1,,2]", "f:1:4: expected a value"),
      ("[,]", "f:1:2: expected a value"),
      ("[1", "f:1:3: expected “,” or “]”"),
      ("[1,", "f:1:4: expected a value, found the end of the text"),
      ("{,}", "f:1:2: expected a key in quotes, or “}”"),
      ("{a: 1}", "f:1:2: expected a key in quotes, or “}”"),
      (#"{"a" 1}"#, "f:1:6: expected “:” after the key “a”"),
      (#"{"a":}"#, "f:1:6: expected a value"),
      (#"{"a": 1 "b": 2}"#, "f:1:9: expected “,” or “}”"),
      ("{\n  \"a\": 1\n  \"b\": 2\n}", "f:3:3: expected “,” or “}”"),
      ("1 2", "f:1:3: unexpected text after the document"),
      ("{} {}", "f:1:4: unexpected text after the document"),
      ("[yes]", "f:1:2: expected a value, found “yes” without quotes"),
      ("True", "f:1:1: expected a value, found “True” without quotes"),
      ("['a']", "f:1:2: expected a value"),
      ("/* open\n", "f:1:1: a comment is never closed"),
      ("[1 /*/ 2]", "f:1:4: a comment is never closed"),
      ("[1 / 2]", "f:1:4: unexpected “/”; a comment begins with “//” or “/*”"),
      ("\"é\" x", "f:1:6: unexpected text after the document"),
    ])
  func placesFaults(text: String, expected: String) {
    #expect(outcome(text) == expected)
  }

  @Test(
    "says where a string is at fault",
    arguments: [
      (#"["a"#, "f:1:2: a string is never closed"),
      (#"["a\"#, "f:1:2: a string is never closed"),
      ("[\"a\n\"]", "f:1:2: a string is not closed on its line"),
      ("[\"a\r\n\"]", "f:1:2: a string is not closed on its line"),
      ("[\"a\tb\"]", "f:1:4: a string holds a control character; write it as an escape"),
      ("[\"\0\"]", "f:1:3: a string holds a control character; write it as an escape"),
      (#"["ab\x"]"#, "f:1:5: unknown escape in a string"),
      (#"["\u00g0"]"#, "f:1:3: expected four hexadecimal digits after “\\u”"),
      (#"["\u00"]"#, "f:1:3: expected four hexadecimal digits after “\\u”"),
      (#"["\ud800"]"#, "f:1:3: half of a surrogate pair in a string"),
      (#"["\udc00\ud800"]"#, "f:1:3: half of a surrogate pair in a string"),
      (#"["\ud800\u0041"]"#, "f:1:3: half of a surrogate pair in a string"),
      (#"["\ud800x"]"#, "f:1:3: half of a surrogate pair in a string"),
    ])
  func placesFaultsOfStrings(text: String, expected: String) {
    #expect(outcome(text) == expected)
  }

  @Test(
    "says where a number is at fault",
    arguments: [
      "-", "01", "-01", "1.", "1.e5", "1e", "1e+", "--1", "-a", "00",
    ])
  func placesFaultsOfNumbers(text: String) {
    #expect(outcome("[0, \(text)]") == "f:1:5: malformed number")
  }

  @Test(
    "takes no other shape for a number",
    arguments: ["+1", ".5", "0x10", "1_000", "Infinity", "NaN"])
  func refusesOtherNumbers(text: String) {
    #expect(outcome("[\(text)]").hasPrefix("f:1:"))
  }

  @Test("says that a string is not UTF-8")
  func refusesInvalidUTF8() {
    #expect(outcome([0x5B, 0x22, 0xFF, 0x22, 0x5D]) == "f:1:2: the string is not UTF-8")
    // An overlong slash, and half of a surrogate pair.
    #expect(outcome([0x22, 0xC0, 0xAF, 0x22]) == "f:1:1: the string is not UTF-8")
    #expect(outcome([0x22, 0xED, 0xA0, 0x80, 0x22]) == "f:1:1: the string is not UTF-8")
  }

  @Test("goes a hundred levels deep and no deeper")
  func limitsNesting() {
    func nested(_ depth: Int, _ open: String, _ close: String) -> String {
      String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
    }
    #expect(outcome(nested(100, "[", "]")) == nested(100, "[", "]"))
    #expect(
      outcome(nested(101, "[", "]")) == "f:1:101: the document is nested more than 100 deep")
    #expect(
      outcome(nested(101, #"{"a":"#, "}"))
        == "f:1:501: the document is nested more than 100 deep")
    // Hostile depth is refused before it can fill the stack.
    #expect(outcome(String(repeating: "[", count: 1_000_000)).hasSuffix("more than 100 deep"))
    // Depth is counted along one branch, not over the document.
    for sibling in ["[]", "{}"] {
      let text = "[" + String(repeating: sibling + ",", count: 500) + "]"
      #expect(outcome(text).hasPrefix("[\(sibling), "))
    }
  }

  @Test("keeps keys that stand twice, in order")
  func keepsDuplicateKeys() {
    #expect(outcome(#"{"a": 1, "b": 2, "a": 3}"#) == #"{ "a": 1, "b": 2, "a": 3 }"#)
  }

  @Test("remembers where each value and key stands")
  func remembersPlaces() throws {
    let text = "{\n  \"é\": [10,\n    \"x\"]\n}"
    let document = try JSONDocument(parsing: Array(text.utf8), file: "f")
    guard case .object(let members) = document.root.value,
      case .array(let items) = members[0].value.value
    else {
      Issue.record("not as written")
      return
    }
    #expect("\(document.location(of: document.root))" == "f:1:1")
    #expect("\(document.location(at: members[0].keyOffset))" == "f:2:3")
    #expect("\(document.location(of: members[0].value))" == "f:2:9")
    #expect("\(document.location(of: items[1]))" == "f:3:5")
    #expect("\(document.locationOfText(in: items[1]))" == "f:3:6")
  }

  @Test("never crashes on what is no JSON, and answers twice alike", arguments: 0..<20)
  func survivesRandomInput(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let pieces = [
      "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "d83d", "\\ude00", "//", "/*", "*/", "\n",
      "true", "nul", "-", "0", "12", ".", "e", "+", "é", "\u{FEFF}", " ", "\"a\"", "\0", "\u{7F}",
    ]
    for _ in 0..<200 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0..<30, using: &generator) {
        if Int.random(in: 0..<8, using: &generator) == 0 {
          bytes.append(UInt8.random(in: 0...255, using: &generator))
        } else if let piece = pieces.randomElement(using: &generator) {
          bytes += piece.utf8
        }
      }
      let first = outcome(bytes)
      #expect(!first.isEmpty)
      #expect(outcome(bytes) == first, "\(bytes)")
    }
  }

  @Test("finds the fault inside the text, wherever a good text is cut off")
  func placesCuts() {
    let text = Array(#"{"a": [1, -2.5e3, "b\u00e9\ud83d\ude00"], /* c */ "d": null}"#.utf8)
    #expect(!outcome(text).hasPrefix("f:"))
    for length in 0..<text.count {
      do throws(Diagnostic) {
        _ = try JSONDocument(parsing: Array(text[..<length]), file: "f")
        Issue.record("\(length) bytes are taken for the whole")
      } catch {
        #expect((1...length + 1).contains(error.location?.column ?? 0))
      }
    }
  }
}
