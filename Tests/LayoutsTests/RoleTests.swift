import Documents
import Templating
import TestSupport
import Testing

@testable import Layouts

@Suite("Roles: which items of a list are something in particular")
struct RoleTests {
  private static let variables = """
    {"name": "STEPS", "kind": "list", "of": "identifier", "min": 1, "default": "load,serve"},
    {"name": "ENGINE", "kind": "identifier", "in": "STEPS", "default": "<<STEPS|last>>"},
    {"name": "ENVIRONMENTS", "kind": "list", "of": "name", "default": "dev,prod"},
    {"name": "MOST_STRICT", "kind": "list", "of": "name", "in": "ENVIRONMENTS", "ask": false,
     "default": "<<ENVIRONMENTS|last>>"},
    {"name": "STORES", "kind": "choices", "choices": ["redis", "postgres"], "default": "postgres"},
    {"name": "ONLINE", "choices": ["redis", "postgres"], "in": "STORES", "default": "<<STORES|first>>"}
    """

  private func answers(_ given: [String: String] = [:]) throws -> Answers {
    try manifest(variables: Self.variables).answers(given, directory: "d")
  }

  private func refused(_ given: [String: String]) throws -> String {
    try complaints { _ = try answers(given) }
  }

  @Test("are defaults of the list, and always recorded, asked for or not")
  func recorded() throws {
    let recorded = try answers().recorded
    #expect(recorded.contains { $0 == ("ENGINE", .text("serve")) })
    #expect(recorded.contains { $0 == ("MOST_STRICT", .list([.text("prod")])) })
    #expect(recorded.contains { $0 == ("ONLINE", .text("postgres")) })
  }

  @Test("stay with their item when the list changes around it")
  func stable() throws {
    let before = try answers()
    var given: [String: String] = [:]
    for (name, value) in before.recorded {
      given[name] =
        switch value {
        case .list(let items): items.compactMap(ValueParser.word(for:)).joined(separator: ",")
        default: ValueParser.word(for: value) ?? ""
        }
    }
    given["STEPS"] = "fetch,load,serve,report"
    given["ENVIRONMENTS"] = "prod,dr"
    given["STORES"] = "redis,postgres"
    let after = try answers(given)
    for role in ["ENGINE", "MOST_STRICT", "ONLINE"] {
      #expect(after.values[role] == before.values[role], "\(role)")
    }
  }

