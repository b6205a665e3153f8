import Testing

@testable import Prompts

@Suite("Keys of bytes")
struct KeyDecoderTests {
  static let known: [SentKeys] = [
    SentKeys("aZ9 ~", .scalar("a"), .scalar("Z"), .scalar("9"), .scalar(" "), .scalar("~")),
    SentKeys("é", .scalar("é")), SentKeys("e\u{301}", .scalar("e"), .scalar("\u{301}")),
    SentKeys("日", .scalar("日")), SentKeys("🎉", .scalar("🎉")),
    SentKeys("\r\n", .enter, .enter), SentKeys("\t", .tab),
    SentKeys("\u{7F}\u{8}", .backspace, .backspace),
    SentKeys("\u{1}\u{5}\u{15}", .control("a"), .control("e"), .control("u")),
    SentKeys("\u{3}\u{1A}", .control("c"), .control("z")),
    // xterm, VTE, tmux: as they come, and where the terminal's keys are an application's.
    SentKeys("\u{1B}[A\u{1B}[B\u{1B}[C\u{1B}[D", .up, .down, .right, .left),
    SentKeys("\u{1B}OA\u{1B}OB\u{1B}OC\u{1B}OD", .up, .down, .right, .left),
    SentKeys("\u{1B}[H\u{1B}[F\u{1B}OH\u{1B}OF", .home, .end, .home, .end),
    SentKeys("\u{1B}[1~\u{1B}[4~\u{1B}[7~\u{1B}[8~", .home, .end, .home, .end),
    SentKeys("\u{1B}[3~\u{1B}[5~\u{1B}[6~", .delete, .pageUp, .pageDown),
    SentKeys("\u{1B}[Z", .backTab), SentKeys("\u{1B}\t", .backTab),
    // Held with Shift, Alt, Ctrl.
    SentKeys("\u{1B}[1;2A\u{1B}[1;2D", .up, .left),
    SentKeys(
      "\u{1B}[1;5C\u{1B}[1;5D\u{1B}[1;3C\u{1B}[1;3D", .wordRight, .wordLeft, .wordRight, .wordLeft),
    SentKeys("\u{1B}[1;5H\u{1B}[5;5~", .home, .pageUp), SentKeys("\u{1B}[3;5~", .deleteWord),
    SentKeys("\u{1B}b\u{1B}f\u{1B}\u{7F}", .wordLeft, .wordRight, .deleteWord),
    SentKeys("\u{1B}\u{1B}[A", .up),
    // rxvt.
    SentKeys("\u{1B}[a\u{1B}[d\u{1B}Oc\u{1B}Od", .up, .left, .wordRight, .wordLeft),
    SentKeys("\u{1B}[3$a", .delete, .scalar("a")), SentKeys("\u{1B}[3^", .deleteWord),
    // The number pad.
    SentKeys("\u{1B}OM\u{1B}Op\u{1B}Oy\u{1B}Ok", .enter, .scalar("0"), .scalar("9"), .scalar("+")),
  ]

  /// Each is passed over whole, so that the “x” behind it is all there is.
  static let unknown = [
    // Function keys of xterm and of the Linux console, Insert, what has no name.
    "\u{1B}OP", "\u{1B}[15~", "\u{1B}[[A", "\u{1B}[[E", "\u{1B}[2~", "\u{1B}[25;2~",
    "\u{1B}[99;99w",
    // Answers of a terminal, its focus, its mouse.
    "\u{1B}[?62;22c", "\u{1B}[?2004;1$y", "\u{1B}[24;80R", "\u{1B}[I", "\u{1B}[O",
    "\u{1B}[<0;10;5M", "\u{1B}[M !!", "\u{1B}[>0;276;0c",
    "\u{1B}]11;rgb:0000/0000/0000\u{1B}\\", "\u{1B}]11;rgb:0000/0000/0000\u{7}",
    "\u{1B}P1$r0m\u{1B}\\",
    // Alt with a letter, also one of several bytes.
    "\u{1B}q", "\u{1B}é", "\u{1B}\u{1F389}", "\u{1B}\r",
    // The end of a paste that had no beginning; control characters; what turns writing round.
    "\u{1B}[201~", "\u{0}\u{1C}\u{1F}", "\u{85}\u{9B}", "\u{202E}",
    "\u{1B}[" + String(repeating: "1;", count: 500) + "q",
  ]

