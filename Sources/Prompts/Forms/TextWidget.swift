/// One line of text.
struct TextWidget: Widget {
  private var editor: LineEditor
  let isBlank: Bool

  init(_ initial: String) {
    editor = LineEditor(initial)
    isBlank = initial.isEmpty
  }

  var answer: Answer { .text(editor.text) }

  mutating func handle(_ key: Key, page: Int) -> WidgetResponse {
    if key == .enter { return .done(answer) }
    let before = editor
    guard editor.handle(key) else { return .ignored }
    return before.characters == editor.characters ? .moved : .edited
  }

  func rowsNeeded(width: Int) -> (least: Int, most: Int) { (1, 1) }

  func screen(width: Int, height: Int, _ look: Look) -> Screen {
    let (text, cursor) = editor.row(width: width - 2, look)
    return Screen(
      rows: [look.style.cyan(look.pointer) + " " + text],
      cursor: Screen.Place(row: 0, column: min(2 + cursor, width - 1)))
  }

  func hints(_ look: Look) -> [Hint] { [Hint("Enter", "accept")] }
}
