/// The dashes that editors, phones and web pages put in the place of “-”.
package enum Dashes {
  /// What follows the dashes of an argument that begins with some of which one at least is no “-”;
  /// nil for one that begins otherwise.
  static func rest(of text: String) -> String? {
    // Nearly all begin with ASCII, and those with a dash go on with it.
    guard let first = text.utf8.first, first >= 0x80 || first == UInt8(ascii: "-") else {
      return nil
    }
    let scalars = text.unicodeScalars
    let rest = scalars.drop { $0 == "-" || isTypographic($0) }
    guard scalars[..<rest.startIndex].contains(where: isTypographic) else { return nil }
    return String(rest)
  }

  /// Whether a word of a command line would be read as an option, or as what was meant to be one.
  package static func begin(_ text: String) -> Bool {
    text.begins(with: "-") || rest(of: text) != nil
  }

  static func isTypographic(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D: true
    default: false
    }
  }
}
