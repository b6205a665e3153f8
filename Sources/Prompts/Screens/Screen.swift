/// What a terminal shows: rows of text, styled or not, none wider than it, and not more of them
/// than it has.
struct Screen: Equatable, Sendable {
  var rows: [String] = []
  /// Where the cursor stands; nil hides it.
  var cursor: Place?

  struct Place: Equatable, Sendable {
    var row: Int
    /// In cells.
    var column: Int
  }

  /// What shows it on a terminal, wherever its cursor was. Nothing needs to be known of what the
  /// terminal shows now: a window that has changed its size is right again.
  func drawing() -> String {
    // Without wrapping, a row that is wider than the terminal takes it for cannot push others down.
    var text = "\u{1B}[?25l\u{1B}[?7l"
    if rows.isEmpty { text += "\u{1B}[2J" }
    for (index, row) in rows.enumerated() {
      // Cleared before it is written: behind a full row the cursor stands on its last cell. The last
      // one is cleared with all that is below.
      let clearing = index == rows.count - 1 ? "J" : "K"
      text += "\u{1B}[\(index + 1);1H\u{1B}[\(clearing)\(row)"
    }
    text += "\u{1B}[?7h"
    if let cursor {
      text += "\u{1B}[\(cursor.row + 1);\(cursor.column + 1)H\u{1B}[?25h"
    }
    return text
  }
}
