import Documents

extension YAMLParser {
  // MARK: Plain

  /// Reads a text without quotes, over several lines where it goes on there.
  ///
  /// - Parameter parent: the column of the block that it is in; nil in brackets.
  mutating func parsePlain(parent: Int?) throws(Diagnostic) -> String {
    try checkPlainStart(inFlow: parent == nil)
    var (start, end) = (offset, skipPlainLine(inFlow: parent == nil))
    var folded: [UInt8] = []
    while isBreakOrEnd(current) {
      let line = lineStart
      guard let breaks = try skipToPlainLine(parent: parent) else {
        lineStart = line
        break
      }
      let next = offset
      let nextEnd = skipPlainLine(inFlow: parent == nil)
      // The line may begin with what ends a text.
      guard nextEnd > next else {
        lineStart = line
        break
      }
      folded += bytes[start..<end]
      fold(breaks, into: &folded)
      (start, end) = (next, nextEnd)
    }
    offset = end
    if folded.isEmpty { return String(decoding: bytes[start..<end], as: UTF8.self) }
    return String(decoding: folded + bytes[start..<end], as: UTF8.self)
  }

  private func checkPlainStart(inFlow: Bool) throws(Diagnostic) {
    switch current {
    case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
      let next = byte(at: offset + 1)
      let isText = !isBlank(next) && !isBreakOrEnd(next) && !(inFlow && isFlowIndicator(next))
      if isText, !inFlow || current == UInt8(ascii: "-") { return }
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"), UInt8(ascii: "#"), UInt8(ascii: "&"), UInt8(ascii: "*"),
      UInt8(ascii: "!"), UInt8(ascii: "|"), UInt8(ascii: ">"), UInt8(ascii: "'"),
      UInt8(ascii: "\""), UInt8(ascii: "%"), UInt8(ascii: "@"), UInt8(ascii: "`"), 0:
      break
    default: return
    }
    throw fault("a value cannot begin with “\(Unicode.Scalar(current))”; it may need quotes")
  }

  /// Goes to what ends the text on this line.
  ///
  /// - Returns: where it ends, before the blanks in front of that.
  private mutating func skipPlainLine(inFlow: Bool) -> Int {
    var end = offset
    while true {
      let byte = current
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"):
        offset += 1
        continue
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0: return end
      case UInt8(ascii: "#"):
        if end < offset { return end }
      case UInt8(ascii: ":"):
        let next = self.byte(at: offset + 1)
        if isBlank(next) || isBreakOrEnd(next) || inFlow && isFlowIndicator(next) { return end }
      case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
        UInt8(ascii: "}"):
        if inFlow { return end }
      default: break
      }
      offset += 1
      end = offset
    }
  }

  /// Goes from the end of a line to the next one, if the text goes on there.
  ///
  /// - Returns: how many line ends are between; nil where the text is at its end.
  private mutating func skipToPlainLine(parent: Int?) throws(Diagnostic) -> Int? {
    var breaks = 0
    while takeBreak() {
      breaks += 1
      if isAtMarker { return nil }
      while current == UInt8(ascii: " ") { offset += 1 }
      let indentation = offset
      skipBlanks()
      if isBreakOrEnd(current) { continue }
      if current == UInt8(ascii: "#") { return nil }
      if let parent, indentation - lineStart <= parent {
        guard offset == indentation else {
          throw fault("a tab in the indentation; it takes blanks", at: indentation)
        }
        return nil
      }
      return breaks
    }
    return nil
  }

  /// What line ends within a text are: a blank for one, and else one fewer than there are.
  private func fold(_ breaks: Int, into text: inout [UInt8]) {
    if breaks == 1 {
      text.append(UInt8(ascii: " "))
    } else {
      text.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: breaks - 1))
    }
  }

  // MARK: Quoted

  mutating func parseQuoted() throws(Diagnostic) -> String {
    let start = offset
    let quote = current
    offset += 1
    var text: [UInt8] = []
    // What stands for itself is taken in one piece, which is all of most texts.
    var plain = offset
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == quote {
        if quote == UInt8(ascii: "'"), self.byte(at: offset + 1) == quote {
          text += bytes[plain...offset]
          offset += 2
          plain = offset
          continue
        }
        let rest = bytes[plain..<offset]
        offset += 1
        return String(decoding: text.isEmpty ? rest : (text + rest)[...], as: UTF8.self)
      }
      switch byte {
      case UInt8(ascii: "\\") where quote == UInt8(ascii: "\""):
        text += bytes[plain..<offset]
        try parseEscape(into: &text, of: start)
        plain = offset
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        var end = offset
        while end > plain, isBlank(bytes[end - 1]) { end -= 1 }
        text += bytes[plain..<end]
        fold(try skipBreaks(of: start), into: &text)
        plain = offset
      default: offset += 1
      }
    }
    throw fault("a quote is never closed", at: start)
  }

  /// - Returns: how many line ends there were.
  private mutating func skipBreaks(of quote: Int) throws(Diagnostic) -> Int {
    var breaks = 0
    while takeBreak() {
      guard !isAtMarker else { throw fault("a quote is never closed", at: quote) }
      breaks += 1
      skipBlanks()
    }
    return breaks
  }

  private mutating func parseEscape(into text: inout [UInt8], of quote: Int) throws(Diagnostic) {
    let start = offset
    offset += 1
    if isBreakOrEnd(current) {
      let breaks = try skipBreaks(of: quote)
      text.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: max(0, breaks - 1)))
      return
    }
    let byte = current
    offset += 1
    switch byte {
    case UInt8(ascii: "0"): text.append(0x00)
    case UInt8(ascii: "a"): text.append(0x07)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "t"), UInt8(ascii: "\t"): text.append(0x09)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "v"): text.append(0x0B)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "e"): text.append(0x1B)
    case UInt8(ascii: " "), UInt8(ascii: "\""), UInt8(ascii: "/"), UInt8(ascii: "\\"):
      text.append(byte)
    case UInt8(ascii: "N"): text += "\u{85}".utf8
    case UInt8(ascii: "_"): text += "\u{A0}".utf8
    case UInt8(ascii: "L"): text += "\u{2028}".utf8
    case UInt8(ascii: "P"): text += "\u{2029}".utf8
    case UInt8(ascii: "x"): text += try parseCode(digits: 2, of: start).utf8
    case UInt8(ascii: "u"): text += try parseCode(digits: 4, of: start).utf8
    case UInt8(ascii: "U"): text += try parseCode(digits: 8, of: start).utf8
    default: throw fault("unknown escape in a text", at: start)
    }
  }

  private mutating func parseCode(digits: Int, of start: Int) throws(Diagnostic) -> String {
    guard let scalar = HexDigits.scalar(in: bytes, at: offset, count: digits) else {
      throw fault("an escape that is no character", at: start)
    }
    offset += digits
    return String(scalar)
  }
}
