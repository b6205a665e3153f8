import Documents

/// A data file that was read, and knows where each value stands.
package struct DataDocument: Sendable {
  package let file: String
  package let bytes: [UInt8]
  /// The values that the file holds: several only in YAML, and never none. A file that says
  /// nothing holds one that is null, or in TOML and dotenv a map of nothing.
  package let documents: [DataNode]
  /// The offset of the first byte of each line, so that a place is found without counting lines.
  private let lineStarts: [Int]

  /// - Throws: the first fault. What is not understood is one: a value is as the file has it, or
  ///   the file is refused.
  package init(
    parsing bytes: [UInt8], as format: DataFormat, file: String
  ) throws(Diagnostic) {
    self.bytes = bytes
    self.file = file
    lineStarts = Self.lineStarts(of: bytes)
    documents =
      switch format {
      case .yaml: try YAMLParser.documents(in: bytes, file: file)
      case .toml: [try TOMLParser.document(in: bytes, file: file)]
      case .dotenv: [try DotenvParser.document(in: bytes, file: file)]
      case .json: [try JSONData.parse(bytes, file: file)]
      }
  }

  package func location(at offset: Int) -> SourceLocation {
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return SourceLocation(file: file, line: low + 1, column: offset - lineStarts[low] + 1)
  }

  package func location(of node: DataNode) -> SourceLocation {
    location(at: node.offset)
  }

  private static func lineStarts(of bytes: [UInt8]) -> [Int] {
    var starts = [0]
    starts.reserveCapacity(bytes.count / 32 + 1)
    for offset in bytes.indices where bytes[offset] == UInt8(ascii: "\n") {
      starts.append(offset + 1)
    }
    return starts
  }
}
