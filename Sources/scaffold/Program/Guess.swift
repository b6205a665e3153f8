import Console
import Documents
import Layouts

/// What a first word may mean that is no command.
enum Guess {
  /// - Parameter arguments: of the program; the first is no command and no option.
  static func failure(for arguments: [String], _ context: Context) -> Failure {
    let first = arguments.first ?? ""
    let rest = Array(arguments.dropFirst())
    let directory = rest.isEmpty ? [ShowCommand.exampleDirectory] : rest
    if context.catalogue.has(LayoutReference(first)),
      let call = ShellWord.command(["scaffold", "new", first] + directory)
    {
      return unknown(first, help: "“\(call)” makes a project from this layout")
    }
    if let words = command(meantBy: first),
      let call = ShellWord.command(["scaffold"] + words + rest)
    {
      return unknown(first, help: "here it is “\(call)”; \(overview)")
    }
    return unknownCommand(first)
  }

  private static func unknownCommand(_ name: String) -> Failure {
    let nearest = Suggestion.nearest(to: name, among: Program.commands.map { $0.name })
    return unknown(name, help: (nearest.map { "did you mean “\($0)”? " } ?? "") + overview)
  }

  /// What to say of an option before the command that has it.
  ///
  /// - Parameter arguments: of the program; the first is no option of its own.
  static func failure(forOptionBeforeCommand arguments: [String]) -> Failure? {
    guard let option = arguments.first,
      let index = arguments.firstIndex(where: { Program.command(named: $0) != nil }),
      let command = Program.command(named: arguments[index])?.command
    else { return nil }
    var rest = arguments
    rest.remove(at: index)
    let name = ArgumentParser(command: command, helpCall: "").preliminary([option])
    guard name.unknown.isEmpty, let call = ShellWord.command(["scaffold", command.name] + rest)
    else { return nil }
    return .usage(
      "“\(Printable.text(option))” stands before the command",
      help: "its options stand behind it: “\(call)”")
  }

  private static let overview = "“scaffold help” lists the commands"

  private static func unknown(_ name: String, help: String) -> Failure {
    Failure.usage("unknown command “\(Printable.text(name))”", help: help)
  }

  /// What other programs call what a command does here.
  static func command(meantBy word: String) -> [String]? {
    switch word {
    case "create", "init", "generate", "gen", "make", "start", "copy": ["new"]
    case "link", "import", "attach", "associate": ["adopt"]
    case "ls", "layouts", "templates": ["list"]
    case "info", "describe", "inspect", "view": ["show"]
    case "rm", "delete", "drop": ["remove"]
    case "upgrade", "sync", "migrate", "refresh", "pull": ["update"]
    case "status", "changes", "changed": ["diff"]
    case "lint", "verify", "validate", "audit", "doctor": ["check"]
    case "revert", "rollback", "restore": ["undo"]
    case "completion", "complete", "autocomplete", "shell-completion": ["completions"]
    case "man", "manual", "manpage": ["help", "--man"]
    case "version": ["--version"]
    default: nil
    }
  }
}
