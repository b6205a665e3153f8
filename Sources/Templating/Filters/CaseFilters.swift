import Documents

/// The filters that write a name the way a language or tool expects.
enum CaseFilters {
  static func snake(_ text: String) -> String {
    Words.split(text).concatenated(by: "_").lowercased()
  }

  static func kebab(_ text: String) -> String {
    Words.split(text).concatenated(by: "-").lowercased()
  }

  static func camel(_ text: String) -> String {
    let words = Words.split(text)
    guard let first = words.first else { return "" }
    return first.lowercased() + words.dropFirst().map(capitalized).concatenated()
  }

  static func pascal(_ text: String) -> String {
    Words.split(text).map(capitalized).concatenated()
  }

  /// Words keep their other letters (`HTTP`) and the text its punctuation: only `-`, `_`, and a `.`
  /// that is not within a number turn into blanks.
  static func title(_ text: String) -> String {
    let characters = Array(text)
    var parts: [String] = []
    var part = ""
    func isDigit(_ index: Int) -> Bool {
      characters.indices.contains(index) && characters[index].isNumber
    }
    for (index, character) in characters.enumerated() {
      let isInNumber = character == "." && isDigit(index - 1) && isDigit(index + 1)
      if character == "-" || character == "_" || character == " "
        || character == "." && !isInNumber
      {
        if !part.isEmpty { parts.append(part) }
        part = ""
      } else {
        part.append(character)
      }
    }
    if !part.isEmpty { parts.append(part) }
    return parts.flatMap(splitAtCapitals).map { word in
      word.prefix(1).uppercased() + word.dropFirst()
    }.concatenated(by: " ")
  }

  /// A part with punctuation in it is left in one piece.
  private static func splitAtCapitals(_ part: String) -> [String] {
    part.allSatisfy { $0.isLetter || $0.isNumber } ? Words.split(part) : [part]
  }

  private static func capitalized(_ word: String) -> String {
    if let first = word.utf8.first, first.isCapital || first.isSmall || first.isDigit {
      var bytes = Array(word.lowercased().utf8)
      if first.isSmall || first.isCapital { bytes[0] &= 0xDF }  // an ASCII capital
      return String(decoding: bytes, as: UTF8.self)
    }
    return word.prefix(1).uppercased() + word.dropFirst().lowercased()
  }
}
