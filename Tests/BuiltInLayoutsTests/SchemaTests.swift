import Documents
import Foundation
import Testing

@testable import Layouts

@Suite("The schema of layout.json")
struct SchemaTests {
  /// The names of the properties at `path` of the schema.
  private func properties(_ path: String...) throws -> [String] {
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

  @Test("knows the keys that the program knows, and no others")
  func keys() throws {
    #expect(try properties().sorted() == ManifestReader.keys.sorted())
    #expect(try properties("definitions", "variable").sorted() == VariableReader.keys.sorted())
    #expect(
      try properties("definitions", "layer").sorted() == ManifestReader.layerKeys.sorted())
  }
}
