import TestSupport
import Testing

@testable import Git

@Suite("A merge of contents")
struct MergeTests {
  /// One merge and what comes of it.
  struct Case: CustomTestStringConvertible {
    let name: String
    let merge: Merge
    let result: Merge.Result

    init(_ name: String, _ merge: Merge, _ result: Merge.Result) {
      (self.name, self.merge, self.result) = (name, merge, result)
    }

    var testDescription: String { name }
  }

  private func check(_ example: Case) throws {
    let room = try Room()
    #expect(try room.git().merged([example.merge]) == [example.result])
    #expect(try room.leftovers == [])
  }

  static let lines: [Case] = [
    Case(
      "both at one line",
      Merge("a\nb\nc\n", "a\nB\nc\n", "a\nX\nc\n"),
      .conflict("a\n<<<<<<< yours\nB\n=======\nX\n>>>>>>> tiered 2.1.0\nc\n", at: 2)),
    Case(
      "lines beside each other",
      Merge("a\nb\nc\nd\n", "a\nB\nc\nd\n", "a\nb\nC\nd\n"),
      .conflict("a\n<<<<<<< yours\nB\nc\n=======\nb\nC\n>>>>>>> tiered 2.1.0\nd\n", at: 2)),
    Case(
      "with a line between", Merge("a\nb\nc\nd\n", "A\nb\nc\nd\n", "a\nb\nC\nd\n"),
      .merged("A\nb\nC\nd\n")),
    Case(
      "two places, one of them a conflict",
      Merge("a\nb\nc\nd\ne\nf\n", "a\nB\nc\nd\ne\nF\n", "a\nX\nc\nD\ne\nf\n"),
      .conflict("a\n<<<<<<< yours\nB\n=======\nX\n>>>>>>> tiered 2.1.0\nc\nD\ne\nF\n", at: 2)),
    Case(
      "two conflicts",
      Merge("a\nb\nc\nd\ne\nf\n", "A\nb\nc\nd\ne\nF\n", "1\nb\nc\nd\ne\n6\n"),
      .conflict(
        "<<<<<<< yours\nA\n=======\n1\n>>>>>>> tiered 2.1.0\nb\nc\nd\ne\n"
          + "<<<<<<< yours\nF\n=======\n6\n>>>>>>> tiered 2.1.0\n", at: 1, 10)),
    Case("equal changes", Merge("a\n", "b\n", "b\n"), .merged("b\n")),
    Case("ours alone", Merge("a\n", "b\n", "a\n"), .merged("b\n")),
    Case("theirs alone", Merge("a\n", "a\n", "b\n"), .merged("b\n")),
    Case(
      "added by both", Merge("", "a\nb\nc\nd\ne\n", "a\nX\nc\nd\ne\n"),
      .conflict("a\n<<<<<<< yours\nb\n=======\nX\n>>>>>>> tiered 2.1.0\nc\nd\ne\n", at: 2)),
    Case("added by both, equal", Merge("", "a\n", "a\n"), .merged("a\n")),
    Case(
      "emptied by us, changed by them", Merge("a\nb\n", "", "a\nB\n"),
      .conflict("<<<<<<< yours\n=======\na\nB\n>>>>>>> tiered 2.1.0\n", at: 1)),
    Case("not UTF-8", Merge("a\nb\nc\n", "ä\nb\nc\n", "a\nb\nç\n"), .merged("ä\nb\nç\n")),
  ]

  @Test("goes by lines", arguments: lines)
  func merging(example: Case) throws { try check(example) }

