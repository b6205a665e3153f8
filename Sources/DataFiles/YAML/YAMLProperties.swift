import Documents

/// What may stand before a node: an anchor and a tag.
struct YAMLProperties {
  /// Of the first of them.
  var offset = 0
  var anchor: String?
  var tag: String?

  var isEmpty: Bool { anchor == nil && tag == nil }

  /// These and those of a later line; nil where both have the same.
  func joined(with others: YAMLProperties) -> YAMLProperties? {
    if isEmpty { return others }
    guard anchor == nil || others.anchor == nil, tag == nil || others.tag == nil else { return nil }
    return YAMLProperties(
      offset: offset, anchor: anchor ?? others.anchor, tag: tag ?? others.tag)
  }

  /// What a plain scalar stands for. A tag is not obeyed, but what has one is never null unsaid.
  func value(ofPlain text: String) -> DataNode.Value {
    switch tag {
    case nil: Self.isNull(text) ? .null : .scalar(text, isQuoted: false)
    case "!!null": .null
    case "!!str", "!": .scalar(text, isQuoted: true)
    default: .scalar(text, isQuoted: false)
    }
  }

  private static func isNull(_ text: String) -> Bool {
    switch text {
    case "", "~", "null", "Null", "NULL": true
    default: false
    }
  }
}

extension YAMLParser {
  var isAtProperty: Bool { current == UInt8(ascii: "&") || current == UInt8(ascii: "!") }

  /// Reads one property, and puts it to those before it.
  mutating func parseProperty(
    into properties: inout YAMLProperties, inFlow: Bool
  ) throws(Diagnostic) {
    let start = offset
    if properties.isEmpty { properties.offset = start }
    if current == UInt8(ascii: "&") {
      guard properties.anchor == nil else { throw fault("a second anchor for one value") }
      properties.anchor = try parseName(inFlow: inFlow)
    } else {
      guard properties.tag == nil else { throw fault("a second tag for one value") }
      let isVerbatim = byte(at: start + 1) == UInt8(ascii: "<")
      while isOfTag(current) || isVerbatim && current == UInt8(ascii: ",") { offset += 1 }
      try expectSeparation(behind: "a tag", from: start, inFlow: inFlow)
      properties.tag = String(decoding: bytes[start..<offset], as: UTF8.self)
    }
  }

  /// The name behind `&` or `*`.
  mutating func parseName(inFlow: Bool) throws(Diagnostic) -> String {
    let start = offset
    offset += 1
    while isOfName(current) { offset += 1 }
    guard offset > start + 1 else { throw fault("a name is missing", at: start) }
    try expectSeparation(behind: "a name", from: start, inFlow: inFlow)
    return String(decoding: bytes[start + 1..<offset], as: UTF8.self)
  }

  private func expectSeparation(
    behind what: String, from start: Int, inFlow: Bool
  ) throws(Diagnostic) {
    if isBlank(current) || isBreakOrEnd(current) { return }
    let isClosed =
      current == UInt8(ascii: ",") || current == UInt8(ascii: "]") || current == UInt8(ascii: "}")
    guard inFlow, isClosed, bytes[start] != UInt8(ascii: "!") else {
      throw fault("\(what) ends with a character that it may not have")
    }
  }

  private func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  private func isOfTag(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && !isFlowIndicator(byte) && byte != UInt8(ascii: "\"")
  }
}
