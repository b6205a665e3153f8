/// The names that a template may use, with their types.
package struct Declarations: Sendable {
  package private(set) var types: [String: ValueType]

  package init(_ types: [String: ValueType] = [:]) {
    self.types = types
  }

  package subscript(name: String) -> ValueType? {
    get { types[name] }
    set { types[name] = newValue }
  }

  /// These names and those of an item of a list: `ITEM`, `ITEM_INDEX`, `ITEM_FIRST`, `ITEM_LAST`,
  /// `ITEM_PREVIOUS`.
  package func declaring(item: String, of type: ValueType) -> Declarations {
    var result = self
    result[item] = type
    result[item + "_INDEX"] = .integer
    result[item + "_FIRST"] = .flag
    result[item + "_LAST"] = .flag
    result[item + "_PREVIOUS"] = type
    return result
  }

  /// The names that an item of a list brings, its own first.
  package static func companions(of item: String) -> [String] {
    [item] + ["_INDEX", "_FIRST", "_LAST", "_PREVIOUS"].map { item + $0 }
  }
}

/// The values of the names that a template uses.
package struct Scope: Sendable {
  package private(set) var values: [String: Value]

  package init(_ values: [String: Value] = [:]) {
    self.values = values
  }

  package subscript(name: String) -> Value? {
    get { values[name] }
    set { values[name] = newValue }
  }

  /// This scope with the item at `index` (from 0) of `list` bound to `name` and its companions.
  /// `name_PREVIOUS` is the empty text for the first item.
  package func binding(_ name: String, to index: Int, of list: [Value]) -> Scope {
    var result = self
    result.bind(name, to: index, of: list)
    return result
  }

  /// Binds the item at `index` (from 0) of `list` as `binding(_:to:of:)` does.
  package mutating func bind(_ name: String, to index: Int, of list: [Value]) {
    self[name] = list[index]
    self[name + "_INDEX"] = .integer(index + 1)
    self[name + "_FIRST"] = .flag(index == 0)
    self[name + "_LAST"] = .flag(index == list.count - 1)
    self[name + "_PREVIOUS"] = index == 0 ? .text("") : list[index - 1]
  }
}
