import Console
import Testing

@testable import Layouts
@testable import scaffold

@Suite("The option of a variable")
struct VariableOptionTests {
  /// - Parameter members: of the variable `PARTS`, beside its name.
  private func option(_ members: String, beside others: String = "") throws -> Option {
    let manifest = try ManifestReader.read(
      Array(
        """
        {"name": "demo", "summary": "A demo", "version": "1.0.0", "layers": [{"folder": "base"}],
         "variables": [\(others){"name": "PARTS", \(members)}]}
        """.utf8),
      file: "layout.json")
    return try #require(manifest.variable(named: "PARTS")).option
  }

  @Test(
    "says what the variable takes",
    arguments: [
      (#""kind": "text""#, "PARTS"),
      (#""kind": "text", "prompt": "Its parts""#, "Its parts"),
      (#""kind": "text", "prompt": "Its parts", "help": "What it has""#, "What it has"),
      (#""kind": "integer""#, "PARTS"),
      (#""kind": "integer", "min": 0"#, "PARTS (at least 0)"),
      (#""kind": "integer", "max": 9"#, "PARTS (at most 9)"),
      (#""kind": "integer", "min": 1, "max": 9"#, "PARTS (1 to 9)"),
      (#""kind": "list", "of": "name""#, "PARTS"),
      (#""kind": "list", "of": "name", "min": 0"#, "PARTS"),
      (#""kind": "list", "of": "name", "min": 1"#, "PARTS (at least 1)"),
      (#""kind": "list", "of": "name", "max": 3"#, "PARTS (at most 3)"),
      (#""kind": "list", "of": "name", "min": 2, "max": 3"#, "PARTS (at least 2; at most 3)"),
      (#""kind": "choices", "choices": ["a", "b"]"#, "PARTS (any of a, b)"),
      (#""kind": "choices", "choices": ["a", "b"], "min": 1"#, "PARTS (at least 1 of a, b)"),
      (#""kind": "text", "pattern": {"x+": "be of x"}"#, "PARTS (must be of x)"),
      (#""kind": "name", "in": "STEPS", "default": "<<STEPS|last>>""#, "PARTS (one of --steps)"),
    ])
  func description(members: String, expected: String) throws {
    let steps = #"{"name": "STEPS", "kind": "list", "of": "name", "default": "a", "min": 1}, "#
    #expect(try option(members, beside: steps).help == expected)
  }

  @Test("is of the variable's kind, and completed by its words")
  func kinds() throws {
    let flag = try option(#""kind": "flag""#)
    #expect(flag.value == .flag && !flag.isRepeatable && flag.completion == .none)
    let list = try option(#""kind": "list", "of": "name""#)
    #expect(list.value == .one("A,B,…") && list.isRepeatable && list.completion == .none)
    let choice = try option(#""choices": {"a": "first", "b": ""}"#)
    #expect(choice.value == .one("a|b") && !choice.isRepeatable && choice.completion == .words)
    #expect(choice.words.map(\.word) == ["a", "b"])
    // Another word is told with what else is wrong with the answers.
    #expect(!choice.isClosed)
  }

  @Test("says when it has to be given")
  func requirement() throws {
    let flag = #"{"name": "LOGS", "kind": "flag", "default": true}, "#
    #expect(try option(#""kind": "text""#).requirement == "required")
    #expect(
      try option(#""kind": "text", "when": "LOGS""#, beside: flag).requirement
        == "required when LOGS")
    #expect(try option(#""kind": "text", "default": """#).requirement == nil)
  }
}
