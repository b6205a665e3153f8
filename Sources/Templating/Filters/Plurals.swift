/// English plurals, as far as the names of models and tables need them.
enum Plurals {
  private static let irregular: [String: String] = [
    "person": "people", "child": "children", "man": "men", "woman": "women",
    "foot": "feet", "tooth": "teeth", "goose": "geese", "mouse": "mice", "ox": "oxen",
    "datum": "data", "medium": "media", "criterion": "criteria", "phenomenon": "phenomena",
    "matrix": "matrices", "vertex": "vertices", "axis": "axes", "quiz": "quizzes",
    "leaf": "leaves", "knife": "knives", "life": "lives", "wife": "wives", "half": "halves",
    "shelf": "shelves", "wolf": "wolves", "thief": "thieves", "loaf": "loaves",
    "hero": "heroes", "echo": "echoes", "potato": "potatoes", "tomato": "tomatoes",
    "veto": "vetoes", "stomach": "stomachs", "epoch": "epochs", "monarch": "monarchs",
  ]

  private static let unchanged: Set<String> = [
    "sheep", "fish", "deer", "series", "species", "news", "data", "metadata", "media",
    "information", "equipment", "software", "hardware", "people", "children", "feedback", "staff",
  ]

  /// The text with its last word in the plural, in the case of that word: `salesPerson` gives
  /// `salesPeople`, `CATEGORY` gives `CATEGORIES`.
  static func plural(_ text: String) -> String {
    guard let word = Words.split(text).last, let last = word.last,
      let end = text.lastIndex(of: last), last.isLetter
    else { return text }
    let after = text.index(after: end)
    let start = text.index(after, offsetBy: -word.count)
    return String(text[..<start]) + pluralWord(word) + String(text[after...])
  }

  private static func pluralWord(_ word: String) -> String {
    let small = word.lowercased()
    guard !unchanged.contains(small) else { return word }
    let isCapitals = word.count > 1 && word == word.uppercased()
    if let other = irregular[small] {
      if isCapitals { return other.uppercased() }
      let isCapitalized = word.first?.isUppercase ?? false
      return isCapitalized ? other.prefix(1).uppercased() + other.dropFirst() : other
    }
    let (dropped, suffix) = ending(of: small)
    return word.dropLast(dropped) + (isCapitals ? suffix.uppercased() : suffix)
  }

  /// How many letters go, and what takes their place.
  private static func ending(of word: String) -> (dropped: Int, suffix: String) {
    if word.hasSuffix("sis") { return (2, "es") }
    if word.hasSuffix("y"), let before = word.dropLast().last, !"aeiou".contains(before) {
      return (1, "ies")
    }
    for sound in ["s", "x", "z", "ch", "sh"] where word.hasSuffix(sound) { return (0, "es") }
    return (0, "s")
  }
}
