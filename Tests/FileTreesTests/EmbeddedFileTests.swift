import FileTrees
import Foundation
import TestSupport
import Testing

@Suite("An embedded file")
struct EmbeddedFileTests {
  @Test(
    "gives a text back byte for byte", arguments: ["", "a\r\nb", "\u{FEFF}é\n", "no end", "\0"])
  func texts(text: String) {
    #expect(EmbeddedFile("f", .text(text)).bytes == Array(text.utf8))
  }

  @Test(
    "decodes what RFC 4648 lists",
    arguments: [
      ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"),
      ("Zm9vYmE=", "fooba"), ("Zm9vYmFy", "foobar"),
    ])
  func vectors(encoded: String, expected: String) {
    #expect(EmbeddedFile("f", .base64(encoded)).bytes == Array(expected.utf8))
  }

  @Test("gives any bytes back that were encoded", arguments: 0..<70)
  func roundTrip(count: Int) {
    var generator = SeededGenerator(seed: UInt64(count))
    let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    #expect(EmbeddedFile("f", .base64(Data(bytes).base64EncodedString())).bytes == bytes)
    #expect(EmbeddedFile("f", EmbeddedFile.Encoding([0xFF] + bytes)).bytes == [0xFF] + bytes)
  }

  @Test("is a text where it can be a template, and else encoded")
  func kinds() {
    func isText(_ bytes: [UInt8]) -> Bool {
      if case .text = EmbeddedFile.Encoding(bytes) { true } else { false }
    }
    #expect(isText([]))
    #expect(isText(Array("é\r\n".utf8)))
    #expect(!isText([0x61, 0]))
    #expect(!isText([0xC3]))
    guard case .base64("/wA=") = EmbeddedFile.Encoding([0xFF, 0]) else {
      Issue.record("not as RFC 4648 has it")
      return
    }
  }

  @Test("knows all 64 digits")
  func digits() {
    let bytes = Array(UInt8.min...UInt8.max)
    #expect(EmbeddedFile("f", .base64(Data(bytes).base64EncodedString())).bytes == bytes)
  }
}
