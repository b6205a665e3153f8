/// A command as data: one table feeds parsing and help, so that they cannot disagree.
package struct Command: Sendable {
  package var name: String
  /// One line for the list of commands.
  package var summary: String
  /// What help says below the usage; may have several paragraphs.
  package var details: String
  package var operands: [Operand]
  package var options: [Option]
  /// Calls with what they do.
  package var examples: [Example]
  /// Words for its options that people bring from other programs.
  package var synonyms: [Synonym]

  package init(
    name: String, summary: String, details: String = "", operands: [Operand] = [],
    options: [Option] = [], examples: [Example] = [], synonyms: [Synonym] = []
  ) {
    self.name = name
    self.summary = summary
    self.details = details
    self.operands = operands
    self.options = options
    self.examples = examples
    self.synonyms = synonyms
  }

  /// A value without a name, told by its place.
  package struct Operand: Sendable {
    /// `DIRECTORY`
    package var placeholder: String
    package var help: String
    package var isRequired: Bool

    package init(_ placeholder: String, help: String, isRequired: Bool = true) {
      self.placeholder = placeholder
      self.help = help
      self.isRequired = isRequired
    }
  }

  package struct Example: Sendable {
    package var call: String
    package var effect: String

    package init(_ call: String, _ effect: String) {
      self.call = call
      self.effect = effect
    }
  }
}

/// Words that mean something in other programs, and what means it here.
package struct Synonym: Sendable {
  /// Without dashes.
  package var words: [String]
  /// The option that is meant; nil where it is something else.
  package var option: String?
  /// What is to be written here, as the words that follow “here it is”.
  package var meaning: String

  package init(_ words: [String], _ meaning: String, option: String? = nil) {
    self.words = words
    self.meaning = meaning
    self.option = option
  }
}

/// An option of a command: `--name`.
package struct Option: Sendable {
  package enum Value: Hashable, Sendable {
    /// Takes none: it is given or it is not.
    case none
    /// Takes one; the placeholder that stands for it.
    case one(String)
    /// `--name`, `--no-name`, `--name=true`, `--name=false`.
    case flag
  }

  /// Without the dashes.
  package var name: String
  package var short: Character?
  package var value: Value
  /// Whether it may be given more than once.
  package var isRepeatable: Bool
  /// The words it takes; none when it takes any.
  package var choices: [String]
  package var help: String
  /// Words with what they stand for, shown below the help.
  package var explanations: [(word: String, explanation: String)]
  /// What holds when it is not given.
  package var defaultText: String?
  /// When it has to be given, as words such as “required”; nil when it never has to be.
  package var requirement: String?

  package init(
    _ name: String, short: Character? = nil, value: Value = .none, isRepeatable: Bool = false,
    choices: [String] = [], help: String,
    explanations: [(word: String, explanation: String)] = [], defaultText: String? = nil,
    requirement: String? = nil
  ) {
    self.name = name
    self.short = short
    self.value = value
    self.isRepeatable = isRepeatable
    self.choices = choices
    self.help = help
    self.explanations = explanations
    self.defaultText = defaultText
    self.requirement = requirement
  }

  /// The default, as a person can see it.
  package var shownDefault: String? {
    defaultText.map { $0.isEmpty ? "(empty)" : $0 }
  }
}
