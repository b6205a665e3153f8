import Console
import Documents

/// `scaffold help [COMMAND]`
struct HelpCommand: Subcommand {
  static let name = "help"
  let command = Command(
    name: Self.name, summary: "Show help for the program or a command",
    operands: [
      Command.Operand(
        "COMMAND", completion: .command, help: "The command to explain", isRequired: false)
    ],
    options: [Switch.help.option])

  func run(_ arguments: [String], _ context: Context) throws(Failure) -> Program.ExitCode {
    guard let parsed = try parse(arguments, context) else { return .done }
    guard let name = parsed.operands.first else { return Self.printOverview(context) }
    guard let subcommand = Program.command(named: name) else {
      throw Guess.unknownCommand(name)
    }
    return try subcommand.run(["--help"], context)
  }

  static func printOverview(_ context: Context) -> Program.ExitCode {
    context.print(
      context.help.overview(Program.table, commands: Program.commands.map { $0.init().command }))
    return .done
  }
}
