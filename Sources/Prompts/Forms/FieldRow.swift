import Documents

extension LineEditor {
  /// The part of the text that `width` cells show, and the cell in it where the cursor stands.
  ///
  /// A text that is wider moves by half the row, so that some of it is to be seen on both sides.
  func row(width: Int, _ look: Look) -> (text: String, cursor: Int) {
    let width = max(1, width)
    let shown = characters.map { Printable.text(String($0)) }
    let cells = shown.map(\.cells)
    let whole = cells.reduce(0, +)
    let place = cells[..<cursor].reduce(0, +)
    // The cursor may stand behind the text, where it takes a cell as well.
    if whole < width { return (shown.concatenated(), place) }
    guard width >= 8 else { return narrowRow(shown, cells, width) }

    let room = width - 2
    let half = room / 2
    let start = place < room ? 0 : ((place - room) / half + 1) * half
    var index = 0
    var passed = 0
    while index < cursor, passed < start {
      passed += cells[index]
      index += 1
    }
    var text = index > 0 ? look.style.dim(look.more) : ""
    var used = index > 0 ? 1 : 0
    let column = used + place - passed
    while index < shown.count, used + cells[index] <= width - 1 {
      text += shown[index]
      used += cells[index]
      index += 1
    }
    if index < shown.count { text += look.style.dim(look.more) }
    return (text, min(column, width - 1))
  }

  /// Where there is no room for marks: what stands before the cursor.
  private func narrowRow(
    _ shown: [String], _ cells: [Int], _ width: Int
  ) -> (text: String, cursor: Int) {
    var first = cursor
    var used = 0
    while first > 0, used + cells[first - 1] < width {
      first -= 1
      used += cells[first]
    }
    return (shown[first..<cursor].map(\.self).concatenated(), used)
  }
}
