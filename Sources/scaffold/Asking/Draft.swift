import Console
import Documents
import Layouts
import Prompts

/// What is known of a new project at one point of a conversation.
struct Draft {
  private(set) var layout: Layout?
  private(set) var given: GivenAnswers?
  /// As a command line would have it.
  private(set) var directory: String?
  private(set) var questionnaire: Questionnaire?
  /// The words of options that are no answers.
  private(set) var options: [String] = []
  private(set) var isDryRun = false
  private(set) var onConflict = NewOptions.OnConflict.fail
  /// What was given and answered so far, for whoever is asked the next question.
  private(set) var answered: [Prompt.Answered] = []

  /// - Parameter directory: of a command line whose layout is not known yet.
  init(_ call: NewCall?, directory: String?) {
    self.directory = call == nil ? directory : nil
    if let directory = self.directory {
      answered = [Prompt.Answered(AskedQuestion.directoryName, directory)]
    }
    if let call { take(call) }
    begin()
  }

  /// What is to be asked for next.
  enum Step {
    case layout
    case directory
    case variable(Question)

    /// Distinct from the names of variables, which are in upper case, but for the one that defaults
    /// know the directory by.
    var name: String {
      switch self {
      case .layout: "layout"
      case .directory: "DIRECTORY"
      case .variable(let question): question.variable.name
      }
    }
  }

  /// Nil when nothing is left, or when something that was given is at fault.
  mutating func step() -> Step? {
    if layout == nil { return .layout }
    if directory == nil { return .directory }
    return questionnaire?.next().map(Step.variable)
  }

  // MARK: Answers

  /// - Throws: what else was given that this layout does not take.
  mutating func take(layout name: String, of line: NewLine) throws(Failure) {
    let layout = try line.layout(LayoutReference(name))
    let named = NewLine.Named(layout: layout, isWord: false)
    guard let call = try line.call(named) else { preconditionFailure("no help was asked for") }
    try call.refuseWrongValues()
    take(call)
    begin()
  }

  mutating func take(directory: String) {
    self.directory = HomeDirectory.expanded(directory)
    answered.append(Prompt.Answered(AskedQuestion.directoryName, directory))
    begin()
  }

  mutating func take(_ texts: [String], for question: Question) {
    let variable = question.variable
    // It was checked.
    try? questionnaire?.answer(AskedQuestion.input(texts, for: variable))
    let shown = questionnaire?.answer(to: variable) ?? texts
    answered.append(Self.answered(variable, shown))
  }

  /// Whether `texts` would do still.
  func takes(_ texts: [String], for step: Step) -> Bool {
    guard case .variable(let question) = step, var questionnaire else { return true }
    return (try? questionnaire.answer(AskedQuestion.input(texts, for: question.variable))) != nil
  }

  private mutating func take(_ call: NewCall) {
    layout = call.layout
    given = call.given
    options = EquivalentCommand.options(of: call.parsed)
    isDryRun =
      call.parsed[NewOptions.dryRun] || call.parsed[NewOptions.diff]
      || call.parsed.has(NewOptions.show.option)
    onConflict = call.parsed[NewOptions.onConflict]
    answered = [Prompt.Answered(AskedQuestion.layoutName, call.layout.reference.text)]
    directory = call.directory ?? directory
    if let directory { answered.append(Prompt.Answered(AskedQuestion.directoryName, directory)) }
    for answer in call.given.all {
      guard let variable = call.layout.manifest.variable(named: answer.name) else { continue }
      answered.append(Self.answered(variable, variable.kind.isList ? answer.items : answer.texts))
    }
  }

  private mutating func begin() {
    guard let layout, let directory, let given, questionnaire == nil else { return }
    questionnaire = Questionnaire(
      for: layout.manifest, given: given.all, directory: DirectoryArgument(directory).name)
  }

  private static func answered(_ variable: Variable, _ texts: [String]) -> Prompt.Answered {
    let text: String
    if variable.kind.isFlag {
      text = texts == ["true"] ? "yes" : "no"
    } else {
      // With “\,” for a comma in an item, as an option has it.
      let items =
        variable.kind.isList
        ? texts.map { $0.parts(between: ",").concatenated(by: "\\,") } : texts
      text = items.concatenated(by: ", ")
    }
    return Prompt.Answered(variable.question, text.isEmpty ? "(none)" : text)
  }
}
