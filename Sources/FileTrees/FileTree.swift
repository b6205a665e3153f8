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
    package fileprivate(set) var number: Int?
    package fileprivate(set) var children: [Child] = []
    private var names = CollidingNames()

    package init() {}
  }

  package struct File: Sendable {
    package var note: String?
    /// The number of what it holds.
    package var leaf: Int

    init(note: String? = nil, leaf: Int) {
      self.note = note
      self.leaf = leaf
    }
  }

  package enum Node: Sendable {
    /// (Apart, since it would make every file as large as itself.)
    indirect case directory(Directory)
    case file(File)
  }

  package struct Child: Sendable {
    package var name: String
    package var node: Node
  }

  package init() {}

  /// Puts a file at `path`, and makes the directories above it; otherwise as
  /// `Directory.insertFile`.
  @discardableResult
  package mutating func insertFile(
    leaf: Int, note: String? = nil, at path: RelativePath
  ) throws(TreeConflict) -> Int? {
    try root.inDirectory(of: path, path.components[...]) { directory, name throws(NameConflict) in
      try directory.insertFile(leaf: leaf, note: note, named: name)
    }
  }

  /// Makes the directory at `path` and those above it; one that is there stays, and keeps its note
  /// unless there is a new one.
  package mutating func insertDirectory(
    note: String? = nil, at path: RelativePath
  ) throws(TreeConflict) {
    guard !path.isRoot else { return }
    try root.inDirectory(of: path, path.components[...]) { directory, name throws(NameConflict) in
      directory.putBack(try directory.takeDirectory(note: note, named: name))
    }
  }

  /// Has `content` be the directory at `path`, whatever one there held.
  package mutating func setDirectory(
    _ content: Directory, at path: RelativePath
  ) throws(TreeConflict) {
    guard !path.isRoot else { return root = content }
    try root.inDirectory(of: path, path.components[...]) { directory, name throws(NameConflict) in
      var taken = try directory.takeDirectory(named: name)
      taken.directory = content
      directory.putBack(taken)
    }
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

extension FileTree.Directory {
  package subscript(name: String) -> FileTree.Node? {
    let (index, isThere) = find(name)
    return isThere ? children[index].node : nil
  }

  /// The first child whose name is not before `name`, and whether that is its name.
  private func find(_ name: String) -> (index: Int, isThere: Bool) {
    // Names mostly come in order.
    guard let last = children.last, last.name.order(to: name) != .before else {
      return (children.count, false)
    }
    var low = 0
    var high = children.count
    while low < high {
      let middle = (low + high) / 2
      switch children[middle].name.order(to: name) {
      case .before: low = middle + 1
      case .equal: return (middle, true)
      case .behind: high = middle
      }
    }
    return (low, false)
  }

  /// Adds a child whose name sorts behind the others and collides with none.
  mutating func append(_ node: FileTree.Node, named name: String) {
    children.append(FileTree.Child(name: name, node: node))
  }

  /// Calls `body` with the directory that holds `path`, which is made where it is not there, and the
  /// path's name in it.
  ///
  /// - Parameter rest: the components of `path` from this directory on.
  fileprivate mutating func inDirectory<Result>(
    of path: RelativePath, _ rest: ArraySlice<String>,
    _ body: (inout FileTree.Directory, String) throws(NameConflict) -> Result
  ) throws(TreeConflict) -> Result {
    let name = rest.first ?? ""
    var taken: Taken
    do throws(NameConflict) {
      if rest.count == 1 { return try body(&self, name) }
      taken = try takeDirectory(named: name)
    } catch {
      let names = path.components.dropLast(rest.count) + [error.existing]
      throw TreeConflict(path: path, existing: RelativePath(joining: names))
    }
    defer { putBack(taken) }
    return try taken.directory.inDirectory(of: path, rest.dropFirst(), body)
  }

  private mutating func add(
    _ node: FileTree.Node, named name: String, at index: Int
  ) throws(NameConflict) {
    if let present = names.claim(name, among: children) { throw NameConflict(existing: present) }
    children.insert(FileTree.Child(name: name, node: node), at: index)
  }
}

// MARK: - One directory at a time

/// That a name cannot be in a directory, because of one that is there.
package struct NameConflict: Error, Hashable, Sendable {
  package var existing: String
}

extension FileTree.Directory {
  /// Puts a file into this directory; one that is there keeps its number, and gets the new note.
  ///
  /// - Returns: The number of the file that is there; nil for a new one.
  /// - Throws: that a directory is there, or a name that collides.
  @discardableResult
  package mutating func insertFile(
    leaf: Int, note: String? = nil, named name: String
  ) throws(NameConflict) -> Int? {
    let (index, isThere) = find(name)
    guard isThere else {
      try add(.file(FileTree.File(note: note, leaf: leaf)), named: name, at: index)
      return nil
    }
    guard case .file(let file) = children[index].node else { throw NameConflict(existing: name) }
    children[index].node = .file(FileTree.File(note: note, leaf: file.leaf))
    return file.leaf
  }

  /// A directory that was taken out of the one that holds it, so as to be filled by itself: in place,
  /// since there is no other copy.
  package struct Taken {
    fileprivate let index: Int
    package var directory: FileTree.Directory
    package let isNew: Bool
    /// The number of the directory that is there.
    package var number: Int? { directory.number }
  }

  /// Takes the directory `name` out, until `putBack`; it is made where there is none. One that is there
  /// keeps its number, and its note unless there is a new one.
  ///
  /// - Throws: that a file is there, or a name that collides.
  package mutating func takeDirectory(
    number: Int? = nil, note: String? = nil, named name: String
  ) throws(NameConflict) -> Taken {
    let (index, isThere) = find(name)
    guard isThere else {
      var directory = FileTree.Directory()
      directory.note = note
      directory.number = number
      try add(.directory(FileTree.Directory()), named: name, at: index)
      return Taken(index: index, directory: directory, isNew: true)
    }
    guard case .directory(var directory) = children[index].node else {
      throw NameConflict(existing: name)
    }
    children[index].node = .directory(FileTree.Directory())  // so that there is no other copy
    directory.note = note ?? directory.note
    return Taken(index: index, directory: directory, isNew: false)
  }

  /// Nothing may be added to this directory between `takeDirectory` and this.
  package mutating func putBack(_ taken: consuming Taken) {
    children[taken.index].node = .directory(taken.directory)
  }
}
