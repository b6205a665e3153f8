/// A row of a command's table: what parsing, help and completion need to know of `--name`.
///
/// Rows whose value the program reads are declared as `Switch`, `Text`, `Texts` and `Choice`, which
/// know its type.
package struct Option: Sendable {
  package enum Value: Hashable, Sendable {
    /// Takes none: it is given or it is not.
    case none
    /// Takes one; the placeholder that stands for it.
    case one(String)
    /// `--name`, `--no-name`, `--name=true`, `--name=false`.
    case flag
  }

  /// A word that it takes, and what that stands for.
  package struct Word: Sendable {
    package var word: String
    package var meaning: String?

    package init(_ word: String, _ meaning: String?) {
      self.word = word
      self.meaning = meaning
    }
  }

  /// Without the dashes.
  package var name: String
  package var short: Character?
  package var value: Value
  /// Whether it may be given more than once.
  package var isRepeatable: Bool
  /// Made when they are asked for, which few runs do.
  private let makeWords: @Sendable () -> [Word]
  /// Whether the parser refuses other words. Those of a variable are judged with all answers.
  package var isClosed: Bool
  package var completion: Completion
  package var help: String
  /// What holds when it is not given.
  package var defaultText: String?
  /// When it has to be given, as words such as “required”; nil when it never has to be.
  package var requirement: String?

  package init(
    _ name: String, short: Character? = nil, value: Value = .none, isRepeatable: Bool = false,
    isClosed: Bool = false, completion: Completion = .none, help: String,
    defaultText: String? = nil, requirement: String? = nil,
    words: @escaping @Sendable () -> [Word] = { [] }
  ) {
    self.name = name
    self.short = short
    self.value = value
    self.isRepeatable = isRepeatable
    makeWords = words
    self.isClosed = isClosed
    self.completion = completion
    self.help = help
    self.defaultText = defaultText
    self.requirement = requirement
  }

  /// The words it takes; none when it takes any. Help shows those that have a meaning.
  package var words: [Word] { makeWords() }

  /// The default, as a person can see it.
  package var shownDefault: String? {
    defaultText.map { $0.isEmpty ? "(empty)" : $0 }
  }
}
