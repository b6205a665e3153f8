import Console
import Documents
import Testing

@Suite("Colour")
struct StyleTests {
  @Test(
    "is for a terminal that did not ask for none",
    arguments: [
      (true, [:], true), (false, [:], false), (true, ["TERM": "xterm"], true),
      (true, ["TERM": "dumb"], false), (true, ["NO_COLOR": "1"], false),
      (true, ["NO_COLOR": "0"], false),
      // An empty NO_COLOR counts as none, as no-color.org has it.
      (true, ["NO_COLOR": ""], true), (false, ["TERM": "xterm"], false),
    ] as [(Bool, [String: String], Bool)])
  func isWanted(isTerminal: Bool, environment: [String: String], expected: Bool) {
    let style = Style(isTerminal: isTerminal) { environment[$0] }
    #expect((style.red("x") != "x") == expected)
    #expect((style.bold("x") == "\u{1B}[1mx\u{1B}[0m") == expected)
  }

  @Test("is not wrapped around nothing")
  func empty() {
    #expect(Style(isEnabled: true).green("") == "")
  }

  @Test("always ends where it began")
  func ends() {
    let style = Style(isEnabled: true)
    for text in [
      style.bold("x"), style.dim("x"), style.red("x"), style.green("x"), style.yellow("x"),
      style.blue("x"),
    ] {
      #expect(text.hasPrefix("\u{1B}["))
      #expect(text.hasSuffix("mx\u{1B}[0m"))
    }
  }
}

@Suite("A complaint")
struct ComplaintTests {
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
    #expect(Complaint.text(diagnostic, style: plain) == expected)
  }

  @Test("follows another one as it came")
  func several() {
    let both = Diagnostics([Diagnostic("one", help: "first"), Diagnostic("two")])
    #expect(Complaint.text(both, style: plain) == "error: one\nhelp: first\nerror: two\n")
    #expect(Complaint.note("a\tb", style: plain) == "note: a\\tb\n")
  }

  @Test("is coloured outside of its text only")
  func coloured() {
    let text = Complaint.text(Diagnostic("a", help: "b"), style: Style(isEnabled: true))
    #expect(text == "\u{1B}[1;31merror:\u{1B}[0m a\n\u{1B}[32mhelp:\u{1B}[0m b\n")
  }
}
