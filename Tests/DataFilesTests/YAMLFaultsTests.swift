import DataFiles
import Testing

@Suite("YAML's faults")
struct YAMLFaultsTests {
  @Test(
    "are told at their place",
    arguments: [
      ("a: 1\nb: 2\na: 3", "f:3:1: the key “a” stands twice"),
      ("a:\n  {b: 1,\n  b: 2}", "f:3:3: the key “b” stands twice"),
      ("a: {}\n<<: {}\n<<: {}", "f:3:1: the key “<<” stands twice"),
      ("a:\n\tb: 1", "f:2:1: a tab in the indentation; it takes blanks"),
      ("a:\n  b: 1\n \tc: 2", "f:3:2: a tab in the indentation; it takes blanks"),
      ("-\t- a", "f:1:3: a list or a “? ” cannot begin on this line"),
      ("-\ta: b", "f:1:4: a map cannot begin on this line; text with “: ” needs quotes"),
      ("a: b: c", "f:1:5: a map cannot begin on this line; text with “: ” needs quotes"),
      ("a: - b", "f:1:4: a list or a “? ” cannot begin on this line"),
      ("a: 'b' c", "f:1:8: unexpected text behind a value; it may need quotes"),
      ("a: 'b': c", "f:1:7: a map cannot begin on this line; text with “: ” needs quotes"),
      ("a: [b]#c", "f:1:7: unexpected text behind a value; it may need quotes"),
      ("\"a\":b", "f:1:4: a “:” where no key can be; text with “: ” in it needs quotes"),
      ("a: 1\n  b: 2", "f:2:4: a “:” behind several lines of text; are they indented well?"),
      ("a:\n    b: 1\n  c: 2", "f:3:3: unexpected text; is it indented as it should be?"),
      ("a:\n  - b\n c: 1", "f:3:2: unexpected text; is it indented as it should be?"),
      ("- a\nb: 1", "f:2:1: unexpected text; is it indented as it should be?"),
      ("a: 1\n- b", "f:2:1: an item of a list stands where no list is"),
      ("a: 1\nb\nc: 2", "f:2:2: expected “: ” behind a key"),
      ("a: 1\nb", "f:2:2: expected “: ” behind a key"),
      ("a: [b, c", "f:1:4: a bracket is never closed"),
      ("a: [b\n---\nc]", "f:1:4: a bracket is never closed"),
      ("a: [b, , c]", "f:1:8: a value cannot begin with “,”; it may need quotes"),
      ("a: [b}", "f:1:6: expected “,” or “]”"), ("a: {b c: d: e}", "f:1:11: expected “,” or “}”"),
      ("a: \"b", "f:1:4: a quote is never closed"),
      ("a: 'b\n---\n'", "f:1:4: a quote is never closed"),
      (#"a: "\q""#, "f:1:5: unknown escape in a text"),
      (#"a: "\ud800""#, "f:1:5: an escape that is no character"),
      (#"a: "\x4""#, "f:1:5: an escape that is no character"),
      ("a: @b", "f:1:4: a value cannot begin with “@”; it may need quotes"),
      ("a: %b", "f:1:4: a value cannot begin with “%”; it may need quotes"),
      (
        "a: {{ b }}",
        "f:1:5: a list or a map cannot be a key; a “{{ … }}” of a template needs quotes"
      ),
      ("{% if a %}", "f:1:2: a value cannot begin with “%”; it may need quotes"),
      ("[a]: b", "f:1:1: a list or a map cannot be a key; a “{{ … }}” of a template needs quotes"),
      (
        "? - a\n: b",
        "f:1:1: a list or a map cannot be a key; a “{{ … }}” of a template needs quotes"
      ),
      (": a", "f:1:1: a value cannot begin with “:”; it may need quotes"),
      ("a: *x", "f:1:4: no anchor “&x” stands before this alias"),
      ("a: &x 1\n---\nb: *x", "f:3:4: no anchor “&x” stands before this alias"),
      ("a: &x [*x]", "f:1:8: “*x” would be a part of itself"),
      ("&x\na:\n  b: *x", "f:3:6: “*x” would be a part of itself"),
      ("a: &x &y 1", "f:1:7: a second anchor for one value"),
      ("a: !x\n  !y {}", "f:2:3: a second anchor or tag for one value"),
      ("a: &x 1\nb: &y *x", "f:2:7: an alias has an anchor or a tag"),
      ("a: &é 1", "f:1:4: a name is missing"),
      ("a: 1\n<<: 2", "f:2:1: “<<” takes a map or a list of maps"),
      ("a: &x [1]\nb:\n  <<: [*x]", "f:3:3: “<<” takes a map or a list of maps"),
      ("a: |x\n  b", "f:1:5: unexpected text behind “|” or “>”"),
      ("a: | b", "f:1:6: unexpected text behind “|” or “>”"),
      ("a: |\n    \n  b", "f:3:1: the text is indented less than an empty line above it"),
      ("%YAML 2.0\n---\na", "f:1:1: an unknown directive; “%YAML 1.2” is one"),
      ("%YAML 1.2\na", "f:2:1: expected “---” after the directives"),
      ("%YAML 1.2\n%YAML 1.2\n---\n", "f:2:1: the directive stands twice"),
      ("--- a: b", "f:1:6: a map cannot begin on this line; text with “: ” needs quotes"),
      ("a\n... b", "f:2:5: unexpected text behind a value; it may need quotes"),
      ("a: \u{1}", "f:1:4: a control character"), ("a\u{7F}", "f:1:2: a control character"),
      ("a: b\rc: d", "f:1:5: a carriage return without a line feed"),
      ("a: b # \u{2028}c: d", "f:1:8: a character that ends a line for some readers"),
      ("a: b\u{FEFF}", "f:1:5: a byte order mark within the text"),
    ])
  func faults(text: String, expected: String) {
    #expect(outcome(text, as: .yaml) == expected)
  }

  @Test("are bytes that are no text")
  func noText() {
    #expect(outcome([0x61, 0x3A, 0x0A, 0x20, 0xC3], as: .yaml) == "f:2:2: the text is not UTF-8")
    #expect(outcome([0xFF, 0xFE, 0x61], as: .yaml) == "f:1:1: the text is not UTF-8")
  }

  @Test("are nesting that no document has a use for", arguments: ["[", "{a: ", "- ", "a:\n"])
  func depth(opening: String) {
    var text = ""
    for level in 0..<101 {
      if opening == "a:\n" { text += String(repeating: " ", count: level) }
      text += opening
    }
    #expect(outcome(text, as: .yaml).hasSuffix("the document is nested more than 100 deep"))
  }

  @Test("are aliases that repeat more than anybody means", arguments: [false, true])
  func aliasBomb(merged: Bool) {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<30 {
      let aliases = (0..<10).map { _ in "*a\(level - 1)" }.joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    if merged {
      text = "a0: &a0 {k: v}\n"
      for level in 1..<500 {
        text += "a\(level): &a\(level) {<<: *a\(level - 1), k\(level): v}\n"
      }
    }
    #expect(outcome(text, as: .yaml).hasSuffix("aliases repeat more than 100000 values"))
  }

  @Test("leave aliases alone that are many and small")
  func manyAliases() {
    let text = "a: &x {b: [1, 2]}\nc:\n" + String(repeating: "- *x\n", count: 2000)
    #expect(outcome(text, as: .yaml).hasSuffix("{b: [1, 2]}]}"))
  }

  @Test("and values have places, an alias that of what it names")
  func places() throws {
    let text = "a:\n  - &x b\n  - c: *x\nd: &y !z 'e'\nf:\n<<: {g: 1}\n"
    let document = try DataDocument(parsing: Array(text.utf8), as: .yaml, file: "f.yaml")
    #expect(
      document.documents[0].places == [
        "@0", "a@0", "@5", "@10", "@16", "c@16", "@10", "d@22", "@31", "f@35", "@37", "g@43", "@46",
      ])
    #expect(document.location(at: 31).description == "f.yaml:4:10")
  }
}
