import Documents
import Templating
import TestSupport
import Testing

@testable import Layouts

@Suite("Answers")
struct AnswersTests {
  private static let variables = """
    {"name": "PROJECT_NAME", "kind": "name", "default": "<<DIRECTORY|kebab>>"},
    {"name": "PACKAGE", "kind": "identifier", "default": "<<PROJECT_NAME|snake>>", "ask": false},
    {"name": "TIER", "choices": ["mvp", "core", "full"], "default": "mvp"},
    {"name": "CELERY", "kind": "flag", "default": true, "when": "TIER == full"},
    {"name": "QUEUE", "kind": "text", "default": "tasks", "when": "CELERY"},
    {"name": "WORKERS", "kind": "integer", "default": 2, "when": "CELERY"},
    {"name": "MODELS", "kind": "list", "of": "identifier", "default": "item", "when": "TIER >= core"},
    {"name": "EXTRAS", "kind": "choices", "choices": ["docs", "ci"], "default": "<<@if CELERY>>ci<<@end>>"}
    """

  private func answers(_ given: [String: String] = [:], directory: String = "my-dir") throws
    -> Answers
  {
    try manifest(variables: Self.variables).answers(given, directory: directory)
  }

  @Test("come from defaults, which may use each other and the directory")
  func defaults() throws {
    let values = try answers(directory: "MyDir").values
    #expect(values["PROJECT_NAME"] == .text("my-dir"))
    #expect(values["PACKAGE"] == .text("my_dir"))
    #expect(values["TIER"] == .text("mvp"))
    #expect(values["EXTRAS"] == .list([]))
  }

  @Test("that are given come before defaults, and defaults follow them")
  func precedence() throws {
    let values = try answers(["PROJECT_NAME": "other-name", "TIER": "full", "MODELS": "b, a"])
      .values
    #expect(values["PACKAGE"] == .text("other_name"))
    #expect(values["CELERY"] == .flag(true))
    #expect(values["MODELS"] == .list([.text("b"), .text("a")]))
    #expect(values["EXTRAS"] == .list([.text("ci")]))
    #expect(try answers(["PACKAGE": "pkg"]).values["PACKAGE"] == .text("pkg"))
  }

  @Test("of the same name: the first is taken")
  func firstWins() throws {
    let manifest = try manifest(variables: Self.variables)
    let given = ["core", "full"].map {
      GivenAnswer(name: "TIER", input: .text($0), origin: "--tier")
    }
    let answers = try Answers(for: manifest, given: given, directory: "d")
    #expect(answers.values["TIER"] == .text("core"))
  }

  @Test("to what does not apply are false or empty")
  func inapplicable() throws {
    let values = try answers().values
    #expect(values["CELERY"] == .flag(false))
    #expect(values["QUEUE"] == .text(""))
    #expect(values["WORKERS"] == .integer(0))
    #expect(values["MODELS"] == .list([]))
    // A variable that does not apply takes those with it that depend on it.
    #expect(try answers(["TIER": "full", "CELERY": "false"]).values["QUEUE"] == .text(""))
    #expect(try answers(["TIER": "full"]).values["QUEUE"] == .text("tasks"))
  }

