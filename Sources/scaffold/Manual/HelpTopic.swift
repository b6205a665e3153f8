import BuiltInLayouts
import Manual

/// What `scaffold help` explains besides commands: the format of layouts, part by part.
enum HelpTopic: String, CaseIterable {
  case layouts, variables, components, moves, patterns, rules, placeholders, filters, limits, schema

  /// One line for the list of topics.
  var summary: String {
    switch self {
    case .layouts: "What a layout is, and its manifest, layout.json"
    case .variables: "What a layout asks for: kinds, rules, roles, lists that grow"
    case .components: "What “scaffold add” adds to a project of a layout"
    case .moves: "How projects follow templates that get other names"
    case .patterns: "The regular expressions of layouts"
    case .rules: "What “scaffold check” holds a project against"
    case .placeholders: "What files and names of a layout hold, and conditions"
    case .filters: "What makes another form of a value, and quotes it"
    case .limits: "How large layouts and answers may be"
    case .schema: "The JSON schema of layout.json, for editors"
    }
  }

  /// The headings of the format's page whose text it has; none of one that is no text.
  var titles: [String] {
    switch self {
    case .layouts: ["Layouts", "The manifest", "Next steps"]
    case .variables: ["Variables", "Roles", "Lists that grow", "Shared variables"]
    case .components: ["Components"]
    case .moves: ["What has moved"]
    case .patterns: ["Patterns"]
    case .rules: ["Rules"]
    case .placeholders: ["Placeholders"]
    case .filters: ["Filters", "Free text"]
    case .limits: ["Limits"]
    case .schema: []
    }
  }

  /// What is to be called for it.
  var call: String { "\(Program.name) help \(rawValue)" }

  /// The topic with the part of the page that a link leads to.
  static func topic(at anchor: String) -> HelpTopic? {
    allCases.first { $0.titles.contains { Markdown.anchor(of: $0) == anchor } }
  }

  func text(_ context: Context) -> String {
    if self == .schema { return BuiltInLayouts.schema }
    let page = context.page { anchor in
      guard let topic = Self.topic(at: anchor), topic != self else { return nil }
      return topic.call
    }
    let document = Markdown(BuiltInLayouts.format)
    return page.text(titles.flatMap(document.section))
  }
}
