import Testing

@testable import Layouts

@Suite("Answers of another project")
struct CarriedAnswersTests {
  private static let variables = """
    {"name": "TIER", "choices": ["mvp", "full"], "default": "mvp"},
    {"name": "QUEUE", "kind": "name", "default": "tasks", "when": "TIER == full"},
    {"name": "PROJECT_NAME", "kind": "name", "default": "<<DIRECTORY|kebab>>"},
    {"name": "DATABASE", "kind": "name", "default": "<<PROJECT_NAME>>-db"},
    {"name": "PORT", "kind": "port", "default": 8000}
    """

  private func carried(_ answers: [String: String]) -> [GivenAnswer] {
    answers.sorted { $0.key < $1.key }.map { name, text in
      GivenAnswer(name: name, input: .text(text), origin: name, isCarried: true)
    }
  }

  @Test("are left out where they do not apply, and are not recorded")
  func leftOut() throws {
    let manifest = try manifest(variables: Self.variables)
    let answers = try Answers(
      for: manifest, given: carried(["TIER": "mvp", "QUEUE": "rabbit"]), directory: "d")
    #expect(answers.leftOut == ["QUEUE"])
    #expect(answers.values["QUEUE"] == .text(""))
    #expect(!answers.recorded.contains { $0.name == "QUEUE" })
    let applying = try Answers(
      for: manifest, given: carried(["TIER": "full", "QUEUE": "rabbit"]), directory: "d")
    #expect(applying.leftOut.isEmpty)
    #expect(applying.values["QUEUE"] == .text("rabbit"))
  }

  @Test("given by hand are held to what applies")
  func strict() throws {
    let manifest = try manifest(variables: Self.variables)
    #expect(throws: (any Error).self) {
      try manifest.answers(["TIER": "mvp", "QUEUE": "rabbit"])
    }
  }

  /// The list of the record can grow: what was its last item then is no longer.
  @Test("say who has a role and in which order a list has grown, whatever the defaults are")
  func roles() throws {
    let variables = """
      {"name": "STEPS", "kind": "list", "of": "identifier", "default": "load,serve"},
      {"name": "ENGINE", "kind": "identifier", "in": "STEPS", "default": "<<STEPS|last>>"},
      {"name": "ORDER", "kind": "list", "of": "identifier", "default": "<<STEPS|first>>",
       "ask": false, "also": ["<<STEPS|join(\\",\\")>>"]}
      """
    let derived = try manifest(variables: variables).derivedNames(
      in: carried(["STEPS": "load,serve", "ENGINE": "serve", "ORDER": "load,serve"]),
      directory: "d")
    #expect(derived == [])
  }

  @Test("are derived where they are what the default makes of the others")
  func derived() throws {
    let manifest = try manifest(variables: Self.variables)
    func derived(_ answers: [String: String]) -> [String] {
      manifest.derivedNames(in: carried(answers), directory: "My Dir").sorted()
    }
    #expect(
      derived(["PROJECT_NAME": "my-dir", "DATABASE": "my-dir-db"]) == ["DATABASE", "PROJECT_NAME"])
    // What was given stays given, and what follows it follows it.
    #expect(derived(["PROJECT_NAME": "other", "DATABASE": "other-db"]) == ["DATABASE"])
    #expect(derived(["PROJECT_NAME": "my-dir", "DATABASE": "mine"]) == ["PROJECT_NAME"])
    // A default that uses nothing is an answer like any other: it may be another one tomorrow.
    #expect(derived(["PORT": "8000", "TIER": "mvp"]).isEmpty)
    #expect(derived(["PORT": "wrong", "PROJECT_NAME": "my-dir"]) == ["PROJECT_NAME"])
  }
}

@Suite("An example's answers")
struct ExampleAnswersTests {
  private func example(_ variables: String) throws -> Manifest.Example {
    try manifest(variables: variables).example(directory: "myproj")
  }

  @Test("are none where defaults make a project")
  func none() throws {
    let example = try example(#"{"name": "AA", "kind": "text", "default": "a"}"#)
    #expect(example.answers.isEmpty && example.isComplete)
  }

  @Test(
    "hold for every kind",
    arguments: [
      #""kind": "text""#, #""kind": "name""#, #""kind": "identifier""#, #""kind": "port""#,
      #""kind": "integer", "min": 5, "max": 9"#, #""kind": "integer", "max": -5"#,
      #""kind": "flag""#, #""choices": ["x", "y"]"#,
      #""kind": "choices", "choices": ["x", "y", "z"], "min": 2"#,
      #""kind": "list", "of": "text""#, #""kind": "list", "of": "identifier", "min": 3"#,
      #""kind": "list", "of": "port", "min": 2"#, #""kind": "list", "of": "integer", "min": 4"#,
      #""kind": "name", "refuse": ["some-name"]"#, #""kind": "text", "pattern": "[0-9]+""#,
      #""kind": "text", "pattern": "[A-Z]""#, #""kind": "identifier", "pattern": "my_.*""#,
    ])
  func kinds(rules: String) throws {
    let example = try example(#"{"name": "SOME_NAME", \#(rules)}"#)
    #expect(example.answers.count == 1)
    #expect(example.isComplete, "\(example.answers)")
  }

  @Test("are given for what other answers have asked for, and for defaults that do not do")
  func chain() throws {
    let example = try example(
      """
      {"name": "FAST", "kind": "flag"},
      {"name": "ENGINE", "kind": "text", "when": "FAST"},
      {"name": "OTHER", "kind": "text", "when": "not FAST"},
      {"name": "CODE", "kind": "text", "pattern": "[0-9]+", "default": "<<DIRECTORY>>"}
      """)
    #expect(example.answers.map(\.name).sorted() == ["CODE", "ENGINE", "FAST"])
    #expect(example.isComplete)
  }

  @Test("that nobody can guess are the kind's word, and the example says that it is not whole")
  func incomplete() throws {
    let example = try example(#"{"name": "AA", "kind": "text", "pattern": "[0-9]{7}x"}"#)
    #expect(example.answers.count == 1 && !example.isComplete)
  }
}

@Suite("A list as it is typed")
struct ListTextTests {
  @Test(
    "has its items between commas, without the blanks around them",
    arguments: [
      ("", []), ("  ", []), ("a", ["a"]), ("a,b", ["a", "b"]), (" a , b c ", ["a", "b c"]),
      (",", ["", ""]), ("a,", ["a", ""]), (#"a\,b,c"#, ["a,b", "c"]), (#"a\b"#, [#"a\b"#]),
      ("a,\u{301}b", ["a", "\u{301}b"]), (#"\,"#, [","]), (" \u{301}a", ["\u{301}a"]),
    ])
  func items(text: String, expected: [String]) {
    #expect(ListText.items(of: text).map { Array($0.utf8) } == expected.map { Array($0.utf8) })
  }

  @Test(
    "is none of JSON",
    arguments: [
      (#"["a","b"]"#, true), (" [1, 2] ", true), ("[]", true), ("[a]", false), ("a", false),
      ("[a],[b]", false), ("", false), (#"{"a": 1}"#, false),
    ])
  func json(text: String, expected: Bool) {
    #expect(ListText.isJSON(text) == expected)
  }
}
