import BuiltInLayouts
import Console
import Documents
import Layouts
import Manual

/// What commands share: the streams, how they are styled, the layouts.
final class Context {
  let catalogue = Catalogue(builtIn: BuiltInLayouts.all)
  /// The answer as far as it is not written yet.
  private var output = ""
  /// What holds even if the output cannot be written.
  private var achievement: String?

  /// Keeps a part of the answer: it is written in one piece when the command ends, or before
  /// something is shown that must come after it.
  func print(_ text: String) {
    output += text
  }

  /// Writes what is kept.
  ///
  /// - Throws: that it cannot be written, or that nobody reads it.
  func flush() throws(Failure) {
    let text = output
    output = ""
    if text.isEmpty { return }
    do throws(Terminal.WriteError) {
      try Terminal.standardOutput.write(text)
    } catch {
      if error.isClosedPipe { throw .closedPipe }
      throw Failure(
        .unwritableTarget,
        Diagnostics(Diagnostic("cannot write the output: \(error.message)", help: achievement)))
    }
  }

  /// Remembers what holds even if the output cannot be written.
  func achieve(_ what: String) {
    achievement = what
  }

  /// A remark beside the answer.
  func note(_ message: String) {
    try? Terminal.standardError.write(remarks.note(message))
  }

  /// What does not stop a run, and is probably not meant.
  func warn(_ warnings: Diagnostics) {
    guard !warnings.isEmpty else { return }
    try? Terminal.standardError.write(remarks.warnings(warnings))
  }

  /// Why a run stops.
  func report(_ errors: Diagnostics) {
    guard !errors.isEmpty else { return }
    try? Terminal.standardError.write(remarks.errors(errors))
  }

  private var remarks: DiagnosticText { DiagnosticText(style: style(of: .standardError)) }

  var style: Style { style(of: .standardOutput) }

  private func style(of terminal: Terminal) -> Style {
    Style(isTerminal: terminal.isTerminal, environment: Terminal.environment)
  }

  /// - Parameter call: what is to be called for the part of a document that a link leads to.
  func page(_ call: @escaping @Sendable (_ anchor: String) -> String?) -> TerminalPage {
    TerminalPage(style: style, width: Terminal.standardOutput.width, call: call)
  }

  var help: HelpText {
    HelpText(program: Program.name, style: style, width: Terminal.standardOutput.width)
  }
}
