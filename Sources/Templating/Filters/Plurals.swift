import Documents

/// English plurals and singulars, as far as the names of models and tables need them. The words with
/// a form of their own are in `PluralWords`.
package enum Plurals {
  /// The text with its last word in the plural, in the case of that word: `salesPerson` gives
  /// `salesPeople`, `CATEGORY` gives `CATEGORIES`. A word that is a plural stays: `items`.
  package static func plural(_ text: String) -> String {
    changed(text) { word in singularWord(word) == nil ? pluralWord(word) : nil } ?? text
  }

  /// The text with its last word in the singular; nil when that word is no plural. Words that are
  /// their own plural are none, nor are those that name one thing: `series`, `news`, `data`.
  package static func singular(of text: String) -> String? {
    changed(text, singularWord)
  }

  /// A word's ending: how many letters go, and what takes their place.
  private struct Ending {
    let dropped: Int
    let suffix: String

    init(_ dropped: Int, _ suffix: String) {
      self.dropped = dropped
      self.suffix = suffix
    }

    func replaced(in small: String) -> String { small.dropLast(dropped) + suffix }
  }

  /// The text with another ending of its last word; nil where `ending` gives none.
  private static func changed(_ text: String, _ ending: (String) -> Ending?) -> String? {
    guard let word = Words.split(text).last, let last = word.last,
      let end = text.lastIndex(of: last), last.isLetter
    else { return nil }
    let small = word.lowercased()
    // What has another length in small letters has no ending of ours.
    guard small.count == word.count, let change = ending(small) else { return nil }
    let after = text.index(after: end)
    let stem = word.dropLast(change.dropped)
    let isCapitals = word.count > 1 && word.allSatisfy { $0.isUppercase || $0.isNumber }
    // The plural of `userID` is `userIDs`, that of `USER_ID` is `USER_IDS`.
    let isWithin = change.dropped == 0 && text.contains(where: \.isLowercase)
    let start = text.index(after, offsetBy: -word.count)
    let suffix = isCapitals && !isWithin ? change.suffix.uppercased() : change.suffix
    return String(text[..<start]) + stem + suffix + String(text[after...])
  }

  private static func pluralWord(_ small: String) -> Ending? {
    if PluralWords.isUnchanged(small) { return nil }
    if let pair = PluralWords.irregular(small, { $0.singular }) {
      return ending(from: pair.singular, to: pair.plural)
    }
    if small.hasSuffix("sis") { return Ending(2, "es") }
    if small.hasSuffix("y") {
      let before = small.dropLast()
      if before.hasSuffix("qu") { return Ending(1, "ies") }
      if let letter = before.last, !"aeiou".contains(letter) { return Ending(1, "ies") }
    }
    for sound in ["s", "x", "z", "ch", "sh"] where small.hasSuffix(sound) { return Ending(0, "es") }
    return Ending(0, "s")
  }

  private static func singularWord(_ small: String) -> Ending? {
    if PluralWords.isUnchanged(small) { return nil }
    if let pair = PluralWords.irregular(small, { $0.plural }) {
      return ending(from: pair.plural, to: pair.singular)
    }
    guard small.count > 1, small.hasSuffix("s"), !PluralWords.isSingularInS(small) else {
      return nil
    }
    for candidate in singularEndings(small) {
      let singular = candidate.replaced(in: small)
      if let plural = pluralWord(singular), plural.replaced(in: singular) == small {
        return candidate
      }
    }
    return nil
  }

  /// What the ending of a regular plural may come from, the likelier first.
  private static func singularEndings(_ small: String) -> [Ending] {
    let withoutS = Ending(1, "")
    guard small.hasSuffix("es") else { return [withoutS] }
    let stem = String(small.dropLast(2))
    if small.hasSuffix("ies") {
      return PluralWords.endsInIE(String(stem.dropLast()))
        ? [withoutS] : [Ending(3, "y"), withoutS]
    }
    if PluralWords.isSisStem(stem) { return [Ending(2, "is"), withoutS] }
    let takesES =
      PluralWords.isSingularInS(stem) && !PluralWords.endsInSE(stem)
      || stem.hasSuffix("x") || stem.hasSuffix("sh") || stem.hasSuffix("zz")
      || stem.hasSuffix("tz") || stem.hasSuffix("ch") && !PluralWords.endsInCHE(stem)
    return takesES ? [Ending(2, ""), withoutS] : [withoutS, Ending(2, "")]
  }

  /// Only letters that differ are replaced, so that the others keep their case.
  private static func ending(from: String, to: String) -> Ending {
    let common = from.commonPrefix(with: to)
    return Ending(from.count - common, String(to.dropFirst(common)))
  }
}

extension String {
  /// How many characters both begin with.
  fileprivate func commonPrefix(with other: String) -> Int {
    zip(self, other).prefix { $0 == $1 }.count
  }
}
