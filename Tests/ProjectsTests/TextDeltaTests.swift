import Documents
import TestSupport
import Testing

@testable import Projects

@Suite("What makes one text of another")
struct TextDeltaTests {
  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test("gives it again, also by way of its text")
  func round() throws {
    var generator = SeededGenerator(seed: 7)
    let lines = ["", "a", "b", "c\r", "é"]
    func text() -> [UInt8] {
      let count = Int.random(in: 0..<6, using: &generator)
      return bytes(
        (0..<count).map { _ in lines.randomElement(using: &generator) ?? "" }
          .joined(separator: "\n"))
    }
    for _ in 0..<2000 {
      let (old, new) = (text(), text())
      let delta = try #require(TextDelta(from: old, to: new))
      #expect(delta.applied(to: old) == new)
      let document = try JSONDocument(parsing: delta.json.prettyBytes, file: "delta")
      #expect(TextDelta(document.root) == delta)
    }
  }

  @Test("says no more than what differs")
  func middle() throws {
    let delta = try #require(TextDelta(from: bytes("1\n2\n3\n"), to: bytes("1\ntwo\n3\n")))
    #expect(delta.json == .array([.integer(1), .integer(2), .string("two")]))
  }

  @Test("is none of what is no UTF-8, or too long, and gives nothing of another text")
  func limits() throws {
    #expect(TextDelta(from: [], to: [0xFF]) == nil)
    #expect(TextDelta(from: [], to: [UInt8](repeating: 0x61, count: 70_000)) == nil)
    let delta = try #require(TextDelta(from: bytes("1\n2\n3\n"), to: bytes("1\n")))
    #expect(delta.applied(to: bytes("1")) == nil)
  }
}
