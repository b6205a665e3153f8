import Console
import Testing

@Suite("Colour")
struct StyleTests {
  /// In the order in which they count: what is further up goes before what is below.
  @Test(
    "is for a stream that the command line, the environment or the terminal has it for",
    arguments: [
      // The command line.
      (.always, false, ["NO_COLOR": "1", "TERM": "dumb"], true),
      (.never, true, ["FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"], false),
      // No-color.org: any value that is not empty.
      (.auto, true, ["NO_COLOR": "1"], false), (.auto, true, ["NO_COLOR": "0"], false),
      (.auto, true, ["NO_COLOR": ""], true),
      (.auto, false, ["NO_COLOR": "1", "FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"], false),
      // Force-color.org: likewise.
      (.auto, false, ["FORCE_COLOR": "1"], true), (.auto, false, ["FORCE_COLOR": ""], false),
      (.auto, true, ["FORCE_COLOR": "1", "TERM": "dumb"], true),
      (.auto, false, ["FORCE_COLOR": "1", "CLICOLOR": "0"], true),
      // Bixense.com/clicolors: any value but 0.
      (.auto, false, ["CLICOLOR_FORCE": "1"], true), (.auto, false, ["CLICOLOR_FORCE": "0"], false),
      (.auto, false, ["CLICOLOR_FORCE": ""], false),
      (.auto, false, ["CLICOLOR_FORCE": "1", "CLICOLOR": "0"], true),
      (.auto, true, ["CLICOLOR_FORCE": "0"], true),
      (.auto, true, ["CLICOLOR": "0"], false), (.auto, true, ["CLICOLOR": "1"], true),
      (.auto, false, ["CLICOLOR": "1"], false),
      // The terminal.
      (.auto, true, ["TERM": "dumb"], false), (.auto, true, ["TERM": "xterm"], true),
      (.auto, true, [:], true), (.auto, false, ["TERM": "xterm"], false),
      (.auto, false, [:], false),
    ] as [(ColorChoice, Bool, [String: String], Bool)])
  func isWanted(
    color: ColorChoice, isTerminal: Bool, environment: [String: String], expected: Bool
  ) {
    let style = Style(color: color, isTerminal: isTerminal) { environment[$0] }
    #expect((style.red("x") != "x") == expected)
    #expect((style.paint("x", .heading) == "\u{1B}[1mx\u{1B}[0m") == expected)
  }

  @Test(
    "is read off the command line, wherever it stands",
    arguments: [
      ([], .auto, true), (["list", "--color", "always"], .always, true),
      (["--color=never", "list"], .never, true),
      (["--color", "never", "list", "--color=always"], .always, true),
      (["list", "--", "--color=always", "--no-pager"], .auto, true),
      (["list", "--color"], .auto, true), (["list", "--color", "blue"], .auto, true),
      (["--no-pager", "list"], .auto, false), (["new", "x", "--no-pager"], .auto, false),
    ] as [([String], ColorChoice, Bool)])
  func options(arguments: [String], color: ColorChoice, mayPage: Bool) {
    let options = OutputOptions(in: arguments)
    #expect(options.color == color)
    #expect(options.mayPage == mayPage)
  }

  @Test(
    "may be asked for before the command",
    arguments: [
      (["list", "--color", "never"], 0), (["--color", "never", "list"], 2), (["--color=x"], 1),
      (["--no-pager", "--color=never", "list"], 2), (["--color"], 1), ([], 0),
      (["--help", "--no-pager"], 0),
    ])
  func leading(arguments: [String], count: Int) {
    #expect(OutputOptions.leading(arguments) == count)
  }

  @Test("is not wrapped around nothing")
  func empty() {
    #expect(Style(isEnabled: true).paint("", .new) == "")
  }

  private static let looks: [Style.Look] = [
    .heading, .name, .choice, .standard, .requirement, .directory, .aside, .new, .unchanged, .kept,
    .replaced, .merged, .moved, .removed, .conflict,
  ]

  @Test("always ends where it began", arguments: looks)
  func ends(look: Style.Look) {
    let text = Style(isEnabled: true).paint("x", look)
    #expect(text.hasPrefix("\u{1B}["))
    #expect(text.hasSuffix("mx\u{1B}[0m"))
  }

  @Test("tells apart whatever may become of a file")
  func fates() {
    let style = Style(isEnabled: true)
    let fates: [Style.Look] = [
      .new, .unchanged, .kept, .replaced, .merged, .moved, .removed, .conflict,
    ]
    #expect(Set(fates.map { style.paint("x", $0) }).count == fates.count)
  }
}

@Suite("Width")
struct StyleWidthTests {
  @Test(
    "is what COLUMNS says, else the terminal; nothing is cut where there is none",
    arguments: [
      (true, 100, [:], 100, 100), (true, nil, [:], 80, 80), (false, nil, [:], nil, 80),
      (true, 100, ["COLUMNS": "40"], 40, 40), (false, nil, ["COLUMNS": "40"], nil, 40),
      (true, 100, ["COLUMNS": "0"], 100, 100), (true, 100, ["COLUMNS": "-1"], 100, 100),
      (true, 100, ["COLUMNS": "wide"], 100, 100), (true, 100, ["COLUMNS": ""], 100, 100),
      (false, 100, [:], nil, 80),
    ] as [(Bool, Int?, [String: String], Int?, Int)])
  func width(
    isTerminal: Bool, terminalWidth: Int?, environment: [String: String], width: Int?,
    tableWidth: Int
  ) {
    let style = Style(isTerminal: isTerminal, terminalWidth: terminalWidth) { environment[$0] }
    #expect(style.width == width)
    #expect(style.tableWidth == tableWidth)
  }
}
