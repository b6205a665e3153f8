import Console
import Documents
import Layouts

/// `scaffold new`
struct NewCommand: Subcommand {
  static let name = "new"
  static let takesVariables = true
  let command = Command(
    name: Self.name, summary: "Create a project from a layout",
    details: """
      The project is written beside its name and then moved there: it is complete, or it is not \
      there. In a directory that exists, no file is changed unless --on-conflict says so.

      A list takes its items with commas between them; “\\,” is a comma in an item.
      """,
    operands: [
      Command.Operand(
        "LAYOUT", completion: .layout,
        help: "A name that “scaffold list” shows, or a folder (with a “/”, or “.”)",
        isRequired: false),
      Command.Operand(
        "DIRECTORY", completion: .directory,
        help: "Where the project goes; “.” is the current directory"),
    ],
    options: NewOptions.all,
    examples: Program.examples.dropFirst() + [
      Command.Example(
        "scaffold new staged-docker --help", "the variables of a layout"),
      Command.Example("scaffold new ./mine myproj", "a layout in a folder of your own"),
    ], synonyms: NewOptions.synonyms)

  func run(_ arguments: [String], _ context: Context) throws(Failure) -> Program.ExitCode {
    let line = NewLine(arguments, command, context)
    ViewOptions.apply(line.early.arguments, context)
    guard let named = try line.named() else {
      if line.early.arguments[.help] {
        context.printPage(context.help.command(command, groups: [("Options", command.options)]))
        return .done
      }
      let missing = MissingLayout(line)
      guard missing.isAll, let prompter = context.prompter(line.early.arguments) else {
        throw missing.failure
      }
      return try Conversation(line, nil, among: missing.layouts, prompter).run()
    }
    guard let call = try line.call(named) else { return .done }
    if let prompter = context.prompter(call.parsed), call.isIncomplete {
      try call.refuseWrongValues()
      return try Conversation(line, call, prompter).run()
    }
    if call.directory == nil { throw call.missingDirectory(command) }
    return try NewRun(call.layout, call.parsed, call.files, context).run()
  }
}
