import Documents
import FileSystems
import FileTrees

/// A project as it is to be written: all names, and of each file what it will be. Contents that there
/// was no room for are rendered again when they are asked for (`renderedContents`).
package struct RenderedTree: Sendable {
  package let tree: FileTree
  /// What the files of `tree` number.
  package let files: [RenderedFile]
  /// The git tree id of the layout's folder.
  package let digest: String
  let renderer: ContentRenderer

  init(tree: FileTree, files: [RenderedFile], digest: String, _ renderer: ContentRenderer) {
    self.tree = tree
    self.files = files
    self.digest = digest
    self.renderer = renderer
  }

  /// What the file with a number was made of.
  package func template(ofFile number: Int) -> TemplateIdentity {
    renderer.template(ofFile: number)
  }

  /// What the files hold, to be asked for one after the other.
  package var renderedContents: RenderedContents { contents(of: files) }

  /// - Parameter files: `files`, perhaps without what is kept.
  func contents(of files: [RenderedFile]) -> RenderedContents { RenderedContents(files, renderer) }

  /// The tree as it will stand in the project, the record in it, to be drawn.
  package var treeWithRecord: FileTree { tree.withRecord(leaf: files.count) }
}

/// What the files of a rendered tree hold.
package struct RenderedContents: Sendable {
  private let files: [RenderedFile]
  private var renderer: ContentRenderer

  init(_ files: [RenderedFile], _ renderer: ContentRenderer) {
    self.files = files
    self.renderer = renderer.again
  }

  /// - Throws: that the layout cannot be read any more, or has changed since the tree was rendered.
  package mutating func content(ofFile number: Int) throws(Diagnostics) -> FileContent {
    if let kept = files[number].kept { return .bytes(kept) }
    return try renderer.content(ofFile: number, expecting: files[number])
  }
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
