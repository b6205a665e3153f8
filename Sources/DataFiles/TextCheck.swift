import Documents

/// What every format of text asks of a file before it is read.
enum TextCheck {
  /// What stands before a text of some editors, and is no part of it.
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Which characters end a line.
  enum Lines {
    /// A line feed alone, for every reader.
    case ofASCII
    /// For some readers those of other alphabets, too.
    case disputed
  }

  /// The offset at which the text begins.
  ///
  /// - Throws: that the bytes are no UTF-8, or hold what no two readers take alike: a control
  ///   character, a carriage return alone, a line's end that is one to some readers only.
  static func start(
    of bytes: [UInt8], lines: Lines, file: String
  ) throws(Diagnostic) -> Int {
    if isPlain(bytes) { return 0 }
    var isASCII = true
    for offset in bytes.indices {
      let byte = bytes[offset]
      if byte >= 0x80 {
        isASCII = false
      } else if byte < 0x20 || byte == 0x7F {
        switch byte {
        case UInt8(ascii: "\n"), UInt8(ascii: "\t"): break
        case UInt8(ascii: "\r"):
          guard offset + 1 < bytes.count, bytes[offset + 1] == UInt8(ascii: "\n") else {
            throw fault("a carriage return without a line feed", at: offset, in: bytes, file)
          }
        default: throw fault("a control character", at: offset, in: bytes, file)
        }
      }
    }
    if isASCII { return 0 }
    let start = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    try checkScalars(of: bytes, from: start, lines: lines, file: file)
    return start
  }

  /// Whether there is nothing but letters, signs and line feeds of ASCII, as in most files. Asked of
  /// many bytes at once, without a branch for each.
  private static func isPlain(_ bytes: [UInt8]) -> Bool {
    var others: UInt8 = 0
    for byte in bytes {
      let isPrintable: UInt8 = byte &- 0x20 < 0x5F ? 0 : 1
      others |= byte == UInt8(ascii: "\n") ? 0 : isPrintable
    }
    return others == 0
  }

  private static func checkScalars(
    of bytes: [UInt8], from start: Int, lines: Lines, file: String
  ) throws(Diagnostic) {
    var decoder = UTF8()
    var iterator = bytes[start...].makeIterator()
    var offset = start
    while true {
      switch decoder.decode(&iterator) {
      case .emptyInput: return
      case .error: throw fault("the text is not UTF-8", at: offset, in: bytes, file)
      case .scalarValue(let scalar):
        switch scalar.value {
        case _ where lines == .ofASCII: offset += UTF8.width(scalar)
        case 0x85, 0x2028, 0x2029:
          throw fault("a character that ends a line for some readers", at: offset, in: bytes, file)
        case 0x80..<0xA0: throw fault("a control character", at: offset, in: bytes, file)
        case 0xFEFF: throw fault("a byte order mark within the text", at: offset, in: bytes, file)
        case 0xFFFE, 0xFFFF: throw fault("a character that is none", at: offset, in: bytes, file)
        default: offset += UTF8.width(scalar)
        }
      }
    }
  }

  private static func fault(
    _ message: String, at offset: Int, in bytes: [UInt8], _ file: String
  ) -> Diagnostic {
    let start = SourceLocation(file: file, line: 1, column: 1)
    return Diagnostic(message, at: start.advanced(over: bytes, to: offset))
  }
}
