/// A row for an option that takes one value, whatever it is.
package struct Text: Sendable {
  package let option: Option

  package init(
    _ name: String, _ placeholder: String, short: Character? = nil, completion: Completion = .none,
    help: String
  ) {
    option = Option(
      name, short: short, value: .one(placeholder), completion: completion, help: help)
  }
}

extension ParsedArguments {
  /// Nil when it was not given.
  package subscript(row: Text) -> String? { value(of: row.option) }
}
