import Documents

/// What comes between the marks of a paste. Nothing in it is a command, whatever it looks like.
struct PastedBytes: Equatable, Sendable {
  private var bytes: [UInt8] = []
  private static let end: [UInt8] = [0x1B] + Array("[201~".utf8)
  /// More than anybody means to paste; what is beyond is dropped, and the end is still found.
  private static let limit = 1 << 16

  /// - Returns: whether the mark of the end is complete.
  mutating func append(_ byte: UInt8) -> Bool {
    if bytes.count >= Self.limit + Self.end.count {
      bytes.remove(at: Self.limit)
    }
    bytes.append(byte)
    guard byte == UInt8(ascii: "~"), bytes.suffix(Self.end.count).elementsEqual(Self.end) else {
      return false
    }
    bytes.removeLast(Self.end.count)
    return true
  }

  /// With line ends as “\n”, blanks for tabs, and without what is unsafe to print or no UTF-8.
  var text: String {
    var text = String.UnicodeScalarView()
    var isAfterReturn = false
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    decoding: while true {
      switch decoder.decode(&iterator) {
      case .emptyInput: break decoding
      case .error: isAfterReturn = false
      case .scalarValue(let scalar):
        switch scalar {
        case "\n" where isAfterReturn: break
        case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": text.append("\n")
        case "\t": text.append(" ")
        case _ where scalar.isUnsafeToPrint: break
        default: text.append(scalar)
        }
        isAfterReturn = scalar == "\r"
      }
    }
    return String(text)
  }
}
