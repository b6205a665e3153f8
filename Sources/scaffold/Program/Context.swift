import BuiltInLayouts
import Console
import Documents
import Layouts
import Manual
import Prompts

/// What commands share: the streams, how they are styled, the layouts.
final class Context {
  private let makePrompter: (Bool, Style) -> (any Prompter)?

  /// - Parameter makePrompter: who asks, with plain lines or not; nil where nobody can be asked.
  init(asking makePrompter: @escaping (Bool, Style) -> (any Prompter)? = Context.onTerminal) {
    self.makePrompter = makePrompter
  }

  private static func onTerminal(isPlain: Bool, style: Style) -> (any Prompter)? {
    Prompters.make(
      isPlain: isPlain, look: Look(style: style, isASCII: style.charset == .ascii),
      environment: Terminal.environment)
  }

  let catalogue = Catalogue(builtIn: BuiltInLayouts.all)
  /// The answer as far as it is not written yet.
  private var output = ""
  /// What holds even if the output cannot be written.
  private var achievement: String?
  var outputOptions = OutputOptions()
  /// Whether what is kept may be shown by a pager.
  private var isPage = false

  /// How much a run says.
  enum Volume {
    /// What is wrong, or probably not meant.
    case quiet
    case normal
    /// What decided, as well.
    case verbose
  }

  var volume = Volume.normal

  /// Keeps a part of the answer: it is written in one piece when the command ends, or before
  /// something is shown that must come after it.
  func print(_ text: String) {
    if volume != .quiet { output += text }
  }

  /// Writes what need not be text, as it stands.
  ///
  /// - Throws: that it cannot be written, or that nobody reads it.
  func print(_ bytes: [UInt8]) throws(Failure) {
    try flush()
    if bytes.isEmpty || volume == .quiet { return }
    try write { () throws(Terminal.WriteError) in try Terminal.standardOutput.write(bytes) }
  }

  /// As `print`, of a run that only shows: what is longer than the screen is shown by a pager.
  func printPage(_ text: String) {
    isPage = true
    print(text)
  }

  /// As `print` of what need not be text. On a terminal it is shown as text all the same.
  ///
  /// - Throws: that it cannot be written, or that nobody reads it.
  func printPage(_ bytes: [UInt8]) throws(Failure) {
    guard Terminal.standardOutput.isTerminal else { return try print(bytes) }
    printPage(String(decoding: bytes, as: UTF8.self))
  }

  /// Writes what is kept.
  ///
  /// - Throws: that it cannot be written, or that nobody reads it.
  func flush() throws(Failure) {
    let text = output
    output = ""
    if text.isEmpty || isPage && hasPaged(text) { return }
    try write { () throws(Terminal.WriteError) in try Terminal.standardOutput.write(text) }
  }

  private func write(_ body: () throws(Terminal.WriteError) -> Void) throws(Failure) {
    do throws(Terminal.WriteError) {
      try body()
    } catch {
      if error.isClosedPipe {
        // Whoever closed it may think that nothing was done.
        if let achievement { note("nobody reads the output any more; \(achievement)") }
        throw .closedPipe
      }
      throw Failure(
        .unwritableTarget,
        Diagnostics(Diagnostic("cannot write the output: \(error.message)", help: achievement)))
    }
  }

  /// - Returns: whether a pager has shown the text.
  private func hasPaged(_ text: String) -> Bool {
    let terminal = Terminal.standardOutput
    guard outputOptions.mayPage, !isPlain, terminal.isTerminal,
      Terminal.environment("TERM") != "dumb",
      let height = terminal.height, let width = style.width,
      Pager.isNeeded(for: text, width: width, height: height), let pager = Pager()
    else { return false }
    return pager.show(text)
  }

  /// Who asks what becomes of files in conflict.
  ///
  /// - Parameter others: the words of `--on-conflict` that need nobody.
  /// - Throws: `Failure`: nobody can be asked.
  func conflictPrompter(others: String) throws(Failure) -> any Prompter {
    if let prompter = makePrompter(isPlain, style) { return prompter }
    throw Failure.usage(
      "--on-conflict ask needs a terminal as standard input and standard output",
      help: "elsewhere --on-conflict \(others) goes on")
  }

  /// Whether there is somebody to be asked.
  var canAsk: Bool { makePrompter(false, style) != nil }

  /// Who asks a person: nil where nobody is at a terminal, or wants to be asked.
  func prompter(_ arguments: ParsedArguments) -> (any Prompter)? {
    arguments[NewOptions.defaults] ? nil : makePrompter(isPlain, style)
  }

  /// Remembers what holds even if the output cannot be written.
  func achieve(_ what: String) {
    achievement = what
  }

  /// A remark beside the answer.
  func note(_ message: String) {
    if volume == .quiet { return }
    try? Terminal.standardError.write(remarks.note(message))
  }

  /// A remark, and a command below it that no line end breaks.
  func note(_ message: String, command: String) {
    if volume == .quiet { return }
    note(message)
    remark("  \(command)\n")
  }

  /// What decided, for who asks for it.
  func detail(_ message: String) {
    if volume == .verbose { note(message) }
  }

  /// What is said beside the answer, as it is.
  func remark(_ text: String) {
    try? Terminal.standardError.write(text)
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

  /// Whether nothing is to be more than plain lines.
  var isPlain = false

  var style: Style { style(of: .standardOutput) }

  /// Each stream is judged for itself.
  private func style(of terminal: Terminal) -> Style {
    Style(
      color: isPlain ? .never : outputOptions.color, isTerminal: terminal.isTerminal,
      terminalWidth: terminal.width, environment: Terminal.environment)
  }

  /// - Parameter call: what is to be called for the part of a document that a link leads to.
  func page(_ call: @escaping @Sendable (_ anchor: String) -> String?) -> TerminalPage {
    TerminalPage(style: style, width: style.tableWidth, call: call)
  }

  var help: HelpText { help(on: .standardOutput) }

  /// Help that nobody has asked for, on standard error.
  var helpBeside: HelpText { help(on: .standardError) }

  private func help(on terminal: Terminal) -> HelpText {
    HelpText(program: Program.name, style: style(of: terminal))
  }
}
