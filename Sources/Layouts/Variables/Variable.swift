import Documents
import Templating

/// What a layout asks for.
package struct Variable: Sendable {
  /// `PROJECT_NAME`
  package var name: String
  package var kind: Kind
  /// What a question on a terminal says; help uses it where there is no `help`.
  package var prompt: String?
  /// One line for `--help` and `show`.
  package var help: String?
  /// A template; for a list the text one would type.
  package var defaultText: String?
  /// When it is false the variable is false or empty, and giving it is an error.
  package var when: Condition?
  /// The condition as the manifest has it.
  package var whenText: String?
  /// Whether a person is asked for it. One that is not is derived: recorded only when given.
  package var isAsked: Bool
  /// Words that it may not be, each with the reason.
  package var refused: [Word]
  /// Regular expressions that it must match as a whole, each with what that means: “be …”.
  package var patterns: [Word] = []
  /// Sets of words that it may not be.
  package var reserved: [ReservedWords] = []
  /// Whether a word in the plural is refused.
  package var isSingular = false
  /// Filters after which the items of this list must differ as well.
  package var uniqueForms: [String] = []
  /// Another list that shares no item with this one.
  package var distinctFrom: String?
  /// The list of which it is an item, or of which its items are: the variable is a role that some
  /// of them have.
  package var list: String?
  /// Templates of what a list gets behind what it was given, where it lacks that.
  var additions: [Template] = []

  var defaultTemplate: Template?

  /// Whether it is a list that keeps the order in which things came into it.
  package var isGrowing: Bool { !additions.isEmpty }

  /// Whether a record keeps it although nobody was asked for it or gave it. Who has a role, and the
  /// order in which a list has grown, must not change when other answers do.
  var isAlwaysRecorded: Bool { list != nil || isGrowing }

  /// Whether the default is made of the name of the project's directory.
  package var isNamedAfterDirectory: Bool {
    defaultTemplate?.names.contains { $0 == "DIRECTORY" } ?? false
  }

  package indirect enum Kind: Sendable {
    /// One line without control characters.
    case text
    /// Safe as the name of a directory, a package, an image and a service.
    case name
    /// Lower-case letters, digits and `_`, beginning with a letter: a name in most languages.
    case identifier
    case integer(ClosedRange<Int>)
    case port
    case flag
    case choice([Word])
    /// Several of the words.
    case choices([Word], count: ClosedRange<Int>)
    case list(of: Kind, count: ClosedRange<Int>)

    /// How the manifest names the kinds, in the order of the documentation.
    package enum Keyword: String, CaseIterable {
      case text
      case name
      case identifier
      case integer
      case port
      case flag
      case choice
      case choices
      case list

      /// What the items of a list can be.
      package static let ofItems: [Keyword] = [.text, .name, .identifier, .integer, .port]
    }

    /// The bounds of an integer that has none of its own.
    package static let widest = -1_000_000_000...1_000_000_000

    /// More items of a list than any command line holds.
    package static let mostItems = 1000
  }

  /// A word with what it stands for, or why it is refused; a pattern with what it asks for.
  package struct Word: Sendable {
    package var word: String
    package var explanation: String?

    /// What a pattern asks for, as words that follow the value or the variable.
    package var rule: String { "must " + (explanation ?? "match \(word)") }
  }

  /// `--project-name`, without the dashes.
  package var optionName: String { Self.optionName(of: name) }

  package static func optionName(of name: String) -> String {
    String(
      name.unicodeScalars.map { $0 == "_" ? "-" : Character($0) }
    ).lowercased()
  }

  /// How a command line gives it: `--tier mvp|core`, `--docker or --no-docker`.
  package var call: String {
    kind.isFlag ? "--\(optionName) or --no-\(optionName)" : call(kind.placeholder)
  }

  /// How a command line gives it `value`, which is one word of a shell.
  package func call(_ value: String) -> String {
    if kind.isFlag { return value == "true" ? "--\(optionName)" : "--no-\(optionName)" }
    // A value that begins with a dash would be an option.
    return "--\(optionName)\(value.begins(with: "-") ? "=" : " ")\(value)"
  }

  /// What the language sees of it.
  package var type: ValueType { kind.type }
}

extension Variable.Kind {
  package var type: ValueType {
    switch self {
    case .text, .name, .identifier: .text
    case .integer, .port: .integer
    case .flag: .flag
    case .choice(let words): .choice(words.map(\.word))
    case .choices(let words, _): .list(of: .choice(words.map(\.word)))
    case .list(let item, _): .list(of: item.type)
    }
  }

  /// The value of a variable that does not apply.
  var emptyValue: Value {
    switch self {
    case .text, .name, .identifier, .choice: .text("")
    case .integer, .port: .integer(0)
    case .flag: .flag(false)
    case .choices, .list: .list([])
    }
  }

  package var isList: Bool { item != nil }

  /// What the items of a list are; nil for what is none.
  var item: Variable.Kind? {
    switch self {
    case .choices(let words, _): .choice(words)
    case .list(let item, _): item
    case .text, .name, .identifier, .integer, .port, .flag, .choice: nil
    }
  }

  /// Whether it holds text that a person chooses freely, or items that do.
  var isFreeText: Bool {
    switch self {
    case .text, .name, .identifier: true
    case .list(let item, _): item.isFreeText
    case .integer, .port, .flag, .choice, .choices: false
    }
  }

  package var isFlag: Bool {
    if case .flag = self { true } else { false }
  }

  package var keyword: Keyword {
    switch self {
    case .text: .text
    case .name: .name
    case .identifier: .identifier
    case .integer: .integer
    case .port: .port
    case .flag: .flag
    case .choice: .choice
    case .choices: .choices
    case .list: .list
    }
  }

  /// What stands for a value in help: `NAME`, `N`, `A,B`.
  package var placeholder: String {
    switch self {
    case .text: "TEXT"
    case .name: "NAME"
    case .identifier: "IDENTIFIER"
    case .integer: "N"
    case .port: "PORT"
    case .flag: "true|false"
    case .choice(let words): words.map(\.word).concatenated(by: "|")
    case .choices, .list: "A,B,…"
    }
  }
}
