/// Markdown: the text as it is to be read.
extension Quoting {
  static let markdown = Quoting(text: { MarkdownText($0).escaped })
}

/// A text that is written so that every reader of Markdown shows it as it is: right at the start of a
/// block as well as within a line, a heading or a cell of a table.
///
/// A backslash stands only before what the first Markdown let it stand before, since some readers
/// show any other one. The rest are entities. Marks that mean nothing where they stand stay bare:
/// `A & B`, `a > b`, `a-b`.
struct MarkdownText {
  private let scalars: [Unicode.Scalar]
  /// Where the `#` at the end begin, which a heading would lose.
  private let closing: Int

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    closing = (scalars.lastIndex { $0 != "#" && $0 != " " } ?? -1) + 1
  }

  var escaped: String {
    var result = String.UnicodeScalarView()
    var index = 0
    while index < scalars.count {
      if let link = MarkdownLink(in: scalars, at: index) {
        append(link, at: index, to: &result)
        index = link.end
      } else {
        append(index, to: &result)
        index += 1
      }
    }
    return String(result)
  }

  /// Some readers find a bare link before they read what is escaped in it, so that a mark in it would
  /// break it. Between angle brackets nothing is escaped.
  private func append(
    _ link: MarkdownLink, at start: Int, to result: inout String.UnicodeScalarView
  ) {
    if link.isPlain {
      result.append("<")
      result.append(contentsOf: scalars[start..<link.end])
      result.append(">")
      return
    }
    let escapes = (start..<link.end).contains { escape($0) != nil }
    for index in start..<link.end {
      // With marks in it, it is a text that no reader takes for a link.
      if escapes, index == link.mark {
        result.append(contentsOf: MarkdownText.entity(scalars[index]).unicodeScalars)
      } else {
        append(index, to: &result)
      }
    }
  }

  private func append(_ index: Int, to result: inout String.UnicodeScalarView) {
    if let escape = escape(index) {
      result.append(contentsOf: escape.unicodeScalars)
    } else {
      result.append(scalars[index])
    }
  }

  /// What stands for the scalar at `index`; nil for itself.
  private func escape(_ index: Int) -> String? {
    let scalar = scalars[index]
    switch scalar {
    case "`", "*", "_", "[", "]": return "\\\(scalar)"
    case "\\":
      // At the end it would take a mark of the template with it.
      return index + 1 == scalars.count ? MarkdownText.entity(scalar) : "\\\\"
    case "<": return "&lt;"
    case "|", "~", "$": return MarkdownText.entity(scalar)
    case "&": return beginsEntity(index) ? "&amp;" : nil
    case ":": return index == 0 || beginsShortcode(index) ? MarkdownText.entity(scalar) : nil
    case "{": return beginsTag(index) ? MarkdownText.entity(scalar) : nil
    case "=": return index == 0 || touches(index, "=") ? MarkdownText.entity(scalar) : nil
    case ">": return index == 0 ? "&gt;" : nil
    case "#": return index == 0 || index >= closing ? "\\#" : nil
    case "-", "+": return index == 0 ? "\\\(scalar)" : nil
    case "!", "?": return index == 0 && touches(index, scalar) ? MarkdownText.entity(scalar) : nil
    case ".", ")": return endsListNumber(index) ? "\\\(scalar)" : nil
    case " ", "\t":
      return index == 0 || index + 1 == scalars.count ? MarkdownText.entity(scalar) : nil
    default: return nil
    }
  }

  private static func entity(_ scalar: Unicode.Scalar) -> String { "&#\(scalar.value);" }

  private func scalar(_ index: Int) -> Unicode.Scalar? {
    scalars.indices.contains(index) ? scalars[index] : nil
  }

  private func touches(_ index: Int, _ other: Unicode.Scalar) -> Bool {
    scalar(index - 1) == other || scalar(index + 1) == other
  }

  /// An `&` with letters or a number and `;` behind it. At the end of the text the `;` may follow in
  /// the template.
  private func beginsEntity(_ index: Int) -> Bool {
    let isEntityLetter = { (scalar: Unicode.Scalar) in scalar.isASCIILetterOrDigit || scalar == "#"
    }
    let end = scalars[(index + 1)...].firstIndex { !isEntityLetter($0) } ?? scalars.count
    return end == scalars.count || end > index + 1 && scalars[end] == ";"
  }

  /// The first `:` of `:smile:`.
  private func beginsShortcode(_ index: Int) -> Bool {
    let isInName = { (scalar: Unicode.Scalar) in
      scalar.isASCIILetterOrDigit || scalar == "_" || scalar == "-" || scalar == "+"
    }
    let end = scalars[(index + 1)...].firstIndex { !isInName($0) } ?? scalars.count
    return end > index + 1 && end < scalars.count && scalars[end] == ":"
  }

  /// A `{` that begins the attributes of a heading or an expression of a site generator.
  private func beginsTag(_ index: Int) -> Bool {
    switch scalar(index + 1) {
    case "{", "%", ":", "#", ".": true
    default: scalar(index - 1) == "{"
    }
  }

  /// The `.` of `1. ` or the `)` of `1) ` at the start of the text.
  private func endsListNumber(_ index: Int) -> Bool {
    index > 0 && scalars[..<index].allSatisfy { ("0"..."9").contains($0) }
  }
}

extension Unicode.Scalar {
  fileprivate var isASCIILetterOrDigit: Bool {
    ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self)
  }
}
