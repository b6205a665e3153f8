import Documents

/// A list, edited as a text is: one item a line. Enter on the empty line at the end answers.
struct ItemsWidget: Widget {
  private var lines: [LineEditor]
  private var current: Int
  let isBlank: Bool

  init(_ initial: [String]) {
    lines = initial.map { LineEditor($0) } + [LineEditor()]
    current = lines.count - 1
    isBlank = initial.isEmpty
  }

  var answer: Answer {
    .items(lines.compactMap { $0.isEmpty ? nil : $0.text })
  }

  mutating func handle(_ key: Key, page: Int) -> WidgetResponse {
    let before = lines
    switch key {
    case .enter:
      if lines[current].isEmpty, current == lines.count - 1 { return .done(answer) }
      breakLine()
    case .tab, .down, .control("n"): move(to: current + 1)
    case .up, .control("p"): move(to: current - 1)
    case .pageUp: move(to: current - page)
    case .pageDown: move(to: current + page)
    case .backspace where lines[current].isAtStart: joinWithLineBefore()
    case .delete where lines[current].isAtEnd && current + 1 < lines.count:
      move(to: current + 1)
      lines[current] = LineEditor(lines[current].text, cursor: 0)
      joinWithLineBefore()
    case .paste(let text): paste(text)
    default: if !lines[current].handle(key) { return .ignored }
    }
    return before.map(\.characters) == lines.map(\.characters) ? .moved : .edited
  }

  private mutating func move(to line: Int) {
    current = max(0, min(line, lines.count - 1))
  }

  /// No second empty line is made beside one: that would look like nothing.
  private mutating func breakLine() {
    let isNextEmpty = current + 1 < lines.count && lines[current + 1].isEmpty
    if lines[current].isEmpty || isNextEmpty && lines[current].isAtEnd {
      return move(to: current + 1)
    }
    let (before, behind) = lines[current].parts
    lines[current] = LineEditor(before)
    lines.insert(LineEditor(behind, cursor: 0), at: current + 1)
    current += 1
  }

  private mutating func joinWithLineBefore() {
    guard current > 0 else { return }
    let behind = lines.remove(at: current)
    current -= 1
    let before = lines[current]
    lines[current] = LineEditor(before.text + behind.text, cursor: before.characters.count)
  }

  /// Each line of what is pasted is an item, without the blanks around it.
  private mutating func paste(_ text: String) {
    guard text.holds("\n") else { return _ = lines[current].handle(.paste(text)) }
    let items = text.parts(between: "\n").map(\.withoutBlanksAround).filter { !$0.isEmpty }
    for (index, item) in items.enumerated() {
      lines[current].insert(item)
      if index < items.count - 1 || text.ends(with: "\n") { breakLine() }
    }
  }

  func rowsNeeded(width: Int) -> (least: Int, most: Int) { (min(lines.count, 3), lines.count) }

  func screen(width: Int, height: Int, _ look: Look) -> Screen {
    let window = Window(of: lines.count, around: current, height: height, look)
    var screen = Screen()
    for index in window.range {
      let isCurrent = index == current
      var line = lines[index]
      if !isCurrent { line = LineEditor(line.text, cursor: 0) }
      let (text, cursor) = line.row(width: width - 2, look)
      if isCurrent {
        screen.cursor = Screen.Place(row: screen.rows.count, column: min(2 + cursor, width - 1))
      }
      screen.rows.append((isCurrent ? look.style.cyan(look.pointer) : " ") + " " + text)
    }
    if let note = window.note { screen.rows.append(look.style.dim(note)) }
    return screen
  }

  func hints(_ look: Look) -> [Hint] {
    if lines[current].isEmpty, current == lines.count - 1 {
      return [Hint("Enter", "done"), Hint(look.upAndDown, "move")]
    }
    let isLast = lines[(current + 1)...].allSatisfy(\.isEmpty)
    return [Hint("Enter", "next")] + (isLast ? [Hint("Enter twice", "done")] : [])
      + [Hint(look.upAndDown, "move")]
  }
}
