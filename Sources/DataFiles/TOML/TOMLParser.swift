import Documents

/// A recursive-descent parser for TOML 1.0.
struct TOMLParser {
  let bytes: [UInt8]
  private let file: String
  var offset: Int
  private var depth = 0

  static func document(in bytes: [UInt8], file: String) throws(Diagnostic) -> DataNode {
    var parser = try TOMLParser(bytes: bytes, file: file)
    return try parser.parseDocument()
  }

  private init(bytes: [UInt8], file: String) throws(Diagnostic) {
    self.bytes = bytes
    self.file = file
    offset = try TextCheck.start(of: bytes, lines: .ofASCII, file: file)
  }

  private mutating func parseDocument() throws(Diagnostic) -> DataNode {
    var tree = TOMLTree(at: offset)
    while true {
      skipBlankLines()
      guard offset < bytes.count else { return tree.root }
      if current == UInt8(ascii: "[") {
        try parseHeader(into: &tree)
      } else {
        try parseMember(into: &tree)
      }
      skipBlanks()
      skipComment()
      guard takeBreak() || offset == bytes.count else {
        throw fault("expected the end of the line")
      }
    }
  }

  private mutating func parseHeader(into tree: inout TOMLTree) throws(Diagnostic) {
    let start = offset
    let isItem = byte(at: offset + 1) == UInt8(ascii: "[")
    offset += isItem ? 2 : 1
    let keys = try parseKeys()
    guard take("]"), !isItem || take("]") else {
      throw fault("expected “\(isItem ? "]]" : "]")” behind the name of a table")
    }
    do throws(TOMLTree.Fault) {
      if isItem {
        try tree.openItem(keys, at: start)
      } else {
        try tree.openTable(keys, at: start)
      }
    } catch {
      throw fault(error, keys)
    }
  }

  /// `key = value`
  mutating func parseMember(into tree: inout TOMLTree) throws(Diagnostic) {
    let keys = try parseKeys()
    guard take("=") else { throw fault("expected “=” behind a key") }
    skipBlanks()
    let node = try parseValue()
    do throws(TOMLTree.Fault) {
      try tree.add(keys, node)
    } catch {
      throw fault(error, keys)
    }
  }

  // MARK: Keys

  /// The parts of a key between dots, and the blanks around them.
  private mutating func parseKeys() throws(Diagnostic) -> [TOMLKey] {
    var keys: [TOMLKey] = []
    repeat {
      skipBlanks()
      keys.append(try parseKey())
      skipBlanks()
    } while take(".")
    return keys
  }

  private mutating func parseKey() throws(Diagnostic) -> TOMLKey {
    let start = offset
    if current == UInt8(ascii: "\"") || current == UInt8(ascii: "'") {
      return TOMLKey(text: try parseString(), offset: start)
    }
    while isOfBareKey(current) { offset += 1 }
    guard offset > start else { throw fault("expected a key") }
    return TOMLKey(
      text: String(decoding: bytes[start..<offset], as: UTF8.self), offset: start)
  }

  private func isOfBareKey(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  // MARK: Faults

  func fault(_ message: String, at place: Int? = nil) -> Diagnostic {
    let start = SourceLocation(file: file, line: 1, column: 1)
    return Diagnostic(message, at: start.advanced(over: bytes, to: place ?? offset))
  }

  private func fault(_ fault: TOMLTree.Fault, _ keys: [TOMLKey]) -> Diagnostic {
    switch fault {
    case .taken(let index):
      let name = keys[...index].map(\.text).joined(separator: ".")
      return self.fault("the key “\(name)” stands twice", at: keys[index].offset)
    case .tooDeep: return tooDeep(at: keys[0].offset)
    }
  }

  private func tooDeep(at place: Int) -> Diagnostic {
    fault("the document is nested more than \(TOMLTree.deepest) deep", at: place)
  }

  /// Goes one bracket deeper.
  mutating func open() throws(Diagnostic) {
    guard depth < TOMLTree.deepest else { throw tooDeep(at: offset) }
    depth += 1
    offset += 1
  }

  mutating func close() { depth -= 1 }

  // MARK: Bytes

  /// The byte at `offset`; 0, which no text holds, at its end.
  var current: UInt8 { byte(at: offset) }

  func byte(at offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard current == UInt8(ascii: byte) else { return false }
    offset += 1
    return true
  }

  mutating func takeBreak() -> Bool {
    if current == UInt8(ascii: "\r") { offset += 1 }
    return take("\n")
  }

  var isAtBreak: Bool { current == UInt8(ascii: "\n") || current == UInt8(ascii: "\r") }

  mutating func skipBlanks() {
    while current == UInt8(ascii: " ") || current == UInt8(ascii: "\t") { offset += 1 }
  }

  mutating func skipComment() {
    guard current == UInt8(ascii: "#") else { return }
    while offset < bytes.count, !isAtBreak { offset += 1 }
  }

  /// Blanks, comments and line ends.
  mutating func skipBlankLines() {
    repeat {
      skipBlanks()
      skipComment()
    } while takeBreak()
  }
}
