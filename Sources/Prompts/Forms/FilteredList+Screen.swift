import Documents

/// How a list looks: the filter, the items with their summaries, and below them what there was no
/// room for beside the selected one.
extension FilteredList {
  /// What a summary needs at least to stand beside its name.
  private static let leastSummary = 16
  private static let mostRowsBelow = 3
  /// What is seen at a glance is not filtered by most: a row for the filter is there once it is.
  private static let mostAtAGlance = 4

  /// - Parameter mark: what stands before an item, of `markCells` cells.
  func screen(
    width: Int, height: Int, markCells: Int = 0, _ look: Look, mark: (Int) -> String = { _ in "" }
  ) -> Screen {
    var screen = Screen()
    var room = height
    if showsFilter, height > (filter.isEmpty ? 2 : 1) {
      addFilter(to: &screen, width, look)
      room -= 1
    }
    let columns = Columns(self, width: width, markCells: markCells)
    var below = rowsBelow(columns)
    if room - below < min(items.count, 3) { below = 0 }
    room -= below

    let window = Window(of: matches.count, around: place, height: room, look)
    for index in window.range {
      let item = matches[index]
      // Without a text to type in, the cursor tells readers of the screen where they are.
      if index == place, screen.cursor == nil {
        screen.cursor = Screen.Place(row: screen.rows.count, column: 0)
      }
      let pointer = index == place ? look.style.cyan(look.pointer) : " "
      let row = pointer + " " + mark(item) + columns.row(item, isSelected: index == place, look)
      screen.rows.append(Rows.cut(row, width: width, mark: look.more))
    }
    if matches.isEmpty {
      screen.rows.append(Rows.cut("nothing matches", width: width, mark: look.more))
    }
    if let note = window.note {
      screen.rows.append(look.style.dim(Rows.cut(note, width: width, mark: look.more)))
    }
    if let selected, below > 0, !columns.holdSummary(of: selected) {
      let rows = Rows.wrapped(items[selected].summary, width: width - 2)
        .clipped(to: below, width: width - 2, look)
      screen.rows += rows.map { "  " + look.style.dim($0) }
    }
    // What stands below stays where it is while the list gets shorter.
    let whole = min(height, rowsNeeded(width: width, markCells: markCells).most)
    while screen.rows.count < whole { screen.rows.append("") }
    return screen
  }

  /// The rows for everything at once.
  func rowsNeeded(width: Int, markCells: Int = 0) -> (least: Int, most: Int) {
    let below = rowsBelow(Columns(self, width: width, markCells: markCells))
    let filterRows = showsFilter ? 1 : 0
    return (
      filterRows + max(1, min(items.count, 3)), filterRows + max(1, items.count) + below
    )
  }

  private var showsFilter: Bool { !filter.isEmpty || items.count > Self.mostAtAGlance }

  private func addFilter(to screen: inout Screen, _ width: Int, _ look: Look) {
    let label = "Filter: "
    guard width > label.cells + 4 else {
      let (text, cursor) = filter.row(width: width, look)
      screen.rows.append(text)
      screen.cursor = Screen.Place(row: 0, column: min(cursor, width - 1))
      return
    }
    let (text, cursor) = filter.row(width: width - label.cells, look)
    screen.rows.append(look.style.dim(label) + text)
    screen.cursor = Screen.Place(row: 0, column: label.cells + cursor)
  }

  /// How many rows a summary takes that does not fit beside its name, at most.
  private func rowsBelow(_ columns: Columns) -> Int {
    var most = 0
    for index in items.indices where !columns.holdSummary(of: index) {
      most = max(most, Rows.wrapped(items[index].summary, width: columns.width - 2).count)
    }
    return min(most, Self.mostRowsBelow)
  }

  /// Names, and summaries beside them where there is room for some.
  private struct Columns {
    let list: FilteredList
    let width: Int
    /// Of the names; nil where each has a row for itself.
    let names: Int?
    /// What is left beside them.
    let summaries: Int

    init(_ list: FilteredList, width: Int, markCells: Int) {
      self.list = list
      self.width = width
      let widest = list.items.map { Printable.text($0.name).cells }.max() ?? 0
      summaries = width - 2 - markCells - widest - 2
      names = summaries >= FilteredList.leastSummary ? widest : nil
    }

    func holdSummary(of index: Int) -> Bool {
      let summary = list.items[index].summary
      return summary.isEmpty || names != nil && Printable.text(summary).cells <= summaries
    }

    func row(_ index: Int, isSelected: Bool, _ look: Look) -> String {
      let item = list.items[index]
      let isNamed = list.part(of: item.name) != nil
      let name = highlighted(item.name, isMatched: true, look) {
        isSelected ? look.style.cyan($0) : $0
      }
      guard let names, !item.summary.isEmpty else { return name }
      let summary = highlighted(item.summary, isMatched: !isNamed, look, look.style.dim)
      return Rows.padded(name, to: names) + "  " + summary
    }

    private func highlighted(
      _ text: String, isMatched: Bool, _ look: Look, _ style: (String) -> String
    ) -> String {
      guard isMatched, !list.filter.isEmpty, let part = list.part(of: text) else {
        return style(Printable.text(text))
      }
      let characters = Array(text)
      func shown(_ range: Range<Int>) -> String { Printable.text(String(characters[range])) }
      return style(shown(0..<part.lowerBound)) + look.style.yellow(shown(part))
        + style(shown(part.upperBound..<characters.count))
    }
  }
}
