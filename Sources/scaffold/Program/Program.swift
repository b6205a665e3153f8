import BuildInfo
import CLibrary
import Console
import Documents

/// The command line as a whole: finds the command and prints what it says.
struct Program {
  static let name = "scaffold"
  static let version = "0.1.0"
  /// Of the version, for its manual pages.
  static let date = "2026-11-29"

  /// What `--version` prints, in the form that `rustc` and `cargo` have: a release tells the commit
  /// that it was built from, and its day.
  static func versionLine(commit: String?, date: String?) -> String {
    guard let commit, let date else { return "\(name) \(version)\n" }
    return "\(name) \(version) (\(commit) \(date))\n"
  }

  /// In the order in which help lists them.
  static let commands: [any Subcommand.Type] = [
    NewCommand.self, AdoptCommand.self, AddCommand.self, RemoveCommand.self, UpdateCommand.self,
    CheckCommand.self, DiffCommand.self, UndoCommand.self, ListCommand.self, ShowCommand.self,
    CompletionsCommand.self, HelpCommand.self,
  ]

  /// With its table, the only one that is made; nil for an unknown name.
  static func command(named name: String) -> (any Subcommand)? {
    for command in commands where command.name == name { return command.init() }
    return nil
  }

  private static let versionSwitch = Switch("version", short: "V", help: "Show the version")

  /// The program as a command, for what stands before one.
  static var table: Command {
    Command(
      name: name, summary: "Creates projects that work at once, from layouts.",
      operands: [
        Command.Operand("COMMAND", completion: .command, help: "What to do", isRequired: false)
      ],
      options: [Switch.help.option, versionSwitch.option], examples: examples,
      synonyms: [
        Synonym(["v"], "“--version”"), Synonym(["list", "ls"], "“scaffold list”"),
        Synonym(["man"], "“scaffold help --man”"),
        Synonym(["completions", "completion"], "“scaffold completions SHELL”"),
      ])
  }

  /// The layout that examples are of.
  static let exampleLayout = "staged-docker"

  static let examples = [
    Command.Example("scaffold list", "the layouts there are"),
    Command.Example(
      "scaffold new staged-docker myproj", "a new project in the directory myproj"),
    Command.Example(
      "scaffold new staged-docker --dry-run myproj", "what it would write"),
  ]

  /// How a run ends.
  enum Ending: Equatable {
    case code(ExitCode)
    /// Nobody reads the output any more: the process ends as one that wrote into a closed pipe.
    case closedPipe
    /// It came while a person was asked: the process ends as by itself it would have.
    case signal(Int32)
  }

  private let context = Context()

  /// - Parameter arguments: without the program's name; nil when they are not UTF-8.
  func run(_ arguments: [String]?) -> Ending {
    do throws(Failure) {
      guard let arguments else { throw .usage("an argument is not UTF-8") }
      let code = try dispatch(arguments)
      try context.flush()
      return .code(code)
    } catch {
      // What is kept comes first.
      let lost = lostOutput()
      context.report(error.diagnostics)
      if let lost { context.report(lost.diagnostics) }
      return lost?.ending ?? error.ending
    }
  }

  /// Why what is kept could not be written either.
  private func lostOutput() -> Failure? {
    do throws(Failure) {
      try context.flush()
      return nil
    } catch {
      return error
    }
  }

  private func dispatch(_ words: [String]) throws(Failure) -> ExitCode {
    context.outputOptions = OutputOptions(in: words)
    let arguments = try withoutOutputOptions(words)
    guard let first = arguments.first else { return try begin() }
    if let command = Self.command(named: first) {
      return try command.run(Array(arguments.dropFirst()), context)
    }
    if first == CompletionRequest.name {
      let completer = ProgramCompleter(catalogue: context.catalogue)
      context.print(CompletionRequest.answer(Array(arguments.dropFirst()), completer) ?? "")
      return .done
    }
    let parsed: ParsedArguments
    do throws(Failure) {
      parsed = try Failure.usage { () throws(Diagnostics) in
        try ArgumentParser(command: Self.table, helpCall: "scaffold help").parse([first])
      }
    } catch {
      throw Guess.failure(forOptionBeforeCommand: arguments) ?? error
    }
    if parsed[.help] { return HelpCommand.printOverview(context) }
    guard parsed[Self.versionSwitch] else { throw Guess.failure(for: arguments, context) }
    let commit = build_info_commit().map(String.init(cString:))
    let date = build_info_date().map(String.init(cString:))
    context.print(Self.versionLine(commit: commit, date: date))
    return .done
  }

  /// Nothing was given: a person is asked what to make, and everybody else gets the help that nobody
  /// asked for.
  private func begin() throws(Failure) -> ExitCode {
    if context.canAsk { return try NewCommand().run([], context) }
    context.remark(HelpCommand.overview(context.helpBeside))
    return .wrongUsage
  }

  /// What stands before the command, and is no word of its own.
  private func withoutOutputOptions(_ words: [String]) throws(Failure) -> [String] {
    let count = OutputOptions.leading(words)
    if count == 0 { return words }
    _ = try Failure.usage { () throws(Diagnostics) in
      try ArgumentParser(command: Self.table, helpCall: "scaffold help")
        .parse(Array(words[..<count]))
    }
    return Array(words[count...])
  }

  static func exit(with ending: Ending) -> Never {
    switch ending {
    case .code(let code): Self.leave(code.rawValue)
    case .closedPipe:
      Signals.die(of: SIGPIPE)
      Self.leave(ExitCode.unwritableTarget.rawValue)
    case .signal(let signal):
      Signals.die(of: signal)
      Self.leave(128 + signal)
    }
  }

  private static func leave(_ code: Int32) -> Never {
    systemExit(code)
  }
}

/// `exit(3)`, under a name that no method hides.
private let systemExit: @Sendable (Int32) -> Never = { exit($0) }
