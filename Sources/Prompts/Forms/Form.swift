/// A prompt on a screen: keys in, screens out. It knows of no terminal.
struct Form: Sendable {
  let prompt: Prompt
  private(set) var widget: any Widget
  /// Whether anything was done that a complaint may be about.
  private var isTouched: Bool
  /// How far a page is turned on the screen that was seen at last.
  private var page = 1

  init(_ prompt: Prompt) {
    self.prompt = prompt
    widget = prompt.field.widget()
    isTouched = !widget.isBlank
  }

  /// What a key leads to.
  enum Step: Equatable {
    /// There is another screen to be shown, maybe.
    case changed
    case done(Answer)
    case back
    case cancelled
    /// Ctrl-C.
    case interrupted
    /// Ctrl-D where there is nothing to be deleted: the end of input.
    case ended
  }

  mutating func handle(_ key: Key) -> Step {
    switch key {
    case .escape: return .cancelled
    case .control("c"): return .interrupted
    case .backTab: return prompt.canGoBack ? .back : .changed
    default: break
    }
    switch widget.handle(key, page: page) {
    case .ignored: if key == .control("d") { return .ended }
    case .moved: break
    case .edited: isTouched = true
    case .done(let answer):
      isTouched = true
      if prompt.check(answer) == nil { return .done(answer) }
    }
    return .changed
  }

  /// What is wrong with the answer as it is, once somebody can be told so.
  private var complaint: Prompt.Complaint? {
    isTouched ? prompt.check(widget.answer) : nil
  }

  mutating func screen(width: Int, height: Int, _ look: Look) -> Screen {
    let layout = FormLayout(
      prompt, widget, complaint, width: max(1, width), height: max(1, height), look)
    page = layout.page
    return layout.screen
  }
}
