import Documents

/// A recursive-descent parser for YAML as settings are written in it: YAML 1.2 with the merge keys
/// of 1.1. What readers of YAML do not agree on is a fault, as is what settings have no use for:
/// keys that are collections, explicit keys in braces, line ends of other alphabets.
struct YAMLParser {
  let bytes: [UInt8]
  private let file: String
  var offset: Int
  /// The offset of the first byte of the line at hand.
  var lineStart: Int
  private var depth = 0
  var anchors = YAMLAnchors()

  /// Deeper nesting than any document has a use for; keeps hostile input off the stack.
  private static let deepest = 100

  /// - Returns: at least one.
  static func documents(in bytes: [UInt8], file: String) throws(Diagnostic) -> [DataNode] {
    var parser = try YAMLParser(bytes: bytes, file: file)
    return try parser.parseStream()
  }

  private init(bytes: [UInt8], file: String) throws(Diagnostic) {
    self.bytes = bytes
    self.file = file
    offset = try TextCheck.start(of: bytes, lines: .disputed, file: file)
    lineStart = offset
  }

  private mutating func parseStream() throws(Diagnostic) -> [DataNode] {
    var documents: [DataNode] = []
    try skipToContent()
    while offset < bytes.count {
      if isAtMarker, current == UInt8(ascii: ".") {
        offset += 3
        try endLine()
      } else {
        documents.append(try parseDocument())
      }
    }
    return documents.isEmpty ? [DataNode(.null, at: 0)] : documents
  }

  private mutating func parseDocument() throws(Diagnostic) -> DataNode {
    anchors = YAMLAnchors()
    var directives: Set<String> = []
    while column == 0, current == UInt8(ascii: "%") {
      let start = offset
      guard directives.insert(try parseDirective()).inserted else {
        throw fault("the directive stands twice", at: start)
      }
    }
    let isMarked = isAtMarker && current == UInt8(ascii: "-")
    if isMarked {
      offset += 3
    } else if !directives.isEmpty {
      throw fault("expected “---” after the directives")
    }
    let root = try parseNode(
      YAMLPlace(parent: -1, mayAlign: false, mayBeCompact: !isMarked))
    guard isAtEnd else { throw unexpected() }
    return root
  }

  /// `%YAML 1.2` or `%TAG ! prefix`, neither of which changes anything here.
  ///
  /// - Returns: what may stand before a document only once.
  private mutating func parseDirective() throws(Diagnostic) -> String {
    let start = offset
    while !isBreakOrEnd(current), !isAtComment { offset += 1 }
    let words = bytes[start..<offset].split { isBlank($0) }
      .map { String(decoding: $0, as: UTF8.self) }
    try endLine()
    if words.count == 2, words[0] == "%YAML", words[1] == "1.1" || words[1] == "1.2" {
      return words[0]
    }
    if words.count == 3, words[0] == "%TAG" { return words[1] }
    throw fault("an unknown directive; “%YAML 1.2” is one", at: start)
  }

  // MARK: Faults

  func fault(_ message: String, at place: Int? = nil, help: String? = nil) -> Diagnostic {
    let start = SourceLocation(file: file, line: 1, column: 1)
    return Diagnostic(message, at: start.advanced(over: bytes, to: place ?? offset), help: help)
  }

  /// That something stands at `offset` where a block goes on or ends.
  func unexpected() -> Diagnostic {
    if isAtIndicator("-") { return fault("an item of a list stands where no list is") }
    return fault("unexpected text; is it indented as it should be?")
  }

  /// Goes one collection deeper.
  mutating func open() throws(Diagnostic) {
    guard depth < Self.deepest else {
      throw fault("the document is nested more than \(Self.deepest) deep")
    }
    depth += 1
  }

  mutating func close() { depth -= 1 }
}

/// Where a node of a block may stand.
struct YAMLPlace {
  /// The column of the collection that the node is in, which it stands to the right of.
  var parent: Int
  /// Whether a list may begin right below its key.
  var mayAlign: Bool
  /// Whether a collection may begin on the line at hand, as in `- key: value`.
  var mayBeCompact: Bool
}
