/// A tree of directories and files, in memory; `Leaf` is what a file holds: a template's text, the
/// content to write, a planned change.
///
/// Children are sorted by the bytes of their names. Two names that some file system takes for one
/// (letter case or Unicode form apart) cannot stand side by side.
package struct FileTree<Leaf: Sendable>: Sendable {
  private(set) var shape = TreeShape()
  /// What the files hold, in the order in which they were inserted.
  package private(set) var leaves: [Leaf] = []

  package init() {}

  package struct Directory: Sendable {
    fileprivate(set) var shape: TreeShape.Directory
    let leaves: [Leaf]
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
  /// - Throws: `TreeConflict` when a directory is at `path`, a file where a directory would be, or
  ///   a name that collides.
  package mutating func insert(_ file: File, at path: RelativePath) throws(TreeConflict) {
    let new = TreeShape.Node.file(TreeShape.File(note: file.note, leaf: leaves.count))
    if let number = try shape.insert(new, at: path) {
      leaves[number] = file.leaf
    } else {
      leaves.append(file.leaf)
    }
  }

  /// Makes the directory at `path` and those above it; one that is there stays.
  ///
  /// - Throws: `TreeConflict` as `insert`.
  package mutating func insertDirectory(
    at path: RelativePath, note: String? = nil
  ) throws(TreeConflict) {
    guard !path.isRoot else { return }
    var directory = TreeShape.Directory()
    directory.note = note
    _ = try shape.insert(.directory(directory), at: path)
  }

  /// What is at `path`; nil when nothing is.
  package subscript(path: RelativePath) -> Node? {
    shape[path].map { Node($0, leaves) }
  }

  /// Every node but the root, directories before what they hold.
  package func forEach(_ body: (RelativePath, Node) throws -> Void) rethrows {
    try shape.root.forEach(under: .root) { path, node in try body(path, Node(node, leaves)) }
  }

  /// A tree of the same shape and notes with other leaves.
  ///
  /// - Parameters:
  ///   - directory: called for each directory but the root, before what it holds.
  ///   - file: makes the new leaf of a file.
  package func map<NewLeaf>(
    directory: (RelativePath) throws -> Void, file: (RelativePath, File) throws -> NewLeaf
  ) rethrows -> FileTree<NewLeaf> {
    var new = [NewLeaf?](repeating: nil, count: leaves.count)
    try shape.root.forEach(under: .root) { path, node in
      switch node {
      case .directory: try directory(path)
      case .file(let old):
        new[old.leaf] = try file(path, File(leaves[old.leaf], note: old.note))
      }
    }
    var result = FileTree<NewLeaf>()
    result.shape = shape
    result.leaves = new.compactMap(\.self)
    return result
  }

  /// A tree of the same shape and notes with other leaves, made in the order of the tree.
  package func map<NewLeaf>(
    _ file: (RelativePath, File) throws -> NewLeaf
  ) rethrows -> FileTree<NewLeaf> {
    try map(directory: { _ in }, file: file)
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

extension FileTree.Node {
  fileprivate init(_ node: TreeShape.Node, _ leaves: [Leaf]) {
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
    shape[name].map { FileTree.Node($0, leaves) }
  }
}

/// Two paths that cannot both be: they collide where letter case or Unicode form is ignored, or
/// one needs a directory where the other is a file.
package struct TreeConflict: Error, Hashable, Sendable {
  package var path: RelativePath
  package var existing: RelativePath
}
