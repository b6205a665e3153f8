import Documents

extension TOMLParser {
  mutating func parseValue() throws(Diagnostic) -> DataNode {
    let start = offset
    let value: DataNode.Value
    switch current {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      value = .scalar(try parseText(), isQuoted: true)
    case UInt8(ascii: "["):
      try open()
      defer { close() }
      value = .list(try parseItems(of: start))
    case UInt8(ascii: "{"):
      try open()
      defer { close() }
      return try parseInlineTable(at: start)
    default:
      value = .scalar(try parseWord(), isQuoted: false)
    }
    return DataNode(value, at: start)
  }

  private mutating func parseItems(of bracket: Int) throws(Diagnostic) -> [DataNode] {
    var items: [DataNode] = []
    skipBlankLines()
    while !take("]") {
      items.append(try parseValue())
      skipBlankLines()
      if take(",") {
        skipBlankLines()
      } else if current != UInt8(ascii: "]") {
        guard offset < bytes.count else { throw fault("a list is never closed", at: bracket) }
        throw fault("expected “,” or “]”")
      }
    }
    return items
  }

  /// What stands in braces, which is on one line and without a comma at its end.
  private mutating func parseInlineTable(at start: Int) throws(Diagnostic) -> DataNode {
    var tree = TOMLTree(at: start)
    skipBlanks()
    if take("}") { return tree.root }
    while true {
      try parseMember(into: &tree)
      skipBlanks()
      if take("}") { return tree.root }
      guard take(",") else { throw fault("expected “,” or “}” on the line of “{”") }
    }
  }

  /// A number, a date or a truth value.
  private mutating func parseWord() throws(Diagnostic) -> String {
    let start = offset
    while isOfWord(current) { offset += 1 }
    // A blank may stand between a date and a time.
    if offset - start == 10, current == UInt8(ascii: " "), isDigit(byte(at: offset + 1)),
      TOMLWord.isDateTime(bytes[start..<offset])
    {
      offset += 1
      while isOfWord(current) { offset += 1 }
    }
    let word = bytes[start..<offset]
    guard TOMLWord.isNumber(word) || TOMLWord.isDateTime(word) || TOMLWord.isFlag(word) else {
      throw fault(
        word.isEmpty
          ? "expected a value" : "no number, date or truth value; a text needs quotes", at: start)
    }
    return String(decoding: word, as: UTF8.self)
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: ":"):
      true
    default: false
    }
  }
}
