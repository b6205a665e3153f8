/// Text as groff and mandoc take it for nothing but text, in ASCII.
enum Roff {
  /// Each sign that a reader of roff might take for another one has a name: a bare `-` is a hyphen,
  /// which no shell takes for a dash, `'` and a backtick are quotation marks that lean. What begins
  /// a line is seen to by whoever writes lines.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\(rs"
      case "-": result += "\\-"
      case "'": result += "\\(aq"
      case "`": result += "\\(ga"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      case "“": result += "\\(lq"
      case "”": result += "\\(rq"
      case "‘": result += "\\(oq"
      case "’": result += "\\(cq"
      case "–": result += "\\(en"
      case "—": result += "\\(em"
      case "→": result += "\\(->"
      // Three dots have the same width everywhere, and lines of trees are nothing where there is
      // no more than ASCII.
      case "…": result += "..."
      case "│", "├": result += "|"
      case "└": result += "\\(ga"
      case "─": result += "\\-"
      case _ where scalar.value < 0x80: result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\[u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "]"
      }
    }
    return result
  }

  /// As an argument of a macro.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in escaped(text).unicodeScalars {
      if scalar == "\"" { result += "\\(dq" } else { result.unicodeScalars.append(scalar) }
    }
    return result + "\""
  }

  /// What fits beside a definition's indentation on a terminal of 40 columns.
  private static let longestWord = 24

  /// With places where a line may end in a word that is longer than one.
  private static func breakable(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      result.unicodeScalars.append(scalar)
      if scalar == "|" || scalar == "/" { result += "\\:" }
    }
    return result
  }

  static func text(_ span: Span) -> String {
    let text = escaped(span.text)
    return switch span.kind {
    case .plain: text
    case .code where span.text.utf8.count > longestWord: "\\fB\(breakable(text))\\fR"
    case .code, .strong: "\\fB\(text)\\fR"
    case .emphasis: "\\fI\(text)\\fR"
    }
  }
}
