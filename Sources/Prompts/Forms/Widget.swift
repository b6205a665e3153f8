/// What a person sees of a field and acts on. A value: keys in, rows out, nothing else.
protocol Widget: Sendable {
  /// As it would be given now.
  var answer: Answer { get }
  /// - Parameter page: how far a page is turned on the screen that was seen at last.
  mutating func handle(_ key: Key, page: Int) -> WidgetResponse
  /// The rows that it needs to be of use, and those that it would like to have.
  func rowsNeeded(width: Int) -> (least: Int, most: Int)
  /// Not more than `height` rows, which is one at least.
  func screen(width: Int, height: Int, _ look: Look) -> Screen
  /// How far a page is turned where it has `height` rows.
  func page(width: Int, height: Int) -> Int
  /// The keys that are its own, the most important first.
  func hints(_ look: Look) -> [Hint]
  /// Whether what is there at first may be wrong without anybody's having done anything: then it
  /// is not complained of.
  var isBlank: Bool { get }
}

extension Widget {
  /// Some of a page stays to be seen.
  func page(width: Int, height: Int) -> Int { max(1, height - 2) }
}

enum WidgetResponse: Equatable {
  case ignored
  /// The cursor or the window moved, or a filter.
  case moved
  /// The answer is another one now.
  case edited
  case done(Answer)
}

extension Prompt.Field {
  func widget() -> any Widget {
    switch self {
    case .text(let initial): TextWidget(initial)
    case .items(let initial): ItemsWidget(initial)
    case .one(let items, let initial): OneWidget(items, initial: initial)
    case .several(let items, let initial): SeveralWidget(items, initial: initial)
    case .flag(let initial): FlagWidget(initial)
    case .review(let document, let actions): ReviewWidget(document, actions)
    }
  }
}
