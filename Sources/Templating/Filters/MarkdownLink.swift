/// A bare link in a text, as far as the readers that make bare links agree: `https://a.b/c`, and
/// `www.a.b`.
struct MarkdownLink {
  /// Behind the last scalar. Punctuation at the end belongs to the sentence.
  let end: Int
  /// The scalar without which it would be none: the `:` or the first `.`.
  let mark: Int
  /// Whether every reader shows and follows it as it is when it stands between angle brackets.
  let isPlain: Bool

  private static let schemes = ["https://", "http://", "ftp://"]

  /// Nil where none begins.
  init?(in scalars: [Unicode.Scalar], at start: Int) {
    let isWithinWord = start > 0 && MarkdownLink.isInWord(scalars[start - 1])
    func begins(with prefix: String) -> Bool {
      let letters = prefix.unicodeScalars
      return scalars.count - start > letters.count
        && zip(letters, scalars[start...]).allSatisfy { letter, scalar in
          letter == scalar || letter.properties.uppercaseMapping.unicodeScalars.first == scalar
        }
    }
    let scheme = MarkdownLink.schemes.first(where: begins)
    guard let prefix = scheme ?? (!isWithinWord && begins(with: "www.") ? "www." : nil) else {
      return nil
    }
    let first = start + prefix.unicodeScalars.count
    guard MarkdownLink.isInWord(scalars[first]) else { return nil }
    var end = first
    while end < scalars.count, !MarkdownLink.ends(scalars[end]) { end += 1 }
    end = MarkdownLink.withoutPunctuation(scalars, first, end)
    self.end = end
    mark = first - (scheme == nil ? 1 : 3)
    // Some readers find a link within a word, others do not.
    isPlain =
      scheme != nil && !isWithinWord && scalars[start..<end].allSatisfy(MarkdownLink.isPlain)
  }

  private static func ends(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || scalar == "<" || scalar == ">"
  }

  private static func withoutPunctuation(
    _ scalars: [Unicode.Scalar], _ start: Int, _ found: Int
  ) -> Int {
    var end = found
    // How many more parentheses are closed than opened.
    var surplus = scalars[start..<end].reduce(0) { $0 + ($1 == ")" ? 1 : $1 == "(" ? -1 : 0) }
    while end > start + 1 {
      switch scalars[end - 1] {
      case ".", ",", ":", ";", "!", "?", "'", "\"", "*", "~", "]", "}":
        end -= 1
      case ")" where surplus > 0:
        end -= 1
        surplus -= 1
      default:
        return end
      }
    }
    return end
  }

  private static func isInWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  /// Neither an escape nor anything else that is read, or shown otherwise, between angle brackets.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && isInWord(scalar) || "-._~:/?#@!()+,=&".unicodeScalars.contains(scalar)
  }
}
