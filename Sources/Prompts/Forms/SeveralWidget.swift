/// Any of a list. As `gh` has it: Space chooses, Right chooses all that match, Left none of them,
/// and typing filters. So a filter has no blank in it.
struct SeveralWidget: Widget {
  private var list: FilteredList
  private var chosen: [Bool]
  let isBlank: Bool

  init(_ items: [Prompt.Item], initial: [Int]) {
    list = FilteredList(items, initial: 0)
    chosen = items.indices.map(initial.contains)
    isBlank = initial.isEmpty
  }

  var answer: Answer { .several(chosen.indices.filter { chosen[$0] }) }

  mutating func handle(_ key: Key, page: Int) -> WidgetResponse {
    switch key {
    case .enter: return .done(answer)
    case .scalar(" "):
      guard let selected = list.selected else { return .ignored }
      chosen[selected].toggle()
    case .right: for index in list.matches { chosen[index] = true }
    case .left: for index in list.matches { chosen[index] = false }
    default: return list.handle(key, page: page) ? .moved : .ignored
    }
    return .edited
  }

  func rowsNeeded(width: Int) -> (least: Int, most: Int) {
    list.rowsNeeded(width: width, markCells: 4)
  }

  func screen(width: Int, height: Int, _ look: Look) -> Screen {
    list.screen(width: width, height: height, markCells: 4, look) { index in
      chosen[index] ? look.style.green("[x]") + " " : "[ ] "
    }
  }

  func hints(_ look: Look) -> [Hint] {
    [
      Hint("Enter", "accept"), Hint("Space", "choose"), Hint(look.upAndDown, "move"),
      Hint("type", "to filter"), Hint("Right/Left", "all/none"),
    ]
  }
}
