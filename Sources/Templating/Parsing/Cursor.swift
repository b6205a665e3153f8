/// A place in the bytes of a template or condition, and the words of the grammar
/// (`Sources/ARCHITECTURE.md`) that can be read there. What does not match leaves the cursor where it
/// was.
struct Cursor {
  let bytes: [UInt8]
  var offset: Int

  init(_ bytes: [UInt8], at offset: Int = 0) {
    self.bytes = bytes
    self.offset = offset
  }

  /// The byte here, or nil at the end of the text.
  var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  var isAtLineEnd: Bool { current?.isLineEnd ?? true }

  /// At `>>`, which closes a tag wherever it stands outside of a string.
  var isAtTagEnd: Bool {
    offset + 1 < bytes.count && bytes[offset] == UInt8(ascii: ">")
      && bytes[offset + 1] == UInt8(ascii: ">")
  }

  mutating func skip(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard offset + count <= bytes.count else { return false }
    let wanted = UnsafeBufferPointer(start: text.utf8Start, count: count)
    for index in 0..<count where bytes[offset + index] != wanted[index] { return false }
    offset += count
    return true
  }

  /// Whether there was at least one blank.
  @discardableResult
  mutating func skipBlanks() -> Bool {
    let start = offset
    while let byte = current, byte.isBlank { offset += 1 }
    return offset > start
  }

  /// Skips `keyword` where it is a whole word.
  mutating func skip(keyword: StaticString) -> Bool {
    let start = offset
    guard skip(keyword), !isInWord else {
      offset = start
      return false
    }
    return true
  }

  /// Whether a word that was read goes on.
  private var isInWord: Bool { current.map { $0.isInWord || $0.isCapital } ?? false }

  mutating func directive() -> Directive? {
    let start = offset
    guard let word = letters(), let directive = Directive(rawValue: word), !isInWord else {
      offset = start
      return nil
    }
    return directive
  }

  /// A `NAME`.
  mutating func name() -> String? {
    guard let first = current, first.isCapital else { return nil }
    var end = offset + 1
    while end < bytes.count, bytes[end].isInName { end += 1 }
    guard end > offset + 1 else { return nil }
    defer { offset = end }
    return text(offset..<end)
  }

  /// A `word`, keywords among them.
  mutating func word() -> String? {
    guard let first = current, first.isSmall else { return nil }
    let start = offset
    while let byte = current, byte.isInWord { offset += 1 }
    return text(start..<offset)
  }

  /// The letters of a filter's name or of a directive.
  mutating func letters() -> String? {
    let start = offset
    while let byte = current, byte.isSmall { offset += 1 }
    return offset > start ? text(start..<offset) : nil
  }

  /// An `INTEGER`.
  mutating func integer() throws(TemplateFault) -> Int? {
    var end = offset
    if current == UInt8(ascii: "-") { end += 1 }
    let digits = end
    while end < bytes.count, bytes[end].isDigit { end += 1 }
    guard end > digits else { return nil }
    guard let value = Int(text(offset..<end)) else {
      throw TemplateFault(at: offset, "the number \(text(offset..<end)) is too large")
    }
    offset = end
    return value
  }

  /// A `STRING` without its quotes, escapes replaced. Nil where no quote stands.
  mutating func string() throws(TemplateFault) -> [UInt8]? {
    guard current == UInt8(ascii: "\"") else { return nil }
    var content: [UInt8] = []
    var next = offset + 1
    while next < bytes.count, !bytes[next].isLineEnd {
      switch bytes[next] {
      case UInt8(ascii: "\""):
        offset = next + 1
        return content
      case UInt8(ascii: "\\"):
        guard next + 1 < bytes.count, let byte = Cursor.unescaped(bytes[next + 1]) else {
          throw TemplateFault(
            at: next, "unknown escape in a string",
            help: #"the escapes are \" \\ \n \t"#)
        }
        content.append(byte)
        next += 2
      case let byte:
        content.append(byte)
        next += 1
      }
    }
    throw TemplateFault(
      at: offset, "the string is not closed on its line", help: #"close it with ""#)
  }

  private static func unescaped(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
    case UInt8(ascii: "n"): UInt8(ascii: "\n")
    case UInt8(ascii: "t"): UInt8(ascii: "\t")
    default: nil
    }
  }

  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  /// What stands here, for a message: up to the next blank or end of the tag or line.
  var found: String {
    var end = Cursor(bytes, at: offset)
    while !end.isAtLineEnd, !end.isAtTagEnd, end.offset < offset + 30,
      let byte = end.current, !byte.isBlank
    {
      end.offset += 1
    }
    if end.offset > offset { return "“\(text(offset..<end.offset))”" }
    if isAtTagEnd { return "“>>”" }
    return isAtLineEnd ? "the end of the line" : "a blank"
  }
}
