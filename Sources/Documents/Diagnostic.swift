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
    self.message = message
    self.location = location
    self.help = help
  }
}

/// Every complaint about one input, reported together.
package struct Diagnostics: Error, Sendable {
  package private(set) var all: [Diagnostic]

  package init(_ all: [Diagnostic] = []) {
    self.all = all
  }

  package init(_ one: Diagnostic) {
    all = [one]
  }

  package var isEmpty: Bool { all.isEmpty }

  package mutating func add(_ diagnostic: Diagnostic) {
    all.append(diagnostic)
  }

  package mutating func add(_ others: Diagnostics) {
    all += others.all
  }

  /// With help that can be copied into a string of JSON: quotes and backslashes escaped.
  package var writtenInJSON: Diagnostics {
    Diagnostics(
      all.map { diagnostic in
        var result = diagnostic
        result.help = diagnostic.help.map { help in
          String(
            String.UnicodeScalarView(
              help.unicodeScalars.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }))
        }
        return result
      })
  }

  /// Throws all that was collected, in order of place; returns when there was nothing.
  package func throwIfAny() throws(Diagnostics) {
    guard !isEmpty else { return }
    throw sorted()
  }

  /// By file, line and column, each once; complaints without a place keep their order, first.
  package func sorted() -> Diagnostics {
    var seen: Set<Diagnostic> = []
    let distinct = all.filter { seen.insert($0).inserted }
    func key(_ diagnostic: Diagnostic) -> (String, Int, Int) {
      guard let place = diagnostic.location else { return ("", 0, 0) }
      return (place.file, place.line, place.column)
    }
    let ordered = distinct.enumerated().sorted { left, right in
      let (leftKey, rightKey) = (key(left.element), key(right.element))
      return leftKey == rightKey ? left.offset < right.offset : leftKey < rightKey
    }
    return Diagnostics(ordered.map(\.element))
  }
}