  static let ends: [Case] = [
    Case(
      "ours all CRLF, theirs changes a line",
      Merge("a\nb\nc\n", "a\r\nb\r\nc\r\n", "a\nX\nc\n"), .merged("a\r\nX\r\nc\r\n")),
    Case(
      "ours CRLF and edited", Merge("a\nb\nc\n", "A\r\nb\r\nc\r\n", "a\nb\nC\n"),
      .merged("A\r\nb\r\nC\r\n")),
    Case(
      "theirs turns to CRLF", Merge("a\nb\nc\n", "A\nb\nc\n", "a\r\nb\r\nc\r\n"),
      .merged("A\r\nb\r\nc\r\n")),
    Case(
      "ours turns to LF", Merge("a\r\nb\r\nc\r\n", "a\nb\nc\n", "a\r\nb\r\nC\r\n"),
      .merged("a\nb\nC\n")),
    Case(
      "all CRLF, a conflict", Merge("a\r\nb\r\n", "a\r\nB\r\n", "a\r\nX\r\n"),
      .conflict(
        "a\r\n<<<<<<< yours\r\nB\r\n=======\r\nX\r\n>>>>>>> tiered 2.1.0\r\n", at: 2)),
    Case(
      "ours CRLF, a conflict", Merge("a\nb\n", "a\r\nB\r\n", "a\nX\n"),
      .conflict(
        "a\r\n<<<<<<< yours\r\nB\r\n=======\r\nX\r\n>>>>>>> tiered 2.1.0\r\n", at: 2)),
    Case(
      "mixed ends stay", Merge("a\nb\r\nc\nd\n", "A\nb\r\nc\nd\n", "a\nb\r\nc\nD\n"),
      .merged("A\nb\r\nc\nD\n")),
    Case(
      "two CR before an LF stay", Merge("a\nb\r\r\nc\nd\n", "A\nb\r\r\nc\nd\n", "a\nb\r\r\nc\nD\n"),
      .merged("A\nb\r\r\nc\nD\n")),
    Case(
      "two CR before each LF stay",
      Merge("a\r\r\nb\r\r\nc\r\n", "A\r\r\nb\r\r\nc\r\n", "a\r\r\nb\r\r\nC\r\n"),
      .merged("A\r\r\nb\r\r\nC\r\n")),
    Case(
      "emptied by us, CRLF", Merge("a\r\nb\r\n", "", "a\r\nX\r\n"),
      .conflict(
        "<<<<<<< yours\r\n=======\r\na\r\nX\r\n>>>>>>> tiered 2.1.0\r\n", at: 1)),
    Case(
      "emptied by them, a mark and CRLF",
      Merge("\u{FEFF}a\r\nb\r\n", "\u{FEFF}a\r\nX\r\n", ""),
      .conflict(
        "\u{FEFF}<<<<<<< yours\r\na\r\nX\r\n=======\r\n>>>>>>> tiered 2.1.0\r\n", at: 1)),
    Case(
      "emptied by them where ours turns to CRLF",
      Merge("a\nb\n", "a\r\nX\r\n", ""),
      .conflict("<<<<<<< yours\r\na\r\nX\r\n=======\r\n>>>>>>> tiered 2.1.0\r\n", at: 1)),
    Case(
      "added by both, ours CRLF", Merge("", "a\r\nb\r\n", "a\nb\n"), .merged("a\r\nb\r\n")),
    Case(
      "one line without an end has none to change", Merge("a", "A", "a\r\nb\r\nc\r\n"),
      .conflict(
        "<<<<<<< yours\r\nA\r\n=======\r\na\r\nb\r\nc\r\n>>>>>>> tiered 2.1.0\r\n", at: 1)),
    Case(
      "our mark", Merge("a\nb\nc\n", "\u{FEFF}a\nb\nc\n", "X\nb\nc\n"), .merged("\u{FEFF}X\nb\nc\n")
    ),
    Case(
      "their mark", Merge("a\nb\nc\n", "a\nb\nC\n", "\u{FEFF}a\nb\nc\n"),
      .merged("\u{FEFF}a\nb\nC\n")),
    Case(
      "our mark goes, line 2 changes", Merge("\u{FEFF}a\nb\nc\n", "a\nb\nc\n", "\u{FEFF}a\nX\nc\n"),
      .merged("a\nX\nc\n")),
    Case(
      "a mark and CRLF, a conflict",
      Merge("\u{FEFF}a\r\n", "\u{FEFF}b\r\n", "\u{FEFF}c\r\n"),
      .conflict(
        "\u{FEFF}<<<<<<< yours\r\nb\r\n=======\r\nc\r\n>>>>>>> tiered 2.1.0\r\n", at: 1)),
  ]

