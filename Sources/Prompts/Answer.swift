/// What a person answers, in the form of the prompt's field.
package enum Answer: Equatable, Sendable {
  case text(String)
  case items([String])
  /// An index into the field's items.
  case one(Int)
  /// Ascending indices into the field's items.
  case several([Int])
  case flag(Bool)
  /// An index into the review's actions.
  case action(Int)
}

/// How a person leaves a prompt.
package enum Reply: Equatable, Sendable {
  case answer(Answer)
  /// One step back.
  case back
}
