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
}
