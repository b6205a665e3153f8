import Documents

/// A word of a command that is shown to be copied.
package enum ShellWord {
  /// `text` as one word of a POSIX shell, of zsh and of fish, in single quotes where it needs them.
  ///
  /// Quotes are closed around a backslash as around a quote: fish, other than POSIX shells, takes a
  /// backslash between single quotes for an escape.
  package static func quoted(_ text: String) -> String {
    if isPlain(text) { return text }
    var result = ""
    var isQuoted = false
    for scalar in text.unicodeScalars {
      let isSpecial = scalar == "'" || scalar == "\\"
      // By scalars, since a quote with a combining mark is one Character.
      if isSpecial == isQuoted {
        result.unicodeScalars.append("'")
        isQuoted.toggle()
      }
      if isSpecial { result.unicodeScalars.append("\\") }
      result.unicodeScalars.append(scalar)
    }
    if isQuoted { result.unicodeScalars.append("'") }
    return result.isEmpty ? "''" : result
  }

  /// Whether every shell takes `text` for a word, and for nothing else.
  private static func isPlain(_ text: String) -> Bool {
    // zsh takes “=ls” for the path of “ls”.
    guard let first = text.utf8.first, first != UInt8(ascii: "=") else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "-_./,:=@%+".utf8.contains(byte)
      }
    }
  }

  /// A whole command; nil when a terminal must not be sent what it holds, and what is shown in its
  /// place would be another command.
  package static func command(_ words: [String]) -> String? {
    var text = ""
    for word in words {
      if !text.isEmpty { text += " " }
      text += quoted(word)
    }
    return Printable.text(text) == text ? text : nil
  }
}
