import Console
import Documents
import Layouts

/// `scaffold help [TOPIC] [ARGUMENT…]`
struct HelpCommand: Subcommand {
  static let name = "help"

  private static let man = Switch(
    "man",
    help: "Write the manual page to standard output: scaffold(1), or with “layout” that of the"
      + " format of layouts, scaffold-layout(5)")

  let command = Command(
    name: Self.name, summary: "Explain the program, a command, or the format of layouts",
    operands: [
      Command.Operand(
        "TOPIC", completion: .topic, help: "A command, or one of the topics below",
        isRequired: false),
      Command.Operand(
        "ARGUMENT", help: "What the command would be given, which may have options of its own",
        isRequired: false, isRepeatable: true),
    ],
    options: [man.option, Switch.help.option],
    examples: [
      Command.Example("scaffold help new", "a command"),
      Command.Example("scaffold help new tiered", "the same, with a layout's options"),
      Command.Example("scaffold help placeholders", "a part of the format of layouts"),
      Command.Example("scaffold help schema > layout.schema.json", "what editors ask for"),
      Command.Example("scaffold help --man > scaffold.1", "the manual page, for “man”"),
      Command.Example("scaffold help --man layout > scaffold-layout.5", "that of the format"),
    ])

  func run(_ arguments: [String], _ context: Context) throws(Failure) -> Program.ExitCode {
    // What follows a command is its own.
    if let first = arguments.first, let subcommand = Program.command(named: first) {
      return try explain(subcommand, Array(arguments.dropFirst()), context)
    }
    let parsed = try Failure.usage { () throws(Diagnostics) in
      try ArgumentParser(command: command, helpCall: "scaffold help --help").parse(arguments)
    }
    if parsed[.help] {
      context.print(
        context.help.command(
          command, lists: [Self.topics], groups: [("Options", command.options)]))
      return .done
    }
    let words = parsed.operands
    if parsed[Self.man] { return try printPage(of: words, context) }
    guard let name = words.first else { return Self.printOverview(context) }
    if let subcommand = Program.command(named: name) {
      return try explain(subcommand, Array(words.dropFirst()), context)
    }
    guard let topic = HelpTopic(rawValue: name) else { throw unknown(name, context) }
    if words.count > 1 {
      throw .usage(
        "unexpected argument “\(Printable.text(words[1]))”", help: "“\(topic.call)” is all of it")
    }
    context.printPage(topic.text(context))
    return .done
  }

  static func printOverview(_ context: Context) -> Program.ExitCode {
    context.printPage(overview(context.help))
    return .done
  }

  static func overview(_ help: HelpText) -> String {
    help.overview(
      Program.table, commands: Program.commands.map { $0.init().command }, topics: topics)
  }

  private static var topics: HelpText.List {
    HelpText.List(
      title: "Topics", rows: HelpTopic.allCases.map { Wrapping.Row($0.rawValue, $0.summary) })
  }

  private func explain(
    _ subcommand: any Subcommand, _ arguments: [String], _ context: Context
  ) throws(Failure) -> Program.ExitCode {
    let name = type(of: subcommand).name
    if arguments.contains(where: { $0 == "--\(Self.man.option.name)" }) {
      throw Self.hasNoPage(name)
    }
    if name == Self.name { return try run(["--help"], context) }
    return try subcommand.run(["--help"] + arguments, context)
  }

  // MARK: Manual pages

  private func printPage(
    of words: [String], _ context: Context
  ) throws(Failure) -> Program.ExitCode {
    if words.count > 1 {
      throw .usage(
        "unexpected argument “\(Printable.text(words[1]))”", help: "one page is written at a time")
    }
    let (call, text) = try page(words.first)
    context.print(text)
    if Terminal.standardOutput.isTerminal {
      context.note("this is the page's source; “\(call) | man -l -” shows it")
    }
    return .done
  }

  private func page(_ word: String?) throws(Failure) -> (call: String, text: String) {
    let call = "\(Program.name) help --\(Self.man.option.name)"
    switch word {
    case nil, Program.name:
      return (
        call, ProgramManual.text(Program.table, Program.commands.map { $0.init().command })
      )
    case "layout", HelpTopic.layouts.rawValue, LayoutManual.page.name:
      return (call + " layout", LayoutManual.text)
    case let name?:
      if Program.commands.contains(where: { $0.name == name }) { throw Self.hasNoPage(name) }
      if let topic = HelpTopic(rawValue: name) {
        throw .usage(
          "“\(name)” has no page of its own",
          help: "“\(call) layout” has all of the format; “\(topic.call)” is that part")
      }
      throw .usage(
        "there is no manual page “\(Printable.text(name))”",
        help: "“\(call)” is that of the program, “\(call) layout” that of the format of layouts")
    }
  }

  private static func hasNoPage(_ command: String) -> Failure {
    .usage(
      "“\(command)” has no manual page of its own",
      help: "“scaffold help --man” has all commands; “scaffold help \(command)” explains this one")
  }

  // MARK: Mistakes

  private func unknown(_ name: String, _ context: Context) -> Failure {
    let message = "there is no command and no topic “\(Printable.text(name))”"
    let overview = "“scaffold help” lists them"
    if context.catalogue.has(LayoutReference(name)),
      let show = ShellWord.command(["scaffold", "show", name]),
      let options = ShellWord.command(["scaffold", "help", "new", name])
    {
      return .usage(
        message, help: "it is a layout: “\(show)” describes it, “\(options)” has its options")
    }
    let known = Program.commands.map { $0.name } + HelpTopic.allCases.map(\.rawValue)
    let meant = Guess.command(meantBy: name)?.first { !$0.begins(with: "-") }
    if let meant = meant ?? Suggestion.nearest(to: name, among: known) {
      return .usage(message, help: "did you mean “scaffold help \(meant)”? \(overview)")
    }
    return .usage(message, help: overview)
  }
}
