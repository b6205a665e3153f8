import Documents

/// Items that are moved through, and filtered by typing.
struct FilteredList: Sendable {
  let items: [Prompt.Item]
  private(set) var filter = LineEditor()
  /// The indices of the items that are there to choose from.
  private(set) var matches: [Int]
  /// An index into `matches`.
  private(set) var place: Int

  init(_ items: [Prompt.Item], initial: Int) {
    self.items = items
    matches = Array(items.indices)
    place = max(0, min(initial, items.count - 1))
  }

  /// The item that keys act on; nil when nothing matches.
  var selected: Int? { matches.isEmpty ? nil : matches[place] }

  /// - Returns: whether it is a key that moves or filters.
  mutating func handle(_ key: Key, page: Int) -> Bool {
    switch key {
    // Around the ends, as other programs do it.
    case .up, .control("p"): place = place > 0 ? place - 1 : max(0, matches.count - 1)
    case .down, .control("n"): place = place + 1 < matches.count ? place + 1 : 0
    case .pageUp: place = max(0, place - page)
    case .pageDown: place = max(0, min(matches.count - 1, place + page))
    case .home: place = 0
    case .end: place = max(0, matches.count - 1)
    default:
      let before = filter.characters
      guard filter.handle(key) else { return false }
      if filter.characters != before { search() }
    }
    return true
  }

  private mutating func search() {
    let selected = selected
    let wanted = Self.folded(filter.characters)
    var begins: Int?
    matches = []
    for (index, item) in items.enumerated() {
      let name = Self.part(wanted, of: item.name)
      guard name != nil || Self.part(wanted, of: item.summary) != nil else { continue }
      if name?.lowerBound == 0, begins == nil { begins = matches.count }
      matches.append(index)
    }
    // One whose name begins like that is meant rather than one that speaks of it.
    place = filter.isEmpty ? selected.flatMap(matches.firstIndex(of:)) ?? 0 : begins ?? 0
  }

  /// The Characters of `text` that the filter asks for; nil where it does not match.
  func part(of text: String) -> Range<Int>? {
    Self.part(Self.folded(filter.characters), of: text)
  }

  /// - Parameter wanted: folded; nothing is everywhere.
  private static func part(_ wanted: [String], of text: String) -> Range<Int>? {
    if wanted.isEmpty { return 0..<0 }
    let found = folded(Array(text))
    guard wanted.count <= found.count else { return nil }
    for start in 0...(found.count - wanted.count)
    where found[start..<(start + wanted.count)].elementsEqual(wanted) {
      return start..<(start + wanted.count)
    }
    return nil
  }

  private static func folded(_ characters: [Character]) -> [String] {
    characters.map { $0.lowercased() }
  }
}
