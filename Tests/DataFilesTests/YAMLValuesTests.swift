import DataFiles
import Testing

@Suite("YAML's values")
struct YAMLValuesTests {
  @Test(
    "are read in blocks",
    arguments: [
      ("", "null"), ("# only this\n", "null"), ("a", "a"), ("a: 1", "{a: 1}"),
      ("a: 1\nb: 2\n", "{a: 1, b: 2}"), ("- a\n- b", "[a, b]"), ("  a: 1\n  b: 2", "{a: 1, b: 2}"),
      ("a:\n  b:\n    c: 1\nd: 2", "{a: {b: {c: 1}}, d: 2}"),
      ("a:\n- 1\n- 2\nb: 3", "{a: [1, 2], b: 3}"), ("a:\n  - 1\n  - 2", "{a: [1, 2]}"),
      ("- a: 1\n  b: 2\n- c: 3", "[{a: 1, b: 2}, {c: 3}]"),
      ("-   a: 1\n    b: 2", "[{a: 1, b: 2}]"),
      ("- - a\n  - b\n- c", "[[a, b], c]"), ("- a:\n  - 1\n  b: 2", "[{a: [1], b: 2}]"),
      ("-\n  a: 1\n-\n  - b", "[{a: 1}, [b]]"), ("a:\n\n  # note\n\n  b: 1", "{a: {b: 1}}"),
      ("a: # note\n  b", "{a: b}"), ("a: 1 # note\n#b: 2", "{a: 1}"), ("a: b#c", "{a: b#c}"),
      ("a:\nb:\n-\n", "{a: null, b: [null]}"),
      ("a:\nb:\nc: -1", "{a: null, b: null, c: -1}"), ("-\n-", "[null, null]"),
      ("a : 1\n\"b\" : 2\n'c': 3", "{a: 1, b: 2, c: 3}"), ("a:\tb", "{a: b}"),
      ("a: http://b:80/?c#d", "{a: http://b:80/?c#d}"), ("22:30: 8000:80", "{22:30: 8000:80}"),
      ("? a\n: b\n? c\nd: e", "{a: b, c: null, d: e}"), ("? a\n:\n- b\n- c", "{a: [b, c]}"),
      ("? a\n: b: c\n  d: e", "{a: {b: c, d: e}}"), ("? a\n: - b\n  - c", "{a: [b, c]}"),
      ("a: 1\r\nb:\r\n  - c\r\n", "{a: 1, b: [c]}"), ("\u{FEFF}a: 1\nb: 2", "{a: 1, b: 2}"),
      ("a: 1\n \t\nb: 2\n\t# c\n", "{a: 1, b: 2}"), ("é: ü\nß: 1", "{é: ü, ß: 1}"),
    ])
  func blocks(text: String, expected: String) {
    #expect(outcome(text, as: .yaml) == expected)
  }

