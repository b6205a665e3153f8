/// A text pattern in which `{CAPTURE}` stands for what a path had in its place.
package struct CapturingPattern: Hashable, Sendable {
  package var text: String
  /// Those that stand in the text.
  package var captures: [String]

  /// - Precondition: `text` was parsed with these.
  package init(_ text: String, captures: [String] = []) {
    self.text = text
    self.captures = captures
  }
}
