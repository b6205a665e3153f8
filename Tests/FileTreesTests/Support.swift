import FileTrees

/// A tree of files at `paths`, numbered from 0; a path that ends in `/` is a directory.
func tree(_ paths: String...) throws -> FileTree {
  var tree = FileTree()
  for (number, path) in paths.enumerated() { try tree.insert(path, leaf: number) }
  return tree
}

extension FileTree {
  /// Puts a file at `path`, or makes the directory where it ends in `/`.
  mutating func insert(_ path: String, leaf: Int = 0, note: String? = nil) throws {
    if path.hasSuffix("/") {
      try insertDirectory(note: note, at: RelativePath(validating: String(path.dropLast())))
    } else {
      try insertFile(leaf: leaf, note: note, at: RelativePath(validating: path))
    }
  }

  /// The path of every node, in the order of a walk; directories end with `/`.
  var paths: [String] { entries.map { $0.path.string + ($0.leaf == nil ? "/" : "") } }

  /// The paths of the files, in the order of a walk.
  var files: [String] { entries.filter { $0.leaf != nil }.map(\.path.string) }

  /// The git tree id, all files being empty and none executable.
  var gitID: String {
    GitObjectID(tree: root) { _ in (GitObjectID(blob: []), false) }.description
  }
}
