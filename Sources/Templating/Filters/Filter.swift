/// One filter: what stands behind a `|` in a placeholder. All of them are in `Filters.all`.
struct Filter: Sendable {
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
    /// A list to a text: `join(", ")`.
    case joining
    /// A list to its first or its last item; an empty one to an empty text.
    case picking(last: Bool)
  }

  let name: String
  /// One line for the documentation.
  let summary: String
  let work: Work

  init(_ name: String, _ summary: String, _ work: Work) {
    self.name = name
    self.summary = summary
    self.work = work
  }
}

/// The filters that a placeholder can use.
package enum Filters {
  /// In the order of the documentation.
  package static let names: [String] = all.map(\.name)

  /// A line about each filter, in the same order as `names`.
  package static let summaries: [String] = all.map(\.summary)

  static let all: [Filter] = [
    Filter("snake", "my_project", .text(CaseFilters.snake)),
    Filter("kebab", "my-project", .text(CaseFilters.kebab)),
    Filter("camel", "myProject", .text(CaseFilters.camel)),
    Filter("pascal", "MyProject", .text(CaseFilters.pascal)),
    Filter("upper", "every letter a capital", .text { $0.uppercased() }),
    Filter("lower", "no letter a capital", .text { $0.lowercased() }),
    Filter("title", "My Project", .text(CaseFilters.title)),
    Filter("plural", "the English plural of the last word", .text(Plurals.plural)),
    Filter("plus", "the sum with a number: plus(1)", .sum),
    Filter("pad", "with leading zeros: pad(3)", .padding),
    Filter("json", "a JSON value; json(\"inside\") between quotes", .quoting(.json)),
    Filter("yaml", "a YAML scalar; yaml(\"inside\") between double quotes", .quoting(.yaml)),
    Filter("toml", "a TOML value; toml(\"inside\") between double quotes", .quoting(.toml)),
    Filter(
      "python", "a Python literal; python(\"inside\") between double quotes", .quoting(.python)),
    Filter("shell", "one shell word; shell(\"inside\") between double quotes", .quoting(.shell)),
    Filter(
      "dotenv", "a value in an env file; dotenv(\"inside\") between double quotes",
      .quoting(.dotenv)),
    Filter("markdown", "plain text in Markdown", .quoting(.markdown)),
    Filter("double", "with each of the characters twice: double(\"$\")", .doubling),
    Filter("first", "the first item of a list", .picking(last: false)),
    Filter("last", "the last item of a list", .picking(last: true)),
    Filter("join", "the items of a list as one text: join(\", \")", .joining),
  ]

  /// The names of those that turn a text into another one.
  package static let forms: [String] = names.filter { form($0) != nil }

  /// What the filter `name` makes of a text; nil when it is none of `forms`.
  package static func form(_ name: String) -> (@Sendable (String) -> String)? {
    guard case .text(let transform)? = named(name)?.work else { return nil }
    return transform
  }

  static func named(_ name: String) -> Filter? {
    for filter in all where filter.name == name { return filter }
    return nil
  }
}