  @Test("cannot be given to what does not apply")
  func inapplicableGiven() throws {
    let found = try complaints { _ = try answers(["CELERY": "true", "QUEUE": "x"]) }
    #expect(
      found == """
        --celery does not apply here (it is for: TIER == full)
        --queue does not apply here (it is for: CELERY)
        """)
  }

  @Test("that are derived are held to rules of their own, told of what they come from")
  func derivedRules() throws {
    let manifest = try manifest(
      variables: """
        {"name": "PROJECT_NAME", "kind": "name", "default": "<<DIRECTORY|kebab>>"},
        {"name": "PACKAGE", "kind": "identifier", "default": "<<PROJECT_NAME|snake>>", "ask": false,
          "reserved": ["python-keywords", "python-modules"], "refuse": {"tests": "it is a folder"}}
        """)
    func found(_ given: [String: String], directory: String = "d") throws -> String {
      try complaints { _ = try manifest.answers(given, directory: directory) }
    }
    #expect(
      try found(["PROJECT_NAME": "lambda"])
        == "PACKAGE from PROJECT_NAME: “lambda” is refused: a keyword of Python"
        + " (give another --project-name; or give one with --package lambda_item)")
    #expect(
      try found([:], directory: "json").hasPrefix("PACKAGE from PROJECT_NAME: “json” is refused"))
    #expect(
      try found(["PACKAGE": "tests"])
        == "--package: “tests” is refused: it is a folder (“tests_item” would do)")
    #expect(try found(["PROJECT_NAME": "lambda", "PACKAGE": "mine"]) == "")
  }

  @Test("are recorded when they were asked or given, in the order of the manifest")
  func recorded() throws {
    #expect(try answers().recorded.map(\.name) == ["PROJECT_NAME", "TIER", "EXTRAS"])
    #expect(
      try answers(["TIER": "full", "PACKAGE": "pkg"]).recorded.map(\.name) == [
        "PROJECT_NAME", "PACKAGE", "TIER", "CELERY", "QUEUE", "WORKERS", "MODELS", "EXTRAS",
      ])
  }

  @Test(
    "that break a rule are all reported, with where they were given; what follows from them is not")
  func allAtOnce() throws {
    let manifest = try manifest(variables: Self.variables)
    let place = SourceLocation(file: "answers.json", line: 3, column: 5)
    let given = [
      GivenAnswer(name: "PROJECT_NAME", input: .text("No Name"), origin: "--project-name"),
      GivenAnswer(name: "TIER", input: .text("ful"), origin: "TIER", location: place),
      GivenAnswer(name: "EXTRAS", input: .items(["docs", "x"]), origin: "--extras"),
      GivenAnswer(name: "MODELS", input: .text("A"), origin: "--models"),
    ]
    let found = try complaints {
      _ = try Answers(for: manifest, given: given, directory: "d")
    }
    #expect(
      found == """
        --project-name: “No Name” must hold only lower-case letters, digits and “-”, not “N” \
        (“no-name” would do)
        --extras: “x” must be one of docs, ci
        answers.json:3:5: TIER: “ful” must be one of mvp, core, full (did you mean “full”?)
        """)
  }

  @Test("of items are taken one by one, and only by a list")
  func items() throws {
    let manifest = try manifest(
      variables:
        #"{"name": "AA", "kind": "list", "of": "text", "default": ""}, {"name": "BB", "kind": "text", "default": ""}"#
    )
    func answers(_ name: String) throws -> Answers {
      let given = GivenAnswer(name: name, input: .items(["a, b", "c"]), origin: name)
      return try Answers(for: manifest, given: [given], directory: "d")
    }
    #expect(try answers("AA").values["AA"] == .list([.text("a, b"), .text("c")]))
    let found = try complaints { _ = try answers("BB") }
    #expect(found == "BB: is not a list")
  }

  @Test(
    "say which option gives what the directory's name cannot",
    arguments: [
      ("Ünïcode", "ünïcode", "unicode"), ("3d-tools", "3d-tools", "project-3d-tools"),
      ("true", "true", "true-app"),
    ])
  func fromDirectory(directory: String, shown: String, suggestion: String) throws {
    let found = try complaints { _ = try answers(directory: directory) }
    #expect(found.hasPrefix("PROJECT_NAME from the directory's name: “\(shown)” "), "\(found)")
    #expect(found.hasSuffix("(give one with --project-name \(suggestion))"), "\(found)")
  }

  @Test(
    "take what a directory's name can become",
    arguments: [
      ("my.project", "my-project"), ("My Project", "my-project"), ("snake_case", "snake-case"),
    ])
  func fromGoodDirectory(directory: String, expected: String) throws {
    #expect(try answers(directory: directory).values["PROJECT_NAME"] == .text(expected))
  }

  @Test("say how a default that does not do is replaced")
  func badDefaults() throws {
    let manifest = try manifest(
      variables: """
        {"name": "AA", "kind": "text", "default": "class"},
        {"name": "BB", "kind": "identifier", "default": "<<AA>>", "refuse": ["class"]},
        {"name": "CC", "kind": "port", "default": "<<AA>>"},
        {"name": "DD", "kind": "name", "default": "<<AA|upper>>"},
        {"name": "EE", "kind": "list", "of": "identifier", "default": "<<AA>>,1<<AA>>"},
        {"name": "FF", "kind": "name"}
        """)
    let found = try complaints { _ = try manifest.answers() }
    #expect(
      found == """
        BB: “class” is refused (give one with --bb class_item)
        CC: “class” must be an integer from 1 to 65535 (give one with --cc PORT)
        DD: “CLASS” must hold only lower-case letters, digits and “-”, not “C” (give one with --dd class)
        EE: “1class” must begin with a letter (“item_1class” would do)
        FF is missing (give it with --ff NAME)
        """)
  }

  @Test("to two lists that must differ share no item", arguments: ["text", "port"])
  func distinct(kind: String) throws {
    let manifest = try manifest(
      variables: """
        {"name": "AA", "kind": "list", "of": "\(kind)", "default": "1,2,3"},
        {"name": "BB", "kind": "list", "of": "\(kind)", "default": "4", "distinct": "AA"}
        """)
    #expect(try complaints { _ = try manifest.answers() } == "")
    let found = try complaints { _ = try manifest.answers(["BB": "3,5,1"]) }
    #expect(found == "“3” is in both AA and BB\n“1” is in both AA and BB")
  }

  @Test("are held to the rules across variables, whose messages may use them")
  func requirements() throws {
    let manifest = try manifest(
      variables: """
        {"name": "LOW", "kind": "integer", "default": 1}, {"name": "HIGH", "kind": "integer", "default": 9}
        """,
      """
      "require": [{"that": "LOW < HIGH", "message": "LOW (<<LOW>>) must be below HIGH (<<HIGH>>)"},
        {"that": "HIGH != 13", "message": "HIGH must not be 13"}]
      """)
    #expect(try complaints { _ = try manifest.answers() } == "")
    let both = try complaints { _ = try manifest.answers(["LOW": "13", "HIGH": "13"]) }
    #expect(both == "LOW (13) must be below HIGH (13)\nHIGH must not be 13")
    // A value that breaks a rule of its own is reported without them.
    let other = try complaints { _ = try manifest.answers(["LOW": "x", "HIGH": "13"]) }
    #expect(other.hasPrefix("--low: “x” must be an integer"))
    #expect(!other.contains("13"))
  }

  @Test("are the same whatever the order of the variables in the manifest")
  func order() throws {
    let manifest = try manifest(
      variables: """
        {"name": "AA", "kind": "text", "default": "<<BB>>!"},
        {"name": "BB", "kind": "text", "default": "<<CC>>?", "when": "DD"},
        {"name": "CC", "kind": "text", "default": "c"},
        {"name": "DD", "kind": "flag", "default": "<<@if CC == c>>true<<@else>>false<<@end>>"}
        """)
    #expect(try manifest.answers().values["AA"] == .text("c?!"))
    #expect(try manifest.answers(["CC": "x"]).values["AA"] == .text("!"))
  }
}
