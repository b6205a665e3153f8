import TestSupport
import Testing

@testable import Manual

@Suite("A document")
struct MarkdownTests {
  @Test("is read into headings, paragraphs, lists, code and tables")
  func blocks() {
    let document = Markdown(
      """
      # Title

      A line
      and another: `code`, *this*, **that**, [there](#some-where) and [a file](x.md).

      - one
        goes on
      - two

      ```sh
      a  |  b

      c
      ```

      | key | value | example |
      | --- | --- | --- |
      | `a\\|b` | text | `x` |
      """)
    #expect(document.faults == [])
    #expect(
      document.blocks == [
        .heading(level: 1, [Span("Title")]),
        .paragraph([
          Span("A line and another: "), Span("code", .code), Span(", "), Span("this", .emphasis),
          Span(", "), Span("that", .strong), Span(", "), Span("there", anchor: "#some-where"),
          Span(" and "), Span("a file"), Span("."),
        ]),
        .list([[Span("one goes on")], [Span("two")]]),
        .code(["a  |  b", "", "c"]),
        .definitions([
          Block.Definition([Span("key")], [[Span("value")]], isHead: true),
          Block.Definition(
            [Span("a|b", .code)],
            [[Span("text")], [Span("example"), Span(": "), Span("x", .code)]]),
        ]),
      ])
  }

  @Test("has its table without a head where that is empty")
  func emptyHead() {
    #expect(
      Markdown("| | |\n| --- | --- |\n| a | b |\n").blocks == [
        .definitions([Block.Definition([Span("a")], [[Span("b")]])])
      ])
  }

  @Test(
    "that has what is not read here says so, with its line",
    arguments: [
      ("a\n> b", 2), ("1. one", 1), ("* one", 1), ("a\n- one", 2), ("---", 1), ("#### deep", 1),
      ("#no", 1), ("    code", 1), ("a  \nb", 1), ("a\\\nb", 1), ("<br>", 1), ("see <b>", 1),
      ("a `b", 1), ("``a``", 1), ("![a](b)", 1), ("[a][b]", 1), ("[a](http://b)", 1), ("_a_", 1),
      ("a * b", 1), ("~~a~~", 1), ("&amp; b", 1), ("```\na", 1), ("- a\n  - b", 2), ("- a\nb", 2),
      ("| a |\n| b |", 2), ("| a |\n| --- |\n| b | c |", 3), ("| a |\n| --- |\nb", 3),
      ("[^1]", 1), ("\na\n\n`b", 4),
    ])
  func faults(_ text: String, line: Int) {
    let faults = Markdown(text).faults
    #expect(!faults.isEmpty)
    #expect(faults.first?.line == line, "\(faults)")
  }

  @Test("holds signs that mean nothing where they stand")
  func signs() {
    let text = "a_b c - d + e < f > g & h ~ i # j \\* k \\n"
    let document = Markdown(text)
    #expect(document.faults == [])
    #expect(document.blocks == [.paragraph([Span("a_b c - d + e < f > g & h ~ i # j * k \\n")])])
  }

  @Test("is found part by part, by what links call them")
  func sections() {
    let document = Markdown("# A\n\na\n\n## B, the C\n\nb\n\n### D\n\nd\n")
    #expect(document.titles == ["A", "B, the C", "D"])
    #expect(
      document.section(titled: "B, the C") == [
        .heading(level: 2, [Span("B, the C")]), .paragraph([Span("b")]),
      ])
    #expect(document.section(titled: "E") == [])
    #expect(Markdown.anchor(of: "B, the C") == "#b-the-c")
  }
}
