/// What a key does, in the last row of a screen.
struct Hint: Sendable {
  var key: String
  var meaning: String

  init(_ key: String, _ meaning: String) {
    self.key = key
    self.meaning = meaning
  }

  /// As many of `hints` as fit: the first ones matter most.
  static func row(_ hints: [Hint], width: Int, _ look: Look) -> String {
    var row = ""
    var used = 0
    for hint in hints {
      let separator = row.isEmpty ? "" : look.separator
      let cells = separator.cells + hint.key.cells + 1 + hint.meaning.cells
      guard used + cells <= width else { continue }
      row += look.style.dim(separator) + hint.key + look.style.dim(" " + hint.meaning)
      used += cells
    }
    return row
  }
}
