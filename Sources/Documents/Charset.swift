/// Which characters the program draws with and punctuates by. Names and values that people gave are
/// shown as they are.
package enum Charset: Sendable {
  case unicode
  case ascii

  /// That of the locale: what the first of the variables says that is set and not empty. Where none
  /// is, as in many a container, nothing speaks against UTF-8.
  package init(environment: (String) -> String?) {
    self = .unicode
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
      guard let locale = environment(name), !locale.isEmpty else { continue }
      if !Self.isUnicode(locale) { self = .ascii }
      return
    }
  }

  /// - Parameter locale: `de_DE.UTF-8@euro`
  private static func isUnicode(_ locale: String) -> Bool {
    let name = locale.divided(at: "@")?.before ?? locale
    guard let (_, charset) = name.divided(at: ".") else { return name != "C" && name != "POSIX" }
    let letters = charset.utf8.filter { $0 != UInt8(ascii: "-") }.map { $0 | 0x20 }
    return letters.elementsEqual("utf8".utf8)
  }

  /// What stands where a text was cut.
  package var ellipsis: String { self == .unicode ? "…" : "..." }

  /// Between a mark and a note.
  package var separator: String { self == .unicode ? " · " : " - " }

  /// The program's own words, and a layout's. What stands in quotes is a name, a value or a command:
  /// it stays.
  package func words(_ text: String) -> String {
    guard self == .ascii, text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
    var result = String.UnicodeScalarView()
    var depth = 0
    for scalar in text.unicodeScalars {
      if scalar == "”" { depth = max(0, depth - 1) }
      if depth == 0 {
        result.append(contentsOf: Self.plain(scalar))
      } else {
        result.append(scalar)
      }
      if scalar == "“" { depth += 1 }
    }
    return String(result)
  }

  /// A text that nobody's names or values are in: what stands in quotes is drawn with the same
  /// characters as the rest.
  package func document(_ text: String) -> String {
    guard self == .ascii, text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(contentsOf: Self.plain(scalar)) }
    return String(result)
  }

  private static func plain(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    switch scalar {
    case "“", "”": ["\""]
    case "‘", "’": ["'"]
    case "…": [".", ".", "."]
    case "–", "—", "·", "•": ["-"]
    case "→": ["-", ">"]
    case "←": ["<", "-"]
    case "×": ["x"]
    case "≤": ["<", "="]
    case "≥": [">", "="]
    case "\u{A0}", "\u{202F}": [" "]
    case "├", "│": ["|"]
    case "└": ["`"]
    case "─": ["-"]
    default: [scalar]
    }
  }
}
