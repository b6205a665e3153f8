/// A place in a text: lines and columns count from 1, columns in UTF-8 bytes, as compilers do.
package struct SourceLocation: Hashable, Sendable, CustomStringConvertible {
  package var file: String
  package var line: Int
  package var column: Int

  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `layout.json:12:5`
  package var description: String { "\(file):\(line):\(column)" }

  /// The place of the byte at `offset` when `bytes` begins at this location.
  package func advanced(over bytes: some Collection<UInt8>, to offset: Int) -> SourceLocation {
    var result = self
    for byte in bytes.prefix(offset) {
      if byte == UInt8(ascii: "\n") {
        result.line += 1
        result.column = 1
      } else {
        result.column += 1
      }
    }
    return result
  }
}

/// One complaint: what is wrong, where, and what to do next.
package struct Diagnostic: Error, Hashable, Sendable {
  /// One line, without a full stop, that names what was found and what is expected.
  package var message: String
  package var location: SourceLocation?
  /// The remedy: a command to run, or the nearest name that exists.
  package var help: String?

  package init(_ message: String, at location: SourceLocation? = nil, help: String? = nil) {
    self.message = Self.shortened(message)
    self.location = location
    self.help = help.map(Self.shortened)
  }

  /// Longer than any path that is told; whoever reads a longer name learns no more.
  private static let longestName = 1100
  private static let longest = 8 * longestName

  /// `text` without the ends of names that are too long: of what stands in quotes or has no blank.
  private static func shortened(_ text: String) -> String {
    guard text.utf8.count > longestName else { return text }
    var result = String.UnicodeScalarView()
    var (length, quotes, count) = (0, 0, 0)
    for scalar in text.unicodeScalars where count < longest {
      switch scalar {
      case "“": quotes += 1
      case "”": quotes = max(0, quotes - 1)
      default: break
      }
      if quotes == 0, scalar == " " || scalar == "”" { length = 0 }
      length += UTF8.width(scalar)
      if length <= longestName {
        result.append(scalar)
        count += 1
      } else if result.last != "…" {
        result.append("…")
      }
    }
    return String(result)
  }
}
