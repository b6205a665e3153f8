import Console
import Documents

/// What a first word may mean that is no command.
enum Guess {
  /// - Parameter arguments: of the program; the first is no command.
  static func failure(for arguments: [String], _ context: Context) -> Failure {
    let first = arguments.first ?? ""
    let rest = Array(arguments.dropFirst())
    let directory = rest.isEmpty ? [ShowCommand.exampleDirectory] : rest
    if LayoutArgument.isLayout(first, context),
      let call = ShellWord.command(["scaffold", "new", "--layout", first] + directory)
    {
      return unknown("command", first, help: "“\(call)” makes a project from this layout")
    }
    if let words = command(meantBy: first),
      let call = ShellWord.command(["scaffold"] + words + rest)
    {
      return unknown("command", first, help: "here it is “\(call)”; \(overview)")
    }
    if first.begins(with: "-") { return unknownOption(first) }
    do {
      // A dash that is no “-”.
      _ = try ArgumentParser(command: program, helpCall: "scaffold help").parse([first])
    } catch {
      return Failure(.wrongUsage, error)
    }
    return unknownCommand(first)
  }

  static func unknownCommand(_ name: String) -> Failure {
    let nearest = Suggestion.nearest(to: name, among: Program.names)
    return unknown(
      "command", name, help: (nearest.map { "did you mean “\($0)”? " } ?? "") + overview)
  }

  private static func unknownOption(_ name: String) -> Failure {
    let nearest =
      name == "-v" ? "--version" : Suggestion.nearest(to: name, among: ["--help", "--version"])
    return unknown(
      "option", name, help: (nearest.map { "did you mean “\($0)”? " } ?? "") + overview)
  }

  private static let overview = "“scaffold help” lists the commands"

  private static func unknown(_ what: String, _ name: String, help: String) -> Failure {
    Failure.usage("unknown \(what) “\(Printable.text(name))”", help: help)
  }

  /// The program as a command, for what stands before one.
  private static var program: Command {
    Command(
      name: Program.name, summary: Program.summary,
      operands: [Command.Operand("COMMAND", help: "What to do", isRequired: false)],
      options: [Program.helpOption, Program.versionOption])
  }

  /// What other programs call what a command does here.
  private static func command(meantBy word: String) -> [String]? {
    switch word {
    case "create", "init", "generate", "gen", "make", "start", "copy": ["new"]
    case "ls", "layouts", "templates": ["list"]
    case "info", "describe", "inspect", "view": ["show"]
    case "version": ["--version"]
    default: nil
    }
  }
}

extension Program {
  /// What people bring from other programs to `scaffold new`.
  static let synonymsOfNew = [
    Synonym(
      ["template", "t", "type", "kind"], "“--layout NAME”; “scaffold list” shows the layouts",
      option: "layout"),
    Synonym(
      ["force", "f", "overwrite", "overwrite-if-exists"], "“--on-conflict replace”",
      option: "on-conflict"),
    Synonym(
      ["skip-if-exists", "skip-if-file-exists"], "“--on-conflict keep”", option: "on-conflict"),
    Synonym(
      ["output", "o", "output-dir", "dir", "directory", "destination", "path", "name"],
      "the last word, without an option: “scaffold new --layout NAME DIRECTORY”"),
    Synonym(
      ["pretend", "what-if", "simulate", "check", "preview"], "“--dry-run”", option: "dry-run"),
    Synonym(["json"], "“--dry-run --format json”", option: "format"),
    Synonym(
      ["yes", "y", "no-input", "defaults"], "the default: nothing is asked; leave it out"),
    Synonym(
      ["data", "d", "define", "D", "param", "variable", "var"], "“--set NAME=VALUE”", option: "set"),
    Synonym(["data-file", "config", "config-file", "vars"], "“--answers FILE”", option: "answers"),
    Synonym(["version", "V"], "“scaffold --version”"),
  ]
}
