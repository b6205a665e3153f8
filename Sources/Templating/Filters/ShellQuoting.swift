/// Shells and what is like them.
extension Quoting {
  /// A word that needs no quotes stands without: `cd my-app`.
  static let shell = Quoting(
    text: { text in text.isPlainWord ? text : betweenSingleQuotes(text) },
    inside: escapedBetweenDoubleQuotes)

  /// Readers of env files disagree, so the form is the one that most of them (a shell,
  /// python-dotenv, node) read alike: bare where nothing is special, else single quotes, which none
  /// of them looks into, else double quotes as a shell reads them.
  ///
  /// Some texts have no form that all read alike: those with `'` and one of `"`, `$`, a backtick or
  /// a backslash, and for python-dotenv those with `${…}`, which it replaces between any quotes.
  /// The shell decides, since there a wrong quote runs commands.
  static let dotenv = Quoting(
    text: { text in
      if text.isPlainWord { return text }
      let isLiteral =
        !text.isEmpty && !text.utf8.contains(UInt8(ascii: "'"))
        && !text.utf8.contains(where: \.isLineEnd) && !text.hasSuffix("\\")
        && !hasDoubledBackslash(text)
      return isLiteral ? "'\(text)'" : "\"\(escapedBetweenDoubleQuotes(text))\""
    },
    inside: escapedBetweenDoubleQuotes)

  /// A single quote stands outside of the quotes, behind a backslash; and so does a backslash before
  /// it, before another one and at the end, which fish reads as an escape even within single quotes.
  private static func betweenSingleQuotes(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = ""
    var isQuoted = false
    func quote(_ wanted: Bool) {
      if wanted != isQuoted { result += "'" }
      isQuoted = wanted
    }
    for (index, scalar) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1] : "'"
      let isOutside = scalar == "'" || scalar == "\\" && (next == "'" || next == "\\")
      quote(!isOutside)
      if isOutside { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    quote(false)
    return result.isEmpty ? "''" : result
  }

  /// python-dotenv takes a pair of backslashes for one, even between single quotes.
  private static func hasDoubledBackslash(_ text: String) -> Bool {
    zip(text.utf8, text.utf8.dropFirst()).contains { $0 == ($1) && $0 == UInt8(ascii: "\\") }
  }

  private static func escapedBetweenDoubleQuotes(_ text: String) -> String {
    text.escaped { scalar in
      switch scalar {
      case "\\", "\"", "$", "`": "\\\(scalar)"
      default: nil
      }
    }
  }
}

extension String {
  /// A word that no shell and no reader of env files looks into.
  fileprivate var isPlainWord: Bool {
    !isEmpty
      && utf8.allSatisfy { byte in
        byte.isSmall || byte.isCapital || byte.isDigit
          || "_-./:@+,".utf8.contains(byte)
      }
  }
}
