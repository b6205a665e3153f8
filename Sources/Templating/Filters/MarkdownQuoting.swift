/// Markdown: the text as it is to be read.
extension Quoting {
  static let markdown = Quoting(text: escapedForMarkdown)

  /// Right at the start of a block as well as within a line, a heading or a table. Marks that mean
  /// nothing where they stand stay bare: `my_app`, `C#`, `a-b`.
  private static func escapedForMarkdown(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      let before = index > 0 ? scalars[index - 1] : nil
      let after = index + 1 < scalars.count ? scalars[index + 1] : nil
      if scalar == " ", before == nil || after == nil {
        result += "&#32;"
      } else if scalar == "\\", after == nil || after == "|" {
        result += "&#92;"  // a backslash would take the bar of the table with it
      } else if needsBackslash(scalar, before, after, isFirst: index == 0)
        || endsListNumber(scalars, index)
      {
        result += "\\\(scalar)"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func needsBackslash(
    _ scalar: Unicode.Scalar, _ before: Unicode.Scalar?, _ after: Unicode.Scalar?, isFirst: Bool
  ) -> Bool {
    switch scalar {
    case "\\", "`", "*", "[", "]", "<", ">", "|", "~", "&", "$": true
    case "_": !(isLetterOrDigit(before) && isLetterOrDigit(after))
    case "#": before == nil || before == " "
    case "-", "+", "=": isFirst
    default: false
    }
  }

  /// The `.` of `1. ` or the `)` of `1) ` at the start of the text.
  private static func endsListNumber(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    guard scalars[index] == "." || scalars[index] == ")", (1...9).contains(index) else {
      return false
    }
    return scalars[..<index].allSatisfy { ("0"..."9").contains($0) }
  }

  private static func isLetterOrDigit(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }
}
