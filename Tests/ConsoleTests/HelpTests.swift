import Console
import Documents
import Testing

@Suite("Help")
struct HelpTests {
  private func text(width: Int, isColoured: Bool = false, charset: Charset = .unicode) -> String {
    HelpText(
      program: "scaffold",
      style: Style(isEnabled: isColoured, charset: charset, tableWidth: width)
    ).command(example, groups: [("Options", example.options)])
  }

  @Test("of a command is written from its table")
  func golden() {
    #expect(
      text(width: 80) == """
        Create a project

        Usage:
          scaffold new [OPTIONS] DIRECTORY [MORE]

        The project is written beside its name and then moved there: it is complete, or
        it is not there.

        Nothing else is touched.

        Arguments:
          DIRECTORY  Where it goes
          MORE       More of it

        Options:
          -l, --layout NAME    What to create
              --port PORT      Where it listens
                                 default: 80
              --models A,B,…   What it keeps
                                 default: item
              --set N=V        What a variable is
              --[no-]celery    With a queue
                                 default: true
              --format FORMAT  How it is shown
                                 tree: as a tree, with a note beside each path that has
                                   one, in one column
                                 paths: one a line
                                 default: paths
          -n, --dry-run        Write nothing
              --color WHEN     When there are colours
                                 auto: on a terminal, unless the environment says
                                   otherwise
                                 always: wherever the output goes
                                 never: nowhere
                                 default: auto
              --no-pager       Show what is longer than the screen without a pager
          -h, --help           Show help

        Examples:
          scaffold new --layout x y
              a new project

        """)
  }

  @Test("of the program lists its commands and topics")
  func overview() {
    let help = HelpText(program: "scaffold", style: plain)
    #expect(
      help.overview(
        Command(
          name: "scaffold", summary: "Creates projects.",
          options: [Option("help", help: "Show help")],
          examples: [Command.Example("scaffold list", "the layouts")]),
        commands: [example],
        topics: HelpText.List(
          title: "Topics", rows: [Wrapping.Row("layouts", "What a layout is")])) == """
          Creates projects.

          Usage:
            scaffold COMMAND [OPTIONS]

          Commands:
            new  Create a project

          Topics:
            layouts  What a layout is

          Options:
                --color WHEN  When there are colours
                                auto: on a terminal, unless the environment says otherwise
                                always: wherever the output goes
                                never: nowhere
                                default: auto
                --no-pager    Show what is longer than the screen without a pager
                --help        Show help

          Examples:
            scaffold list
                the layouts

          “scaffold help TOPIC” says more of a command or a topic.

          """)
  }

  @Test(
    "has no line over the width, and never more than 100 columns",
    arguments: [20, 21, 25, 30, 35, 36, 40, 41, 50, 60, 79, 100, 200])
  func width(width: Int) {
    // A call is there to be copied.
    let calls = example.examples.map { "  " + $0.left }
    for line in text(width: width).split(separator: "\n") where !calls.contains(String(line)) {
      #expect(line.count <= min(width, 100), "\(line)")
    }
  }

  @Test("shows every option and what it says of each", arguments: [10, 20, 30, 40, 80, 200])
  func isComplete(width: Int) {
    let words = text(width: width).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for option in example.options {
      let name = option.value == .flag ? "--[no-]\(option.name)" : "--\(option.name)"
      #expect(words.contains(name))
      #expect(words.contains(option.help))
      if let short = option.short { #expect(words.contains("-\(short), \(name)")) }
      if let text = option.defaultText { #expect(words.contains("default: \(text)")) }
      for word in option.words {
        #expect(words.contains("\(word.word): \(word.meaning ?? "")"))
      }
    }
  }

  @Test("says the same in colours", arguments: [20, 40, 80])
  func colours(width: Int) {
    var coloured = text(width: width, isColoured: true)
    for piece in ["1mOptions:", "36mpaths", "2mdefault: paths", "32m-h, --help"] {
      #expect(coloured.contains("\u{1B}[\(piece)\u{1B}[0m"), "\(piece)")
    }
    for code in ["0", "1", "2", "32", "36"] {
      coloured = coloured.replacing("\u{1B}[\(code)m", with: "")
    }
    #expect(coloured == text(width: width))
  }

  @Test("is ASCII where the locale is")
  func ascii() {
    #expect(text(width: 80).contains("--models A,B,…"))
    let plain = text(width: 80, charset: .ascii)
    #expect(plain.contains("--models A,B,..."))
    #expect(plain.utf8.allSatisfy { $0 < 0x80 })
  }
}

@Suite("Wrapping")
struct WrappingTests {
  @Test(
    "breaks between words",
    arguments: [
      ("", [""]), ("one two", ["one two"]), ("one two three", ["one two", "three"]),
      ("abcdefgh", ["abcdefgh"]), ("abcdefghij klm", ["abcdefghij", "klm"]),
      ("a abcdefghij b", ["a", "abcdefghij", "b"]), ("one\n\ntwo", ["one", "", "two"]),
      ("one two\nthree four", ["one two", "three", "four"]), ("été être là", ["été être", "là"]),
      ("  one two three", ["  one", "    two", "    three"]), ("  one", ["  one"]),
      ("        ", ["        "]), ("one  two three ", ["one two", "three"]),
      // Columns are those of a terminal.
      ("e\u{301}te\u{301} etre", ["e\u{301}te\u{301} etre"]), ("äöü äöü", ["äöü äöü"]),
      ("日本語 x", ["日本語 x"]), ("日本 語 x", ["日本 語", "x"]),
      // What is quoted is whole where it fits.
      ("see “a b c”", ["see", "“a b c”"]), ("a “b c”, d", ["a “b c”,", "d"]),
      ("a “b c d e f”", ["a “b c d", "e f”"]), ("a \"b c d\"", ["a", "\"b c d\""]),
      ("a “b c d", ["a “b c d"]), ("ab “b c d", ["ab “b c", "d"]),
    ])
  func lines(text: String, expected: [String]) {
    #expect(Wrapping.lines(text, width: 8) == expected)
  }

  @Test("loses no word and passes the width only for one that is longer", arguments: 1...30)
  func keepsWords(width: Int) {
    let text = "It is complete, or it is not there;\n  nothing else\nis touched whatever-may-come."
    let lines = Wrapping.lines(text, width: width)
    #expect(
      lines.joined(separator: " ").split(whereSeparator: \.isWhitespace)
        == text.split(whereSeparator: \.isWhitespace))
    for line in lines where line.count > width {
      #expect(line.split(separator: " ").count == 1, "\(line)")
    }
  }

  @Test(
    "hangs what goes on as far in as it is told",
    arguments: [(0, ["one two", "three four"]), (5, ["one two", "     three", "     four"])])
  func hanging(hanging: Int, expected: [String]) {
    #expect(Wrapping.lines("one two three four", width: 10, hanging: hanging) == expected)
  }
}

