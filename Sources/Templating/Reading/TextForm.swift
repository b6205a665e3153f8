/// A name, or a line of a content, as its template gives it: read the other way round, it tells from a
/// text that is there what the values were.
package struct TextForm: Sendable {
  enum Part: Sendable {
    case text([UInt8])
    case value(Substitution)
  }

  let parts: [Part]

  init(_ parts: [Part]) {
    self.parts = parts
  }

  /// - Parameter name: of a file, or a whole path.
  /// - Returns: nil where its placeholders are not sound.
  package init?(ofName name: String, declarations: Declarations) {
    guard let parts = Template.parts(ofName: name, declarations: declarations) else { return nil }
    self.parts = parts.compactMap { part in
      switch part {
      case .text(let bytes): .text(bytes)
      case .value(let template):
        template.pieces.first.flatMap { piece in
          if case .value(let substitution, _) = piece { .value(substitution) } else { nil }
        }
      }
    }
  }

  /// The names whose values stand in it, each once.
  package var names: [String] {
    var names: [String] = []
    for case .value(let substitution) in parts where !names.contains(substitution.name) {
      names.append(substitution.name)
    }
    return names
  }

  /// The same form with the values of names that are known in it as text; nil where one has none.
  package func knowing(_ known: Set<String>, in scope: Scope) -> TextForm? {
    var result: [Part] = []
    for part in parts {
      guard case .value(let substitution) = part, known.contains(substitution.name) else {
        result.append(part)
        continue
      }
      var steps = 0
      guard let value = try? substitution.rendered(in: scope, spending: &steps, of: .max) else {
        return nil
      }
      result.append(.text(Array(value.printed.utf8)))
    }
    return TextForm(result)
  }

  /// The text, where no value stands in it.
  package var plainText: [UInt8]? {
    var text: [UInt8] = []
    for part in parts {
      guard case .text(let bytes) = part else { return nil }
      text += bytes
    }
    return text
  }

  /// How many bytes but blanks stand in it whatever the values are.
  package var fixedCount: Int {
    parts.reduce(0) { count, part in
      guard case .text(let bytes) = part else { return count }
      return count + bytes.count { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    }
  }

  /// What stands in the place of a value.
  package struct Capture: Sendable {
    package let name: String
    package let text: String
    let substitution: Substitution
  }

  /// What stands in `text` in the place of each value; nil where it is not of this form.
  ///
  /// Where there is more than one way, a value that comes earlier is shorter.
  ///
  /// - Parameter separator: stands in no value.
  package func captures(
    in text: ArraySlice<UInt8>, separator: UInt8? = nil
  ) -> [Capture]? {
    if case .text(let bytes)? = parts.first, !text.starts(with: bytes) { return nil }
    var matcher = Matcher(parts: parts, text: text, separator: separator)
    guard matcher.match(0, at: text.startIndex) else { return nil }
    return zip(
      parts.compactMap { if case .value(let substitution) = $0 { substitution } else { nil } },
      matcher.ranges.reversed()
    ).compactMap { substitution, range in
      String(validating: text[range], as: UTF8.self).map {
        Capture(name: substitution.name, text: $0, substitution: substitution)
      }
    }
  }

  /// Finds where each value ends. Positions that are known not to do are not tried again, so that it
  /// takes no more than the product of both lengths.
  private struct Matcher {
    let parts: [Part]
    let text: ArraySlice<UInt8>
    let separator: UInt8?
    /// Of the values, the last one first.
    var ranges: [Range<Int>] = []
    private var failed: Set<Int> = []

    init(parts: [Part], text: ArraySlice<UInt8>, separator: UInt8?) {
      self.parts = parts
      self.text = text
      self.separator = separator
    }

    mutating func match(_ part: Int, at position: Int) -> Bool {
      guard part < parts.count else { return position == text.endIndex }
      let state = part * (text.count + 1) + position - text.startIndex
      if failed.contains(state) { return false }
      if advance(part, position) { return true }
      failed.insert(state)
      return false
    }

    private mutating func advance(_ part: Int, _ position: Int) -> Bool {
      switch parts[part] {
      case .text(let bytes):
        return text[position...].starts(with: bytes) && match(part + 1, at: position + bytes.count)
      case .value(let substitution):
        var end = position
        while true {
          if match(part + 1, at: end) {
            ranges.append(position..<end)
            return true
          }
          guard end < text.endIndex, text[end] != separator, substitution.mayHold(text[end]) else {
            return false
          }
          end += 1
        }
      }
    }
  }
}

extension Substitution {
  /// Whether the text of its value may hold a byte.
  fileprivate func mayHold(_ byte: UInt8) -> Bool {
    guard type == .integer else { return true }
    return byte.isDigit || byte == UInt8(ascii: "-")
  }
}
