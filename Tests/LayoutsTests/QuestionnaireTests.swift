import Documents
import Templating
import TestSupport
import Testing

@testable import Layouts

@Suite("A questionnaire")
struct QuestionnaireTests {
  private static let variables = """
    {"name": "PROJECT_NAME", "kind": "name", "prompt": "Name?", "default": "<<DIRECTORY|kebab>>"},
    {"name": "PACKAGE", "kind": "identifier", "default": "<<PROJECT_NAME|snake>>", "ask": false},
    {"name": "TIER", "choices": {"mvp": "small", "full": "large"}, "default": "mvp"},
    {"name": "CELERY", "kind": "flag", "default": true, "when": "TIER == full"},
    {"name": "QUEUE", "kind": "text", "default": "<<PACKAGE>>-tasks", "when": "CELERY"},
    {"name": "STEPS", "kind": "list", "of": "name", "default": "load,serve", "min": 1},
    {"name": "ENGINE", "kind": "name", "in": "STEPS", "default": "<<STEPS|last>>"},
    {"name": "OTHERS", "kind": "list", "of": "name", "default": "", "distinct": "STEPS"},
    {"name": "OWNER", "kind": "text", "pattern": "[a-z]+"}
    """

  private static let requirements = """
    "require": [{"that": "OWNER != PROJECT_NAME", "message": "“<<OWNER>>” is the project"}]
    """

  private func demo() throws -> Manifest {
    try manifest(variables: Self.variables, Self.requirements)
  }

  private func questionnaire(
    _ given: [String: String] = [:], directory: String = "my-dir"
  ) throws -> Questionnaire {
    let given = given.sorted { $0.key < $1.key }.map { name, text in
      GivenAnswer(name: name, input: .text(text), origin: "--\(name.lowercased())")
    }
    return try Questionnaire(for: demo(), given: given, directory: directory)
  }

  /// Answers all questions: with `texts`, else with the defaults.
  ///
  /// - Returns: What was asked, with the defaults that were offered.
  private func fill(
    _ questionnaire: inout Questionnaire, _ texts: [String: String]
  ) throws -> [String] {
    var asked: [String] = []
    while let question = questionnaire.next() {
      let name = question.variable.name
      asked.append("\(name)=\(question.defaultText ?? "?")")
      try questionnaire.answer(try #require(texts[name] ?? question.defaultText))
    }
    return asked
  }

  private func required(_ questionnaire: inout Questionnaire) throws -> Question {
    let question = questionnaire.next()
    return try #require(question)
  }

  private func answer(_ questionnaire: inout Questionnaire, _ text: String) -> String {
    do {
      try questionnaire.answer(text)
      return ""
    } catch {
      return error.message + (error.help.map { " (\($0))" } ?? "")
    }
  }

  @Test("asks in the manifest's order for what applies and is not derived")
  func order() throws {
    var questionnaire = try questionnaire()
    #expect(
      try fill(&questionnaire, ["OWNER": "ann"]) == [
        "PROJECT_NAME=my-dir", "TIER=mvp", "STEPS=load,serve", "ENGINE=serve", "OTHERS=",
        "OWNER=?",
      ])
    #expect(questionnaire.next()?.variable.name == nil)
  }

