import Console
import Documents

/// A text to look through, and what to do then.
struct ReviewWidget: Widget {
  private let document: [String]
  private let actions: [Prompt.Action]
  /// The first row that is shown, if the text is long enough.
  private var first = 0
  let isBlank = true

  init(_ document: [String], _ actions: [Prompt.Action]) {
    self.document = document
    self.actions = actions
  }

  var answer: Answer { .action(0) }

  mutating func handle(_ key: Key, page: Int) -> WidgetResponse {
    if let action = action(of: key) { return .done(.action(action)) }
    switch key {
    case .up, .control("p"): first -= 1
    case .down, .control("n"): first += 1
    case .pageUp, .control("b"): first -= page
    case .pageDown, .control("f"), .scalar(" "): first += page
    case .home: first = 0
    case .end: first = document.count
    default: return .ignored
    }
    first = max(0, min(first, document.count - page))
    return .moved
  }

  /// Letters differ by case where an action asks for it.
  private func action(of key: Key) -> Int? {
    if key == .enter { return 0 }
    guard case .scalar(let scalar) = key else { return nil }
    let letter = Character(scalar)
    return actions.firstIndex { $0.key == letter }
      ?? actions.firstIndex { $0.key.lowercased() == letter.lowercased() }
  }

  func rowsNeeded(width: Int) -> (least: Int, most: Int) {
    let bar = bar(width: width, Look(style: Style(isEnabled: false), isASCII: true)).count
    return (min(document.count, 2) + bar, document.count + 1 + bar)
  }

  func screen(width: Int, height: Int, _ look: Look) -> Screen {
    var bar = bar(width: width, look)
    if bar.count > max(1, height - 1) { bar = Array(bar.prefix(max(1, height - 1))) }
    let window = Window(of: document.count, from: first, height: height - bar.count, look)
    var screen = Screen()
    if height > bar.count {
      screen.rows = document[window.range].map { line in
        Rows.cut(line, width: width, mark: look.more)
      }
      if let note = window.note {
        screen.rows.append(look.style.dim(Rows.cut(note, width: width, mark: look.more)))
      }
    }
    if height > screen.rows.count + bar.count { screen.rows.append("") }
    screen.rows += bar
    return screen
  }

  /// How many rows of the text are shown where the widget has `height`.
  func page(width: Int, height: Int) -> Int {
    let bar = bar(width: width, Look(style: Style(isEnabled: false), isASCII: true)).count
    return Window.rows(of: document.count, height: max(1, height - bar))
  }

  /// All actions, on as many rows as they need.
  private func bar(width: Int, _ look: Look) -> [String] {
    var rows: [String] = []
    var used = 0
    for (index, action) in actions.enumerated() {
      let key = index == 0 ? "Enter/\(action.key)" : String(action.key)
      let name = Printable.text(action.name)
      let cells = key.cells + 1 + name.cells
      let text = look.style.bold(key) + " " + name
      if let last = rows.last, used + 3 + cells <= width {
        rows[rows.count - 1] = last + "   " + text
        used += 3 + cells
      } else {
        rows.append(Rows.cut(text, width: width, mark: look.more))
        used = cells
      }
    }
    return rows
  }

  func hints(_ look: Look) -> [Hint] { [Hint(look.upAndDown, "scroll")] }
}
