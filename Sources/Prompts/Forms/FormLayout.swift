import Documents

/// What stands on a form's screen, from top to bottom: what was answered, the question, the field,
/// what is wrong, what helps, the keys. On a small screen what matters least goes first.
struct FormLayout {
  private(set) var screen = Screen()
  /// How many rows of the field move when a page is turned.
  private(set) var page = 1

  /// A screen this high has blank rows between its parts.
  private static let airyHeight = 14
  /// What another part leaves for help, if it has any.
  private static let mostHelpBesideList = 4
  private static let mostAnsweredBesideList = 3
  private static let muchForField = 12
  /// For what is wrong, and for its help: both may quote what was pasted.
  private static let mostComplaint = 5

  init(
    _ prompt: Prompt, _ widget: any Widget, _ complaint: Prompt.Complaint?, width: Int,
    height: Int, _ look: Look
  ) {
    // On a screen of one row the field is all there is.
    let question = Rows.wrapped(prompt.question, width: width)
      .clipped(to: height > 1 ? max(1, height / 3) : 0, width: width, look)
    let needed = widget.rowsNeeded(width: width)
    let gap = height >= Self.airyHeight ? 1 : 0
    let hints = Hint.rows(Self.hints(prompt, widget, look), width: width, most: 1 + gap, look)

    var room = height - question.count
    // Without hints a form can be used, without its field it cannot.
    let hasHints = room > max(1, needed.least) && !hints.isEmpty || room >= 3
    if hasHints { room -= hints.count + gap }
    var field = max(1, min(needed.least, room))
    room -= field

    let complaintRows = complaint.map { Self.rows(of: $0, width: width, room: room, look) } ?? []
    room -= complaintRows.count

    let helpRows = Rows.wrapped(prompt.help, width: width)
    let wish = needed.most - field
    let helpRoom = wish > room - helpRows.count ? min(room, Self.mostHelpBesideList) : room
    let help =
      room > 0
      ? helpRows.clipped(to: min(helpRoom, max(1, room - min(wish, room / 2))), width: width, look)
      : []
    room -= help.count

    // Where the field has much, the latest answers stay in sight.
    let latest = min(prompt.answered.count, Self.mostAnsweredBesideList)
    let kept = min(latest > 0 ? latest + gap : 0, max(0, room - Self.muchForField))
    let more = max(0, min(wish, room - kept))
    field += more
    room -= more

    add(prompt.answered, room: room, gap: gap, width, look)
    screen.rows += question.map(look.style.bold)
    page = widget.page(width: width, height: field)
    let body = widget.screen(width: width, height: field, look)
    if let cursor = body.cursor {
      screen.cursor = Screen.Place(row: screen.rows.count + cursor.row, column: cursor.column)
    }
    screen.rows += body.rows
    screen.rows += complaintRows
    screen.rows += help.map(look.style.dim)
    if hasHints, !hints.isEmpty {
      if gap > 0 { screen.rows.append("") }
      screen.rows += hints
    }
    // Marks before texts may be wider than a very narrow screen.
    screen.rows = screen.rows.map { Rows.cut($0, width: width, mark: look.more) }
  }

  /// The latest of them, as far as there is room.
  private mutating func add(
    _ answered: [Prompt.Answered], room: Int, gap: Int, _ width: Int, _ look: Look
  ) {
    let shown = answered.suffix(max(0, room - gap))
    guard !shown.isEmpty else { return }
    for (index, one) in shown.enumerated() {
      let isCut = index == 0 && shown.count < answered.count
      let sign = isCut ? look.above : look.style.green(look.done)
      let row =
        sign + " " + look.style.dim(Printable.text(one.question)) + "  "
        + Printable.text(one.answer)
      screen.rows.append(Rows.cut(row, width: width, mark: look.more))
    }
    if gap > 0 { screen.rows.append("") }
  }

  private static func rows(
    of complaint: Prompt.Complaint, width: Int, room: Int, _ look: Look
  ) -> [String] {
    let message = Rows.wrapped("\(look.wrong) \(complaint.message)", width: width)
      .clipped(to: min(room, mostComplaint), width: width, look)
    let help = Rows.wrapped(complaint.help ?? "", width: width)
      .clipped(to: min(room - message.count, mostComplaint), width: width, look)
    return message.map(look.style.red) + help
  }

  private static func hints(
    _ prompt: Prompt, _ widget: any Widget, _ look: Look
  ) -> [Hint] {
    var hints = widget.hints(look)
    var own = [Hint("Esc", "cancel")]
    if prompt.canGoBack { own.append(Hint("Shift-Tab", "back")) }
    hints.insert(contentsOf: own, at: min(1, hints.count))
    return hints
  }
}
