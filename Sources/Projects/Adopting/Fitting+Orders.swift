import Documents
import FileTrees
import Layouts
import Templating

// The order of lists, where no number in a path tells it.

extension Fitting {
  /// Lists of more items are not put into each possible order, and of more than these into none.
  private static let mostMoved = 6
  private static let mostOrdered = 40
  /// Orders that are tried of those in which files name the items.
  private static let mostOrders = 6

  /// Puts the items of lists into the order that makes contents most alike.
  mutating func orderByContents() {
    var best = trial(state)
    for variable in manifest.variables {
      guard case .list(let items)? = best.lists[variable.name], items.count > 1,
        items.count <= Self.mostOrdered, !evidence.hasPlaces(in: variable.name)
      else { continue }
      var likeness = self.likeness(best)
      for order in ordersInFiles(of: items, best) {
        tryOrder(order, of: variable, &best, &likeness)
      }
      if items.count <= Self.mostMoved { move(variable, &best, &likeness) }
    }
  }

  /// Moves one item after the other to where it makes contents most alike.
  private mutating func move(_ list: Variable, _ best: inout Trial, _ likeness: inout Int) {
    guard case .list(let items)? = best.lists[list.name] else { return }
    for item in items {
      guard case .list(let present)? = best.lists[list.name] else { return }
      let others = present.filter { $0 != item }
      for place in 0...others.count {
        let order = others[..<place] + [item] + others[place...]
        tryOrder(Array(order), of: list, &best, &likeness)
      }
    }
  }

  private mutating func tryOrder(
    _ items: [Value], of list: Variable, _ best: inout Trial, _ likeness: inout Int
  ) {
    if best.lists[list.name] == .list(items) { return }
    var next = state
    next.orders[list.name] = items
    let other = trial(next)
    guard other.score >= best.score, other.lists[list.name] == .list(items) else { return }
    let othersLikeness = self.likeness(other)
    if othersLikeness > likeness { (best, state, likeness) = (other, next, othersLikeness) }
  }

  /// The orders in which the layout's files first name all items, the most frequent first.
  private mutating func ordersInFiles(of items: [Value], _ trial: Trial) -> [[Value]] {
    let words = items.map { item in
      ([item.word] + ["plural", "pascal"].compactMap { Filters.form($0)?(item.word) })
        .map { Array($0.utf8) }
    }
    var orders: [(order: [Value], count: Int)] = []
    for path in trial.paths where project.has(path) {
      guard let text = contents.file(at: path)?.text,
        let order = Self.order(of: items, words, in: text)
      else { continue }
      if let index = orders.firstIndex(where: { $0.order == order }) {
        orders[index].count += 1
      } else {
        orders.append((order, 1))
      }
    }
    return orders.sorted { $0.count > $1.count }.prefix(Self.mostOrders).map(\.order)
  }

  private static func order(
    of items: [Value], _ words: [[[UInt8]]], in text: [UInt8]
  ) -> [Value]? {
    var places = [Int?](repeating: nil, count: items.count)
    var left = items.count
    var start = 0
    for end in 0...text.count where end == text.count || !text[end].isOfWord {
      if start < end {
        for (index, forms) in words.enumerated() where places[index] == nil {
          guard forms.contains(where: { text[start..<end].elementsEqual($0) }) else { continue }
          places[index] = start
          left -= 1
        }
      }
      start = end + 1
      if left == 0 { break }
    }
    guard left == 0 else { return nil }
    return items.indices.sorted { places[$0] ?? 0 < places[$1] ?? 0 }.map { items[$0] }
  }
}

extension UInt8 {
  /// Whether it is a byte of a word as most languages have them.
  fileprivate var isOfWord: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
