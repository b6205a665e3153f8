/// A row for an option that takes one of the words of `Value`, and stands for one when it is not
/// given.
///
/// What depends on `Value` is in closures: the runtime makes no type for the row, which would take
/// longer than all else that `list` does.
package struct Choice<Value>: Sendable
where Value: RawRepresentable<String> & CaseIterable & Sendable {
  @usableFromInline package let option: Option
  @usableFromInline let standard: @Sendable () -> Value
  /// What a word stands for.
  @usableFromInline let value: @Sendable (String) -> Value

  /// - Parameter meaning: what help says of a word.
  @inlinable @inline(__always) package init(
    _ name: String, _ placeholder: String, default standard: Value, help: String,
    meaning: @escaping @Sendable (Value) -> String
  ) {
    option = Option(
      name, value: .one(placeholder), isClosed: true, completion: .words, help: help,
      defaultText: standard.rawValue
    ) {
      Value.allCases.map { Option.Word($0.rawValue, meaning($0)) }
    }
    self.standard = { standard }
    value = { Value(rawValue: $0) ?? standard }
  }
}

extension ParsedArguments {
  package subscript<Value>(row: Choice<Value>) -> Value {
    guard let word = value(of: row.option) else { return row.standard() }
    return row.value(word)
  }
}
