import Console
import Documents
import Layouts
import Projects
import Prompts

/// A new project, asked for question by question: the layout, the directory, the layout's variables,
/// and at the end whether it is to be written.
///
/// Each question stands on a draft of what was answered before; one step back is the draft before.
struct Conversation {
  private let line: NewLine
  private let context: Context
  private let prompter: any Prompter
  /// The names of the built-in layouts to choose from.
  private let layouts: [String]
  private var draft: Draft
  private var history: [Asked] = []
  /// What was typed in place of a default, by the names of questions: it stands there when one comes
  /// back.
  private var typed = NamedValues<[String]>()
  private var refusal: Refusal?

  /// A question that was answered.
  private struct Asked {
    /// What it was asked on.
    var draft: Draft
    var name: String
    var texts: [String]
  }

  /// An answer that was given, and that has turned out not to do.
  private struct Refusal {
    var question: String
    var texts: [String]
    var complaint: Prompt.Complaint
  }

  /// - Parameters:
  ///   - call: what was given, where the layout was.
  ///   - layouts: to choose from, where it was not.
  init(
    _ line: NewLine, _ call: NewCall?, among layouts: [String] = [], _ prompter: any Prompter
  ) {
    self.line = line
    self.layouts = layouts
    self.prompter = prompter
    context = line.context
    draft = Draft(call, directory: line.soleWord)
  }

  /// Asks, and does what `scaffold new` does with the answers.
  func run() throws(Failure) -> Program.ExitCode {
    let agreed = try agree()
    if let remark = agreed.remark { context.note(remark) }
    do throws(Failure) {
      let code = try NewRun(agreed.call.layout, agreed.call.parsed, [], context).run()
      // Behind the answer.
      try context.flush()
      tell(agreed.command)
      return code
    } catch {
      // All these answers need not be given again.
      tell(agreed.command)
      throw error
    }
  }

  private func tell(_ command: String?) {
    guard let command else { return }
    // Unbroken, to be copied.
    context.note("the same without questions:", command: command)
  }

  /// What a person has agreed to.
  struct Agreed {
    /// The command line that does it, read.
    var call: NewCall
    /// That line, where it can be shown.
    var command: String?
    /// On what was not taken over from records.
    var remark: String?
  }

  /// - Throws: `Failure`, also where the person wants none of it; the terminal is as it was then.
  func agree() throws(Failure) -> Agreed {
    var conversation = self
    defer { prompter.close() }
    do throws(Failure) {
      try conversation.begin()
      while true {
        if let step = conversation.draft.step() {
          try conversation.ask(step)
        } else if let agreed = try conversation.review() {
          return agreed
        }
      }
    } catch {
      prompter.close()
      throw error
    }
  }

  // MARK: Questions

  private mutating func begin() throws(Failure) {
    guard draft.step() == nil, let fault = draft.questionnaire?.fault else { return }
    throw Failure(.faultyLayout, fault.diagnostics)
  }

  private mutating func ask(_ step: Draft.Step) throws(Failure) {
    let question = question(for: step)
    switch try context.reply(to: question.prompt, from: prompter) {
    case .back: goBack()
    case .answer(let answer):
      refusal = nil
      let texts = question.texts(of: answer)
      typed[step.name] = texts == question.standard ? nil : texts
      history.append(Asked(draft: draft, name: step.name, texts: texts))
      try take(texts, for: step)
    }
  }

  private mutating func goBack() {
    refusal = nil
    if let before = history.popLast() { draft = before.draft }
  }

  private mutating func take(_ texts: [String], for step: Draft.Step) throws(Failure) {
    switch step {
    case .layout:
      do throws(Failure) {
        try draft.take(layout: texts[0], of: line)
      } catch {
        return try lead(to: [step.name], with: error)
      }
    case .directory: draft.take(directory: texts[0])
    case .variable(let question): draft.take(texts, for: question)
    }
    if let fault = draft.questionnaire?.fault {
      try lead(to: fault.names, with: Failure(.faultyLayout, fault.diagnostics))
    }
  }

  /// Goes back to the question that something is found to be wrong with, and says what.
  ///
  /// - Parameter names: of the questions concerned; none where that is not known, which is told at
  ///   the last one.
  /// - Throws: the failure, where none of them was asked.
  private mutating func lead(to names: [String], with failure: Failure) throws(Failure) {
    guard let complaint = failure.diagnostics.all.first else { throw failure }
    guard let index = history.lastIndex(where: { names.isEmpty || names.contains($0.name) }) else {
      throw failure
    }
    let asked = history[index]
    draft = asked.draft
    history.removeSubrange(index...)
    refusal = Refusal(
      question: asked.name, texts: asked.texts,
      complaint: Prompt.Complaint(complaint.message, help: complaint.help))
  }

  private func question(for step: Draft.Step) -> AskedQuestion {
    var question: AskedQuestion
    switch step {
    case .layout:
      question = .layout(of: line.context.catalogue, among: layouts, beside: draft.directory)
    case .directory: question = .directory()
    case .variable(let variable): question = .variable(variable, draft.questionnaire)
    }
    if let texts = typed[step.name], draft.takes(texts, for: step) { question.begin(with: texts) }
    question.prompt.answered = draft.answered
    question.prompt.canGoBack = !history.isEmpty
    if let refusal, refusal.question == step.name {
      question.begin(with: refusal.texts)
      question.refuse(refusal.texts, refusal.complaint)
    }
    return question
  }

  // MARK: The end

  /// Nil where a step back was taken, or something has turned out to be wrong.
  private mutating func review() throws(Failure) -> Agreed? {
    guard let layout = draft.layout, let directory = draft.directory,
      let given = draft.given
    else { preconditionFailure("all was asked") }
    let destination = DirectoryArgument(directory)
    let answers: Answers
    var questionnaire = draft.questionnaire
    do throws(Diagnostics) {
      guard let found = try questionnaire?.answers() else { return nil }
      answers = found
    } catch {
      throw Failure(.faultyLayout, error)
    }
    var equivalent = EquivalentCommand(
      layout, destination, answers, unasked: given.all.map(\.name), options: draft.options,
      onConflict: draft.onConflict)
    if draft.isDryRun { return try agreed(equivalent, given, answers) }
    while true {
      let review: Review
      do throws(Failure) {
        review = try Review(layout, destination, answers, equivalent, context)
      } catch {
        let concerned = error.ending == .code(.unwritableTarget) ? [Draft.Step.directory.name] : []
        try lead(to: concerned, with: error)
        return nil
      }
      var prompt = review.prompt
      prompt.answered = draft.answered
      prompt.canGoBack = !history.isEmpty
      guard case .answer(.action(let index)) = try context.reply(to: prompt, from: prompter) else {
        goBack()
        return nil
      }
      switch review.choices[index] {
      case .write(let choice):
        equivalent.onConflict = choice
        return try agreed(equivalent, given, answers)
      case .back:
        goBack()
        return nil
      case .stop:
        throw context.stopped(.cancelled, prompter)
      }
    }
  }

  private func agreed(
    _ equivalent: EquivalentCommand, _ given: GivenAnswers, _ answers: Answers
  ) throws(Failure) -> Agreed {
    let named = NewLine.Named(layout: equivalent.layout, isWord: equivalent.namesLayoutByWord)
    prompter.close()
    guard let call = try NewCall(equivalent.arguments, of: named, line.command, context) else {
      preconditionFailure("no help was asked for")
    }
    let asksAgain = (equivalent.onConflict ?? equivalent.given) == .ask
    return Agreed(
      call: call, command: asksAgain ? nil : equivalent.text, remark: given.remark(on: answers))
  }
}
