/// The shape of a tree: directories, names and notes, and for each file the number of its leaf.
///
/// It is apart from the leaves, so that a tree of other leaves has the same shape without a copy,
/// and so that what goes up and down a tree is compiled once, and not generic.
package struct TreeShape: Sendable {
  package var root = Directory()

  package struct Directory: Sendable {
    package var note: String?
    package fileprivate(set) var children: [Child] = []
    /// Names as a careless file system sees them, to the name that is there. Nil as long as no
    /// name was held against those that are there, or all of them are ASCII without capitals,
    /// which nothing sees but as they are.
    private var names: [String: String]?
    fileprivate var isPlain = true
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
    package var node: Node
  }

  package init() {}

  /// - Parameter paths: as for `FileTree.init(sorted:leaves:)`; the leaf of each is its index.
  package init(sorted paths: [String]) {
    var next = 0
    while next < paths.count { root.append(paths, &next, below: 0) }
  }

  /// - Returns: The number of the leaf that is to be replaced; nil for a new file.
  /// - Throws: as `FileTree.insert`.
  package mutating func insertFile(
    note: String?, leaf: Int, at path: RelativePath
  ) throws(TreeConflict) -> Int? {
    try root.insert(.file(File(note: note, leaf: leaf)), at: path.components, 0, path)
  }

  /// - Throws: as `FileTree.insertDirectory`.
  package mutating func insertDirectory(note: String?, at path: RelativePath) throws(TreeConflict) {
    guard !path.isRoot else { return }
    var directory = Directory()
    directory.note = note
    _ = try root.insert(.directory(directory), at: path.components, 0, path)
  }

  /// Every node but the root, directories before what they hold.
  package var entries: [Entry] {
    var entries: [Entry] = []
    root.collect(into: &entries, under: .root)
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

extension TreeShape.Directory {
  package subscript(name: String) -> TreeShape.Node? {
    let index = index(of: name)
    guard index < children.count, children[index].name.equalsInBytes(name) else { return nil }
    return children[index].node
  }

  /// Every node below, directories before what they hold.
  package func forEach(
    under parent: RelativePath, _ body: (RelativePath, TreeShape.Node) throws -> Void
  ) rethrows {
    for child in children {
      let path = RelativePath(unchecked: child.name).under(parent)
      try body(path, child.node)
      if case .directory(let directory) = child.node { try directory.forEach(under: path, body) }
    }
  }

  fileprivate func collect(into entries: inout [TreeShape.Entry], under parent: RelativePath) {
    for child in children {
      let path = RelativePath(unchecked: child.name).under(parent)
      switch child.node {
      case .directory(let directory):
        entries.append(TreeShape.Entry(path: path, leaf: nil))
        directory.collect(into: &entries, under: path)
      case .file(let file):
        entries.append(TreeShape.Entry(path: path, leaf: file.leaf))
      }
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

  /// Adds the file of `paths[next]`, or the directory that it and those after it are in.
  ///
  /// - Parameter start: where the names of this directory's children begin in a path.
  fileprivate mutating func append(_ paths: [String], _ next: inout Int, below start: Int) {
    var path = paths[next]
    let (name, isFile) = path.withUTF8 { bytes in
      var end = start
      while end < bytes.count, bytes[end] != UInt8(ascii: "/") { end += 1 }
      let name = UnsafeBufferPointer(rebasing: bytes[start..<end])
      return (String(decoding: name, as: UTF8.self), end == bytes.count)
    }
    if isFile {
      append(TreeShape.Child(name: name, node: .file(TreeShape.File(note: nil, leaf: next))))
      next += 1
      return
    }
    var directory = TreeShape.Directory()
    let inner = start + name.utf8.count + 1
    repeat {
      directory.append(paths, &next, below: inner)
    } while next < paths.count && paths[next].begins(as: path, for: inner)
    append(TreeShape.Child(name: name, node: .directory(directory)))
  }

  /// Adds a child that collides with none.
  private mutating func append(_ child: TreeShape.Child) {
    if isPlain { isPlain = FileTrees.isPlain(child.name) }
    // `a-b/` is before `a/`, but `a` before `a-b`.
    children.insert(child, at: index(of: child.name))
  }

  fileprivate mutating func insert(
    _ node: TreeShape.Node, at components: [String], _ level: Int, _ path: RelativePath
  ) throws(TreeConflict) -> Int? {
    guard level < components.count else { return nil }
    let name = components[level]
    let rest = components.count - level - 1
    let index = index(of: name)
    let isNew = index == children.count || !children[index].name.equalsInBytes(name)
    if isNew {
      if let present = claim(name) {
        throw TreeConflict(path: path, existing: path.replacingLast(rest + 1, by: present))
      }
      let new = rest == 0 ? node : .directory(TreeShape.Directory())
      children.insert(TreeShape.Child(name: name, node: new), at: index)
      if rest == 0 { return nil }
    }
    switch (children[index].node, node) {
    case (.directory(var directory), _) where rest > 0:
      children[index].node = .directory(TreeShape.Directory())  // released, so changed in place
      defer { children[index].node = .directory(directory) }
      return try directory.insert(node, at: components, level + 1, path)
    case (.directory(var directory), .directory(let new)):
      directory.note = new.note ?? directory.note
      children[index].node = .directory(directory)
      return nil
    case (.file(let old), .file(let new)) where rest == 0:
      children[index].node = .file(TreeShape.File(note: new.note, leaf: old.leaf))
      return old.leaf
    default:
      throw TreeConflict(path: path, existing: path.ancestor(dropping: rest))
    }
  }

  /// Remembers a new name; returns the one that is there when both collide.
  private mutating func claim(_ name: String) -> String? {
    if names == nil {
      if isPlain {
        if FileTrees.isPlain(name) { return nil }
        isPlain = false
      }
      names = [:]
      for child in children { names?[collisionKey(of: child.name)] = child.name }
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
