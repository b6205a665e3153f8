/// Shells and what is like them.
extension Quoting {
  /// A word that needs no quotes stands without: `cd my-app`.
  static let shell = Quoting(
    text: { text in
      if text.isPlainWord { return text }
      return "'" + text.escaped { $0 == "'" ? "'\\''" : nil } + "'"
    },
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
