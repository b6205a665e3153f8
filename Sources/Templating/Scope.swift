import Documents

/// The names that a template may use, with their types.
package struct Declarations: Sendable {
  package private(set) var types: [String: ValueType]

  /// What loops of the template at hand declare, apart from `types` so that these need no copy.
  private var items: [(name: String, type: ValueType)] = []

  package init(_ types: [String: ValueType] = [:]) {
    self.types = types
  }

  package subscript(name: String) -> ValueType? {
    get {
      for item in items.reversed() where item.name == name { return item.type }
      return types[name]
    }
    set { types[name] = newValue }
  }

  /// Every name, those of loops among them.
  package var names: [String] { types.keys + items.map(\.name) }

  /// These names and those of an item of a list: `ITEM`, `ITEM_INDEX`, `ITEM_FIRST`, `ITEM_LAST`,
  /// `ITEM_PREVIOUS`.
  package func declaring(item: String, of type: ValueType) -> Declarations {
    var result = self
    result.enterLoop(ItemNames(item), of: type)
    return result
  }

  /// Declares an item of a list among the variables, where there may be very many.
  package mutating func declare(item: String, of type: ValueType) {
    for (name, type) in ItemNames(item).types(of: type) { types[name] = type }
  }

  /// These names and one more, which is no variable.
  package func declaring(_ name: String, of type: ValueType) -> Declarations {
    var result = self
    result.items.append((name, type))
    return result
  }

  /// Declares the item of a loop, for the copy at hand.
  mutating func enterLoop(_ names: ItemNames, of type: ValueType) {
    items += names.types(of: type)
  }
}

/// The values of the names that a template uses.
package struct Scope: Sendable {
  package private(set) var values: NamedValues<Value>

  /// What the loops around the place at hand bind, apart from `values` so that these need no copy.
  private var items: [(name: String, value: Value)] = []

  package init(_ values: NamedValues<Value> = [:]) {
    self.values = values
  }

  package subscript(name: String) -> Value? {
    get {
      for item in items.reversed() where item.name == name { return item.value }
      return values[name]
    }
    set { values[name] = newValue }
  }

  /// This scope with the item at `index` (from 0) of `list` bound to `name` and its companions.
  /// `name_PREVIOUS` is the empty text for the first item.
  package func binding(_ names: ItemNames, to index: Int, of list: [Value]) -> Scope {
    var result = self
    result.enterLoop(names, at: index, of: list)
    return result
  }

  /// Gives a name that is no variable a value, apart from the variables.
  package mutating func bind(_ name: String, to value: Value) {
    items.append((name, value))
  }

  /// Binds an item until `leaveLoop`.
  mutating func enterLoop(_ names: ItemNames, at index: Int, of list: [Value]) {
    items += names.values(at: index, of: list)
  }

  /// Forgets what the last `enterLoop` bound.
  mutating func leaveLoop() {
    items.removeLast(5)
  }
}
