import DataFiles
import Testing

@Suite("JSON as a data file")
struct JSONDataTests {
  @Test(
    "is read with its numbers as they are written",
    arguments: [
      ("null", "null"), ("true", "true"), ("false", "false"), (#""a\n""#, #""a\n""#),
      ("[1.50, -0, 1e5, 12345678901234567890]", "[1.50, -0, 1e5, 12345678901234567890]"),
      (#"{"b": {}, "a": [{"c": "1"}], /* d */ "": 2,}"#, #"{b: {}, a: [{c: "1"}], : 2}"#),
    ])
  func values(text: String, expected: String) {
    #expect(outcome(text, as: .json) == expected)
  }

  @Test(
    "is refused at its place",
    arguments: [
      ("", "f:1:1: expected a value, found the end of the text"),
      ("{\"a\": 1,\n \"a\": 2}", "f:2:2: the key “a” stands twice"),
      ("[{\"a\": {},\n \"b\": [], \"a\": {}}]", "f:2:11: the key “a” stands twice"),
      ("{\"a\": ]}", "f:1:7: expected a value"),
    ])
  func faults(text: String, expected: String) {
    #expect(outcome(text, as: .json) == expected)
  }

  @Test("has a key that stands twice found among many")
  func manyKeys() {
    let keys = (0..<40).map { "\"k\($0)\": 0" }
    let text = "{" + (keys + ["\"k31\": 1"]).joined(separator: ",\n") + "}"
    #expect(outcome(text, as: .json) == "f:41:1: the key “k31” stands twice")
  }

  @Test("knows where each key and value stands")
  func places() throws {
    let text = "{\n  \"a\": [1, null]\n}"
    let document = try DataDocument(parsing: Array(text.utf8), as: .json, file: "d/f.json")
    #expect(document.documents[0].places == ["@0", "a@4", "@9", "@10", "@13"])
    #expect(document.location(at: 13).description == "d/f.json:2:12")
    #expect(document.location(of: document.documents[0]).description == "d/f.json:1:1")
    #expect(document.location(at: text.utf8.count).description == "d/f.json:3:2")
  }
}
