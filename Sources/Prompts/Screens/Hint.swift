import Documents

/// What a key does, in the last row of a screen.
struct Hint: Sendable {
  var key: String
  var meaning: String

  init(_ key: String, _ meaning: String) {
    self.key = key
    self.meaning = meaning
  }

  /// As many of `hints` as `most` rows hold: the first ones matter most.
  static func rows(_ hints: [Hint], width: Int, most: Int, _ look: Look) -> [String] {
    var rows: [String] = []
    var used = 0
    for hint in hints {
      let cells = hint.key.cells + 1 + hint.meaning.cells
      let text = hint.key + look.style.dim(" " + hint.meaning)
      if let last = rows.last, used + look.separator.cells + cells <= width {
        rows[rows.count - 1] = last + look.style.dim(look.separator) + text
        used += look.separator.cells + cells
      } else if rows.count < most, cells <= width {
        rows.append(text)
        used = cells
      }
    }
    return rows
  }
}
