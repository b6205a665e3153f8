/// A recursive-descent parser for JSON with comments and trailing commas (RFC 8259, and what
/// editors call JSONC).
struct JSONParser {
  private let bytes: [UInt8]
  private let file: String
  private var offset = 0
  private var depth = 0

  /// Deeper nesting than any document has a use for; keeps hostile input off the stack.
  private static let deepest = 100

  /// Room for these is made at once: more than most objects of a long document have.
  private static let fewMembers = 4

  init(bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  mutating func parseDocument() throws(Diagnostic) -> JSONNode {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    try skipBlanks()
    let root = try parseValue()
    try skipBlanks()
    guard offset == bytes.count else { throw fault("unexpected text after the document") }
    return root
  }

  private func fault(_ message: String, at place: Int? = nil) -> Diagnostic {
    let start = SourceLocation(file: file, line: 1, column: 1)
    return Diagnostic(message, at: start.advanced(over: bytes, to: place ?? offset))
  }

  private var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard current == UInt8(ascii: byte) else { return false }
    offset += 1
    return true
  }

  private mutating func skipBlanks() throws(Diagnostic) {
    while let byte = current {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        offset += 1
      case UInt8(ascii: "/"):
        try skipComment()
      default:
        return
      }
    }
  }

  private mutating func skipComment() throws(Diagnostic) {
    let start = offset
    let second = offset + 1 < bytes.count ? bytes[offset + 1] : 0
    if second == UInt8(ascii: "/") {
      while let byte = current, byte != UInt8(ascii: "\n") { offset += 1 }
    } else if second == UInt8(ascii: "*") {
      offset += 2
      while offset + 1 < bytes.count {
        if bytes[offset] == UInt8(ascii: "*"), bytes[offset + 1] == UInt8(ascii: "/") {
          offset += 2
          return
        }
        offset += 1
      }
      throw fault("a comment is never closed", at: start)
    } else {
      throw fault("unexpected “/”; a comment begins with “//” or “/*”", at: start)
    }
  }

  private mutating func parseValue() throws(Diagnostic) -> JSONNode {
    let start = offset
    guard let byte = current else { throw fault("expected a value, found the end of the text") }
    switch byte {
    case UInt8(ascii: "{"):
      try open()
      defer { depth -= 1 }
      return JSONNode(value: .object(try parseMembers()), offset: start)
    case UInt8(ascii: "["):
      try open()
      defer { depth -= 1 }
      return JSONNode(value: .array(try parseItems()), offset: start)
    case UInt8(ascii: "\""):
      return JSONNode(value: .string(try parseString()), offset: start)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return try parseNumber()
    default:
      return try parseWord()
    }
  }

  /// Goes one bracket deeper.
  private mutating func open() throws(Diagnostic) {
    guard depth < Self.deepest else {
      throw fault("the document is nested more than \(Self.deepest) deep")
    }
    depth += 1
    offset += 1
  }

  private mutating func parseMembers() throws(Diagnostic) -> [JSONMember] {
    var members: [JSONMember] = []
    members.reserveCapacity(Self.fewMembers)
    try skipBlanks()
    while !take("}") {
      let keyOffset = offset
      guard current == UInt8(ascii: "\"") else { throw fault("expected a key in quotes, or “}”") }
      let key = try parseString()
      try skipBlanks()
      guard take(":") else { throw fault("expected “:” after the key “\(key)”") }
      try skipBlanks()
      members.append(JSONMember(key: key, keyOffset: keyOffset, value: try parseValue()))
      try skipBlanks()
      if take(",") {
        try skipBlanks()
      } else if current != UInt8(ascii: "}") {
        throw fault("expected “,” or “}”")
      }
    }
    return members
  }

  private mutating func parseItems() throws(Diagnostic) -> [JSONNode] {
    var items: [JSONNode] = []
    try skipBlanks()
    while !take("]") {
      items.append(try parseValue())
      try skipBlanks()
      if take(",") {
        try skipBlanks()
      } else if current != UInt8(ascii: "]") {
        throw fault("expected “,” or “]”")
      }
    }
    return items
  }

  private mutating func parseWord() throws(Diagnostic) -> JSONNode {
    let start = offset
    while let byte = current, byte.isASCIILetter { offset += 1 }
    switch String(decoding: bytes[start..<offset], as: UTF8.self) {
    case "true": return JSONNode(value: .flag(true), offset: start)
    case "false": return JSONNode(value: .flag(false), offset: start)
    case "null": return JSONNode(value: .null, offset: start)
    case "": throw fault("expected a value", at: start)
    case let word: throw fault("expected a value, found “\(word)” without quotes", at: start)
    }
  }

  private mutating func parseNumber() throws(Diagnostic) -> JSONNode {
    let start = offset
    _ = take("-")
    let firstDigit = offset
    skipDigits()
    let digits = offset - firstDigit
    guard digits > 0, digits == 1 || bytes[firstDigit] != UInt8(ascii: "0") else {
      throw fault("malformed number", at: start)
    }
    var isInteger = true
    if take(".") {
      isInteger = false
      let fraction = offset
      skipDigits()
      guard offset > fraction else { throw fault("malformed number", at: start) }
    }
    if take("e") || take("E") {
      isInteger = false
      _ = take("+") || take("-")
      let exponent = offset
      skipDigits()
      guard offset > exponent else { throw fault("malformed number", at: start) }
    }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    if isInteger, let integer = Int(text) {
      return JSONNode(value: .integer(integer), offset: start)
    }
    return JSONNode(value: .decimal(text), offset: start)
  }

  private mutating func skipDigits() {
    while let byte = current, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { offset += 1 }
  }

  private mutating func parseString() throws(Diagnostic) -> String {
    let start = offset
    offset += 1
    var text: [UInt8] = []
    // What needs no escape is taken in one piece, which is all of most strings. Most are ASCII, too,
    // as `union` tells of their bytes, and need not be looked through again.
    var plain = offset
    var union: UInt8 = 0
    while let byte = current {
      union |= byte
      switch byte {
      case UInt8(ascii: "\""):
        let rest = bytes[plain..<offset]
        offset += 1
        if union < 0x80, text.isEmpty { return String(decoding: rest, as: UTF8.self) }
        guard let string = String(validating: text + rest, as: UTF8.self) else {
          throw fault("the string is not UTF-8", at: start)
        }
        return string
      case UInt8(ascii: "\\"):
        guard offset + 1 < bytes.count else { throw fault("a string is never closed", at: start) }
        text += bytes[plain..<offset]
        try parseEscape(into: &text)
        plain = offset
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        throw fault("a string is not closed on its line", at: start)
      case 0..<0x20:
        throw fault("a string holds a control character; write it as an escape")
      default:
        offset += 1
      }
    }
    throw fault("a string is never closed", at: start)
  }

  /// An escape whose backslash is not the last byte of the text.
  private mutating func parseEscape(into text: inout [UInt8]) throws(Diagnostic) {
    let start = offset
    offset += 1
    let byte = bytes[offset]
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      let scalar = try parseUnicodeEscape(from: start)
      text.append(contentsOf: String(Character(scalar)).utf8)
    default: throw fault("unknown escape in a string", at: start)
    }
  }

  /// The four digits behind `\u`, and the second half of a surrogate pair.
  private mutating func parseUnicodeEscape(from start: Int) throws(Diagnostic) -> Unicode.Scalar {
    let first = try parseHexDigits(from: start)
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard (0xD800..<0xDC00).contains(first), take("\\"), take("u") else {
      throw fault("half of a surrogate pair in a string", at: start)
    }
    let second = try parseHexDigits(from: start)
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw fault("half of a surrogate pair in a string", at: start) }
    return scalar
  }

  private mutating func parseHexDigits(from start: Int) throws(Diagnostic) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw fault("expected four hexadecimal digits after “\\u”", at: start)
      }
      value = value << 4 | UInt32(digit)
      offset += 1
    }
    return value
  }
}

extension UInt8 {
  fileprivate var isASCIILetter: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
  }
}
