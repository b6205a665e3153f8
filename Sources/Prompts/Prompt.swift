/// One thing that a person is asked: what it says, how it is answered, and what an answer must keep
/// to.
package struct Prompt: Sendable {
  /// What is asked, in one line.
  package var question: String
  /// What helps to answer it; may have several lines, or none.
  package var help: String
  package var field: Field
  /// What was answered before, the oldest first.
  package var answered: [Answered]
  /// Whether one step back leads anywhere.
  package var canGoBack: Bool
  /// What is wrong with an answer, as it is being made; nil where it would be taken.
  package var check: @Sendable (Answer) -> Complaint?

  package init(
    _ question: String, help: String = "", _ field: Field, answered: [Answered] = [],
    canGoBack: Bool = false, check: @escaping @Sendable (Answer) -> Complaint? = { _ in nil }
  ) {
    self.question = question
    self.help = help
    self.field = field
    self.answered = answered
    self.canGoBack = canGoBack
    self.check = check
  }

  /// How it is answered, and what stands there at first.
  package enum Field: Sendable {
    /// One line.
    case text(initial: String)
    /// A list, one item a line.
    case items(initial: [String])
    /// One of a list that can be moved through, and filtered by typing.
    case one(of: [Item], initial: Int)
    /// Any of a list.
    case several(of: [Item], initial: [Int])
    case flag(initial: Bool)
    /// A text to look through, and what to do then. The first action is what Enter means.
    case review(document: [String], actions: [Action])
  }

  /// What a list offers.
  package struct Item: Sendable {
    package var name: String
    /// One line beside it.
    package var summary: String

    package init(_ name: String, _ summary: String = "") {
      self.name = name
      self.summary = summary
    }
  }

  /// What a key does.
  package struct Action: Sendable {
    /// A letter of ASCII.
    package var key: Character
    /// What it does, in a word or two.
    package var name: String

    package init(_ key: Character, _ name: String) {
      self.key = key
      self.name = name
    }
  }

  /// A question that has its answer, as it is shown above the next one.
  package struct Answered: Sendable {
    package var question: String
    package var answer: String

    package init(_ question: String, _ answer: String) {
      self.question = question
      self.answer = answer
    }
  }

  /// Why an answer does not do.
  package struct Complaint: Sendable {
    package var message: String
    package var help: String?

    package init(_ message: String, help: String? = nil) {
      self.message = message
      self.help = help
    }
  }
}
