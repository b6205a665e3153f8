/// A tree of directories and files, in memory; `Leaf` is what a file holds: a template's text, the
/// content to write, a planned change.
///
/// Children are sorted by the bytes of their names. Two names that some file system takes for one
/// (letter case or Unicode form apart) cannot stand side by side.
///
/// Generic methods are slow where they are called from another module; what is called for every file
/// goes through `shape` or `entries`, and `leaves`.
package struct FileTree<Leaf: Sendable>: Sendable {
  package fileprivate(set) var shape = TreeShape()
  /// What the files hold, in the order in which they were inserted.
  package fileprivate(set) var leaves: [Leaf] = []

  package init() {}

  /// - Parameter leaves: those that the files of `shape` number.
  package init(shape: TreeShape, leaves: [Leaf]) {
    self.shape = shape
    self.leaves = leaves
  }

  package struct Directory: Sendable {
    package fileprivate(set) var shape: TreeShape.Directory
    package let leaves: [Leaf]
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

  package var root: Directory {
    get { Directory(shape: shape.root, leaves: leaves) }
    set {
      shape.root = newValue.shape
      leaves = newValue.leaves
    }
  }

  /// Puts `file` at `path`, makes the directories above it, and replaces a file that is there.
  ///
  /// - Returns: What the file that was replaced held.
  /// - Throws: `TreeConflict` when a directory is at `path`, a file where a directory would be, or
  ///   a name that collides.
  @discardableResult
  package mutating func insert(_ file: File, at path: RelativePath) throws(TreeConflict) -> Leaf? {
    guard let number = try shape.insertFile(note: file.note, leaf: leaves.count, at: path) else {
      leaves.append(file.leaf)
      return nil
    }
    let replaced = leaves[number]
    leaves[number] = file.leaf
    return replaced
  }

  /// Makes the directory at `path` and those above it; one that is there stays.
  ///
  /// - Throws: `TreeConflict` as `insert`.
  package mutating func insertDirectory(
    at path: RelativePath, note: String? = nil
  ) throws(TreeConflict) {
    try shape.insertDirectory(note: note, at: path)
  }

  /// What is at `path`; nil when nothing is.
  package subscript(path: RelativePath) -> Node? {
    guard let node = shape[path] else { return nil }
    return Node(node, leaves)
  }

  /// Every node but the root, directories before what they hold.
  package func forEach(_ body: (RelativePath, Node) throws -> Void) rethrows {
    try shape.root.forEach { path, node in try body(path, Node(node, leaves)) }
  }

  /// Every node but the root, directories before what they hold; files with their places in
  /// `leaves`.
  package var entries: [TreeShape.Entry] { shape.entries }

  /// The files, depth first.
  package var files: [(path: RelativePath, file: File)] {
    var result: [(path: RelativePath, file: File)] = []
    result.reserveCapacity(leaves.count)
    shape.root.forEach { path, node in
      if case .file(let file) = node {
        result.append((path, File(leaves[file.leaf], note: file.note)))
      }
    }
    return result
  }
}

extension FileTree.Node {
  init(_ node: TreeShape.Node, _ leaves: [Leaf]) {
    switch node {
    case .directory(let directory):
      self = .directory(FileTree.Directory(shape: directory, leaves: leaves))
    case .file(let file):
      self = .file(FileTree.File(leaves[file.leaf], note: file.note))
    }
  }
}

extension FileTree.Directory {
  /// One line that says what the directory is for.
  package var note: String? {
    get { shape.note }
    set { shape.note = newValue }
  }

  package var children: [FileTree.Child] {
    shape.children.map { FileTree.Child(name: $0.name, node: FileTree.Node($0.node, leaves)) }
  }

  package subscript(name: String) -> FileTree.Node? {
    guard let node = shape[name] else { return nil }
    return FileTree.Node(node, leaves)
  }
}

/// Two paths that cannot both be: they collide where letter case or Unicode form is ignored, or
/// one needs a directory where the other is a file.
package struct TreeConflict: Error, Hashable, Sendable {
  package var path: RelativePath
  package var existing: RelativePath
}
