import TestSupport
import Testing

@testable import Templating

/// Whatever the bytes, parsing and rendering end without a crash, and text stays text.
@Suite struct HostileTests {
  static let fragments = [
    "<<", ">>", "<", ">", "<<@", "@", "<<@if ", "<<@elif ", "<<@else>>", "<<@for ", "<<@end>>",
    "<<@raw>>", "<<@\"", "\"", "\\", "|", "(", ")", ",", " ", "\t", "\n", "\r\n", "\r", "AUTHOR",
    "STEPS", "TIER", "CELERY", "STEP", "PORT_BLOCK", "NOBODY", "X", "core", "in", "not ", " and ",
    " or ", "==", ">=", "1", "-", "99999999999999999999", "json", "join", "plus", "pad", "nosuch",
    "<<AUTHOR>>", "<<@if CELERY>>", "<<@if TIER >= core>>", "<<@for STEP in STEPS>>",
    "<<STEP|json>>", "<<@\"<<\">>", "é", "\u{FEFF}", "{", "}", "$",
  ]

  @Test("random concatenations of fragments of tags", arguments: 0..<40)
  func randomFragments(_ seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<100 {
      let count = Int.random(in: 1...40, using: &generator)
      let text = (0..<count).map { _ in
        HostileTests.fragments.randomElement(using: &generator) ?? ""
      }.joined()
      _ = complaints(text)
      _ = complaints(text, in: .name)
      _ = outcome(text)
    }
  }

  @Test("random bytes without tags come back unchanged", arguments: 0..<20)
  func randomBytes(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    // Angle brackets, blanks and line ends abound; no capital or `@` may follow two brackets.
    let alphabet: [UInt8] =
      Array("<<<<>>>  \n\n\r\tab09|\"\\(),-_=!.".utf8) + [0x00, 0x80, 0xC3, 0xFF, 0xEF, 0xBB, 0xBF]
    for _ in 0..<100 {
      let count = Int.random(in: 0...200, using: &generator)
      let bytes = (0..<count).compactMap { _ in alphabet.randomElement(using: &generator) }
      #expect(try render(bytes) == bytes)
      let any = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      _ = try? render(any)
    }
  }

  @Test("text around tags keeps every byte", arguments: 0..<20)
  func textAroundTags(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let alphabet = Array("<> \n\r\tab|\"".utf8) + [0xFF]
    for _ in 0..<50 {
      var template: [UInt8] = []
      var expected: [UInt8] = []
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        let text = (0..<Int.random(in: 0...12, using: &generator)).compactMap { _ in
          alphabet.randomElement(using: &generator)
        }
        template += text + Array("<<AUTHOR>>".utf8)
        expected += text + Array("Ann".utf8)
      }
      #expect(try render(template) == expected)
    }
  }

  @Test("raw of anything without its end is that thing", arguments: 0..<20)
  func rawIsIdentity(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let fragments = HostileTests.fragments.filter { $0 != "<<@end>>" }
    for _ in 0..<100 {
      let text = (0..<Int.random(in: 0...20, using: &generator)).map { _ in
        fragments.randomElement(using: &generator) ?? ""
      }.joined()
      guard !(text + "<<@end>>").dropLast().contains("<<@end>>") else { continue }
      // Within a line, and on lines of its own.
      #expect(try render("x<<@raw>>\(text)<<@end>>x") == "x\(text)x")
      #expect(try render("<<@raw>>\n\(text)\n<<@end>>\n") == "\(text)\n")
    }
  }

  @Test("long runs of one fragment take no more than their length")
  func longRuns() {
    for fragment in HostileTests.fragments {
      _ = complaints(String(repeating: fragment, count: 2000))
      _ = outcome(String(repeating: fragment, count: 2000))
    }
  }
}
