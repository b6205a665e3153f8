import FileTrees

/// A tree of texts by path; a path that ends in `/` is a directory.
func tree(_ files: KeyValuePairs<String, String>) throws -> FileTree<String> {
  var tree = FileTree<String>()
  for (path, text) in files {
    if path.hasSuffix("/") {
      try tree.insertDirectory(at: RelativePath(validating: String(path.dropLast())))
    } else {
      try tree.insert(.init(text), at: RelativePath(validating: path))
    }
  }
  return tree
}

/// A tree of files that hold nothing.
func tree(_ paths: String...) throws -> FileTree<String> {
  var tree = FileTree<String>()
  for path in paths { try tree.insert(.init(""), at: RelativePath(validating: path)) }
  return tree
}

extension FileTree {
  /// The path of every node, in the order of `forEach`; directories end with `/`.
  var paths: [String] {
    var result: [String] = []
    forEach { path, node in
      if case .directory = node {
        result.append(path.string + "/")
      } else {
        result.append(path.string)
      }
    }
    return result
  }
}

extension FileTree<String> {
  /// The git tree id of the tree, its texts as contents, none of them executable.
  var gitID: String {
    GitObjectID(tree: root) { (GitObjectID(blob: Array($0.utf8)), false) }.description
  }
}
