import Console
import Documents
import Manual

/// scaffold(1): the commands as their tables have them, and what holds for all of them.
enum ProgramManual {
  static let page = ManualPage(
    name: Program.name, section: 1, date: Program.date,
    source: "\(Program.name) \(Program.version)", volume: "User Commands")

  /// - Parameter commands: the tables, in the order of help.
  static func text(_ program: Command, _ commands: [Command]) -> String {
    var blocks = synopsis(commands)
    blocks += section("Description", Markdown(description).blocks)
    blocks += section(
      "Options",
      [.definitions(program.options.map(definition))] + Markdown(ofOptions).blocks)
    blocks += section("Commands", commands.flatMap { self.blocks(of: $0, in: program) })
    blocks += section(
      "Help topics",
      Markdown(ofTopics).blocks + [.definitions(HelpTopic.allCases.map(definition))])
    blocks += section(
      "Exit status",
      [
        .definitions(
          Program.ExitCode.allCases.map { code in
            Block.Definition(
              [Span("\(code.rawValue)", .code)], [Markdown.spans(of: code.meaning)])
          })
      ])
    blocks += section("Environment", [definitions(environment)])
    blocks += section("Files", [definitions(files)])
    blocks += section("Examples", [examples(program.examples)])
    blocks += section("See also", Markdown(seeAlso).blocks)
    return page.text(summary: "create projects that work at once, from layouts", blocks)
  }

  private static func section(_ title: String, _ blocks: [Block]) -> [Block] {
    [.heading(level: 1, [Span(title)])] + blocks
  }

  private static func definitions(_ rows: [(name: String, text: String)]) -> Block {
    .definitions(
      rows.map { Block.Definition([Span($0.name, .code)], [Markdown.spans(of: $0.text)]) })
  }

  // MARK: What holds for all commands

  private static let description = """
    `scaffold` creates projects from layouts. A layout is a folder of templates, and of what is to \
    be asked for; some are built in, others are folders of your own, which scaffold-layout(5) \
    describes. Nothing is lost on the way: a target is as it was, or complete.

    Every variable of a layout is an option: `STEPS` is `--steps`, the flag `RUNNERS` is `--runners` \
    or `--no-runners`. `scaffold show` and `scaffold help new` with a layout's name tell \
    them.

    A project keeps what it was made of in `.scaffold.json`, so that it can follow its layout \
    (`update`), grow (`add`, `remove`), and be held against it (`check`, `diff`). `undo` takes the \
    last change back.
    """

  private static let ofOptions = """
    Every command has the option `--help`.

    Options have the forms `--option value` and `--option=value`, short ones also `-ovalue`, and \
    may be joined. What follows `--` is no option.
    """

  private static let ofTopics = """
    `scaffold help` with one of these words prints a part of scaffold-layout(5):
    """

  /// What the program itself reads. A test holds the names against the sources.
  static let environment = [
    ("NO_COLOR", "There is no colour where it is set and not empty."),
    ("FORCE_COLOR", "There is colour in any output where it is set and not empty."),
    (
      "CLICOLOR_FORCE",
      "There is colour in any output where it is set, not empty and not `0`."
    ),
    ("CLICOLOR", "There is no colour where it is `0`."),
    (
      "TERM",
      "There is no colour and no pager where it is `dumb`, and nothing that is shown is drawn over"
        + " again."
    ),
    ("COLUMNS", "How wide the terminal is, and text that is set in columns."),
    (
      "LC_ALL",
      "The first of it, `LC_CTYPE` and `LANG` that is set and not empty says whether ASCII is all"
        + " that is drawn with."
    ),
    ("LC_CTYPE", "As `LC_ALL`."),
    ("LANG", "As `LC_ALL`."),
    ("SCAFFOLD_PAGER", "Shows what is longer than the screen; none does where it is empty."),
    ("PAGER", "As `SCAFFOLD_PAGER`, where that is not set; without both, less."),
    ("LESS", "The options of less; where it is not set, `FRX`."),
    ("LV", "The options of lv; where it is not set, `-c`."),
    ("PATH", "Where git is looked for, which merges and compares; without it, less is done."),
    ("HOME", "What “~” stands for in a directory that is typed at a question."),
    ("TMPDIR", "Where files are kept that are handed to git; else `/tmp`."),
  ]

