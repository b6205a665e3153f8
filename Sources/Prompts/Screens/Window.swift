import Documents

/// The part of a list that fits, and what tells of the rest.
struct Window: Equatable {
  var range: Range<Int>
  /// What stands in a row of its own below; nil where nothing is hidden, or where there is no room.
  var note: String?

  /// The part around the one that keys act on.
  init(of count: Int, around selected: Int, height: Int, _ look: Look) {
    let rows = Self.rows(of: count, height: height)
    let first = max(0, min(selected - rows / 2, count - rows))
    self.init(from: first, rows: rows, of: count, height: height, look)
  }

  /// The part from `first` on, or the last one that is full.
  init(of count: Int, from first: Int, height: Int, _ look: Look) {
    let rows = Self.rows(of: count, height: height)
    self.init(
      from: max(0, min(first, count - rows)), rows: rows, of: count, height: height, look)
  }

  private init(from first: Int, rows: Int, of count: Int, height: Int, _ look: Look) {
    range = first..<min(count, first + rows)
    guard rows < count, rows < height else { return }
    var notes: [String] = []
    if first > 0 { notes.append("\(look.above) \(first) more") }
    if range.upperBound < count { notes.append("\(look.below) \(count - range.upperBound) more") }
    note = notes.concatenated(by: look.separator)
  }

  /// How many of `count` are shown on `height` rows.
  static func rows(of count: Int, height: Int) -> Int {
    if count <= height { return count }
    return height >= 3 ? height - 1 : max(1, height)
  }
}
