/// How a text, a number or a flag is written in one syntax.
struct Quoting: Sendable {
  /// A complete literal, with its quotes.
  let text: @Sendable (String) -> String
  /// What stands for the text between double quotes that are already there; nil where the syntax
  /// has no such place.
  let insideText: (@Sendable (String) -> String)?
  var whenTrue = "true"
  var whenFalse = "false"

  init(
    text: @escaping @Sendable (String) -> String,
    inside: (@Sendable (String) -> String)? = nil
  ) {
    self.text = text
    insideText = inside
  }

  /// A literal that is always the escaped text between double quotes.
  init(escaping escape: @escaping @Sendable (String) -> String) {
    self.init(text: { "\"" + escape($0) + "\"" }, inside: escape)
  }

  /// - Parameter value: no list.
  func literal(of value: Value) -> String {
    switch value {
    case .flag(let flag): flag ? whenTrue : whenFalse
    case .integer(let number): String(number)
    case .text, .list: text(value.printed)
    }
  }

  /// - Parameter value: no list.
  func inside(of value: Value) -> String {
    insideText?(value.printed) ?? literal(of: value)
  }
}

extension String {
  /// The text with the scalars replaced for which `escape` gives something. By scalars, since a
  /// quote with a combining mark is one `Character`.
  func escaped(_ escape: (Unicode.Scalar) -> String?) -> String {
    guard unicodeScalars.contains(where: { escape($0) != nil }) else { return self }
    var result = ""
    result.reserveCapacity(utf8.count + 8)
    for scalar in unicodeScalars {
      if let replacement = escape(scalar) {
        result += replacement
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  /// The number in hexadecimal, with leading zeros.
  func hexadecimal(_ width: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// C0, DEL and C1.
  var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }
}
