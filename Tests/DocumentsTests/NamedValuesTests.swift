import Documents
import Testing

@Suite("Named values")
struct NamedValuesTests {
  @Test("keep the order in which names were first set")
  func order() {
    var values: NamedValues<Int> = ["b": 1, "a": 2]
    values["c"] = 3
    values["b"] = 4
    #expect(values.items.map(\.name) == ["b", "a", "c"])
    #expect(values.items.map(\.value) == [4, 2, 3])
  }

  @Test("are nil for a name that has none, or has none any more")
  func missing() {
    var values: NamedValues<String> = ["a": "x", "a": "y"]
    #expect(values["a"] == "y")
    #expect(values["A"] == nil)
    values["a"] = nil
    values["b"] = nil
    #expect(values["a"] == nil && values.items.isEmpty)
  }

  @Test("and texts are joined as the standard library joins them")
  func joining() {
    for texts in [[], [""], ["a"], ["a", ""], ["", "b"], ["a", "b", "c"]] as [[String]] {
      #expect(texts.concatenated(by: ", ") == texts.joined(separator: ", "))
      #expect(texts.concatenated() == texts.joined())
    }
  }

  @Test("are found among thousands, in whatever order they came")
  func many() {
    var values = NamedValues<Int>()
    let names = (0..<5000).map { "NAME_\($0 * 7919 % 5000)" }
    for (index, name) in names.enumerated() { values[name] = index }
    #expect(values.items.map(\.name) == names)
    #expect(names.indices.allSatisfy { values[names[$0]] == $0 })
    #expect(values["NAME_5000"] == nil && values[""] == nil)
    values["NAME_1"] = nil
    #expect(values["NAME_1"] == nil && values.items.count == 4999)
    #expect(names.indices.allSatisfy { names[$0] == "NAME_1" || values[names[$0]] == $0 })
    values["NAME_1"] = -1
    #expect(values.items.last?.value == -1 && values["NAME_1"] == -1)
  }
}
