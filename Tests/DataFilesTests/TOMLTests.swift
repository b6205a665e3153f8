import DataFiles
import Testing

@Suite("TOML")
struct TOMLTests {
  @Test(
    "has tables, lists of tables and dotted keys",
    arguments: [
      ("", "{}"), ("# note\n", "{}"), ("a = 1", "{a: 1}"),
      ("a=1\r\nb = 2 # note\r\n", "{a: 1, b: 2}"),
      ("[a]\nb = 1\n[c]\n[a.d]\ne = 2", "{a: {b: 1, d: {e: 2}}, c: {}}"),
      ("[a.b]\nc = 1\n[a]\nd = 2", "{a: {b: {c: 1}, d: 2}}"),
      (
        "[[a]]\nb = 1\n[[a]]\n[a.c]\nd = 2\n[[a.e]]\n[[a.e]]",
        "{a: [{b: 1}, {c: {d: 2}, e: [{}, {}]}]}"
      ),
      ("a.b = 1\na.c.d = 2\n\"a\".'e' = 3", "{a: {b: 1, c: {d: 2}, e: 3}}"),
      ("[a]\nb.c = 1\n[a.b.d]\ne = 2", "{a: {b: {c: 1, d: {e: 2}}}}"),
      ("[ a . \"b.c\" ]\n'd e' . f-g_1 = 1", "{a: {b.c: {d e: {f-g_1: 1}}}}"),
      ("3.14 = 1\n\"\" = 2", "{3: {14: 1}, : 2}"),
      (
        "a = {}\nb = { c = 1, d.e = 2, d.f = [{g = 3}] }",
        "{a: {}, b: {c: 1, d: {e: 2, f: [{g: 3}]}}}"
      ),
      ("a = [ 1, # note\n\n  [2, 'x'],\n]\nb = []", #"{a: [1, [2, "x"]], b: []}"#),
      ("\u{FEFF}a = 1", "{a: 1}"),
    ])
  func tables(text: String, expected: String) {
    #expect(outcome(text, as: .toml) == expected)
  }

  @Test(
    "has numbers, dates and truth values, which stay as they are written",
    arguments: [
      "0", "+0", "-17", "1_000", "0xDEAD_beef", "0o755", "0b1_0", "3.14", "-0.01", "5e+22", "1E06",
      "6.626e-34", "1_0.0_1e1_0", "inf", "-inf", "+nan", "true", "false",
      "1979-05-27T07:32:00Z", "1979-05-27T00:32:00.999999-07:00", "1979-05-27t07:32:00",
      "1979-05-27 07:32:00.5z", "2024-02-29", "2000-02-29", "07:32:00", "23:59:59.1",
    ])
  func words(word: String) {
    #expect(outcome("a = \(word)", as: .toml) == "{a: \(word)}")
    #expect(outcome("a = [\(word),\(word) ]", as: .toml) == "{a: [\(word), \(word)]}")
  }

  @Test(
    "has no other word without quotes",
    arguments: [
      "01", "+01", "1_", "_1", "1__0", "0x", "+0x1", "0xg", "0o8", "0b2", "1.", ".1", "1.e1", "1e",
      "1e1.0", "1_.0", "+", "-", "yes", "True", "Inf", "x", "1979-02-29", "1900-02-29",
      "1979-13-01", "1979-00-01", "1979-01-00", "1979-5-27", "24:00:00", "07:60:00", "07:32",
      "07:32:60", "07:32:00.", "1979-05-27T", "1979-05-27T07:32:00+24:00", "07:32:00Z",
      "1979-05-27T07:32:00Zx", "1979-05-27 x", "1979-05-27 07", "--1",
    ])
  func noWords(word: String) {
    #expect(outcome("a = \(word)", as: .toml).hasPrefix("f:1:"))
  }

  @Test(
    "has four kinds of texts",
    arguments: [
      (#""\b\t\n\f\r\"\\\u00e9\U0001F600""#, "\u{8}\t\n\u{C}\r\"\\é😀"), (#"'\n"'"#, #"\n""#),
      (#""""#, ""), ("''", ""), ("\"\"\"\na\nb\"\"\"", "a\nb"),
      ("\"\"\"\r\na\r\n\r\nb\"\"\"", "a\n\nb"),
      ("\"\"\"a \\\n  \n\t b\\  \n\"\"\"", "a b"), ("\"\"\"a\"\"b\\\"\"\"\"", "a\"\"b\""),
      ("\"\"\"\"a\"\"\"\"\"", "\"a\"\""), ("'''\na\\\n''b'''", "a\\\n''b"), ("''''a'''''", "'a''"),
      ("\"\"\"\"\"\"", ""), ("'é\u{2028}'", "é\u{2028}"), ("\"#\"", "#"),
    ])
  func texts(text: String, expected: String) throws {
    let bytes = Array("a = \(text) # note".utf8)
    let document = try DataDocument(parsing: bytes, as: .toml, file: "f")
    let found = try #require(document.documents[0]["a"]?.text)
    #expect(found.utf8.elementsEqual(expected.utf8))
  }

  @Test(
    "is refused at its place",
    arguments: [
      ("a = 1\na = 2", "f:2:1: the key “a” stands twice"),
      ("a = 1\n\"a\" = 2", "f:2:1: the key “a” stands twice"),
      ("a.b = 1\na = 2", "f:2:1: the key “a” stands twice"),
      ("a = 1\na.b = 2", "f:2:1: the key “a” stands twice"),
      ("a = {b = 1}\na.c = 2", "f:2:1: the key “a” stands twice"),
      ("a = {b = 1, b = 2}", "f:1:13: the key “b” stands twice"),
      ("a = {b.c = 1, b = 2}", "f:1:15: the key “b” stands twice"),
      ("[a]\n[a]", "f:2:2: the key “a” stands twice"),
      ("[a]\nb = 1\n[a.b]", "f:3:4: the key “a.b” stands twice"),
      ("[a]\nb.c = 1\n[a.b]", "f:3:4: the key “a.b” stands twice"),
      ("[a.b]\n[a]\nb.c = 1", "f:3:1: the key “b” stands twice"),
      ("[a]\nb.c = 1\n[d]\n[a.b.e]\n[a.b]", "f:5:4: the key “a.b” stands twice"),
      ("a = [1]\n[[a]]", "f:2:3: the key “a” stands twice"),
      ("[[a]]\n[a]", "f:2:2: the key “a” stands twice"),
      ("[a]\n[[a]]", "f:2:3: the key “a” stands twice"),
      ("a = [{}]\n[a.b]", "f:2:2: the key “a” stands twice"),
      ("a", "f:1:2: expected “=” behind a key"), ("= 1", "f:1:1: expected a key"),
      ("a. = 1", "f:1:4: expected a key"), ("é = 1", "f:1:1: expected a key"),
      ("a =", "f:1:4: expected a value"), ("a = # b", "f:1:5: expected a value"),
      ("a = b", "f:1:5: no number, date or truth value; a text needs quotes"),
      ("a = 1 b = 2", "f:1:7: expected the end of the line"),
      ("[a] b = 1", "f:1:5: expected the end of the line"),
      ("[a", "f:1:3: expected “]” behind the name of a table"),
      ("[[a]", "f:1:5: expected “]]” behind the name of a table"),
      ("[]", "f:1:2: expected a key"),
      ("[[a] ]", "f:1:5: expected “]]” behind the name of a table"),
      ("a = [1, 2", "f:1:5: a list is never closed"), ("a = [1 2]", "f:1:8: expected “,” or “]”"),
      ("a = [,]", "f:1:6: expected a value"),
      ("a = {b = 1,}", "f:1:12: expected a key"),
      ("a = {b = 1\n}", "f:1:11: expected “,” or “}” on the line of “{”"),
      ("a = \"b\nc\"", "f:1:5: a text is not closed on its line"),
      ("a = \"\"\"b\n", "f:1:5: a text is never closed"),
      ("a = '''b''''''", "f:1:9: too many quotes"),
      (#"a = "\e""#, "f:1:6: unknown escape in a text"),
      (#"a = "\ud800""#, "f:1:6: an escape that is no character"),
      ("\"\"\"a\"\"\" = 1", "f:1:3: expected “=” behind a key"),
      ("a = \u{0}", "f:1:5: a control character"),
      ("a = 1\rb = 2", "f:1:6: a carriage return without a line feed"),
    ])
  func faults(text: String, expected: String) {
    #expect(outcome(text, as: .toml) == expected)
  }

  @Test("is refused where it is nested more than anybody means", arguments: [0, 1, 2, 3])
  func depth(kind: Int) {
    let keys = (0..<120).map { "k\($0)" }.joined(separator: ".")
    let text = [
      "a = " + String(repeating: "[", count: 120), "[\(keys)]", "\(keys) = 1",
      String(repeating: "a = {", count: 120).replacing("a = {a", with: "a = { a"),
    ][kind]
    #expect(outcome(text, as: .toml).hasSuffix("the document is nested more than 100 deep"))
  }

  @Test("has places")
  func places() throws {
    let text = "a.b = 'c'\n[d.e]\nf = [ 1 ]\n[[g]]\n"
    let document = try DataDocument(parsing: Array(text.utf8), as: .toml, file: "f.toml")
    #expect(
      document.documents[0].places == [
        "@0", "a@0", "@0", "b@2", "@6", "d@11", "@11", "e@13", "@10", "f@16", "@20", "@22",
        "g@28", "@26", "@26",
      ])
  }
}
