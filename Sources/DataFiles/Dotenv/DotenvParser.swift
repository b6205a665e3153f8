import Documents

/// Reads files of environment variables as python-dotenv and Docker Compose both do. What one of
/// them takes otherwise than the other is a fault. Nothing is put in for `$NAME`: what is written
/// there is the value.
struct DotenvParser {
  private let bytes: [UInt8]
  private let file: String
  private var offset: Int

  /// - Returns: a map of scalars; a name without a `=`, whose value comes from elsewhere, is null.
  static func document(in bytes: [UInt8], file: String) throws(Diagnostic) -> DataNode {
    var parser = try DotenvParser(bytes: bytes, file: file)
    return try parser.parseDocument()
  }

  private init(bytes: [UInt8], file: String) throws(Diagnostic) {
    self.bytes = bytes
    self.file = file
    offset = try TextCheck.start(of: bytes, lines: .disputed, file: file)
  }

  private mutating func parseDocument() throws(Diagnostic) -> DataNode {
    let start = offset
    var map = MapBuilder()
    while offset < bytes.count {
      skipBlanks()
      if !isAtBreakOrEnd, current != UInt8(ascii: "#") {
        let (name, place) = try parseName()
        skipBlanks()
        let node: DataNode
        if current == UInt8(ascii: "=") {
          offset += 1
          skipBlanks()
          let start = offset
          node = DataNode(try parseValue(), at: start)
        } else {
          node = DataNode(.null, at: place)
        }
        guard map.add(name, at: place, node) == nil else {
          throw fault("the variable “\(name)” stands twice", at: place)
        }
      }
      try endLine()
    }
    return DataNode(.map(map.members), at: start)
  }

  // MARK: Names

  private mutating func parseName() throws(Diagnostic) -> (name: String, place: Int) {
    var start = offset
    var name = try takeName()
    if name == "export", isBlank(current) {
      skipBlanks()
      start = offset
      name = try takeName()
    }
    guard isBlank(current) || isAtBreakOrEnd || current == UInt8(ascii: "=") else {
      throw fault("the name of a variable has letters, digits, “_”, “.” and “-”")
    }
    return (name, start)
  }

  private mutating func takeName() throws(Diagnostic) -> String {
    let start = offset
    while isOfName(current, first: offset == start) { offset += 1 }
    guard offset > start else { throw fault("expected the name of a variable") }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private func isOfName(_ byte: UInt8, first: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"): !first
    default: false
    }
  }

  // MARK: Values

  private mutating func parseValue() throws(Diagnostic) -> DataNode.Value {
    switch current {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): .scalar(try parseQuoted(), isQuoted: true)
    case UInt8(ascii: "#"):
      throw fault("a “#” behind “=” is a value to some readers and a comment to others")
    default: .scalar(try parsePlain(), isQuoted: false)
    }
  }

  /// What stands before the line's end or a comment, without the blanks at its end.
  private mutating func parsePlain() throws(Diagnostic) -> String {
    let start = offset
    var end = offset
    while !isAtBreakOrEnd {
      if current == UInt8(ascii: "#"), end < offset { break }
      offset += 1
      if !isBlank(bytes[offset - 1]) { end = offset }
    }
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    if text.unicodeScalars.contains(where: { !$0.isASCII && $0.properties.isWhitespace }) {
      throw fault("a blank that is one to some readers only; the value needs quotes", at: start)
    }
    return text
  }

  /// A text in quotes, over several lines where it has them.
  private mutating func parseQuoted() throws(Diagnostic) -> String {
    let start = offset
    let quote = current
    offset += 1
    var text: [UInt8] = []
    while offset < bytes.count {
      let byte = current
      switch byte {
      case quote:
        offset += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += try parseBackslash(within: quote)
      case UInt8(ascii: "\r"):
        throw fault("a carriage return in quotes is part of the value to some readers only")
      default: text.append(byte)
      }
      offset += 1
    }
    throw fault("a quote is never closed", at: start)
  }

  /// What a backslash and the byte behind it stand for; stops at that byte.
  private mutating func parseBackslash(within quote: UInt8) throws(Diagnostic) -> [UInt8] {
    let start = offset
    offset += 1
    let mark = current
    if quote == UInt8(ascii: "'") {
      guard mark != quote, mark != UInt8(ascii: "\\"), offset < bytes.count else {
        throw fault("“\\” before “'” or “\\” differs from reader to reader", at: start)
      }
      // It stands for itself, and so does what follows.
      offset -= 1
      return [UInt8(ascii: "\\")]
    }
    switch mark {
    case UInt8(ascii: "\\"), UInt8(ascii: "\""): return [mark]
    case UInt8(ascii: "a"): return [0x07]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "v"): return [0x0B]
    default: throw fault("this escape differs from reader to reader", at: start)
    }
  }

  // MARK: Lines

  /// Goes over a comment and the line's end; nothing else may stand there.
  private mutating func endLine() throws(Diagnostic) {
    skipBlanks()
    if current == UInt8(ascii: "#"), offset == 0 || !isQuote(bytes[offset - 1]) {
      while !isAtBreakOrEnd { offset += 1 }
    }
    guard isAtBreakOrEnd else {
      throw fault("unexpected text; a value with quotes, and a name without “=”, end the line")
    }
    if current == UInt8(ascii: "\r") { offset += 1 }
    offset += 1
  }

  private func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }

  private func fault(_ message: String, at place: Int? = nil) -> Diagnostic {
    let start = SourceLocation(file: file, line: 1, column: 1)
    return Diagnostic(message, at: start.advanced(over: bytes, to: place ?? offset))
  }

  /// The byte at `offset`; 0, which no text holds, at its end.
  private var current: UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  private var isAtBreakOrEnd: Bool {
    current == UInt8(ascii: "\n") || current == UInt8(ascii: "\r") || offset >= bytes.count
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  private mutating func skipBlanks() {
    while isBlank(current) { offset += 1 }
  }
}
