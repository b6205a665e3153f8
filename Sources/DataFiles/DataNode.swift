/// A value of a data file, and where it stands: what YAML, TOML, JSON and dotenv have in common.
package struct DataNode: Hashable, Sendable {
  package var value: Value
  /// The offset of its first byte in the file.
  package var offset: Int

  package init(_ value: Value, at offset: Int) {
    self.value = value
    self.offset = offset
  }

  package enum Value: Hashable, Sendable {
    /// Nothing, however the format writes it: `~`, `null`, a key without a value.
    case null
    /// A text, a number, a truth value or a date as it is written, without quotes and escapes.
    /// What a plain word means differs from reader to reader: `on`, `22:30` and `1_000` stay what
    /// they are.
    case scalar(String, isQuoted: Bool)
    case list([DataNode])
    /// In the file's order; no key stands twice.
    case map([Member])
  }

  package struct Member: Hashable, Sendable {
    package var key: String
    package var keyOffset: Int
    package var node: DataNode

    package init(_ key: String, at keyOffset: Int, _ node: DataNode) {
      self.key = key
      self.keyOffset = keyOffset
      self.node = node
    }
  }
}

extension DataNode {
  /// The value of a key; nil where this is no map or does not have it.
  package subscript(key: String) -> DataNode? {
    guard case .map(let members) = value else { return nil }
    return members.first { $0.key == key }?.node
  }

  /// The text of a scalar.
  package var text: String? {
    if case .scalar(let text, _) = value { text } else { nil }
  }
}
