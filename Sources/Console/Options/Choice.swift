/// A row for an option that takes one of the words of `Value`, and stands for one when it is not
/// given. (Inlined where it is used: generic code of another module is slow.)
package struct Choice<Value>: Sendable
where Value: RawRepresentable<String> & CaseIterable & Sendable {
  @usableFromInline package let option: Option
  @usableFromInline let standard: Value

  /// - Parameter meaning: what help says of a word.
  @inlinable package init(
    _ name: String, _ placeholder: String, default standard: Value, help: String,
    meaning: (Value) -> String
  ) {
    var words: [Option.Word] = []
    for value in Value.allCases { words.append(Option.Word(value.rawValue, meaning(value))) }
    option = Option(
      name, value: .one(placeholder), words: words, isClosed: true, completion: .words, help: help,
      defaultText: standard.rawValue)
    self.standard = standard
  }
}

extension ParsedArguments {
  @inlinable package subscript<Value>(row: Choice<Value>) -> Value {
    value(of: row.option).flatMap(Value.init) ?? row.standard
  }
}
