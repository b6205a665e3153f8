/// What a variable can hold.
package enum Value: Hashable, Sendable {
  case text(String)
  case integer(Int)
  case flag(Bool)
  case list([Value])

  /// Bytes of text, of all items together, and as many again for each item as it takes to hold it.
  package var size: Int {
    switch self {
    case .text(let text): text.utf8.count
    case .integer, .flag: 8
    case .list(let items): items.reduce(0) { $0 + $1.size + 16 }
    }
  }

  /// A list is one of what its first item is.
  var type: ValueType {
    switch self {
    case .text: .text
    case .integer: .integer
    case .flag: .flag
    case .list(let items): .list(of: items.first?.type ?? .text)
    }
  }
}

/// What is known of a variable before it has a value; templates are checked against it when a
/// layout loads.
package enum ValueType: Hashable, Sendable {
  case text
  case integer
  case flag
  /// One of these words, ordered as declared: `TIER >= core` compares positions.
  case choice([String])
  /// `.list(of: .choice(…))` is a selection of several.
  indirect case list(of: ValueType)
}

extension ValueType: CustomStringConvertible {
  /// What messages call it: `a number`.
  package var description: String {
    switch self {
    case .text: "a text"
    case .integer: "a number"
    case .flag: "a flag"
    case .choice: "a choice"
    case .list: "a list"
    }
  }

  /// The items of a value of this type in the order in which loops and `join` take them: choices as
  /// they are declared, others as given. What is no list has none.
  package func items(of value: Value) -> [Value] {
    guard case .list(let items) = value else { return [] }
    guard case .list(of: .choice(let words)) = self else { return items }
    let chosen = Set(items)
    return words.map(Value.text).filter(chosen.contains)
  }
}
