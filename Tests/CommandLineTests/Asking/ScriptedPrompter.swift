import Prompts

/// Answers as a script says, as a person at a form would: what does not do is complained of, and the
/// next step of the script is another try.
final class ScriptedPrompter: Prompter {
  enum Step {
    /// Enter: what stands there.
    case take
    case text(String)
    case items([String])
    /// Of a list, by their names.
    case one(String)
    case several([String])
    case flag(Bool)
    /// By its key.
    case action(Character)
    case back
    case cancel
    case interrupt
    case lose
  }

  private var script: [Step]
  /// What is answered once the script has ended.
  private let rest: (Prompt) -> Step
  /// What was asked, in order.
  private(set) var prompts: [Prompt] = []
  private(set) var complaints: [Prompt.Complaint] = []
  private(set) var isClosed = false

  /// - Parameter rest: once the script has ended; Enter, at each, unless it says otherwise.
  init(_ script: [Step] = [], then rest: @escaping (Prompt) -> Step = { _ in .take }) {
    self.script = script
    self.rest = rest
  }

  var questions: [String] { prompts.map(\.question) }

  func ask(_ prompt: Prompt) throws(PromptError) -> Reply {
    isClosed = false
    prompts.append(prompt)
    for _ in 0..<20 {
      let answer: Answer
      switch script.isEmpty ? rest(prompt) : script.removeFirst() {
      case .back where prompt.canGoBack: return .back
      case .back: continue
      case .cancel: throw .cancelled
      case .interrupt: throw .interrupted(signal: 2)
      case .lose: throw .lost
      case .take: answer = prompt.initial
      case .text(let text): answer = .text(text)
      case .items(let items): answer = .items(items)
      case .one(let name):
        guard let index = prompt.names.firstIndex(of: name) else {
          complaints.append(Prompt.Complaint("no “\(name)” at “\(prompt.question)”"))
          continue
        }
        answer = .one(index)
      case .several(let names):
        answer = .several(prompt.names.indices.filter { names.contains(prompt.names[$0]) })
      case .flag(let flag): answer = .flag(flag)
      case .action(let key):
        guard let index = prompt.keys.firstIndex(of: key) else {
          complaints.append(Prompt.Complaint("no key \(key) at “\(prompt.question)”"))
          continue
        }
        answer = .action(index)
      }
      guard let complaint = prompt.check(answer) else { return .answer(answer) }
      complaints.append(complaint)
    }
    // Nothing does.
    throw .lost
  }

  func close() {
    isClosed = true
  }
}

extension Prompt {
  /// The names of what a list offers.
  var names: [String] {
    switch field {
    case .one(let items, _), .several(let items, _): items.map(\.name)
    default: []
    }
  }

  /// What is said of each of them.
  var summaries: [String] {
    switch field {
    case .one(let items, _), .several(let items, _): items.map(\.summary)
    default: []
    }
  }

  /// The keys of a review's actions.
  var keys: [Character] {
    if case .review(_, let actions) = field { actions.map(\.key) } else { [] }
  }

  /// What a review shows.
  var document: [String] {
    if case .review(let document, _) = field { document } else { [] }
  }

  /// What Enter means.
  var initial: Answer {
    switch field {
    case .text(let text): .text(text)
    case .items(let items): .items(items)
    case .one(_, let index): .one(index)
    case .several(_, let indices): .several(indices)
    case .flag(let flag): .flag(flag)
    case .review: .action(0)
    }
  }
}
