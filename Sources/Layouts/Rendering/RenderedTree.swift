import FileTrees

/// A project as it is to be written.
package struct RenderedTree: Sendable {
  package private(set) var tree: FileTree
  /// What the files of `tree` number.
  package private(set) var files: [RenderedFile]

  init(tree: FileTree, files: [RenderedFile]) {
    self.tree = tree
    self.files = files
  }

  /// Puts one more file into the project; one that is there is replaced.
  ///
  /// - Throws: `TreeConflict` as `FileTree.insertFile`.
  package mutating func insert(
    _ file: RenderedFile, note: String?, at path: RelativePath
  ) throws(TreeConflict) {
    if let number = try tree.insertFile(leaf: files.count, note: note, at: path) {
      files[number] = file
    } else {
      files.append(file)
    }
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