  @Test("that are not in their list are refused with what is in it")
  func notInList() throws {
    #expect(
      try refused(["ENGINE": "sevre"])
        == "--engine: “sevre” is not in STEPS, which has load, serve (did you mean “serve”?)")
    #expect(
      try refused(["ENGINE": "other"])
        == "--engine: “other” is not in STEPS, which has load, serve"
        + " (give one of them with --engine IDENTIFIER)")
    #expect(
      try refused(["MOST_STRICT": "prod,x"]).hasPrefix(
        "--most-strict: “x” is not in ENVIRONMENTS, which has dev, prod"))
    #expect(
      try refused(["STORES": "redis", "ONLINE": "postgres"]).hasPrefix(
        "--online: “postgres” is not in STORES, which has redis"))
  }

  @Test("an item that is named like a role has it")
  func namedLikeRole() throws {
    #expect(
      try refused(["STEPS": "engine,serve"])
        == "“engine” is in STEPS and is not ENGINE, which is serve: the name would mislead"
        + " (give it another name, or the role: --engine engine)")
    #expect(try refused(["STEPS": "load,engine"]) == "")
    #expect(try refused(["STEPS": "engine,serve", "ENGINE": "engine"]) == "")
    #expect(
      try refused(["ENVIRONMENTS": "most-strict,prod"])
        == "“most-strict” is in ENVIRONMENTS and is not MOST_STRICT, which is prod: the name would"
        + " mislead (give it another name, or the role: --most-strict prod,most-strict)")
  }

  @Test("of a list that has no items are nobody's")
  func empty() throws {
    #expect(try refused(["ENVIRONMENTS": "", "MOST_STRICT": ""]) == "")
    #expect(
      try refused(["ENVIRONMENTS": "", "MOST_STRICT": "prod"])
        == "--most-strict: “prod” is not in ENVIRONMENTS, which has no items"
        + " (give one of them with --most-strict A,B,…)")
  }

  @Test("that do not apply are asked for by nobody")
  func inapplicable() throws {
    let variables = """
      {"name": "ON", "kind": "flag", "default": false},
      {"name": "LL", "kind": "list", "of": "name", "default": "role,b"},
      {"name": "ROLE", "kind": "name", "in": "LL", "when": "ON", "default": "b"}
      """
    #expect(try complaints { _ = try manifest(variables: variables).answers([:]) } == "")
    #expect(
      try complaints { _ = try manifest(variables: variables).answers(["ON": "true"]) }
        .hasPrefix("“role” is in LL and is not ROLE"))
  }

  @Test(
    "name a list, and are of its items' kind",
    arguments: [
      (#"{"name": "AA", "kind": "name", "in": "BB"}"#, "1:108: “in” must name another list"),
      (#"{"name": "AA", "kind": "name", "in": "AA"}"#, "1:108: “in” must name another list"),
      (
        #"{"name": "LL", "kind": "list", "of": "name"}, {"name": "AA", "kind": "text", "in": "LL"}"#,
        "“AA” must be of the kind that the items of “LL” have: name"
      ),
      (
        #"{"name": "LL", "kind": "choices", "choices": ["a", "b"]}, "#
          + #"{"name": "AA", "choices": ["a"], "in": "LL"}"#,
        "“AA” must have the choices of “LL”, in their order: a, b"
      ),
    ])
  func faults(_ variables: String, _ complaint: String) throws {
    let text = try complaints { _ = try manifest(variables: variables) }
    #expect(text.contains(complaint.split(separator: ": ").last ?? ""), "\(text)")
  }
}

@Suite("Lists that grow at their end")
struct GrowingListTests {
  private static let variables = """
    {"name": "TIER", "choices": ["core", "full"], "default": "core"},
    {"name": "MODELS", "kind": "list", "of": "identifier", "min": 1, "default": "item"},
    {"name": "MIGRATIONS", "kind": "list", "of": "text", "pattern": "[a-z0-9_]+", "ask": false,
     "default": "", "also": ["<<MODELS|join(\\",\\")>>", "<<@if TIER == full>>events<<@end>>"]}
    """

  private func answers(_ given: [String: String] = [:]) throws -> Answers {
    try manifest(variables: Self.variables).answers(given, directory: "d")
  }

  private func migrations(_ given: [String: String] = [:]) throws -> [String] {
    guard case .list(let items)? = try answers(given).values["MIGRATIONS"] else { return [] }
    return items.compactMap(ValueParser.word(for:))
  }

  @Test("get what they lack behind what they have, in order and once")
  func appended() throws {
    #expect(try migrations() == ["item"])
    #expect(
      try migrations(["MODELS": "person,item", "TIER": "full"]) == ["person", "item", "events"])
    // What a record has keeps its place.
    let recorded = ["MODELS": "person,item", "TIER": "full", "MIGRATIONS": "item,4c1f5d"]
    #expect(try migrations(recorded) == ["item", "4c1f5d", "person", "events"])
    #expect(
      try migrations(["MIGRATIONS": "item,events", "MODELS": "item,person", "TIER": "full"])
        == ["item", "events", "person"])
  }

  @Test("are always recorded")
  func recorded() throws {
    #expect(
      try answers(["TIER": "full"]).recorded.contains {
        $0 == ("MIGRATIONS", .list([.text("item"), .text("events")]))
      })
  }

  @Test("hold what they get to their rules")
  func rules() throws {
    let variables =
      #"{"name": "AA", "kind": "text", "default": "b c"},"#
      + #"{"name": "LL", "kind": "list", "of": "identifier", "default": "", "also": ["<<AA>>"]}"#
    let text = try complaints {
      _ = try manifest(variables: variables).answers([:], directory: "d")
    }
    #expect(text.contains("“b c” must"))
  }

  @Test("“also” is for lists, and its names are part of the chain of defaults")
  func faults() throws {
    let scalar = #"{"name": "AA", "kind": "text", "default": "", "also": ["x"]}"#
    #expect(
      try complaints { _ = try manifest(variables: scalar) }.contains("“also” is for lists only"))
    let circle = """
      {"name": "AA", "kind": "list", "of": "text", "default": "", "also": ["<<BB|first>>"]},
      {"name": "BB", "kind": "list", "of": "text", "default": "<<AA|first>>"}
      """
    #expect(try complaints { _ = try manifest(variables: circle) }.contains("AA → BB → AA"))
  }
}
