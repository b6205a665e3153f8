import FileTrees

/// A project as it is to be written.
package struct RenderedTree: Sendable {
  package let tree: FileTree
  /// What the files of `tree` number.
  package let files: [RenderedFile]

  init(tree: FileTree, files: [RenderedFile]) {
    self.tree = tree
    self.files = files
  }

  /// The tree as it will stand in the project, the record in it, to be drawn.
  package var treeWithRecord: FileTree { tree.withRecord(leaf: files.count) }
}

extension FileTree {
  /// With the record as one more file.
  func withRecord(leaf: Int) -> FileTree {
    var result = self
    do {
      let path = try RelativePath.root.appending(Layout.recordName)
      try result.insertFile(leaf: leaf, note: Layout.recordNote, at: path)
    } catch {
      // A layout's files have no such name.
    }
    return result
  }
}
