import Documents
import Foundation
import Rules
import Templating
import Testing

@testable import Layouts

@Suite("The schema of layout.json")
struct SchemaTests {
  /// The names of the properties at `path` of the schema.
  private func properties(_ path: String...) throws -> [String] {
    try properties(path)
  }

  private func properties(_ path: [String]) throws -> [String] {
    let file = templatesFolder.appending(path: "layout.schema.json")
    let document = try JSONDocument(
      parsing: [UInt8](try Data(contentsOf: file)), file: file.lastPathComponent)
    var node = document.root
    for key in path + ["properties"] {
      guard case .object(let members) = node.value,
        let member = members.first(where: { $0.key == key })
      else {
        Issue.record("the schema has no \(key)")
        return []
      }
      node = member.value
    }
    guard case .object(let members) = node.value else { return [] }
    return members.map(\.key)
  }

  /// The words that a variable's key, or an item of it, can be.
  private func words(ofVariableKey key: String) throws -> [String] {
    let file = templatesFolder.appending(path: "layout.schema.json")
    let root = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    let definitions = root?["definitions"] as? [String: Any]
    let variable = definitions?["variable"] as? [String: Any]
    let properties = variable?["properties"] as? [String: Any]
    let property = try #require(properties?[key] as? [String: Any])
    let words = property["enum"] ?? (property["items"] as? [String: Any])?["enum"]
    return try #require(words as? [String])
  }

  @Test("knows the keys that the program knows, and no others")
  func keys() throws {
    #expect(try properties().sorted() == ManifestReader.keys.sorted())
    #expect(try properties("definitions", "variable").sorted() == VariableReader.keys.sorted())
    #expect(
      try properties("definitions", "layer").sorted() == ManifestReader.layerKeys.sorted())
    #expect(
      try properties("definitions", "component").sorted() == ComponentReader.keys.sorted())
    #expect(
      try properties("definitions", "command").sorted() == NextStepReader.keys.sorted())
    let rule = ["definitions", "rule"]
    #expect(try properties(rule).sorted() == RuleReader.keys.sorted())
    #expect(
      try properties(rule + ["properties", "numbers"]).sorted() == RuleReader.numberKeys.sorted())
    #expect(
      try properties(rule + ["properties", "lines", "items"]).sorted()
        == RuleReader.lineKeys.sorted())
    #expect(try properties(["definitions", "data"]).sorted() == RuleReader.dataKeys.sorted())
  }

  @Test("knows the kinds, the sets of words and the filters that a variable can name")
  func words() throws {
    let kinds = Variable.Kind.Keyword.self
    #expect(try words(ofVariableKey: "kind") == kinds.allCases.map(\.rawValue))
    #expect(try words(ofVariableKey: "of") == kinds.ofItems.map(\.rawValue))
    #expect(try words(ofVariableKey: "reserved") == ReservedWords.allCases.map(\.rawValue))
    #expect(try words(ofVariableKey: "unique") == Filters.forms)
  }
}
