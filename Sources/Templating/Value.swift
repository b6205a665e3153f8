/// What a variable can hold.
package indirect enum Value: Hashable, Sendable {
  case text(String)
  case integer(Int)
  case flag(Bool)
  case list([Value])
}

/// What is known of a variable before it has a value; templates are checked against it when a
/// layout loads.
package indirect enum ValueType: Hashable, Sendable {
  case text
  case integer
  case flag
  /// One of these words, ordered as declared: `TIER >= core` compares positions.
  case choice([String])
  /// `.list(of: .choice(…))` is a selection of several.
  case list(of: ValueType)
}