  @Test("has line ends and byte order marks beside lines", arguments: ends)
  func lineEnds(example: Case) throws { try check(example) }

  static let lastLines: [Case] = [
    Case("ours without", Merge("a\nb\nc\n", "a\nb\nc", "A\nb\nc\n"), .merged("A\nb\nc")),
    Case("theirs without", Merge("a\nb\nc\n", "A\nb\nc\n", "a\nb\nc"), .merged("A\nb\nc")),
    Case("neither with", Merge("a\nb\nc", "A\nb\nc", "a\nb\nC"), .merged("A\nb\nC")),
    Case("ours adds it", Merge("a\nb\nc", "a\nb\nc\n", "A\nb\nc"), .merged("A\nb\nc\n")),
    Case(
      "ours without, CRLF", Merge("a\nb\nc\n", "a\r\nb\r\nc", "A\nb\nc\n"), .merged("A\r\nb\r\nc")),
    Case(
      "a conflict in it", Merge("a\nb\n", "a\nB", "a\nX\n"),
      .conflict("a\n<<<<<<< yours\nB\n=======\nX\n>>>>>>> tiered 2.1.0\n", at: 2)),
    Case(
      "a conflict before it", Merge("a\nb\nc\nd\n", "a\nB\nc\nd", "a\nX\nc\nd\n"),
      .conflict("a\n<<<<<<< yours\nB\n=======\nX\n>>>>>>> tiered 2.1.0\nc\nd", at: 2)),
    Case(
      "a conflict in it, all without", Merge("b", "B", "X"),
      .conflict("<<<<<<< yours\nB\n=======\nX\n>>>>>>> tiered 2.1.0\n", at: 1)),
    Case("the same line added with and without", Merge("a\n", "a\nb", "a\nb\n"), .merged("a\nb")),
    Case(
      "mixed ends", Merge("a\nb\r\nc\nd", "A\nb\r\nc\nd", "a\nb\r\nC\nd"), .merged("A\nb\r\nC\nd")),
  ]

  @Test("keeps a last line without an end", arguments: lastLines)
  func lastLine(example: Case) throws { try check(example) }

  @Test(
    "mixes nothing that has a NUL anywhere",
    arguments: [0, 1, 2], ["\0", String(repeating: "text\n", count: 2000) + "\0"])
  func binary(side: Int, content: String) throws {
    var texts = ["a\n", "b\n", "c\n"]
    texts[side] = content
    try check(Case("NUL", Merge(texts[0], texts[1], texts[2]), .binary))
  }

  @Test("needs no git for what one side alone has changed")
  func settled() throws {
    let room = try Room()
    try room.putFirst("git", "exit 99")
    let results = try room.git().merged([
      Merge("a\nb\n", "a\r\nb\r\n", "a\nB\n"), Merge("a\n", "b\n", "\u{FEFF}a\n"),
      Merge("a\n", "b\n", "b"), Merge("a\n", "a\n", ""), Merge("a\n", "\0", "b\n"),
    ])
    #expect(
      results == [
        .merged("a\r\nB\r\n"), .merged("\u{FEFF}b\n"), .merged("b"), .merged(""), .binary,
      ])
  }

  @Test("is told in the order in which it was asked for")
  func order() throws {
    let room = try Room()
    let merges = (0..<40).map { number in
      switch number % 3 {
      case 0: Merge("a\nb\nc\n", "\(number)\nb\nc\n", "a\nb\n\(number)\n")
      case 1: Merge("a\n", "\(number)\n", "a\n")
      default: Merge("a\n", "\(number)\n", "\0")
      }
    }
    let expected = (0..<40).map { number -> Merge.Result in
      switch number % 3 {
      case 0: .merged("\(number)\nb\n\(number)\n")
      case 1: .merged("\(number)\n")
      default: .binary
      }
    }
    #expect(try room.git().merged(merges) == expected)
    #expect(try room.git().merged([]) == [])
  }
}
