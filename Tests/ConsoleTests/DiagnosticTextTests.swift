import Console
import Documents
import Testing

@Suite("A diagnostic, printed,")
struct DiagnosticTextTests {
  private let text = DiagnosticText(style: plain)

  @Test(
    "has its place before it and its help below",
    arguments: [
      (Diagnostic("is wrong"), "error: is wrong\n"),
      (Diagnostic("is wrong", help: "mend it"), "error: is wrong\nhelp: mend it\n"),
      (
        Diagnostic(
          "is wrong", at: SourceLocation(file: "a.txt", line: 3, column: 9), help: "mend it"),
        "a.txt:3:9: error: is wrong\nhelp: mend it\n"
      ),
      (
        Diagnostic(
          "a\u{1B}[31m\nb", at: SourceLocation(file: "\u{202E}f\n", line: 1, column: 1),
          help: "c\rd\u{9B}"),
        #"\u{202e}f\n:1:1: error: a\e[31m\nb"# + "\n" + #"help: c\rd\u{9b}"# + "\n"
      ),
    ])
  func format(diagnostic: Diagnostic, expected: String) {
    #expect(text.errors(Diagnostics(diagnostic)) == expected)
  }

  @Test("follows another one as it came")
  func several() {
    let both = Diagnostics([Diagnostic("one", help: "first"), Diagnostic("two")])
    #expect(text.errors(both) == "error: one\nhelp: first\nerror: two\n")
    #expect(text.note("a\tb") == "note: a\\tb\n")
  }

  @Test("is coloured outside of its text only")
  func coloured() {
    let text = DiagnosticText(style: Style(isEnabled: true))
    #expect(
      text.errors(Diagnostics(Diagnostic("a", help: "b")))
        == "\u{1B}[1;31merror:\u{1B}[0m a\n\u{1B}[32mhelp:\u{1B}[0m b\n")
  }

  @Test("is wrapped on a terminal, below its text where there is room")
  func wrapped() {
    let diagnostics = Diagnostics(
      Diagnostic(
        "the directory holds a project already", help: "see “scaffold help update”, or go away"))
    #expect(
      DiagnosticText(style: Style(width: 40)).errors(diagnostics) == """
        error: the directory holds a project
               already
        help: see “scaffold help update”, or go
              away

        """)
    #expect(
      DiagnosticText(style: Style(width: 20)).errors(diagnostics) == """
        error: the directory
          holds a project
          already
        help: see “scaffold
          help update”, or
          go away

        """)
    #expect(
      DiagnosticText(style: Style(tableWidth: 20)).errors(diagnostics) == """
        error: the directory holds a project already
        help: see “scaffold help update”, or go away

        """)
  }

  @Test("is coloured alike when it is wrapped")
  func wrappedInColours() {
    let diagnostic = Diagnostic(
      "one two three four", at: SourceLocation(file: "a.txt", line: 3, column: 9))
    #expect(
      DiagnosticText(style: Style(isEnabled: true, width: 25)).errors(Diagnostics(diagnostic))
        == "a.txt:3:9: \u{1B}[1;31merror:\u{1B}[0m one two\n  three four\n")
  }

  @Test("is ASCII where the locale is, but for what is quoted")
  func ascii() {
    let text = DiagnosticText(style: Style(charset: .ascii))
    #expect(
      text.errors(Diagnostics(Diagnostic("“größe…” is wrong…")))
        == "error: \"größe…\" is wrong...\n")
  }

  @Test("are as long as a line of the terminal, whatever colours them")
  func sentences() {
    let style = Style(isEnabled: true, width: 24)
    let text = "\(style.green("Created")) shop from tiered 2.0.0: 19 files\n"
    #expect(
      style.sentences(text) == """
        \u{1B}[32mCreated\u{1B}[0m shop from tiered
          2.0.0: 19 files

        """)
    #expect(Style(isEnabled: true).sentences(text) == text)
  }
}
