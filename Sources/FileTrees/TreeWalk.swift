extension FileTree {
  /// A node on the way through a tree.
  package struct Entry: Sendable {
    package var path: RelativePath
    /// The number of what a file holds; nil for a directory.
    package var leaf: Int?
  }

  /// Every node but the root, directories before what they hold.
  package var entries: TreeWalk { TreeWalk(of: root) }
}

/// The way through a tree, depth first, which puts the paths together.
package struct TreeWalk: Sequence, IteratorProtocol, Sendable {
  /// The directories that the walk is in, outermost first.
  private var levels: [Level]

  private struct Level {
    let path: RelativePath
    let children: [FileTree.Child]
    var next = 0
  }

  init(of root: FileTree.Directory) {
    levels = [Level(path: .root, children: root.children)]
  }

  package mutating func next() -> FileTree.Entry? {
    while let level = levels.last {
      guard level.next < level.children.count else {
        levels.removeLast()
        continue
      }
      levels[levels.count - 1].next += 1
      let child = level.children[level.next]
      let path = RelativePath(unchecked: child.name).under(level.path)
      switch child.node {
      case .file(let file): return FileTree.Entry(path: path, leaf: file.leaf)
      case .directory(let directory):
        levels.append(Level(path: path, children: directory.children))
        return FileTree.Entry(path: path, leaf: nil)
      }
    }
    return nil
  }
}
