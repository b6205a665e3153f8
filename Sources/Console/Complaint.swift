import Documents

/// How complaints are printed: `error: …`, with the place before it where there is one, and
/// `help: …` below.
package enum Complaint {
  package static func text(_ diagnostics: Diagnostics, style: Style) -> String {
    diagnostics.told.map { text($0, style: style) }.concatenated()
  }

  package static func text(_ diagnostic: Diagnostic, style: Style) -> String {
    text(diagnostic, style.red("error:"), style)
  }

  /// As complaints, but for what does not stop a run: `warning: …`.
  package static func warnings(_ diagnostics: Diagnostics, style: Style) -> String {
    var all = diagnostics
    // Nothing stops for warnings.
    all.isExhaustive = true
    return all.told.map { text($0, style.yellow("warning:"), style) }.concatenated()
  }

  private static func text(_ diagnostic: Diagnostic, _ severity: String, _ style: Style) -> String {
    var text = ""
    if let location = diagnostic.location { text += "\(Printable.text("\(location)")): " }
    text += severity + " \(Printable.text(diagnostic.message))\n"
    if let help = diagnostic.help {
      text += style.green("help:") + " \(Printable.text(help))\n"
    }
    return text
  }

  package static func note(_ message: String, style: Style) -> String {
    style.yellow("note:") + " \(Printable.text(message))\n"
  }
}
