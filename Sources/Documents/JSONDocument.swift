/// A parsed JSON text that knows where each value stands.
package struct JSONDocument: Sendable {
  package let file: String
  package let bytes: [UInt8]
  package let root: JSONNode
  /// The offset of the first byte of each line, so that a place is found without counting lines.
  private let lineStarts: [Int]

  /// Parses JSON with comments (`//`, `/* */`) and trailing commas.
  ///
  /// - Throws: the first fault of syntax, since those after it are mostly its echoes.
  package init(parsing bytes: [UInt8], file: String) throws(Diagnostic) {
    var parser = JSONParser(bytes: bytes, file: file)
    root = try parser.parseDocument()
    self.file = file
    self.bytes = bytes
    lineStarts = [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
  }

  package func location(at offset: Int) -> SourceLocation {
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return SourceLocation(file: file, line: low + 1, column: offset - lineStarts[low] + 1)
  }

  package func location(of node: JSONNode) -> SourceLocation {
    location(at: node.offset)
  }

  /// Where the text of a string begins, behind its quote.
  package func locationOfText(in node: JSONNode) -> SourceLocation {
    location(at: node.offset + 1)
  }
}

/// A value and the offset of its first byte.
package struct JSONNode: Sendable {
  package indirect enum Value: Sendable {
    case null
    case flag(Bool)
    case integer(Int)
    /// A number that is no `Int`, as it is written.
    case decimal(String)
    case string(String)
    case array([JSONNode])
    /// In the order of the text; a key may stand twice.
    case object([JSONMember])
  }

  package var value: Value
  package var offset: Int

  /// What a complaint calls a value of this kind: “a string”.
  package var kind: String {
    switch value {
    case .null: "null"
    case .flag: "a flag"
    case .integer: "an integer"
    case .decimal: "a decimal number"
    case .string: "a string"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

package struct JSONMember: Sendable {
  package var key: String
  package var keyOffset: Int
  package var value: JSONNode
}
