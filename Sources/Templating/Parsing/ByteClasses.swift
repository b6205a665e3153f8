/// The classes of bytes that the grammar of placeholders speaks of, which is in
/// `Sources/ARCHITECTURE.md`.
extension UInt8 {
  /// `AZ`
  var isCapital: Bool { self >= 0x41 && self <= 0x5A }
  /// `az`
  var isSmall: Bool { self >= 0x61 && self <= 0x7A }
  /// `DIGIT`
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  /// What may follow the first byte of a `NAME`.
  var isInName: Bool { isCapital || isDigit || self == UInt8(ascii: "_") }
  /// What may follow the first byte of a `word`.
  var isInWord: Bool {
    isSmall || isDigit || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
  }
  /// One of `WS`.
  var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
  /// What a tag and a string may not hold.
  var isLineEnd: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
}
