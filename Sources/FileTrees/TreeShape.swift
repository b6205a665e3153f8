/// The shape of a tree: directories, names and notes, and for each file the number of its leaf.
///
/// It is apart from the leaves, so that a tree of other leaves has the same shape without a copy,
/// and so that what goes up and down a tree is compiled once and not for every type of leaf.
struct TreeShape: Sendable {
  var root = Directory()

  struct Directory: Sendable {
    var note: String?
    fileprivate(set) var children: [Child] = []
    /// Names as a careless file system sees them, to the name that is there. Nil as long as all
    /// names are ASCII without capitals, which nothing sees but as they are.
    private var names: [String: String]?
  }

  struct File: Sendable {
    var note: String?
    var leaf: Int
  }

  enum Node: Sendable {
    case directory(Directory)
    case file(File)
  }

  struct Child: Sendable {
    var name: String
    var node: Node
  }

  /// - Returns: The number of the leaf that is to be replaced; nil for a new file.
  /// - Throws: as `FileTree.insert`.
  mutating func insert(_ node: Node, at path: RelativePath) throws(TreeConflict) -> Int? {
    try root.insert(node, at: path.components[...], path)
  }

  /// What is at `path`; nil when nothing is.
  subscript(path: RelativePath) -> Node? {
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

extension TreeShape.Directory {
  subscript(name: String) -> TreeShape.Node? {
    let index = index(of: name)
    guard index < children.count, children[index].name.equalsInBytes(name) else { return nil }
    return children[index].node
  }

  /// Every node below, directories before what they hold.
  func forEach(
    under parent: RelativePath, _ body: (RelativePath, TreeShape.Node) throws -> Void
  ) rethrows {
    for child in children {
      let path = RelativePath(unchecked: child.name).under(parent)
      try body(path, child.node)
      if case .directory(let directory) = child.node { try directory.forEach(under: path, body) }
    }
  }

  /// The first child whose name is not before `name`.
  private func index(of name: String) -> Int {
    // Names mostly come in order.
    guard let last = children.last, !last.name.precedesInBytes(name) else { return children.count }
    var low = 0
    var high = children.count
    while low < high {
      let middle = (low + high) / 2
      if children[middle].name.precedesInBytes(name) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  fileprivate mutating func insert(
    _ node: TreeShape.Node, at components: ArraySlice<String>, _ path: RelativePath
  ) throws(TreeConflict) -> Int? {
    guard let name = components.first else { return nil }
    let rest = components.dropFirst()
    let index = index(of: name)
    let isNew = index == children.count || !children[index].name.equalsInBytes(name)
    if isNew {
      if let present = claim(name) {
        throw TreeConflict(path: path, existing: path.replacingLast(rest.count + 1, by: present))
      }
      let new = rest.isEmpty ? node : .directory(TreeShape.Directory())
      children.insert(TreeShape.Child(name: name, node: new), at: index)
      if rest.isEmpty { return nil }
    }
    switch (children[index].node, node) {
    case (.directory(var directory), _) where !rest.isEmpty:
      children[index].node = .directory(TreeShape.Directory())  // released, so changed in place
      defer { children[index].node = .directory(directory) }
      return try directory.insert(node, at: rest, path)
    case (.directory(var directory), .directory(let new)):
      directory.note = new.note ?? directory.note
      children[index].node = .directory(directory)
      return nil
    case (.file(let old), .file(let new)) where rest.isEmpty:
      children[index].node = .file(TreeShape.File(note: new.note, leaf: old.leaf))
      return old.leaf
    default:
      throw TreeConflict(path: path, existing: path.ancestor(dropping: rest.count))
    }
  }

  /// Remembers a new name; returns the one that is there when both collide.
  private mutating func claim(_ name: String) -> String? {
    if names == nil {
      if isPlain(name) { return nil }
      names = Dictionary(children.map { ($0.name, $0.name) }) { first, _ in first }
    }
    let key = collisionKey(of: name)
    if let present = names?[key] { return present }
    names?[key] = name
    return nil
  }
}

/// Whether `name` is ASCII without capitals, and so its own collision key.
private func isPlain(_ name: String) -> Bool {
  name.utf8.allSatisfy { $0 < 0x80 && !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
}

/// Equal for names that a file system which ignores letter case and Unicode form takes for one.
private func collisionKey(of name: String) -> String {
  if isPlain(name) { return name }
  if name.utf8.allSatisfy({ $0 < 0x80 }) { return name.lowercased() }
  return name.lowercased().uppercased().lowercased()
}

extension RelativePath {
  fileprivate func ancestor(dropping count: Int) -> RelativePath {
    RelativePath(unchecked: components.dropLast(count).joined(separator: "/"))
  }

  /// The path with `name` in place of its last `count` components.
  fileprivate func replacingLast(_ count: Int, by name: String) -> RelativePath {
    RelativePath(unchecked: name).under(ancestor(dropping: count))
  }
}
