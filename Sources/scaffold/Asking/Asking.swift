import Prompts

/// What commands that ask have alike.
extension Context {
  /// - Throws: that whoever was asked wants none of it, which is said.
  func reply(to prompt: Prompt, from prompter: any Prompter) throws(Failure) -> Reply {
    var prompt = prompt
    prompt.help = style.words(prompt.help)
    prompt.check = { [check = prompt.check, style] answer in
      check(answer).map { complaint in
        Prompt.Complaint(style.words(complaint.message), help: complaint.help.map(style.words))
      }
    }
    do {
      return try prompter.ask(prompt)
    } catch {
      throw stopped(error, prompter)
    }
  }

  func stopped(_ error: PromptError, _ prompter: any Prompter) -> Failure {
    prompter.close()
    note("nothing was written")
    return Failure(error)
  }

  /// The name of a built-in layout, of those that have all `options`.
  func layout(
    havingOptions options: [String], from prompter: any Prompter
  ) throws(Failure) -> String {
    defer { prompter.close() }
    let question = AskedQuestion.layout(
      of: catalogue, among: catalogue.names(havingOptions: options), beside: nil)
    while true {
      guard case .answer(let answer) = try reply(to: question.prompt, from: prompter) else {
        continue
      }
      return question.texts(of: answer)[0]
    }
  }
}
