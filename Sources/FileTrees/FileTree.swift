/// A tree of directories and files, in memory. A file holds a number, that of what whoever made the
/// tree keeps of it in an array: a template, a content to write, a planned change.
///
/// A path is the chain of names that leads to a node; a walk (`entries`) puts it together. Children
/// are sorted by the bytes of their names. Two names that some file system takes for one (letter
/// case or Unicode form apart) cannot stand side by side.
package struct FileTree: Sendable {
  package var root = Directory()

  package struct Directory: Sendable {
    /// One line that says what the directory is for.
    package var note: String?
    /// What whoever first put it into the tree calls it; nil when it was made for what it holds.
    fileprivate var number: Int?
    package fileprivate(set) var children: [Child] = []
    private var names = CollidingNames()
  }

  package struct File: Sendable {
    package var note: String?
    /// The number of what it holds.
    package var leaf: Int
  }

  package enum Node: Sendable {
    case directory(Directory)
    case file(File)
  }

  package struct Child: Sendable {
    package var name: String
    package var node: Node
  }

  package init() {}

  /// Puts a file at `path`, and makes the directories above it. A file that is there keeps its
  /// number, and gets the new note.
  ///
  /// - Returns: The number of the file that is there; nil for a new one.
  /// - Throws: `TreeConflict` when a directory is at `path`, a file where a directory would be, or
  ///   a name that collides.
  @discardableResult
  package mutating func insertFile(
    leaf: Int, note: String? = nil, at path: RelativePath
  ) throws(TreeConflict) -> Int? {
    try root.insert(.file(File(note: note, leaf: leaf)), at: path, from: 0)
  }

  /// Makes the directory at `path` and those above it; one that is there stays, and keeps its note
  /// unless there is a new one.
  ///
  /// - Parameter number: kept with a directory that is new.
  /// - Returns: The number of the directory that is there; nil for a new one.
  /// - Throws: `TreeConflict` as `insertFile`.
  @discardableResult
  package mutating func insertDirectory(
    number: Int? = nil, note: String? = nil, at path: RelativePath
  ) throws(TreeConflict) -> Int? {
    guard !path.isRoot else { return nil }
    var directory = Directory()
    directory.note = note
    directory.number = number
    return try root.insert(.directory(directory), at: path, from: 0)
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

/// Two paths that cannot both be: they collide where letter case or Unicode form is ignored, or
/// one needs a directory where the other is a file.
package struct TreeConflict: Error, Hashable, Sendable {
  package var path: RelativePath
  package var existing: RelativePath
}

extension FileTree.Node {
  /// Inserts into this directory, whose path ends where the component before `start` does.
  ///
  /// - Throws: also that it is none.
  fileprivate mutating func insert(
    _ node: FileTree.Node, at path: RelativePath, from start: Int
  ) throws(TreeConflict) -> Int? {
    guard case .directory(var directory) = self else {
      throw TreeConflict(path: path, existing: path.prefix(start - 1))
    }
    self = .directory(FileTree.Directory())  // released, so that the copy is the only one
    defer { self = .directory(directory) }
    return try directory.insert(node, at: path, from: start)
  }
}

extension FileTree.Directory {
  package subscript(name: String) -> FileTree.Node? {
    let (index, isThere) = find(name, 0..<name.utf8.count)
    return isThere ? children[index].node : nil
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
    _ node: FileTree.Node, at path: RelativePath, from start: Int
  ) throws(TreeConflict) -> Int? {
    let end = path.endOfComponent(from: start)
    let isLast = end == path.string.utf8.count
    let (index, isThere) = find(path.string, start..<end)
    if !isThere {
      let name = path.component(start..<end)
      if let present = names.claim(name, among: children) {
        let existing = RelativePath(unchecked: present).under(path.prefix(max(0, start - 1)))
        throw TreeConflict(path: path, existing: existing)
      }
      let new = isLast ? node : .directory(FileTree.Directory())
      children.insert(FileTree.Child(name: name, node: new), at: index)
      if isLast { return nil }
    }
    if !isLast {
      // Where it is, since a copy would cost as much as the directory is large.
      return try children[index].node.insert(node, at: path, from: end + 1)
    }
    switch (children[index].node, node) {
    case (.directory(var directory), .directory(let new)):
      directory.note = new.note ?? directory.note
      children[index].node = .directory(directory)
      return directory.number
    case (.file(let old), .file(let new)):
      children[index].node = .file(FileTree.File(note: new.note, leaf: old.leaf))
      return old.leaf
    default:
      throw TreeConflict(path: path, existing: path)
    }
  }
}
