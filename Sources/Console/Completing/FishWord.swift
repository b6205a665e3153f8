/// The word under the cursor, as fish has it: with quotes of which the last may be open.
package enum FishWord {
  /// What the program would be given.
  package static func text(of raw: String) -> String {
    var text = String.UnicodeScalarView()
    var quote: Unicode.Scalar?
    var scalars = raw.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      switch (scalar, quote) {
      case ("'", nil), ("\"", nil): quote = scalar
      case (_, scalar): quote = nil
      case ("\\", nil):
        if let next = scalars.popFirst() { text.append(next) }
      case ("\\", let mark?):
        if let next = scalars.first, next == mark || next == "\\" || next == "$" && mark == "\"" {
          scalars.removeFirst()
          text.append(next)
        } else {
          text.append(scalar)
        }
      default: text.append(scalar)
      }
    }
    return String(text)
  }
}