  static let broken: [SentKeys] = [
    SentKeys([0xC3, 0x61], [.scalar("a")]), SentKeys([0xE2, 0x82, 0x61], [.scalar("a")]),
    SentKeys([0x80, 0xBF, 0x61], [.scalar("a")]), SentKeys([0xC0, 0xAF, 0x61], [.scalar("a")]),
    // Too long for its value, a surrogate, beyond Unicode, no byte of UTF-8.
    SentKeys([0xE0, 0x80, 0xAF, 0x61], [.scalar("a")]),
    SentKeys([0xED, 0xA0, 0x80, 0x61], [.scalar("a")]),
    SentKeys([0xF4, 0x90, 0x80, 0x80, 0x61], [.scalar("a")]),
    SentKeys([0xFF, 0xFE, 0x61], [.scalar("a")]),
    SentKeys([0xE2, 0x1B, 0x5B, 0x41], [.up]), SentKeys([0xE2, 0xC3, 0xA9], [.scalar("é")]),
    // A sequence that another key breaks off.
    SentKeys("\u{1B}[1;\u{3}", .control("c")), SentKeys("\u{1B}O\r", .enter),
    SentKeys("\u{1B}[\u{1B}[A", .up),
    SentKeys("\u{1B}\u{3}", .control("c")), SentKeys("\u{1B}]11;\u{3}", .control("c")),
  ]

  static func row(_ text: String) -> SentKeys { SentKeys(text + "x", .scalar("x")) }

  static func decoded(_ pieces: [ArraySlice<UInt8>]) -> [Key] {
    var decoder = KeyDecoder()
    var keys: [Key] = []
    for piece in pieces {
      for byte in piece { decoder.feed(byte, &keys) }
    }
    return keys
  }

  @Test("are what the terminals send for them", arguments: known + broken)
  func keys(_ row: SentKeys) {
    #expect(Self.decoded([row.bytes[...]]) == row.keys)
  }

  @Test("are none for a sequence that is not known, and no text either", arguments: unknown)
  func nothing(_ text: String) {
    let row = Self.row(text)
    #expect(Self.decoded([row.bytes[...]]) == row.keys)
  }

  /// Over a slow line a sequence comes in pieces. What is ended by a pause is Escape alone.
  @Test("are the same when a pause falls within a sequence, behind its second byte")
  func pauses() {
    for row in Self.known + Self.unknown.map(Self.row) where row.bytes.starts(with: [0x1B, 0x5B]) {
      for place in 2..<row.bytes.count where row.bytes[place - 1] != 0x1B {
        var decoder = KeyDecoder()
        var keys: [Key] = []
        for byte in row.bytes[..<place] { decoder.feed(byte, &keys) }
        guard !decoder.isUndecided else { continue }
        decoder.pause(&keys)
        for byte in row.bytes[place...] { decoder.feed(byte, &keys) }
        #expect(keys == row.keys, "\(row.testDescription) at \(place)")
      }
    }
  }

  @Test("Escape is a key when nothing follows it")
  func escape() {
    for bytes: [UInt8] in [[0x1B], [0x1B, 0x1B]] {
      var decoder = KeyDecoder()
      var keys: [Key] = []
      for byte in bytes { decoder.feed(byte, &keys) }
      #expect(keys.isEmpty)
      #expect(decoder.isUndecided)
      decoder.pause(&keys)
      #expect(keys == [.escape])
      #expect(decoder.state == .ground)
      #expect(!decoder.isUndecided)
    }
  }

  @Test("any bytes at all are taken, and in the end a letter is a letter again")
  func random() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      var decoder = KeyDecoder()
      var keys: [Key] = []
      let bytes = (0..<Int.random(in: 1...60)).map { _ in
        Bool.random() ? UInt8.random(in: 0...255) : [0x1B, 0x5B, 0x4F, 0x3B, 0x7E].randomElement()
      }
      for byte in bytes.compactMap({ $0 }) { decoder.feed(byte, &keys) }
      _ = generator.next()
      decoder.pause(&keys)
      // A paste ends by its mark only; anything else by a control character at the latest.
      for byte in Array("\u{1B}[201~".utf8) + [0x03, 0x03] { decoder.feed(byte, &keys) }
      keys = []
      decoder.feed(0x61, &keys)
      #expect(keys == [.scalar("a")], "\(bytes)")
    }
  }
}
