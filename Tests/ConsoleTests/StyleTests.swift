import Console
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
