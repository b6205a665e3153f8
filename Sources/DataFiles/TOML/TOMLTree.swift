import Documents

/// The tables of a TOML document while it is read. Headers come back to tables that are there, so
/// that these stand in a list of their own, and name each other by their places in it.
struct TOMLTree {
  /// What has said what a table holds, after which nothing else may.
  private enum Definition: Equatable {
    case header
    /// Dotted keys, which may go on until the next header.
    case dottedKeys(section: Int)
  }

  /// What a key holds that is no value.
  private enum Child {
    case table(Int)
    case list(Int)
  }

  private struct Table {
    var map = MapBuilder()
    /// Those members that are tables, by their place in the map.
    var children: [Int: Child] = [:]
    var definition: Definition?
    var offset: Int
    var depth: Int
  }

  private var tables: [Table]
  /// Lists of tables.
  private var lists: [[Int]] = []
  /// The table that the keys at hand are in.
  private var current = 0
  /// Counts the headers.
  private var section = 0

  /// Deeper nesting than any document has a use for; keeps hostile input off the stack.
  static let deepest = 100

  init(at offset: Int) {
    tables = [Table(definition: .header, offset: offset, depth: 0)]
  }

  /// What a key may not do.
  enum Fault: Error {
    /// The key of this place in the list stands for something else already.
    case taken(Int)
    case tooDeep
  }

  // MARK: Headers

  mutating func openTable(_ keys: [TOMLKey], at offset: Int) throws(Fault) {
    section += 1
    let parent = try parent(of: keys)
    let last = keys.count - 1
    switch find(keys[last], in: parent) {
    case .absent: current = try add(keys[last], to: parent, at: offset)
    case .table(let table):
      guard tables[table].definition == nil else { throw .taken(last) }
      current = table
    case .list, .value: throw .taken(last)
    }
    tables[current].definition = .header
  }

  mutating func openItem(_ keys: [TOMLKey], at offset: Int) throws(Fault) {
    section += 1
    let parent = try parent(of: keys)
    let last = keys.count - 1
    switch find(keys[last], in: parent) {
    case .absent:
      current = try add(keys[last], to: parent, at: offset, asList: true)
    case .list(let list):
      current = try makeTable(in: parent, at: offset)
      lists[list].append(current)
    case .table, .value: throw .taken(last)
    }
    tables[current].definition = .header
  }

  /// The table that the last of the keys is in, made where it is not there.
  private mutating func parent(of keys: [TOMLKey]) throws(Fault) -> Int {
    var table = 0
    for (index, key) in keys.dropLast().enumerated() {
      switch find(key, in: table) {
      case .absent: table = try add(key, to: table, at: key.offset)
      case .table(let next): table = next
      case .list(let list): table = lists[list][lists[list].count - 1]
      case .value: throw .taken(index)
      }
    }
    return table
  }

  // MARK: Values

  mutating func add(_ keys: [TOMLKey], _ node: DataNode) throws(Fault) {
    var table = current
    for (index, key) in keys.dropLast().enumerated() {
      let definition = Definition.dottedKeys(section: section)
      switch find(key, in: table) {
      case .absent: table = try add(key, to: table, at: key.offset)
      case .table(let next):
        guard tables[next].definition == nil || tables[next].definition == definition else {
          throw .taken(index)
        }
        table = next
      case .list, .value: throw .taken(index)
      }
      tables[table].definition = definition
    }
    let last = keys[keys.count - 1]
    guard tables[table].map.add(last.text, at: last.offset, node) == nil else {
      throw .taken(keys.count - 1)
    }
  }

  // MARK: Finding and making

  private enum Found {
    case absent
    case value
    case table(Int)
    case list(Int)
  }

  private func find(_ key: TOMLKey, in table: Int) -> Found {
    guard let index = tables[table].map.index(of: key.text) else { return .absent }
    return switch tables[table].children[index] {
    case .table(let table): .table(table)
    case .list(let list): .list(list)
    case nil: .value
    }
  }

  private mutating func add(
    _ key: TOMLKey, to parent: Int, at offset: Int, asList: Bool = false
  ) throws(Fault) -> Int {
    let table = try makeTable(in: parent, at: offset)
    let member = tables[parent].map.members.count
    // Its value is known at the end.
    _ = tables[parent].map.add(key.text, at: key.offset, DataNode(.null, at: offset))
    tables[parent].children[member] = asList ? .list(lists.count) : .table(table)
    if asList { lists.append([table]) }
    return table
  }

  private mutating func makeTable(in parent: Int, at offset: Int) throws(Fault) -> Int {
    guard tables[parent].depth < Self.deepest else { throw .tooDeep }
    tables.append(Table(offset: offset, depth: tables[parent].depth + 1))
    return tables.count - 1
  }

  // MARK: The result

  var root: DataNode { node(of: 0) }

  private func node(of table: Int) -> DataNode {
    var map = tables[table].map
    for (member, child) in tables[table].children {
      switch child {
      case .table(let table): map.replaceNode(at: member, with: node(of: table))
      case .list(let list):
        let items = lists[list].map { node(of: $0) }
        map.replaceNode(
          at: member, with: DataNode(.list(items), at: map.members[member].node.offset))
      }
    }
    return DataNode(.map(map.members), at: tables[table].offset)
  }
}

/// One part of a dotted key.
struct TOMLKey {
  var text: String
  var offset: Int
}
