/// A tree of directories and files, in memory; `Leaf` is what a file holds: a template's text, the
/// content to write, a planned change.
///
/// Children are sorted by the bytes of their names. Two names that some file system takes for one
/// (letter case or Unicode form apart) cannot stand side by side.
package struct FileTree<Leaf: Sendable>: Sendable {
  package var root: Directory

  package init() {
    root = Directory()
  }

  package struct Directory: Sendable {
    /// One line that says what the directory is for.
    package var note: String?
    package fileprivate(set) var children: [Child] = []
    /// Names as a careless file system sees them, to the name that is there. Nil as long as all
    /// names are ASCII without capitals, which nothing sees but as they are.
    fileprivate var names: [String: String]?
  }

  package struct File: Sendable {
    package var note: String?
    package var leaf: Leaf

    package init(_ leaf: Leaf, note: String? = nil) {
      self.leaf = leaf
      self.note = note
    }
  }

  package enum Node: Sendable {
    case directory(Directory)
    case file(File)
  }

  package struct Child: Sendable {
    package var name: String
    package var node: Node
  }

  /// Puts `file` at `path`, makes the directories above it, and replaces a file that is there.
  ///
  /// - Throws: `TreeConflict` when a directory is at `path`, a file where a directory would be, or
  ///   a name that collides.
  package mutating func insert(_ file: File, at path: RelativePath) throws(TreeConflict) {
    try root.insert(.file(file), at: path.components[...], path)
  }

  /// Makes the directory at `path` and those above it; one that is there stays.
  ///
  /// - Throws: `TreeConflict` as `insert`.
  package mutating func insertDirectory(
    at path: RelativePath, note: String? = nil
  ) throws(TreeConflict) {
    guard !path.isRoot else { return }
    var directory = Directory()
    directory.note = note
    try root.insert(.directory(directory), at: path.components[...], path)
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

  /// Every node but the root, directories before what they hold.
  package func forEach<Failure: Error>(
    _ body: (RelativePath, Node) throws(Failure) -> Void
  ) throws(Failure) {
    try root.forEach(under: .root, body)
  }

  /// The same tree with other leaves, notes as they are.
  ///
  /// - Parameters:
  ///   - directory: called for each directory but the root, before what it holds.
  ///   - file: makes the new leaf of a file.
  package func map<NewLeaf>(
    directory: (RelativePath, Directory) throws -> Void,
    file: (RelativePath, File) throws -> NewLeaf
  ) rethrows -> FileTree<NewLeaf> {
    var result = FileTree<NewLeaf>()
    result.root = try root.map(under: .root, directory, file)
    return result
  }

  package func map<NewLeaf>(
    _ file: (RelativePath, File) throws -> NewLeaf
  ) rethrows -> FileTree<NewLeaf> {
    try map(directory: { _, _ in }, file: file)
  }

  /// The files, depth first.
  package var files: [(path: RelativePath, file: File)] {
    var result: [(path: RelativePath, file: File)] = []
    forEach { path, node in
      if case .file(let file) = node { result.append((path, file)) }
    }
    return result
  }
}

extension FileTree.Directory {
  package subscript(name: String) -> FileTree.Node? {
    let index = index(of: name)
    guard index < children.count, children[index].name.equalsInBytes(name) else { return nil }
    return children[index].node
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
    _ node: FileTree.Node, at components: ArraySlice<String>, _ path: RelativePath
  ) throws(TreeConflict) {
    guard let name = components.first else { return }
    let rest = components.dropFirst()
    let index = index(of: name)
    let isNew = index == children.count || !children[index].name.equalsInBytes(name)
    if isNew {
      if let present = claim(name) {
        throw TreeConflict(path: path, existing: path.replacingLast(rest.count + 1, by: present))
      }
      children.insert(
        FileTree.Child(name: name, node: rest.isEmpty ? node : .directory(FileTree.Directory())),
        at: index)
      if rest.isEmpty { return }
    }
    switch (children[index].node, node) {
    case (.directory(var directory), _) where !rest.isEmpty:
      children[index].node = .directory(FileTree.Directory())  // released, so changed in place
      defer { children[index].node = .directory(directory) }
      try directory.insert(node, at: rest, path)
    case (.directory(var directory), .directory(let new)):
      directory.note = new.note ?? directory.note
      children[index].node = .directory(directory)
    case (.file, .file) where rest.isEmpty:
      children[index].node = node
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

  fileprivate func map<NewLeaf>(
    under parent: RelativePath, _ directory: (RelativePath, FileTree.Directory) throws -> Void,
    _ file: (RelativePath, FileTree.File) throws -> NewLeaf
  ) rethrows -> FileTree<NewLeaf>.Directory {
    var result = FileTree<NewLeaf>.Directory()
    result.note = note
    result.names = names
    result.children.reserveCapacity(children.count)
    for child in children {
      let path = RelativePath(unchecked: child.name).under(parent)
      let node: FileTree<NewLeaf>.Node
      switch child.node {
      case .directory(let inner):
        try directory(path, inner)
        node = .directory(try inner.map(under: path, directory, file))
      case .file(let old):
        node = .file(FileTree<NewLeaf>.File(try file(path, old), note: old.note))
      }
      result.children.append(FileTree<NewLeaf>.Child(name: child.name, node: node))
    }
    return result
  }

  fileprivate func forEach<Failure: Error>(
    under parent: RelativePath, _ body: (RelativePath, FileTree.Node) throws(Failure) -> Void
  ) throws(Failure) {
    for child in children {
      let path = RelativePath(unchecked: child.name).under(parent)
      try body(path, child.node)
      if case .directory(let directory) = child.node {
        try directory.forEach(under: path, body)
      }
    }
  }
}

/// Two paths that cannot both be: they collide where letter case or Unicode form is ignored, or
/// one needs a directory where the other is a file.
package struct TreeConflict: Error, Hashable, Sendable {
  package var path: RelativePath
  package var existing: RelativePath
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
