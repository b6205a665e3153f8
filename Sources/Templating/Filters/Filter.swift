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
  let work: Work

  init(_ name: String, _ work: Work) {
    self.name = name
    self.work = work
  }
}

/// The filters that a placeholder can use.
package enum Filters {
  /// In the order of the documentation.
  package static let names: [String] = all.map(\.name)

  /// `Templates/README.md` says what each is for.
  static let all: [Filter] = [
    Filter("snake", .text(CaseFilters.snake)),
    Filter("kebab", .text(CaseFilters.kebab)),
    Filter("camel", .text(CaseFilters.camel)),
    Filter("pascal", .text(CaseFilters.pascal)),
    Filter("upper", .text { $0.uppercased() }),
    Filter("lower", .text { $0.lowercased() }),
    Filter("title", .text(CaseFilters.title)),
    Filter("plural", .text(Plurals.plural)),
    Filter("plus", .sum),
    Filter("pad", .padding),
    Filter("json", .quoting(.json)),
    Filter("yaml", .quoting(.yaml)),
    Filter("toml", .quoting(.toml)),
    Filter("python", .quoting(.python)),
    Filter("shell", .quoting(.shell)),
    Filter("dotenv", .quoting(.dotenv)),
    Filter("markdown", .quoting(.markdown)),
    Filter("double", .doubling),
    Filter("first", .picking(last: false)),
    Filter("last", .picking(last: true)),
    Filter("join", .joining),
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
