/// A few values by their names, in the order in which they were first set: the variables of a layout,
/// the options of a command line.
///
/// Looking through a dozen names takes no longer than hashing one, and a program that starts anew for
/// every call pays for each type of dictionary that it uses.
package struct NamedValues<Value: Sendable>: Sendable, ExpressibleByDictionaryLiteral {
  /// Each name once. (Inlined where it is used: generic code of another module is slow.)
  @usableFromInline package private(set) var items: [(name: String, value: Value)] = []

  @inlinable package init() {}

  /// The last one of a name counts.
  @inlinable package init(dictionaryLiteral elements: (String, Value)...) {
    for (name, value) in elements { self[name] = value }
  }

  /// Nil for a name that has none; set to nil, it has none any more.
  @inlinable package subscript(name: String) -> Value? {
    get {
      for item in items where item.name == name { return item.value }
      return nil
    }
    set {
      let index = items.firstIndex { $0.name == name }
      switch (index, newValue) {
      case (let index?, let value?): items[index].value = value
      case (let index?, nil): items.remove(at: index)
      case (nil, let value?): items.append((name, value))
      case (nil, nil): break
      }
    }
  }
}
