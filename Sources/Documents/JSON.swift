/// A JSON value to be written. Control and bidirectional characters are escaped, so that what is
/// printed is what is read.
package enum JSON: Hashable, Sendable {
  case null
  case flag(Bool)
  case integer(Int)
  case string(String)
  case array([JSON])
  case object([Member])
  /// An object that stands on one line, however long it is.
  case row([Member])

  package struct Member: Hashable, Sendable {
    package var key: String
    package var value: JSON

    package init(_ key: String, _ value: JSON) {
      self.key = key
      self.value = value
    }
  }

  /// The value indented by two spaces a level, with a line end after the last line. Containers
  /// without containers inside stay on one line where they fit into 100 columns.
  package var pretty: String { String(decoding: prettyBytes, as: UTF8.self) }

  package var prettyBytes: [UInt8] {
    var writer = JSONWriter()
    writer.write(self, indentation: 0, before: 0)
    return writer.finished()
  }
}

extension Unicode.Scalar {
  /// Whether printing it could change what a reader sees of the text around it: control
  /// characters, bidirectional controls, line separators.
  package var isUnsafeToPrint: Bool {
    if value < 0x20 || value == 0x7F { return true }
    if value < 0x80 { return false }
    return properties.generalCategory == .control || properties.isBidiControl
      || value == 0x2028 || value == 0x2029
  }
}