  @Test("offers defaults that follow from the answers before, and asks for what comes to apply")
  func defaults() throws {
    var questionnaire = try questionnaire()
    let texts = [
      "PROJECT_NAME": "shop", "TIER": "full", "STEPS": "one,two", "OWNER": "ann", "ENGINE": "one",
    ]
    #expect(
      try fill(&questionnaire, texts) == [
        "PROJECT_NAME=my-dir", "TIER=mvp", "CELERY=true", "QUEUE=shop-tasks", "STEPS=load,serve",
        "ENGINE=two", "OTHERS=", "OWNER=?",
      ])
  }

  @Test("does not ask for what was given, and holds the questions to it")
  func given() throws {
    var questionnaire = try questionnaire([
      "TIER": "full", "QUEUE": "q", "STEPS": "a,b", "OWNER": "ann", "PROJECT_NAME": "shop",
    ])
    #expect(
      try fill(&questionnaire, [:]) == ["CELERY=true", "ENGINE=b", "OTHERS="])
    #expect(try questionnaire.answers().values["QUEUE"] == .text("q"))
  }

  @Test("comes to the answers that the same texts give as options", arguments: ["mvp", "full"])
  func sameAnswers(tier: String) throws {
    let texts = [
      "PROJECT_NAME": "shop", "TIER": tier, "STEPS": "one,two", "ENGINE": "one",
      "OTHERS": "three", "OWNER": "ann",
    ]
    var questionnaire = try questionnaire()
    _ = try fill(&questionnaire, texts)
    let answers = try questionnaire.answers()
    let expected = try demo().answers(texts)
    #expect(answers.values.items.count == expected.values.items.count)
    for (name, value) in expected.values.items { #expect(answers.values[name] == value, "\(name)") }
    #expect(answers.recorded.map(\.name) == expected.recorded.map(\.name))
    #expect(answers.recorded.map(\.value) == expected.recorded.map(\.value))
  }

  @Test("takes the defaults of all that is not answered")
  func unanswered() throws {
    var questionnaire = try questionnaire(["OWNER": "ann"])
    #expect(questionnaire.next()?.variable.name == "PROJECT_NAME")
    try questionnaire.answer("shop")
    #expect(questionnaire.next()?.variable.name == "TIER")
    let answers = try questionnaire.answers()
    #expect(answers.values["PACKAGE"] == .text("shop"))
    #expect(answers.values["TIER"] == .text("mvp"))
    #expect(questionnaire.next()?.variable.name == nil)
  }

  @Test("refuses a text with the reason, and its question stays")
  func refuses() throws {
    var questionnaire = try questionnaire()
    #expect(questionnaire.next()?.variable.name == "PROJECT_NAME")
    #expect(
      answer(&questionnaire, "My Shop").hasPrefix(
        "“My Shop” must hold only lower-case letters, digits and “-”"))
    #expect(questionnaire.next()?.variable.name == "PROJECT_NAME")
    #expect(questionnaire.next()?.defaultText == "my-dir")
    #expect(answer(&questionnaire, "shop") == "")
    #expect(questionnaire.next()?.variable.name == "TIER")
    #expect(
      answer(&questionnaire, "ful") == "“ful” must be one of mvp, full (did you mean “full”?)")
    #expect(answer(&questionnaire, "mvp") == "")
    #expect(questionnaire.next()?.variable.name == "STEPS")
    #expect(answer(&questionnaire, "") == "needs at least 1 item, and has 0")
    #expect(answer(&questionnaire, "a,a") == "“a” is given twice; items must differ")
    #expect(answer(&questionnaire, "a,engine") == "")
    // Rules across variables are told as soon as they can be.
    #expect(questionnaire.next()?.variable.name == "ENGINE")
    #expect(
      answer(&questionnaire, "b").hasPrefix("“b” is not in STEPS, which has a, engine"))
    #expect(
      answer(&questionnaire, "a").hasPrefix("“engine” is in STEPS and is not ENGINE, which is a"))
    #expect(answer(&questionnaire, "engine") == "")
    #expect(questionnaire.next()?.variable.name == "OTHERS")
    #expect(answer(&questionnaire, "b,a") == "“a” is in both STEPS and OTHERS")
    #expect(answer(&questionnaire, "b") == "")
    #expect(questionnaire.next()?.variable.name == "OWNER")
    #expect(answer(&questionnaire, "Ann") == "“Ann” must match [a-z]+")
    #expect(answer(&questionnaire, "ann") == "")
    let answers = try questionnaire.answers()
    #expect(answers.values["OTHERS"] == .list([.text("b")]))
    #expect(answers.values["ENGINE"] == .text("engine"))
  }

  @Test("holds a list to a role that was given before it")
  func givenRole() throws {
    var questionnaire = try questionnaire([
      "ENGINE": "serve", "PROJECT_NAME": "x", "TIER": "mvp", "OWNER": "ann",
    ])
    #expect(questionnaire.next()?.variable.name == "STEPS")
    #expect(
      answer(&questionnaire, "a,b")
        == "ENGINE: “serve” is not in STEPS, which has a, b (give one of them with --engine NAME)")
    #expect(answer(&questionnaire, "a,serve") == "")
    let found = try complaints {
      _ = try Answers(
        for: demo(),
        given: [
          GivenAnswer(name: "ENGINE", input: .text("serve"), origin: "--engine"),
          GivenAnswer(name: "STEPS", input: .text("a,b"), origin: "--steps"),
          GivenAnswer(name: "OWNER", input: .text("ann"), origin: "--owner"),
        ], directory: "d")
    }
    #expect(found.contains("--engine: “serve” is not in STEPS, which has a, b"), "\(found)")
  }

  @Test("shows what can be chosen: words with their meanings, or the items of a role's list")
  func choices() throws {
    var questionnaire = try questionnaire(["PROJECT_NAME": "x", "STEPS": "a,b"])
    let tier = try required(&questionnaire)
    #expect(tier.choices.map(\.word) == ["mvp", "full"])
    #expect(tier.choices.map(\.explanation) == ["small", "large"])
    try questionnaire.answer("mvp")
    let engine = try required(&questionnaire)
    #expect(engine.variable.name == "ENGINE")
    #expect(engine.choices.map(\.word) == ["a", "b"])
    try questionnaire.answer("a")
    #expect(questionnaire.next()?.choices.isEmpty == true)
  }

  @Test("offers no default that breaks a rule")
  func badDefault() throws {
    var questionnaire = try questionnaire(directory: "true")
    let question = try required(&questionnaire)
    #expect(question.variable.prompt == "Name?")
    #expect(question.defaultText == nil)
    try questionnaire.answer("shop")
    #expect(questionnaire.next()?.variable.name == "TIER")
  }

  @Test("asks nothing when what was given is at fault, and tells all faults at the end")
  func faults() throws {
    var questionnaire = try questionnaire(["TIER": "huge", "QUEUE": "x", "STEPS": "A"])
    #expect(questionnaire.next()?.variable.name == nil)
    let found = try complaints { _ = try questionnaire.answers() }
    #expect(found.contains("--tier: “huge” must be one of"))
    #expect(found.contains("--steps: “A” must"))
    #expect(found.contains("OWNER is missing"))
    #expect(!found.contains("QUEUE"))
  }

  @Test("is held to the layout's requirements by the last answer they are about, and at the end")
  func requirement() throws {
    var questionnaire = try questionnaire(["PROJECT_NAME": "ann", "TIER": "mvp", "STEPS": "a"])
    #expect(questionnaire.next()?.variable.name == "ENGINE")
    #expect(answer(&questionnaire, "a") == "")
    #expect(questionnaire.next()?.variable.name == "OTHERS")
    #expect(answer(&questionnaire, "") == "")
    #expect(questionnaire.next()?.variable.name == "OWNER")
    #expect(answer(&questionnaire, "ann") == "“ann” is the project")
    #expect(answer(&questionnaire, "eve") == "")
    var given = try self.questionnaire(["PROJECT_NAME": "ann", "OWNER": "ann"])
    #expect(try complaints { _ = try given.answers() } == "“ann” is the project")
  }

  @Test("says what is missing, where nothing else is wrong")
  func missing() throws {
    #expect(try questionnaire().missing?.map(\.name) == ["OWNER"])
    #expect(try questionnaire(["OWNER": "ann"]).missing?.isEmpty == true)
    let unnamed = try questionnaire(["OWNER": "ann"], directory: "true")
    #expect(unnamed.missing?.map(\.name) == ["PROJECT_NAME"])
    #expect(try questionnaire(["OWNER": "Ann"]).missing == nil)
    #expect(try questionnaire(["TIER": "huge"]).missing == nil)
    #expect(try questionnaire(["OWNER": "my-dir"]).missing == nil)
    #expect(try questionnaire(directory: "true").required.map(\.name) == ["OWNER"])
  }

  @Test("tells a fault as soon as answers are at hand that it comes from, and these")
  func fault() throws {
    let derived = try manifest(
      variables: #"""
        {"name": "AA", "kind": "text", "default": "a"},
        {"name": "BB", "kind": "text", "default": "b"},
        {"name": "CC", "kind": "name", "default": "<<AA>>", "ask": false, "refuse": {"bad": "of it"}},
        {"name": "DD", "kind": "text", "default": "<<DIRECTORY>>", "ask": false, "refuse": ["bad"]},
        {"name": "EE", "kind": "text", "default": "<<CC>>", "ask": false, "when": "BB == \"b\""}
        """#, #""require": [{"that": "EE != never", "message": "never"}]"#)
    var questionnaire = Questionnaire(for: derived, given: [], directory: "d")
    #expect(questionnaire.fault == nil && questionnaire.next()?.variable.name == "AA")
    var refused = questionnaire
    try refused.answer("bad")
    let fault = try #require(refused.fault)
    #expect(fault.names == ["AA"])
    #expect(fault.diagnostics.all.map(\.message) == ["CC from AA: “bad” is refused: of it"])
    var required = questionnaire
    try required.answer("never")
    #expect(required.fault == nil && required.next()?.variable.name == "BB")
    try required.answer("b")
    #expect(required.fault?.names.sorted() == ["AA", "BB"])
    try questionnaire.answer("a")
    #expect(questionnaire.fault == nil)
    #expect(
      Questionnaire(for: derived, given: [], directory: "bad").fault?.names == ["DIRECTORY"])
  }

  @Test("asks for what a default or a condition uses before what uses it")
  func dependencies() throws {
    let chained = try manifest(
      variables: """
        {"name": "AA", "kind": "text", "default": "<<BB>>!"},
        {"name": "BB", "kind": "text", "default": "b", "when": "CC"},
        {"name": "CC", "kind": "flag", "default": true},
        {"name": "DD", "kind": "list", "of": "text", "default": "", "also": ["<<EE>>"]},
        {"name": "EE", "kind": "text", "default": "e"}
        """)
    var questionnaire = Questionnaire(for: chained, given: [], directory: "d")
    #expect(
      try fill(&questionnaire, ["BB": "x"]) == ["CC=true", "BB=b", "AA=x!", "EE=e", "DD="])
    let answers = try questionnaire.answers()
    #expect(answers.values["AA"] == .text("x!"))
    #expect(answers.values["DD"] == .list([.text("e")]))
  }
}
