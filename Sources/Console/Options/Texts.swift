/// A row for an option that may be given several times, each time with a value.
package struct Texts: Sendable {
  package let option: Option

  package init(
    _ name: String, _ placeholder: String, completion: Completion = .none, help: String
  ) {
    option = Option(
      name, value: .one(placeholder), isRepeatable: true, completion: completion, help: help)
  }
}

extension ParsedArguments {
  /// In the order in which they were given.
  package subscript(row: Texts) -> [String] { values(of: row.option) }
}
