import Testing

@testable import Templating

@Suite("Each filter")
struct FilterExampleTests {
  /// In the order of the filters: a placeholder, and what it gives.
  static let examples = [
    ("snake", "<<PROJECT_NAME|snake>>", "demo"),
    ("kebab", "<<AUTHOR|kebab>>", "ann"),
    ("camel", "<<AUTHOR|camel>>", "ann"),
    ("pascal", "<<PROJECT_NAME|pascal>>", "Demo"),
    ("upper", "<<PROJECT_NAME|upper>>", "DEMO"),
    ("lower", "<<AUTHOR|lower>>", "ann"),
    ("title", "<<PROJECT_NAME|title>>", "Demo"),
    ("plural", "<<PROJECT_NAME|plural>>", "demos"),
    ("plus", "<<PORT_BLOCK|plus(-1)>>", "99"),
    ("pad", "<<PORT_BLOCK|pad(5)>>", "00100"),
    ("json", "<<TITLE|json>>", #""say <<EMAIL>> \"hi\"""#),
    ("yaml", "<<TITLE|yaml>>", #""say <<EMAIL>> \"hi\"""#),
    ("toml", "<<TITLE|toml>>", #""say <<EMAIL>> \"hi\"""#),
    ("python", "<<TITLE|python>>", #"'say <<EMAIL>> "hi"'"#),
    ("shell", "<<TITLE|shell>>", #"'say <<EMAIL>> "hi"'"#),
    ("dotenv", "<<TITLE|dotenv>>", #"'say <<EMAIL>> "hi"'"#),
    ("markdown", "<<TITLE|markdown>>", #"say &lt;&lt;EMAIL>> "hi""#),
    ("double", #"<<EMAIL|double("@")>>"#, "a@@b.c"),
    ("before", #"<<EMAIL|before("@")>>"#, "a"),
    ("after", #"<<EMAIL|after("@")>>"#, "b.c"),
    ("first", "<<STEPS|first>>", "topic1"),
    ("last", "<<STEPS|last>>", "topic2"),
    ("join", #"<<STEPS|join(" ")>>"#, "topic1 topic2"),
  ]

  @Test("has an example")
  func all() {
    #expect(Self.examples.map(\.0) == Filters.names)
    #expect(Self.examples.allSatisfy { $0.1.contains("|\($0.0)") })
  }

  @Test("does what the example says", arguments: examples)
  func example(_ name: String, _ placeholder: String, _ expected: String) {
    #expect(rendered(placeholder) == expected)
  }
}
