import Documents

extension YAMLParser {
  /// The byte at `offset`; 0, which no text holds, at its end.
  var current: UInt8 { byte(at: offset) }

  func byte(at offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  /// From 0. What stands before a collection on its line is ASCII, so that bytes can be counted.
  var column: Int { offset - lineStart }

  func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  func isBreakOrEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") || byte == 0
  }

  func isFlowIndicator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"):
      true
    default: false
    }
  }

  /// Whether `indicator` stands at `offset` as one: with a blank or nothing behind it.
  func isAtIndicator(_ indicator: Unicode.Scalar) -> Bool {
    guard current == UInt8(ascii: indicator) else { return false }
    let next = byte(at: offset + 1)
    return isBlank(next) || isBreakOrEnd(next)
  }

  /// Whether `---` or `...` stands at `offset`, and parts documents.
  var isAtMarker: Bool {
    let mark = current
    guard offset == lineStart, mark == UInt8(ascii: "-") || mark == UInt8(ascii: "."),
      byte(at: offset + 1) == mark, byte(at: offset + 2) == mark
    else { return false }
    let next = byte(at: offset + 3)
    return isBlank(next) || isBreakOrEnd(next)
  }

  /// Whether the document ends here.
  var isAtEnd: Bool { offset >= bytes.count || isAtMarker }

  /// - Returns: whether there was a tab.
  @discardableResult
  mutating func skipBlanks() -> Bool {
    var hadTab = false
    while isBlank(current) {
      if current == UInt8(ascii: "\t") { hadTab = true }
      offset += 1
    }
    return hadTab
  }

  /// Goes over a line's end, if there is one at `offset`.
  mutating func takeBreak() -> Bool {
    if current == UInt8(ascii: "\r") { offset += 1 }
    guard current == UInt8(ascii: "\n") else { return false }
    offset += 1
    lineStart = offset
    return true
  }

  /// Whether nothing but a comment is left of the line.
  var isAtLineEnd: Bool {
    isBreakOrEnd(current) || isAtComment
  }

  /// Whether a `#` stands at `offset` that begins a comment.
  var isAtComment: Bool {
    current == UInt8(ascii: "#") && (offset == lineStart || isBlank(bytes[offset - 1]))
  }

  mutating func skipComment() {
    guard isAtComment else { return }
    while !isBreakOrEnd(current) { offset += 1 }
  }

  /// Goes over the rest of the line, which must say nothing more, to what comes next in a block.
  mutating func endLine() throws(Diagnostic) {
    skipBlanks()
    skipComment()
    guard isBreakOrEnd(current) else {
      if current == UInt8(ascii: ":") {
        throw fault("a “:” where no key can be; text with “: ” in it needs quotes")
      }
      throw fault("unexpected text behind a value; it may need quotes")
    }
    if takeBreak() { try skipToContent() }
  }

  /// Goes from a line's start to the next text that is no comment.
  mutating func skipToContent() throws(Diagnostic) {
    while true {
      while current == UInt8(ascii: " ") { offset += 1 }
      let indentation = offset
      skipBlanks()
      skipComment()
      if takeBreak() { continue }
      guard offset < bytes.count else { return }
      guard offset == indentation else {
        throw fault("a tab in the indentation; it takes blanks", at: indentation)
      }
      return
    }
  }
}
