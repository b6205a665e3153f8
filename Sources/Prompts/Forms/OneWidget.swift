/// One of a list.
struct OneWidget: Widget {
  private var list: FilteredList
  /// What was selected when something matched at last.
  private var last: Int
  let isBlank = false

  init(_ items: [Prompt.Item], initial: Int) {
    list = FilteredList(items, initial: initial)
    last = list.selected ?? 0
  }

  var answer: Answer { .one(last) }

  mutating func handle(_ key: Key, page: Int) -> WidgetResponse {
    if key == .enter {
      return list.selected.map { .done(.one($0)) } ?? .ignored
    }
    guard list.handle(key, page: page) else { return .ignored }
    guard let selected = list.selected, selected != last else { return .moved }
    last = selected
    return .edited
  }

  func rowsNeeded(width: Int) -> (least: Int, most: Int) { list.rowsNeeded(width: width) }

  func screen(width: Int, height: Int, _ look: Look) -> Screen {
    list.screen(width: width, height: height, look)
  }

  func hints(_ look: Look) -> [Hint] {
    [Hint("Enter", "choose"), Hint(look.upAndDown, "move"), Hint("type", "to filter")]
  }
}
