/// Yes or no. `y` and `n` choose and Enter answers: who types “yes” has not answered the next
/// question with “es”.
struct FlagWidget: Widget {
  private var isOn: Bool
  let isBlank = false

  init(_ initial: Bool) {
    isOn = initial
  }

  var answer: Answer { .flag(isOn) }

  mutating func handle(_ key: Key, page: Int) -> WidgetResponse {
    switch key {
    case .scalar("y"), .scalar("Y"): isOn = true
    case .scalar("n"), .scalar("N"): isOn = false
    case .left, .right, .up, .down, .scalar(" "): isOn.toggle()
    case .enter: return .done(answer)
    default: return .ignored
    }
    return .edited
  }

  func rowsNeeded(width: Int) -> (least: Int, most: Int) { (1, 1) }

  func screen(width: Int, height: Int, _ look: Look) -> Screen {
    let (yes, no) = (choice("Yes", isOn, look), choice("No", !isOn, look))
    return Screen(rows: [Rows.cut(yes + "   " + no, width: width, mark: look.more)])
  }

  private func choice(_ name: String, _ isChosen: Bool, _ look: Look) -> String {
    isChosen ? look.style.cyan("\(look.pointer) \(name)") : "  " + name
  }

  func hints(_ look: Look) -> [Hint] {
    [Hint("Enter", "accept"), Hint("y/n", "choose")]
  }
}
