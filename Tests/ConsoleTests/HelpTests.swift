import Console
import Documents
import Testing

@Suite("Help")
struct HelpTests {
  private func text(width: Int, style: Style = plain) -> String {
    HelpText(program: "scaffold", style: style, width: width)
      .command(example, groups: [("Options", example.options)])
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
          -h, --help           Show help

        Examples:
          scaffold new --layout x y
              a new project

        """)
  }

  @Test("of the program lists its commands and topics")
  func overview() {
    let help = HelpText(program: "scaffold", style: plain, width: 80)
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
                --help  Show help

          Examples:
            scaffold list
                the layouts

          “scaffold help TOPIC” says more of a command or a topic.

          """)
  }

  @Test(
    "has no line over the width, and never more than 100 columns",
    arguments: [40, 41, 50, 60, 79, 100, 200])
  func width(width: Int) {
    for line in text(width: width).split(separator: "\n") {
      #expect(line.count <= min(width, 100), "\(line)")
    }
  }

  @Test("shows every option and what it says of each", arguments: [10, 40, 80, 200])
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

  @Test("says the same in colours")
  func colours() {
    var coloured = text(width: 80, style: Style(isEnabled: true))
    #expect(coloured.contains("\u{1B}[1mOptions:\u{1B}[0m"))
    for code in ["0", "1", "2", "32"] { coloured = coloured.replacing("\u{1B}[\(code)m", with: "") }
    #expect(coloured == text(width: 80))
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
      // A column for each Character, however many bytes or scalars it has.
      ("e\u{301}te\u{301} etre", ["e\u{301}te\u{301} etre"]), ("äöü äöü", ["äöü äöü"]),
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

  @Test("sets the second column beside the first, and below where the first is too wide")
  func columns() {
    let wide = String(repeating: "w", count: 40)
    #expect(
      Wrapping.columns(
        [
          Wrapping.Row("a", "one two three four five six seven eight"), Wrapping.Row("bcd", ""),
          Wrapping.Row(wide, "wide"), Wrapping.Row("ef", "x\n  y"),
        ],
        width: 40)
          == """
            a    one two three four five six seven
                 eight
            bcd
            \(wide)
                 wide
            ef   x
                   y

          """)
    #expect(Wrapping.columns([], width: 80) == "")
  }
}
