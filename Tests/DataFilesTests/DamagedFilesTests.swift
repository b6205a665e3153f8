import DataFiles
import Documents
import Testing

@Suite("A data file that is damaged")
struct DamagedFilesTests {
  private static let samples: [(DataFormat, String)] = [
    (
      .yaml,
      """
      %YAML 1.2
      ---
      a: &x {b: [1, "c\\n", 'd'], e: f g}
      h:
        - !t i # j
        - k: |+
            l

          m: *x
        - <<: *x
          n: >-
            o
            p
      ? q
      : "r
        s"
      ...

      """
    ),
    (
      .toml,
      """
      a.b = [1, 0x2, 3.0e1, {c = 'd', "e".f = "g\\n"}]
      [h] # i
      j = 1979-05-27 07:32:00Z
      [[k.l]]
      m = \"""
      n \\
        o\"""
      [[k.l]]

      """
    ),
    (.json, #"{"a": [1, -2.5e3, {"b": "c\n\u00e9"}], "d": null, /* e */ "f": true}"#),
    (.dotenv, "A=b # c\nexport D='e'\n\nF=\"g\\n\nh\"\nI\nJ=k\"l\n"),
  ]

  private static let bytes = Array(" \t\n\r\"'\\#:-?,[]{}&*!|>%=.~a0<\u{0}".utf8) + [0xC3, 0xFF]

  /// - Returns: whether it was read. What it holds, or what is wrong, must be within it.
  private func isRead(_ bytes: [UInt8], as format: DataFormat) -> Bool {
    do throws(Diagnostic) {
      let document = try DataDocument(parsing: bytes, as: format, file: "f")
      #expect(!document.documents.isEmpty)
      #expect(document.documents.allSatisfy { isWithin($0, bytes.count) })
      return true
    } catch {
      let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
      #expect((1...lines).contains(error.location?.line ?? 0), "\(error)")
      return false
    }
  }

  private func isWithin(_ node: DataNode, _ size: Int) -> Bool {
    guard (0...size).contains(node.offset) else { return false }
    return switch node.value {
    case .null, .scalar: true
    case .list(let items): items.allSatisfy { isWithin($0, size) }
    case .map(let members):
      members.allSatisfy { (0..<size).contains($0.keyOffset) && isWithin($0.node, size) }
    }
  }

  @Test("is read or refused wherever it ends", arguments: samples)
  func prefixes(format: DataFormat, sample: String) {
    let whole = Array(sample.utf8)
    #expect(isRead(whole, as: format))
    for count in whole.indices { _ = isRead(Array(whole[..<count]), as: format) }
  }

  @Test("is read or refused whatever stands in place of a byte", arguments: samples)
  func replacements(format: DataFormat, sample: String) {
    var bytes = Array(sample.utf8)
    for index in bytes.indices {
      let byte = bytes[index]
      for other in Self.bytes {
        bytes[index] = other
        _ = isRead(bytes, as: format)
      }
      bytes[index] = byte
    }
  }
}
