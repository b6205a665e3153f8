/// Colours for a terminal that wants them, and plain text for everything else.
package struct Style: Sendable {
  package let isEnabled: Bool

  package init(isEnabled: Bool) {
    self.isEnabled = isEnabled
  }

  /// Colour is for a terminal that has not asked for none (`NO_COLOR`, `TERM=dumb`).
  package init(isTerminal: Bool, environment: (String) -> String?) {
    let refuses = environment("NO_COLOR").map { !$0.isEmpty } ?? false
    isEnabled = isTerminal && !refuses && environment("TERM") != "dumb"
  }

  package func bold(_ text: String) -> String { apply("1", text) }
  package func dim(_ text: String) -> String { apply("2", text) }
  package func red(_ text: String) -> String { apply("1;31", text) }
  package func green(_ text: String) -> String { apply("32", text) }
  package func yellow(_ text: String) -> String { apply("33", text) }
  package func cyan(_ text: String) -> String { apply("36", text) }
  package func blue(_ text: String) -> String { apply("1;34", text) }

  private func apply(_ code: String, _ text: String) -> String {
    isEnabled && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