  private static let files = [
    (
      ".scaffold.json",
      "A project's record: its layout, the answers, and for each file what the layout gave it."
        + " It is to be committed. It may be given to `--answers` of another project."
    ),
    (
      ".scaffold-undo",
      "What it takes to take back the last change of a project. Git ignores it. It may be removed"
        + " at any time."
    ),
    (
      ".scaffold-…",
      "What a run keeps beside its target, or in it, while it writes. The next run in the same"
        + " place completes what a dead one has left there, or takes it back."
    ),
    ("layout.json", "The manifest of a layout: scaffold-layout(5)."),
  ]

  private static let seeAlso = "scaffold-layout(5), git(1)"

  // MARK: Commands

  private static func synopsis(_ commands: [Command]) -> [Block] {
    [.heading(level: 1, [Span("Synopsis")]), .lines(commands.map(usage))]
  }

  private static func usage(of command: Command) -> [Span] {
    var spans = [Span("\(Program.name) \(command.name)", .code)]
    if !command.options.isEmpty { spans += [Span(" ["), Span("OPTIONS", .emphasis), Span("]")] }
    for operand in command.operands {
      let dots = operand.isRepeatable ? "…" : ""
      let (before, behind) = operand.isRequired ? (" ", dots) : (" [", dots + "]")
      spans += [Span(before), Span(operand.placeholder, .emphasis), Span(behind)]
    }
    return spans
  }

  private static func blocks(of command: Command, in program: Command) -> [Block] {
    var blocks: [Block] = [
      .heading(level: 2, [Span("\(Program.name) \(command.name)")]),
      .paragraph(HelpSpans.spans(of: command.summary + ".")),
    ]
    for paragraph in paragraphs(of: command.details) {
      blocks.append(.paragraph(HelpSpans.spans(of: paragraph)))
    }
    let operands = command.operands.map { operand in
      Block.Definition([Span(operand.placeholder, .emphasis)], [HelpSpans.spans(of: operand.help)])
    }
    // Those of the program are told once.
    let options = command.options.filter { option in
      !program.options.contains { $0.name == option.name }
    }
    let definitions = operands + options.map(definition)
    if !definitions.isEmpty { blocks.append(.definitions(definitions)) }
    if !command.examples.isEmpty {
      blocks.append(.paragraph([Span("Examples:", .emphasis)]))
      blocks.append(examples(command.examples))
    }
    return blocks
  }

  private static func paragraphs(of text: String) -> [String] {
    var paragraphs: [String] = []
    var isOpen = false
    for line in text.parts(between: "\n") {
      if line.isEmpty {
        isOpen = false
      } else if isOpen {
        paragraphs[paragraphs.count - 1] += " " + line
      } else {
        paragraphs.append(line)
        isOpen = true
      }
    }
    return paragraphs
  }

  private static func examples(_ examples: [Command.Example]) -> Block {
    .definitions(
      examples.map { Block.Definition([Span($0.left, .code)], [HelpSpans.spans(of: $0.right)]) })
  }

  private static func definition(_ topic: HelpTopic) -> Block.Definition {
    Block.Definition(
      [Span(topic.rawValue, .code)], [HelpSpans.spans(of: topic.summary)])
  }

  private static func definition(_ option: Option) -> Block.Definition {
    var term: [Span] = []
    if let short = option.short { term = [Span("-\(short)", .code), Span(", ")] }
    switch option.value {
    case .none: term.append(Span("--\(option.name)", .code))
    case .one(let placeholder):
      term += [Span("--\(option.name)", .code), Span(" "), Span(placeholder, .emphasis)]
    case .flag: term.append(Span("--[no-]\(option.name)", .code))
    }
    var lines = [HelpSpans.spans(of: option.help)]
    for word in option.words {
      lines.append(
        [Span(word.word, .code)]
          + (word.meaning.map { [Span(": ")] + HelpSpans.spans(of: $0) } ?? []))
    }
    if let requirement = option.requirement { lines.append([Span(requirement)]) }
    if let text = option.shownDefault { lines.append([Span("default: "), Span(text, .code)]) }
    return Block.Definition(term, lines)
  }
}
