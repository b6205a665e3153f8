import Documents

/// How diagnostics are printed: `error: …`, with the place before it where there is one, and
/// `help: …` below.
package struct DiagnosticText: Sendable {
  private let style: Style

  package init(style: Style) {
    self.style = style
  }

  package func errors(_ diagnostics: Diagnostics) -> String {
    text(diagnostics, style.red("error:"))
  }

  /// What does not stop a run.
  package func warnings(_ diagnostics: Diagnostics) -> String {
    var all = diagnostics
    // Nothing stops for warnings.
    all.isExhaustive = true
    return text(all, style.yellow("warning:"))
  }

  /// A remark beside the answer.
  package func note(_ message: String) -> String {
    style.yellow("note:") + " \(Printable.text(message))\n"
  }

  private func text(_ diagnostics: Diagnostics, _ severity: String) -> String {
    var text = ""
    for diagnostic in diagnostics.told {
      if let location = diagnostic.location { text += "\(Printable.text("\(location)")): " }
      text += severity + " \(Printable.text(diagnostic.message))\n"
      if let help = diagnostic.help {
        text += style.green("help:") + " \(Printable.text(help))\n"
      }
    }
    return text
  }
}
