import Console

/// How screens look: in which colours, and with which signs.
package struct Look: Sendable {
  package var style: Style
  /// Whether the terminal's character set has no more than ASCII.
  package var isASCII: Bool

  package init(style: Style, isASCII: Bool) {
    self.style = style
    self.isASCII = isASCII
  }

  /// Before the row that keys act on.
  var pointer: String { isASCII ? ">" : "❯" }
  /// Before a question that has its answer.
  var done: String { isASCII ? "*" : "✓" }
  /// Before what is wrong.
  var wrong: String { isASCII ? "!" : "✗" }
  /// In place of what does not fit.
  var more: String { isASCII ? "~" : "…" }
  var above: String { isASCII ? "^" : "↑" }
  var below: String { isASCII ? "v" : "↓" }
  var upAndDown: String { isASCII ? "Up/Down" : "↑↓" }
  /// Around what somebody gave.
  func quoted(_ text: String) -> String { isASCII ? "\"\(text)\"" : "“\(text)”" }
  /// Between things that stand on one row.
  var separator: String { isASCII ? ", " : " · " }
}
