/// A file that the build put into the binary.
package struct EmbeddedFile: Sendable {
  /// How source code writes the bytes.
  package enum Encoding: Sendable {
    /// UTF-8 without a NUL, and so what can be a template.
    case text(String)
    /// RFC 4648, for what is not UTF-8.
    case base64(String)

    package init(_ bytes: [UInt8]) {
      if !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) {
        self = .text(text)
      } else {
        self = .base64(EmbeddedFile.base64(of: bytes))
      }
    }
  }

  /// Below the layout's folder.
  package var path: String
  package var isExecutable: Bool
  package var encoding: Encoding
  /// The 40 digits of the content's git blob id, where the build worked it out.
  package var blob: String?

  package init(
    _ path: String, isExecutable: Bool = false, blob: String? = nil, _ encoding: Encoding
  ) {
    self.path = path
    self.isExecutable = isExecutable
    self.blob = blob
    self.encoding = encoding
  }

  package var isText: Bool {
    if case .text = encoding { true } else { false }
  }

  package var bytes: [UInt8] {
    switch encoding {
    case .text(let text): Array(text.utf8)
    case .base64(let text): Self.decode(base64: text)
    }
  }

  private static func base64(of bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      var bits = part.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - part.count))
      var group: [UInt8] = []
      for _ in 0..<4 {
        group.insert(digits[bits & 0x3F], at: 0)
        bits >>= 6
      }
      text += group.prefix(part.count + 1)
      text += [UInt8](repeating: UInt8(ascii: "="), count: 3 - part.count)
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func decode(base64 text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in text.utf8 {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = byte - UInt8(ascii: "A")
      case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = byte - UInt8(ascii: "a") + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0") + 52
      case UInt8(ascii: "+"): digit = 62
      case UInt8(ascii: "/"): digit = 63
      default: continue
      }
      bits = bits << 6 | UInt32(digit)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }
}
