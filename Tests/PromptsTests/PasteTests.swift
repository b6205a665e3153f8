import Testing

@testable import Prompts

@Suite("A paste")
struct PasteTests {
  private func pasted(_ bytes: [UInt8]) -> [Key] {
    let whole = Array("\u{1B}[200~".utf8) + bytes + Array("\u{1B}[201~".utf8)
    let keys = KeyDecoderTests.decoded([whole[...]])
    #expect(keys == KeyDecoderTests.decoded(whole.indices.map { whole[$0...$0] }))
    return keys
  }

  @Test(
    "is one key, with one line end and nothing that is unsafe",
    arguments: [
      ("one", "one"), ("", ""), ("a\r\nb\rc\nd\r\r\n", "a\nb\nc\nd\n\n"), ("a\tb", "a b"),
      ("é日🎉e\u{301}", "é日🎉e\u{301}"), ("a\u{3}\u{4}\u{7F}\u{0}b", "ab"),
      // What looks like keys is text.
      ("\u{1B}[A\u{1B}[2J\u{1B}", "[A[2J"), ("\u{1B}[200~", "[200~"), ("\u{1B}[201", "[201"),
      ("x\u{202E}y\u{2028}z\u{9B}1m", "xy\nz1m"),
    ])
  func text(_ sent: String, _ expected: String) {
    #expect(pasted(Array(sent.utf8)) == [.paste(expected)])
  }

  @Test("drops bytes that are no UTF-8")
  func malformed() {
    #expect(pasted([0x61, 0xFF, 0xC3, 0x62, 0xE2, 0x82]) == [.paste("ab")])
  }

  @Test("that has no end is left by Ctrl-C once nothing more comes")
  func unfinished() {
    var decoder = KeyDecoder()
    var keys: [Key] = []
    for byte in Array("\u{1B}[200~ab".utf8) + [0x03] { decoder.feed(byte, &keys) }
    #expect(keys.isEmpty)
    #expect(decoder.isUndecided)
    decoder.pause(&keys)
    #expect(!decoder.isUndecided)
    decoder.feed(0x03, &keys)
    #expect(keys == [.control("c")])
    decoder.feed(0x61, &keys)
    #expect(keys.last == .scalar("a"))
  }

  @Test("of more than anybody reads is cut, and its end is still found")
  func huge() {
    var decoder = KeyDecoder()
    var keys: [Key] = []
    for byte in "\u{1B}[200~".utf8 { decoder.feed(byte, &keys) }
    for _ in 0..<(1 << 16) + 5000 { decoder.feed(UInt8(ascii: "a"), &keys) }
    for byte in "\u{1B}[201~b".utf8 { decoder.feed(byte, &keys) }
    #expect(keys.count == 2)
    #expect(keys.first == .paste(String(repeating: "a", count: 1 << 16)))
    #expect(keys.last == .scalar("b"))
  }
}
