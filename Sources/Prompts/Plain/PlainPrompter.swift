import Documents

/// Asks by lines alone, with the terminal's own editing: nothing that stands there changes, as a
/// screen reader needs it, and a terminal that cannot move its cursor.
package final class PlainPrompter: Prompter {
  private let channel: any LineChannel
  private let look: Look
  /// Whether it was said how one goes back.
  private var isIntroduced = false

  /// What asks for one step back.
  static let back = "<"

  /// - Parameter look: of which colours are not used.
  package init(_ channel: any LineChannel, look: Look) {
    self.channel = channel
    self.look = look
  }

  package func ask(_ prompt: Prompt) throws(PromptError) -> Reply {
    do throws(PromptError) {
      return try reply(to: prompt)
    } catch {
      channel.close()
      throw error
    }
  }

  package func close() {
    channel.close()
  }

  private func reply(to prompt: Prompt) throws(PromptError) -> Reply {
    var text = ""
    if !isIntroduced {
      let (back, none) = (look.quoted(Self.back), look.quoted(PlainQuestion.none))
      text +=
        "Enter takes what stands in [brackets], \(none) nothing; \(back) goes one step back.\n"
      isIntroduced = true
    }
    let question = PlainQuestion(prompt.field, look)
    text += "\n\(Printable.text(prompt.question))\n" + Self.lines(prompt.help)
    try channel.write(text + question.introduction)
    var items: [String] = []
    while true {
      try channel.write(question.invitation(isFirst: items.isEmpty))
      guard let line = try channel.readLine() else {
        // What is said next begins a line.
        try? channel.write("\n")
        throw .lost
      }
      if line == Self.back {
        if prompt.canGoBack { return .back }
        try complain(Prompt.Complaint("there is no step to go back to"))
        continue
      }
      let reading = question.read(line, after: items)
      switch reading {
      case .more: items.append(line)
      case .complaint(let complaint):
        try complain(complaint)
      case .answer(let answer):
        if let complaint = prompt.check(answer) {
          try complain(complaint)
          items = []
        } else {
          return .answer(answer)
        }
      }
    }
  }

  private func complain(_ complaint: Prompt.Complaint) throws(PromptError) {
    var text = Self.line("error", complaint.message)
    if let help = complaint.help { text += Self.line("help", help) }
    try channel.write(text)
  }

  private static func line(_ kind: String, _ text: String) -> String {
    "\(kind): \(Printable.text(text))\n"
  }

  /// `text` from outside, with its own line ends and one at its end.
  static func lines(_ text: String) -> String {
    if text.isEmpty { return "" }
    var lines = ""
    for line in text.parts(between: "\n") { lines += Printable.text(line) + "\n" }
    return lines
  }
}
