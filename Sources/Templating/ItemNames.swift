/// The names that an item of a list brings: `ITEM` and its companions.
package struct ItemNames: Sendable {
  let item: String
  let index: String
  let first: String
  let last: String
  let previous: String

  package init(_ item: String) {
    self.item = item
    index = item + "_INDEX"
    first = item + "_FIRST"
    last = item + "_LAST"
    previous = item + "_PREVIOUS"
  }

  var all: [String] { [item, index, first, last, previous] }

  /// Each name with its type when the items are of `type`.
  func types(of type: ValueType) -> [(name: String, type: ValueType)] {
    [(item, type), (index, .integer), (first, .flag), (last, .flag), (previous, type)]
  }

  /// Each name with its value for the item at `position` (from 0) of `list`.
  func values(at position: Int, of list: [Value]) -> [(name: String, value: Value)] {
    [
      (item, list[position]), (index, .integer(position + 1)), (first, .flag(position == 0)),
      (last, .flag(position == list.count - 1)),
      (previous, position == 0 ? .text("") : list[position - 1]),
    ]
  }
}
