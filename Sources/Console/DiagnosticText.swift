import Documents

/// How diagnostics are printed: `error: …`, with the place before it where there is one, and
/// `help: …` below.
package struct DiagnosticText: Sendable {
  private let style: Style

  package init(style: Style) {
    self.style = style
  }

  package func errors(_ diagnostics: Diagnostics) -> String {
    text(diagnostics, "error:", .conflict)
  }

  /// What does not stop a run.
  package func warnings(_ diagnostics: Diagnostics) -> String {
    var all = diagnostics
    // Nothing stops for warnings.
    all.isExhaustive = true
    return text(all, "warning:", .requirement)
  }

  /// A remark beside the answer.
  package func note(_ message: String) -> String {
    style.labelled("note:", .requirement, message)
  }

  private func text(_ diagnostics: Diagnostics, _ severity: String, _ look: Style.Look) -> String {
    var text = ""
    for diagnostic in diagnostics.told {
      let place = diagnostic.location.map { "\($0)" }
      text += style.labelled(severity, look, diagnostic.message, at: place)
      if let help = diagnostic.help { text += style.labelled("help:", .name, help) }
    }
    return text
  }
}
