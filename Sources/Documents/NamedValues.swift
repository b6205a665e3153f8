/// A few values by their names, in the order in which they were first set: the variables of a layout,
/// the options of a command line.
///
/// Looking through a dozen names takes no longer than hashing one, and a program that starts anew for
/// every call pays for each type of dictionary that it uses. Among many names it searches in sorted
/// order.
@usableFromInline
package struct NamedValues<Value: Sendable>: Sendable, ExpressibleByDictionaryLiteral {
  /// Each name once. (Inlined where it is used: generic code of another module is slow.)
  @usableFromInline package private(set) var items: [(name: String, value: Value)] = []

  /// The places of the items in the order of their names; empty while there are few.
  @usableFromInline var order: [Int] = []

  /// More names than these are searched in order.
  @usableFromInline static var mostLookedThrough: Int { 24 }

  @inlinable package init() {}

  /// The last one of a name counts.
  @inlinable package init(dictionaryLiteral elements: (String, Value)...) {
    for (name, value) in elements { self[name] = value }
  }

  @inlinable package var keys: [String] { items.map { $0.name } }

  /// Nil for a name that has none; set to nil, it has none any more.
  @inlinable package subscript(name: String) -> Value? {
    get {
      if order.isEmpty {
        for item in items where item.name == name { return item.value }
        return nil
      }
      guard let index = index(of: name) else { return nil }
      return items[index].value
    }
    set {
      switch (index(of: name), newValue) {
      case (let index?, let value?): items[index].value = value
      case (let index?, nil):
        items.remove(at: index)
        order = []
        sortIfLarge()
      case (nil, let value?):
        if !order.isEmpty { order.insert(items.count, at: rank(of: name)) }
        items.append((name, value))
        if order.isEmpty { sortIfLarge() }
      case (nil, nil): break
      }
    }
  }

  /// The place of `name` among the items.
  @inlinable package func index(of name: String) -> Int? {
    if order.isEmpty {
      // Not over `indices`, which has the runtime search for types.
      var index = 0
      while index < items.count {
        if items[index].name == name { return index }
        index += 1
      }
      return nil
    }
    let rank = rank(of: name)
    guard rank < order.count, items[order[rank]].name == name else { return nil }
    return order[rank]
  }

  /// Where `name` is in the sorted order, or belongs.
  @usableFromInline func rank(of name: String) -> Int {
    var (low, high) = (0, order.count)
    while low < high {
      let middle = (low + high) / 2
      if items[order[middle]].name < name { low = middle + 1 } else { high = middle }
    }
    return low
  }

  @usableFromInline mutating func sortIfLarge() {
    guard items.count > Self.mostLookedThrough else { return }
    order = items.indices.sorted { items[$0].name < items[$1].name }
  }
}
