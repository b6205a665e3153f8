import Documents
import TestSupport
import Testing

@Suite("The JSON reader")
struct JSONReaderTests {
  /// Reads `text` with `body` and returns the complaints.
  private func complaints(
    _ text: String, _ body: (inout JSONReader, JSONNode) -> Void
  ) throws -> [String] {
    let document = try JSONDocument(parsing: Array(text.utf8), file: "f")
    var reader = JSONReader(document)
    body(&reader, document.root)
    return reader.diagnostics.all.map(described)
  }

  @Test("takes what is there and says nothing")
  func takesValues() throws {
    let text = #"{"text": "a", "flag": true, "count": 3, "list": ["x", "y"]}"#
    let found = try complaints(text) { reader, root in
      let members = reader.object(
        root, "it", known: ["text", "flag", "count", "list", "other"], required: ["text"])
      #expect(reader.string(members?["text"], "“text”") == "a")
      #expect(reader.flag(members?["flag"], "“flag”") == true)
      #expect(reader.integer(members?["count"], "“count”") == 3)
      #expect(reader.strings(members?["list"], "“list”") == ["x", "y"])
      #expect(reader.string(members?["other"], "“other”") == nil)
      let absent = (
        reader.items(members?["other"], "“other”").count,
        reader.members(members?["other"], "“other”").count
      )
      #expect(absent == (0, 0))
    }
    #expect(found.isEmpty)
  }

  @Test("names the nearest key for an unknown one, and all keys when none is near")
  func suggestsKeys() throws {
    let found = try complaints("{\n  \"sumary\": 1,\n  \"zzz\": 2\n}") { reader, root in
      let members = reader.object(root, "the manifest", known: ["name", "summary"])
      #expect(members?.items.isEmpty == true)
    }
    #expect(
      found == [
        "f:2:3: unknown key “sumary” in the manifest (did you mean “summary”?)",
        "f:3:3: unknown key “zzz” in the manifest (known keys: name, summary)",
      ])
  }

  @Test("complains of a key that stands twice, at its second place")
  func refusesDuplicates() throws {
    let found = try complaints("{\"a\": 1,\n \"a\": 2}") { reader, root in
      _ = reader.object(root, "it", known: ["a"])
      _ = reader.members(root, "that")
    }
    #expect(
      found == [
        "f:2:2: the key “a” stands twice in it", "f:2:2: the key “a” stands twice in that",
      ])
  }

  @Test("complains of each required key that is absent, where the object begins")
  func demandsKeys() throws {
    let found = try complaints(" {\"b\": 1}") { reader, root in
      _ = reader.object(root, "it", known: ["a", "b", "c"], required: ["a", "b", "c"])
    }
    #expect(found == ["f:1:2: it lacks the key “a”", "f:1:2: it lacks the key “c”"])
  }

  @Test(
    "says what it expected and what it found",
    arguments: [
      ("null", "null"), ("true", "a flag"), ("1", "an integer"), ("1.5", "a decimal number"),
      ("\"a\"", "a string"), ("[]", "a list"), ("{}", "an object"),
    ])
  func saysKinds(text: String, kind: String) throws {
    let found = try complaints(text) { reader, root in
      _ = reader.object(root, "it", known: [])
      _ = reader.members(root, "it")
      _ = reader.items(root, "it")
      _ = reader.string(root, "it")
      _ = reader.flag(root, "it")
      _ = reader.integer(root, "it")
    }
    let expected = [
      ("an object", "an object"), ("an object", "an object"), ("a list", "a list"),
      ("a string", "a string"), ("true or false", "a flag"), ("an integer", "an integer"),
    ]
    #expect(
      found
        == expected.filter { $0.1 != kind }.map { "f:1:1: it must be \($0.0), not \(kind)" })
  }

  @Test("complains of each item that is no string, at its place, and keeps the others")
  func refusesItems() throws {
    let found = try complaints(#"["a", 1, "b", null]"#) { reader, root in
      #expect(reader.strings(root, "“list”") == ["a", "b"])
    }
    #expect(
      found == [
        "f:1:7: an item of “list” must be a string, not an integer",
        "f:1:15: an item of “list” must be a string, not null",
      ])
  }
}
