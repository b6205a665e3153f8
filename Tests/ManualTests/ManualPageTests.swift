import Testing

@testable import Manual

/// That real readers take all of it without a word is shown by `Tests/Terminals`.
@Suite("A page of the manual")
struct ManualPageTests {
  private func text(_ blocks: [Block]) -> String {
    ManualPage(
      name: "tool-x", section: 5, date: "2026-11-29", source: "tool 1.0", volume: "Files"
    ).text(summary: "what it is", blocks)
  }

  private func body(_ markdown: String) -> String {
    let text = text(Markdown(markdown).blocks)
    return text.split(separator: "\n").dropFirst(5).map { $0 + "\n" }.joined()
  }

  @Test("has a title with the date that it is given, its name, and sections")
  func golden() {
    let document = Markdown(
      """
      # Some where

      Text, `a-b`. More of it.

      Another.

      ## Below

      - one
      - two

      ```
      .x

      y
      ```

      | a | b |
      | --- | --- |
      | `k` | v |
      | *l* | |
      """)
    #expect(
      text(document.blocks) == """
        .TH TOOL\\-X 5 2026-11-29 "tool 1.0" "Files"
        .ad l
        .nh
        .SH "NAME"
        tool\\-x \\- what it is
        .SH "SOME WHERE"
        Text, \\fBa\\-b\\fR.
        More of it.
        .PP
        Another.
        .SS "Below"
        .IP \\(bu 2
        one
        .IP \\(bu 2
        two
        .PP
        .RS 4
        .EX
        \\&.x

        y
        .EE
        .RE
        .TP
        \\fIa\\fR
        \\fIb\\fR
        .TP
        \\fBk\\fR
        v
        .TP
        \\fIl\\fR
        \\&

        """)
  }

  @Test("names each sign that its reader might take for another one")
  func escapes() {
    #expect(
      Roff.escaped("a-b 'c' `d` \\e ^f ~g") == "a\\-b \\(aqc\\(aq \\(gad\\(ga \\(rse \\(haf \\(tig")
    #expect(Roff.escaped("“a” ‘b’ – — →") == "\\(lqa\\(rq \\(oqb\\(cq \\(en \\(em \\(->")
    #expect(Roff.escaped("├── a…") == "|\\-\\- a...")
    #expect(Roff.escaped("│   └──") == "|   \\(ga\\-\\-")
    #expect(Roff.escaped("ü 日 🎉") == "\\[u00FC] \\[u65E5] \\[u1F389]")
    #expect(Roff.quoted("a \"b\"") == "\"a \\(dqb\\(dq\"")
  }

  @Test("begins no line of text with a dot or a quotation mark")
  func control() {
    #expect(body(".a 'b'") == "\\&.a \\(aqb\\(aq\n")
    let words = String(repeating: "word ", count: 15)
    #expect(body(words + ".env 'x'").contains("\n\\&.env \\(aqx\\(aq\n"))
  }

  @Test("lets a line end in code that is longer than one")
  func breaks() {
    #expect(body("`<<A|b>>`") == "\\fB<<A|b>>\\fR\n")
    #expect(
      body("`<<ABCDEFGHIJ|bcdefghij|c/d>>`") == "\\fB<<ABCDEFGHIJ|\\:bcdefghij|\\:c/\\:d>>\\fR\n")
  }

  @Test("begins a line with each sentence, and has none end where it does not")
  func sentences() {
    #expect(
      body("One. Two (three.) “Four?” Five: six")
        == "One.\nTwo (three.)\n\\(lqFour?\\(rq\nFive: six\n")
    #expect(
      body("e.g. this, `x.` and … more.") == "e.g.\\& this, \\fBx.\\fR\\& and ...\\& more.\n")
  }

  @Test("has lines of less than 80 bytes, also where one must stay a line")
  func long() {
    let words = String(repeating: "some-word “x” ", count: 40)
    let text = text([
      .paragraph([Span(words)]), .code([words]),
      .definitions([Block.Definition([Span(words, .code)], [[Span(words)]])]),
    ])
    #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count < 80 })
    // What ends with a backslash goes on in the next line.
    #expect(text.replacing("\\\n", with: "").contains("\n" + Roff.escaped(words) + "\n"))
  }
}