  @Test(
    "are read in brackets",
    arguments: [
      ("[]", "[]"), ("{}", "{}"), ("[a, b]", "[a, b]"), ("[a, b, ]", "[a, b]"),
      ("{a: 1, b: 2,}", "{a: 1, b: 2}"), ("{a, b: }", "{a: null, b: null}"),
      ("a: [\n  b, # note\n\n  c\n]\nd: 1", "{a: [b, c], d: 1}"),
      ("a: {b: [c, {d: e}], f: g h}", "{a: {b: [c, {d: e}], f: g h}}"),
      ("{\"a\":1,'b':2}", "{a: 1, b: 2}"), ("{a:b, c: d:e}", "{a:b: null, c: d:e}"),
      ("[a: b, c]", "[{a: b}, c]"), ("[-1, -a, a-b]", "[-1, -a, a-b]"),
      ("[a\n  b,\n\n c]", "[a b, c]"), ("{ a: b\n , c: d\n }", "{a: b, c: d}"),
      ("- [a, \"b, c\"]\n- {d: 'e}'}", #"[[a, "b, c"], {d: "e}"}]"#),
      ("[~, null, Null]", "[null, null, null]"),
    ])
  func brackets(text: String, expected: String) {
    #expect(outcome(text, as: .yaml) == expected)
  }

  @Test(
    "are texts over several lines",
    arguments: [
      ("a: b\n  c\n  d\ne: f", "{a: b c d, e: f}"), ("a\nb\n\n\nc", #"a b\#n\#nc"#),
      ("a: b\n  - c\n", "{a: b - c}"), ("a:\n  b c\n  d\n", "{a: b c d}"),
      ("- a\n b\n- c", "[a b, c]"), ("a: b  \n\n   c\t\nd: e", "{a: b\nc, d: e}"),
      ("a: \"b\n  c\n\n  d \\\n  e\\\n\n   f\"", #"{a: "b c\nd e\nf"}"#),
      ("a: 'b \n\n  c''d'", #"{a: "b\nc'd"}"#), ("a: \"\n b\n \"", #"{a: " b "}"#),
    ])
  func lines(text: String, expected: String) {
    #expect(outcome(text, as: .yaml) == expected)
  }

  @Test(
    "are in quotes with every escape",
    arguments: [
      (#""\0\a\b\t\n\v\f\r\e\ \"\/\\""#, "\0\u{7}\u{8}\t\n\u{B}\u{C}\r\u{1B} \"/\\"),
      (#""\N\_\L\P\x41\u00e9\U0001F600""#, "\u{85}\u{A0}\u{2028}\u{2029}Aé😀"),
      (#"'\n''"'"#, #"\n'""#), ("\"\"", ""), ("''", ""), ("'é'", "é"),
      (#""a\t\#n""#, "a\t "),
    ])
  func escapes(text: String, expected: String) throws {
    let document = try DataDocument(parsing: Array(text.utf8), as: .yaml, file: "f")
    let found = try #require(document.documents[0].text)
    #expect(found.utf8.elementsEqual(expected.utf8))
  }

  @Test(
    "are blocks of text",
    arguments: [
      ("a: |\n  b\n   c\n\n  d\ne: f", #"{a: "b\n c\n\nd\n", e: f}"#),
      ("a: |-\n  b\n\n", #"{a: "b"}"#), ("a: |+\n  b\n\nc: d", #"{a: "b\n\n", c: d}"#),
      ("a: >\n  b\n  c\n\n  d\n   e\n  f\n", #"{a: "b c\nd\n e\nf\n"}"#),
      ("a: >-\n  b\n\n\n  c", #"{a: "b\n\nc"}"#), ("a: >2-\n   b\n  c", #"{a: " b\nc"}"#),
      ("a: |1\n  b\n c", #"{a: " b\nc"}"#), ("a: |-1 # note\n  b", #"{a: " b"}"#),
      ("- |\n a\n- b", #"["a\n", b]"#), ("a:\n- |\n  b\n- c", #"{a: ["b\n", c]}"#),
      ("a: |\n\n  b\n", #"{a: "\nb\n"}"#), ("a: |\nb: c", #"{a: "", b: c}"#), ("a: |", #"{a: ""}"#),
      ("a: |+\n\n\n", #"{a: "\n\n"}"#), ("a: |\n  b", #"{a: "b"}"#),
      ("a: |\n  # b\n# c\n", ##"{a: "# b\n"}"##),
      ("a: |\n  b: c\n  - d\n", #"{a: "b: c\n- d\n"}"#),
      ("a: |\r\n  b\r\n  c\r\n", #"{a: "b\nc\n"}"#),
      ("a: |\n  \tb\n", #"{a: "\tb\n"}"#), ("--- |\n a\n...\n", #""a\n""#),
      ("a: >\n\n  b\n  c\n    d\n\n  e\n", #"{a: "\nb c\n  d\n\ne\n"}"#),
      ("a: |\n  b\n   \n  c\n", #"{a: "b\n \nc\n"}"#),
    ])
  func blockScalars(text: String, expected: String) {
    #expect(outcome(text, as: .yaml) == expected)
  }

  @Test(
    "have anchors, aliases, merges and tags",
    arguments: [
      ("a: &x 1\nb: *x", "{a: 1, b: 1}"), ("a: &x\n  b: 1\nc: *x", "{a: {b: 1}, c: {b: 1}}"),
      ("- &x a: 1\n  b: *x", "[{a: 1, b: a}]"), ("&x\na: 1\n", "{a: 1}"),
      ("- &x [a, &y b]\n- *y\n- *x", "[[a, b], b, [a, b]]"),
      ("[&x a, *x, &y , *y]", "[a, a, null, null]"),
      ("- &x a\n- &x b\n- *x", "[a, b, b]"), ("a: &x\nb: *x", "{a: null, b: null}"),
      ("&k a: 1\nb: *k", "{a: 1, b: a}"), ("&x a: 1\n*x : 2", "f:2:1: the key “a” stands twice"),
      ("x: &x b\n*x : 2", "{x: b, b: 2}"), ("a: &x\n- 1\nb: *x", "{a: [1], b: [1]}"),
      ("a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3", "{a: {b: 1, c: 2}, d: {c: 3, b: 1}}"),
      (
        "- &x {a: 1}\n- &y {a: 2, b: 2}\n- <<: [*x, *y]\n  c: 3",
        "[{a: 1}, {a: 2, b: 2}, {c: 3, a: 1, b: 2}]"
      ),
      (
        "- &x {a: 1}\n- &y {<<: *x, b: 2}\n- {c: 3, <<: *y}",
        "[{a: 1}, {b: 2, a: 1}, {c: 3, b: 2, a: 1}]"
      ),
      ("'<<': 1", "{<<: 1}"), ("<<: {a: 1}\nb: 2", "{b: 2, a: 1}"),
      ("a: !!str 1\nb: !Ref c\nd: ! null", #"{a: "1", b: c, d: "null"}"#),
      ("a: !!map\n  b: 1\nc: !x [d]\ne: !!str\nf: !y {}", #"{a: {b: 1}, c: [d], e: "", f: {}}"#),
      ("!!str a: !<tag:yaml.org,2002:int> 1", "{a: 1}"),
      ("a: &x !y 1\nb: !z &w 2\nc: *w", "{a: 1, b: 2, c: 2}"),
      ("a: !python/name:b.c\nd: !!null x", "{a: , d: null}"), ("null: 1\n~: 2", "{null: 1, ~: 2}"),
    ])
  func anchors(text: String, expected: String) {
    #expect(outcome(text, as: .yaml) == expected)
  }

  @Test(
    "stand in several documents",
    arguments: [
      ("---\na: 1\n---\n- b\n", "{a: 1} --- [b]"), ("a\n---\nb\n...\n", "a --- b"),
      ("%YAML 1.2\n%TAG ! x\n---\na", "a"), ("--- a\n--- b # c\n---\n", "a --- b --- null"),
      ("---\n---\n", "null --- null"), ("...\n...\n", "null"), ("a\n...\nb", "a --- b"),
      ("--- &x [a]\n...\n%YAML 1.1\n--- b", "[a] --- b"), ("--- >\n a\n b\n", #""a b\n""#),
      ("a: b\n  ---\n", "{a: b ---}"), ("---a", "---a"),
    ])
  func documents(text: String, expected: String) {
    #expect(outcome(text, as: .yaml) == expected)
  }
}