@Suite("A table")
struct TableTests {
  private func table(_ rows: [Wrapping.Row], width: Int) -> String {
    Style(tableWidth: width).table(rows)
  }

  private let wide = String(repeating: "w", count: 40)

  @Test("sets the second column beside the first, and below where the first is too wide")
  func columns() {
    #expect(
      table(
        [
          Wrapping.Row("a", "one two three four five six seven eight"), Wrapping.Row("bcd", ""),
          Wrapping.Row(wide, "wide"), Wrapping.Row("ef", "x", [.init("y", .choice, ": z")]),
        ], width: 40)
          == """
            a    one two three four five six seven
                 eight
            bcd
            \(wide)
                 wide
            ef   x
                   y: z

          """)
    #expect(table([], width: 80) == "")
  }

  @Test("counts the columns of wide letters")
  func cells() {
    #expect(
      table([Wrapping.Row("日本", "a"), Wrapping.Row("xyz", "b")], width: 80)
        == "  日本  a\n  xyz   b\n")
  }

  @Test("has one column where there is no room for two")
  func narrow() {
    #expect(
      table(
        [
          Wrapping.Row("    --name VALUE", "one two three four five"), Wrapping.Row("x", "y"),
          Wrapping.Row("-l, --layout NAME|FOLDER", "z"),
        ], width: 20)
          == """
            --name VALUE
              one two three
              four five
            x
              y
            -l, --layout
                NAME|FOLDER
              z

          """)
  }
}
