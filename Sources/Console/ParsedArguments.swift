import Documents

/// What a command line says, held against a command's table.
package struct ParsedArguments: Sendable {
  package var operands: [String] = []
  private var values = NamedValues<[String]>()

  package init() {}

  /// All values of an option, in order; none when it was not given. A flag's are `true` or `false`.
  package func values(of option: String) -> [String] {
    values[option] ?? []
  }

  package func value(of option: String) -> String? {
    values[option]?.last
  }

  package func has(_ option: String) -> Bool {
    values[option] != nil
  }

  mutating func add(_ value: String, to option: String) {
    values[option] = values(of: option) + [value]
  }
}
