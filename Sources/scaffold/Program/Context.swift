import BuiltInLayouts
import Console
import Documents
import Layouts
import Synchronization

/// What commands share: the streams, how they are styled, the layouts.
///
/// Output is kept until the command ends, and then written in one piece.
final class Context: Sendable {
  let catalogue = Catalogue(builtIn: BuiltInLayouts.all)
  let standardError = Terminal.standardError
  private let output = Mutex("")
  private let achievement = Mutex<String?>(nil)

  func print(_ text: String) {
    output.withLock { $0 += text }
  }

  func flush() throws(Terminal.WriteError) {
    let text = output.withLock { text in
      defer { text = "" }
      return text
    }
    if !text.isEmpty { try Terminal.standardOutput.write(text) }
  }

  /// A remark beside the answer.
  func note(_ message: String) {
    try? standardError.write(Complaint.note(message, style: errorStyle))
  }

  /// What does not stop a run, and is probably not meant.
  func warn(_ warnings: Diagnostics) {
    guard !warnings.isEmpty else { return }
    try? standardError.write(Complaint.warnings(warnings, style: errorStyle))
  }

  /// Remembers what holds even if the output cannot be written.
  func achieve(_ what: String) {
    achievement.withLock { $0 = what }
  }

  var achieved: String? { achievement.withLock { $0 } }

  var style: Style {
    Style(
      isTerminal: Terminal.standardOutput.isTerminal, environment: Terminal.environment)
  }

  var errorStyle: Style {
    Style(isTerminal: standardError.isTerminal, environment: Terminal.environment)
  }

  var help: HelpText {
    HelpText(program: Program.name, style: style, width: Terminal.standardOutput.width)
  }
}
