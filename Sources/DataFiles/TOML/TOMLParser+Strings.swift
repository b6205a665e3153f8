import Documents

extension TOMLParser {
  /// A text in quotes, on a line or over several.
  mutating func parseText() throws(Diagnostic) -> String {
    let quote = current
    guard byte(at: offset + 1) == quote, byte(at: offset + 2) == quote else {
      return try parseString()
    }
    return try parseLines()
  }

  /// A text in quotes on a line.
  mutating func parseString() throws(Diagnostic) -> String {
    let start = offset
    let quote = current
    offset += 1
    var text: [UInt8] = []
    // What stands for itself is taken in one piece, which is all of most texts.
    var plain = offset
    while offset < bytes.count, !isAtBreak {
      if current == quote {
        let rest = bytes[plain..<offset]
        offset += 1
        return String(decoding: text.isEmpty ? rest : (text + rest)[...], as: UTF8.self)
      }
      if current == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        text += bytes[plain..<offset]
        try parseEscape(into: &text)
        plain = offset
      } else {
        offset += 1
      }
    }
    throw fault("a text is not closed on its line", at: start)
  }

  /// A text in three quotes. A line's end right behind them is no part of it.
  private mutating func parseLines() throws(Diagnostic) -> String {
    let start = offset
    let quote = current
    offset += 3
    _ = takeBreak()
    var text: [UInt8] = []
    while offset < bytes.count {
      switch current {
      case quote:
        var quotes = 0
        while take(Unicode.Scalar(quote)) { quotes += 1 }
        // One or two may stand before those that close it.
        if quotes >= 3 {
          guard quotes <= 5 else { throw fault("too many quotes", at: offset - quotes) }
          text.append(contentsOf: repeatElement(quote, count: quotes - 3))
          return String(decoding: text, as: UTF8.self)
        }
        text.append(contentsOf: repeatElement(quote, count: quotes))
      case UInt8(ascii: "\\") where quote == UInt8(ascii: "\""):
        if !skipLineEnd() { try parseEscape(into: &text) }
      case UInt8(ascii: "\r"): offset += 1
      default:
        text.append(current)
        offset += 1
      }
    }
    throw fault("a text is never closed", at: start)
  }

  /// Goes over a backslash at a line's end, and all that is blank behind it.
  private mutating func skipLineEnd() -> Bool {
    let start = offset
    offset += 1
    skipBlanks()
    guard takeBreak() else {
      offset = start
      return false
    }
    repeat { skipBlanks() } while takeBreak()
    return true
  }

  private mutating func parseEscape(into text: inout [UInt8]) throws(Diagnostic) {
    let start = offset
    let mark = byte(at: offset + 1)
    offset += 2
    switch mark {
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(mark)
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      let digits = mark == UInt8(ascii: "u") ? 4 : 8
      guard let scalar = HexDigits.scalar(in: bytes, at: offset, count: digits) else {
        throw fault("an escape that is no character", at: start)
      }
      offset += digits
      text += String(scalar).utf8
    default: throw fault("unknown escape in a text", at: start)
    }
  }
}
