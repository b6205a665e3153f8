import Console
import Documents

/// A command of the program: its table and what it does.
protocol Subcommand: Sendable {
  static var name: String { get }
  /// Whether the variables of its layouts are options of it.
  static var takesVariables: Bool { get }
  /// Makes the table.
  init()
  var command: Command { get }
  func run(_ arguments: [String], _ context: Context) throws(Failure) -> Program.ExitCode
}

extension Subcommand {
  static var takesVariables: Bool { false }

  /// The arguments held against the command's table. Nil when help was asked for, and printed.
  func parse(_ arguments: [String], _ context: Context) throws(Failure) -> ParsedArguments? {
    let parsed = try Failure.usage { () throws(Diagnostics) in
      try ArgumentParser(
        command: command, helpCall: "\(Program.name) \(Self.name) --help"
      ).parse(arguments)
    }
    guard parsed[.help] else { return parsed }
    context.printPage(context.help.command(command, groups: [("Options", command.options)]))
    return nil
  }
}
