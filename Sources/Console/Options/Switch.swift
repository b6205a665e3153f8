/// A row for an option without a value: it is given or it is not.
package struct Switch: Sendable {
  package let option: Option

  package init(_ name: String, short: Character? = nil, help: String) {
    option = Option(name, short: short, help: help)
  }

  /// Every command has it, and where it is given nothing needs to be complete.
  package static let help = Switch("help", short: "h", help: "Show help")
}

extension ParsedArguments {
  package subscript(row: Switch) -> Bool { has(row.option) }
}
