/// The shape of a tree: directories, names and notes, and for each file the number of its leaf.
///
/// It is apart from the leaves, so that a tree of other leaves has the same shape without a copy,
/// and so that what goes up and down a tree is compiled once, and not generic.
package struct TreeShape: Sendable {
  package var root = Directory()

  package struct Directory: Sendable {
    package var note: String?
    /// What whoever first put it into the tree calls it; nil when it was made for what it holds.
    fileprivate var number: Int?
    package fileprivate(set) var children: [Child] = []
    /// The names as a careless file system sees them, sorted; made when a directory is large or has
    /// names that are not ASCII. (No dictionary: copying a shape with one asks the runtime for what
    /// its keys conform to.)
    private var keys: [CollisionKey] = []
    /// Of all names.
    private var letters = Letters.plain
  }

  package struct File: Sendable {
    package var note: String?
    package var leaf: Int
  }

  package enum Node: Sendable {
    case directory(Directory)
    case file(File)
  }

  package struct Entry: Sendable {
    package var path: RelativePath
    /// The number of what a file holds; nil for a directory.
    package var leaf: Int?
  }

  package struct Child: Sendable {
    package var name: String
    /// From the root of the tree that it was put into.
    package var path: RelativePath
    package var node: Node
  }

  package init() {}

  /// - Returns: The number of the leaf that is to be replaced; nil for a new file.
  /// - Throws: as `FileTree.insert`.
  package mutating func insertFile(
    note: String?, leaf: Int, at path: RelativePath
  ) throws(TreeConflict) -> Int? {
    try root.insert(.file(File(note: note, leaf: leaf)), at: path, from: 0)
  }

  /// - Parameter number: kept with a directory that is new.
  /// - Returns: The number of the directory that is there; nil for a new one.
  /// - Throws: as `FileTree.insertDirectory`.
  @discardableResult
  package mutating func insertDirectory(
    note: String?, number: Int? = nil, at path: RelativePath
  ) throws(TreeConflict) -> Int? {
    guard !path.isRoot else { return nil }
    var directory = Directory()
    directory.note = note
    directory.number = number
    return try root.insert(.directory(directory), at: path, from: 0)
  }

  /// Every node but the root, directories before what they hold.
  package var entries: [Entry] {
    var entries: [Entry] = []
    root.collect(into: &entries)
    return entries
  }

  /// What is at `path`; nil when nothing is.
  package subscript(path: RelativePath) -> Node? {
    var node = Node.directory(root)
    for component in path.components {
      guard case .directory(let directory) = node, let next = directory[component] else {
        return nil
      }
      node = next
    }
    return node
  }
}

extension TreeShape.Node {
  /// Inserts into this directory, which is at `here`.
  ///
  /// - Throws: also that it is none.
  fileprivate mutating func insert(
    _ node: TreeShape.Node, at path: RelativePath, from start: Int, below here: RelativePath
  ) throws(TreeConflict) -> Int? {
    guard case .directory(var directory) = self else {
      throw TreeConflict(path: path, existing: here)
    }
    self = .directory(TreeShape.Directory())  // released, so that the copy is the only one
    defer { self = .directory(directory) }
    return try directory.insert(node, at: path, from: start)
  }
}

extension TreeShape.Directory {
  package subscript(name: String) -> TreeShape.Node? {
    let (index, isThere) = find(name, 0..<name.utf8.count)
    return isThere ? children[index].node : nil
  }

  /// Every node below, directories before what they hold.
  package func forEach(_ body: (RelativePath, TreeShape.Node) throws -> Void) rethrows {
    for child in children {
      try body(child.path, child.node)
      if case .directory(let directory) = child.node { try directory.forEach(body) }
    }
  }

  fileprivate func collect(into entries: inout [TreeShape.Entry]) {
    for child in children {
      switch child.node {
      case .directory(let directory):
        entries.append(TreeShape.Entry(path: child.path, leaf: nil))
        directory.collect(into: &entries)
      case .file(let file):
        entries.append(TreeShape.Entry(path: child.path, leaf: file.leaf))
      }
    }
  }

