import Documents

/// What a command line says, held against a command's table.
package struct ParsedArguments: Sendable {
  package var operands: [String] = []
  private var values = NamedValues<[String]>()
  /// The table.
  private let options: [Option]

  init(options: [Option]) {
    self.options = options
  }

  /// All values of an option, in order; none when it was not given. A flag's are `true` or `false`.
  package func values(of option: Option) -> [String] {
    assert(
      options.contains { $0.name == option.name }, "--\(option.name) is missing in the table")
    return values(named: option.name)
  }

  func value(of option: Option) -> String? {
    values(of: option).last
  }

  package func has(_ option: Option) -> Bool {
    !values(of: option).isEmpty
  }

  /// Of an option that is known by its name only: that of a layout's variable.
  package func values(named name: String) -> [String] {
    values[name] ?? []
  }

  mutating func add(_ value: String, to option: Option) {
    values[option.name] = values(named: option.name) + [value]
  }
}
