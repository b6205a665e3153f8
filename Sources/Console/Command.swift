/// A command as data: one table feeds parsing and help, so that they cannot disagree.
package struct Command: Sendable {
  package var name: String
  /// One line for the list of commands.
  package var summary: String
  /// What help says below the usage; may have several paragraphs.
  package var details: String
  package var operands: [Operand]
  /// Those of the output are put in before `--help`.
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
    // Whoever may ask for help may say how the output looks.
    if let help = options.lastIndex(where: { $0.name == Switch.help.option.name }) {
      self.options.insert(contentsOf: OutputOptions.all, at: help)
    }
    self.examples = examples
    self.synonyms = synonyms
  }

  /// A value without a name, told by its place.
  package struct Operand: Sendable {
    /// `DIRECTORY`
    package var placeholder: String
    package var completion: Completion
    package var help: String
    package var isRequired: Bool
    /// Whether there may be several; of one operand at most. Where another one is behind it, the
    /// command tells which of the words that is.
    package var isRepeatable: Bool
    /// What a shell may complete it to, where that is always the same.
    package var words: [Option.Word]

    package init(
      _ placeholder: String, completion: Completion = .none, help: String, isRequired: Bool = true,
      isRepeatable: Bool = false, words: [Option.Word] = []
    ) {
      self.placeholder = placeholder
      self.completion = completion
      self.help = help
      self.isRequired = isRequired
      self.isRepeatable = isRepeatable
      self.words = words
    }
  }

  /// A call, and what it does.
  package typealias Example = Wrapping.Row
}

/// Words that mean something in other programs, and what means it here.
package struct Synonym: Sendable {
  /// Without dashes.
  package var words: [String]
  /// The option that is meant; nil where it is something else.
  package var option: Option?
  /// What is to be written here, as the words that follow “here it is”.
  package var meaning: String

  package init(_ words: [String], _ meaning: String, option: Option? = nil) {
    self.words = words
    self.meaning = meaning
    self.option = option
  }
}
