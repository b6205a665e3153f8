import Documents
import Templating
import TestSupport
import Testing

@testable import Layouts

@Suite("Each kind of variable")
struct KindTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let kind: Variable.Kind.Keyword
    /// What the manifest says besides the name.
    let declaration: String
    let text: String
    let value: Value
    /// A text that gives no value.
    let refused: String

    init(
      _ kind: Variable.Kind.Keyword, _ text: String, _ value: Value, refused: String,
      with declaration: String = ""
    ) {
      self.kind = kind
      self.declaration = #"{"name": "AA", "kind": "\#(kind.rawValue)"\#(declaration)}"#
      self.text = text
      self.value = value
      self.refused = refused
    }

    var testDescription: String { kind.rawValue }
  }

  /// In the order of the kinds.
  static let examples = [
    Example(.text, "a: b", .text("a: b"), refused: "a\nb"),
    Example(.name, "my-app", .text("my-app"), refused: "my_app"),
    Example(.identifier, "my_app", .text("my_app"), refused: "my-app"),
    Example(.integer, "-5", .integer(-5), refused: "6", with: #", "min": -5, "max": 5"#),
    Example(.port, "8080", .integer(8080), refused: "65536"),
    Example(.flag, "true", .flag(true), refused: "maybe"),
    Example(
      .choice, "two", .text("two"), refused: "three", with: #", "choices": ["one", "two"]"#),
    Example(
      .choices, "two,one", .list([.text("one"), .text("two")]), refused: "one,three",
      with: #", "choices": ["one", "two"]"#),
    Example(
      .list, "80,443", .list([.integer(80), .integer(443)]), refused: "",
      with: #", "of": "port", "min": 1"#),
  ]

  @Test("has an example")
  func all() {
    #expect(Self.examples.map(\.kind) == Variable.Kind.Keyword.allCases)
  }

  @Test(
    "takes what it is for, and refuses the rest, from a folder and from the binary",
    arguments: examples)
  func example(_ example: Example) throws {
    let read = try manifest(variables: example.declaration)
    for manifest in [read, read.unpacked] {
      let variable = try #require(manifest.variables.first)
      #expect(variable.kind.keyword == example.kind)
      var parser = ValueParser(variable: variable)
      #expect(try parser.value(of: example.text) == example.value)
      #expect(throws: BrokenRule.self) { try parser.value(of: example.refused) }
    }
  }

  @Test("of a list's items can be such", arguments: Variable.Kind.Keyword.allCases)
  func items(_ kind: Variable.Kind.Keyword) {
    let declaration = #"{"name": "AA", "kind": "list", "of": "\#(kind.rawValue)"}"#
    let list = try? manifest(variables: declaration).variables.first
    #expect((list != nil) == Variable.Kind.Keyword.ofItems.contains(kind))
    if let list { #expect(list.kind.item?.keyword == kind) }
  }
}
