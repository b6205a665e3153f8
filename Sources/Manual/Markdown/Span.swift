/// A piece of running text that is set in one way.
package struct Span: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case plain
    /// What is typed, or stands in a file, as it is.
    case code
    /// What stands for something else: a placeholder.
    case emphasis
    case strong
  }

  package var text: String
  package var kind: Kind
  /// The part of the document that a link leads to, as `#its-heading`.
  package var anchor: String?

  package init(_ text: String, _ kind: Kind = .plain, anchor: String? = nil) {
    self.text = text
    self.kind = kind
    self.anchor = anchor
  }
}

extension [Span] {
  /// Without what tells the pieces apart.
  package var plainText: String { reduce(into: "") { $0 += $1.text } }
}
