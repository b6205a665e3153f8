import Documents

/// A data file that was read, and knows where each value stands.
package struct DataDocument: Sendable {
  package let file: String
  package let bytes: [UInt8]
  /// The values that the file holds: several only in YAML, and never none. A file that says
  /// nothing holds one that is null, or in TOML and dotenv a map of nothing.
  package let documents: [DataNode]
  private let lines: LineIndex

  /// - Throws: the first fault. What is not understood is one: a value is as the file has it, or
  ///   the file is refused.
  package init(
    parsing bytes: [UInt8], as format: DataFormat, file: String
  ) throws(Diagnostic) {
    self.bytes = bytes
    self.file = file
    lines = LineIndex(of: bytes)
    documents =
      switch format {
      case .yaml: try YAMLParser.documents(in: bytes, file: file)
      case .toml: [try TOMLParser.document(in: bytes, file: file)]
      case .dotenv: [try DotenvParser.document(in: bytes, file: file)]
      case .json: [try JSONData.parse(bytes, file: file)]
      }
  }

  package func location(at offset: Int) -> SourceLocation {
    lines.location(at: offset, in: file)
  }

  package func location(of node: DataNode) -> SourceLocation {
    location(at: node.offset)
  }
}
