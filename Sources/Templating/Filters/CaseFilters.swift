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
  /// that is not within a number turn into blanks. A text that has blanks is divided into words
  /// already, so that `GitHub Actions` and `iOS app` keep their inner capitals.
  static func title(_ text: String) -> String {
    let characters = Array(text)
    var parts: [String] = []
    var part = ""
    var isDivided = false
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
        if part.isEmpty, !parts.isEmpty, characters[index - 1] == " " { isDivided = true }
        part.append(character)
      }
    }
    if !part.isEmpty { parts.append(part) }
    let words = isDivided ? parts : parts.flatMap(splitAtCapitals)
    return words.map { word in
      word.dropFirst().contains(where: \.isUppercase) ? word : startingWithCapital(word)
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
    return startingWithCapital(word.lowercased())
  }

  private static func startingWithCapital(_ word: String) -> String {
    guard let first = word.unicodeScalars.first else { return word }
    // Not the upper case: that of `ß` has two capitals.
    return first.properties.titlecaseMapping + String(word.unicodeScalars.dropFirst())
  }
}
