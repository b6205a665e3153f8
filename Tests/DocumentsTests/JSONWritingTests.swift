import Documents
import TestSupport
import Testing

@Suite("Written JSON")
struct JSONWritingTests {
  @Test("writes member by member what it writes at once")
  func memberByMember() {
    var writer = JSONWriter()
    writer.begin(.object)
    writer.write("version", .integer(2))
    writer.begin(.array, at: "layouts")
    for index in 0..<2 {
      writer.begin(.object)
      writer.write("name", .string("a\"\u{202E}"))
      writer.write("answers", .object([.init("list", .array([.string("x"), .integer(index)]))]))
      writer.begin(.object, at: "files")
      for name in ["a", "b"].prefix(2 * index) {
        writer.begin(.row, at: name)
        writer.write("mode", .string("0644"))
        writer.write("template", .string(String(repeating: "long ", count: 30)))
        writer.end()
      }
      while writer.depth > 2 { writer.end() }
    }
    while writer.depth > 0 { writer.end() }
    let row = JSON.row([
      .init("mode", .string("0644")),
      .init("template", .string(String(repeating: "long ", count: 30))),
    ])
    let layouts = (0..<2).map { index in
      JSON.object([
        .init("name", .string("a\"\u{202E}")),
        .init("answers", .object([.init("list", .array([.string("x"), .integer(index)]))])),
        .init("files", .object(["a", "b"].prefix(2 * index).map { .init($0, row) })),
      ])
    }
    let whole = JSON.object([.init("version", .integer(2)), .init("layouts", .array(layouts))])
    #expect(String(decoding: writer.finished(), as: UTF8.self) == whole.pretty)
  }

  @Test("puts short containers on a line and opens up those that hold others")
  func prettyLayout() {
    let json = JSON.object([
      .init("name", .string("demo")),
      .init("empty", .object([])),
      .init("none", .array([])),
      .init("flat", .array([.integer(1), .flag(true), .null])),
      .init("pair", .object([.init("a", .integer(1)), .init("b", .integer(2))])),
      .init("rows", .array([.object([.init("path", .string("a"))]), .object([])])),
    ])
    #expect(
      json.pretty == """
        {
          "name": "demo",
          "empty": {},
          "none": [],
          "flat": [1, true, null],
          "pair": { "a": 1, "b": 2 },
          "rows": [
            { "path": "a" },
            {}
          ]
        }

        """)
    #expect(JSON.string("x").pretty == "\"x\"\n")
  }

  @Test("breaks a container that would pass 100 columns, and no other", arguments: 80...110)
  func prettyWidth(length: Int) {
    let json = JSON.object([
      .init("outer", .array([.array([.string(String(repeating: "x", count: length))])])),
      .init("last", .null),
    ])
    let lines = json.pretty.split(separator: "\n")
    // Four blanks, brackets and quotes; what is longer in one piece cannot be broken further.
    let fits = length + 8 <= 98
    #expect(lines.contains { $0.hasPrefix("    [\"x") } == fits)
    #expect(!fits || lines.allSatisfy { $0.utf8.count <= 100 })
  }

  @Test("is read back as it was")
  func roundTrip() throws {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<300 {
      let json = Self.random(depth: 4, &generator)
      #expect(try parsed(json.pretty).written == json)
      #expect(try parsed(json.compact).written == json)
    }
  }

  @Test("is on one line when it is compact")
  func compactIsOneLine() {
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<100 {
      #expect(!Self.random(depth: 4, &generator).compact.contains("\n"))
    }
  }

  @Test(
    "escapes what could change how the text around it is read",
    arguments: [
      ("a\"b\\c/", #""a\"b\\c/""#), ("\n\r\t", #""\n\r\t""#),
      ("\0\u{1B}\u{7F}", #""\u0000\u001b\u007f""#),
      ("\u{85}\u{9F}", #""\u0085\u009f""#), ("\u{202E}\u{2066}\u{200F}", #""\u202e\u2066\u200f""#),
      ("\u{2028}\u{2029}", #""\u2028\u2029""#), ("é😀\u{10FFFF}", "\"é😀\u{10FFFF}\""),
      ("e\u{301}", "\"e\u{301}\""),
    ])
  func escapes(text: String, expected: String) {
    #expect(JSON.string(text).compact.utf8.elementsEqual(expected.utf8))
  }

  private static func random(depth: Int, _ generator: inout SeededGenerator) -> JSON {
    let kind = Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator)
    switch kind {
    case 0: return .null
    case 1: return .flag(Bool.random(using: &generator))
    case 2: return .integer(Int.random(in: .min ... .max, using: &generator))
    case 3, 4: return .string(text(&generator))
    case 5:
      return .array(
        (0..<Int.random(in: 0..<5, using: &generator)).map { _ in
          random(depth: depth - 1, &generator)
        })
    default:
      return .object(
        (0..<Int.random(in: 0..<5, using: &generator)).map { _ in
          JSON.Member(text(&generator), random(depth: depth - 1, &generator))
        })
    }
  }

  private static func text(_ generator: inout SeededGenerator) -> String {
    var scalars = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0..<12, using: &generator) {
      let limit: UInt32 = Bool.random(using: &generator) ? 0x80 : 0x11_0000
      if let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &generator)) {
        scalars.append(scalar)
      }
    }
    return String(scalars)
  }
}
