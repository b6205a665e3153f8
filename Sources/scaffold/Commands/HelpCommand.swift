import Console
import Documents

/// `scaffold help [COMMAND]`
struct HelpCommand: Subcommand {
  let command = Command(
    name: "help", summary: "Show help for the program or a command",
    operands: [
      Command.Operand("COMMAND", help: "The command to explain", isRequired: false)
    ],
    options: [Program.helpOption])

  func run(_ arguments: [String], _ context: Context) throws {
    guard let parsed = try parse(arguments, context) else { return }
    guard let name = parsed.operands.first else { return Self.printOverview(context) }
    guard let subcommand = Program.command(named: name) else {
      throw Guess.unknownCommand(name)
    }
    try subcommand.run(["--help"], context)
  }

  static func printOverview(_ context: Context) {
    context.print(
      context.help.overview(
        summary: Program.summary, commands: Program.commands.map(\.command),
        options: [Program.helpOption, Program.versionOption], examples: Program.examples))
  }
}
