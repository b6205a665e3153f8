/// Characters that are written as numbers.
enum HexDigits {
  /// The character whose number stands at `offset` in `count` digits; nil where none does.
  static func scalar(in bytes: [UInt8], at offset: Int, count: Int) -> Unicode.Scalar? {
    guard offset + count <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[offset..<offset + count] {
      guard let digit = digit(byte) else { return nil }
      value = value << 4 | digit
    }
    return Unicode.Scalar(value)
  }

  static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}
