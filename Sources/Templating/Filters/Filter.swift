/// What stands behind a `|` in a placeholder, in the order of the documentation; what each is for,
/// `Templates/README.md` says.
enum Filter: String, CaseIterable, Sendable {
  case snake, kebab, camel, pascal, upper, lower, title, plural
  case plus, pad
  case json, yaml, toml, python, shell, dotenv, markdown
  case double
  case before, after
  case first, last, join

  /// What a filter does decides what it takes, what it gives and which argument it needs.
  enum Work: Sendable {
    /// Text to text, without an argument.
    case text(@Sendable (String) -> String)
    /// A number to a number: `plus(n)`.
    case sum
    /// A number to a text of at least so many digits: `pad(n)`.
    case padding
    /// A text, number or flag to a literal; with the argument `"inside"` to a part of one.
    case quoting(Quoting)
    /// A text with each character of the argument twice: `double("$")`.
    case doubling
    /// A text to what stands before or behind the first place of the argument: `before(" ")`.
    case cutting(Part)
    /// A list to a text: `join(", ")`.
    case joining
    /// A list to its first or its last item; an empty one to an empty text.
    case picking(last: Bool)
  }

  enum Part: Sendable {
    case before, after
  }

  var name: String { rawValue }

  var work: Work {
    switch self {
    case .snake: .text(CaseFilters.snake)
    case .kebab: .text(CaseFilters.kebab)
    case .camel: .text(CaseFilters.camel)
    case .pascal: .text(CaseFilters.pascal)
    case .upper: .text { $0.uppercased() }
    case .lower: .text { $0.lowercased() }
    case .title: .text(CaseFilters.title)
    case .plural: .text(Plurals.plural)
    case .plus: .sum
    case .pad: .padding
    case .json: .quoting(.json)
    case .yaml: .quoting(.yaml)
    case .toml: .quoting(.toml)
    case .python: .quoting(.python)
    case .shell: .quoting(.shell)
    case .dotenv: .quoting(.dotenv)
    case .markdown: .quoting(.markdown)
    case .double: .doubling
    case .before: .cutting(.before)
    case .after: .cutting(.after)
    case .first: .picking(last: false)
    case .last: .picking(last: true)
    case .join: .joining
    }
  }
}

/// The filters that a placeholder can use.
package enum Filters {
  static let all = Filter.allCases

  /// In the order of the documentation.
  package static let names: [String] = all.map(\.name)

  /// The names of those that turn a text into another one.
  package static let forms: [String] = names.filter { form($0) != nil }

  /// What the filter `name` makes of a text; nil when it is none of `forms`.
  package static func form(_ name: String) -> (@Sendable (String) -> String)? {
    guard case .text(let transform)? = Filter(rawValue: name)?.work else { return nil }
    return transform
  }
}