  /// The first child whose name is not before the bytes of `text` in `range`, and whether its name
  /// is equal to them.
  private func find(_ text: String, _ range: Range<Int>) -> (index: Int, isThere: Bool) {
    // Names mostly come in order.
    guard let last = children.last, last.name.order(to: text, range) != .before else {
      return (children.count, false)
    }
    var low = 0
    var high = children.count
    while low < high {
      let middle = (low + high) / 2
      switch children[middle].name.order(to: text, range) {
      case .before: low = middle + 1
      case .equal: return (middle, true)
      case .behind: high = middle
      }
    }
    return (low, false)
  }

  /// - Parameter start: where the component of `path` begins that is a name in this directory.
  fileprivate mutating func insert(
    _ node: TreeShape.Node, at path: RelativePath, from start: Int
  ) throws(TreeConflict) -> Int? {
    let end = path.endOfComponent(from: start)
    let isLast = end == path.string.utf8.count
    let (index, isThere) = find(path.string, start..<end)
    if !isThere {
      let here = isLast ? path : path.prefix(end)
      let name = here.name
      if let present = claim(name) {
        let existing = RelativePath(unchecked: present).under(path.prefix(max(0, start - 1)))
        throw TreeConflict(path: path, existing: existing)
      }
      let new = isLast ? node : .directory(TreeShape.Directory())
      children.insert(TreeShape.Child(name: name, path: here, node: new), at: index)
      if isLast { return nil }
    }
    if !isLast {
      // Where it is, since a copy would cost as much as the directory is large.
      let here = children[index].path
      return try children[index].node.insert(node, at: path, from: end + 1, below: here)
    }
    switch (children[index].node, node) {
    case (.directory(var directory), .directory(let new)):
      directory.note = new.note ?? directory.note
      children[index].node = .directory(directory)
      return directory.number
    case (.file(let old), .file(let new)) where isLast:
      children[index].node = .file(TreeShape.File(note: new.note, leaf: old.leaf))
      return old.leaf
    default:
      throw TreeConflict(path: path, existing: children[index].path)
    }
  }

  /// Remembers a new name; returns the one that is there when both collide.
  private mutating func claim(_ name: String) -> String? {
    let letters = Letters(of: name)
    let widest = max(letters, self.letters)
    defer { self.letters = widest }
    if widest == .plain { return nil }
    if widest == .ascii, children.count < Self.mostLookedThrough {
      return children.first { $0.name.equalsIgnoringCaseOfASCII(name) }?.name
    }
    if keys.isEmpty {
      keys = children.map { CollisionKey(of: $0.name) }.sorted { $0.key < $1.key }
    }
    let key = CollisionKey(of: name)
    let index = index(of: key)
    if index < keys.count, keys[index].key == key.key { return keys[index].name }
    keys.insert(key, at: index)
    return nil
  }

  /// Where `key` is among the keys, or belongs.
  private func index(of key: CollisionKey) -> Int {
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if keys[middle].key < key.key { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// With more children than these, sorted keys are faster.
  private static let mostLookedThrough = 64
}

/// What names are made of, and so what a careless file system sees in them.
private enum Letters: Int, Comparable {
  /// ASCII without capitals: seen as they are.
  case plain
  case ascii
  case any

  init(of name: String) {
    var result = Letters.plain
    for byte in name.utf8 {
      if byte >= 0x80 {
        self = .any
        return
      }
      if (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) { result = .ascii }
    }
    self = result
  }

  static func < (left: Letters, right: Letters) -> Bool { left.rawValue < right.rawValue }
}

/// A name, and what a file system sees in it that ignores letter case and Unicode form: equal keys
/// collide.
private struct CollisionKey {
  let key: String
  let name: String

  init(of name: String) {
    self.name = name
    key = name.foldedCase
  }
}

extension String {
  /// As a file system sees it that ignores letter case: `ß` is `ss`, `ſ` is `s`.
  fileprivate var foldedCase: String {
    switch Letters(of: self) {
    case .plain: self
    case .ascii: lowercased()
    case .any: lowercased().uppercased().lowercased()
    }
  }

  /// The name as the most careless file system sees it: letter case ignored, and what HFS+ leaves
  /// out. Equal names (as `String`, which ignores Unicode form) may be one there.
  package var foldedName: String {
    // Nothing of ASCII is left out.
    let seen = Letters(of: self) == .any ? PathRules.withoutIgnored(self[...]) : self
    return seen.foldedCase
  }
}
