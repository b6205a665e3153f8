import FileSystems
import FileTrees
import Layouts

/// A file that a layout gives a project now: theirs.
struct GivenFile {
  var path: RelativePath
  var permissions: Permissions
  var blob: Blob
  /// The template's place in its layout, as a record has it.
  var template: String
  /// Whether it is only ever created, and then left alone.
  var isOnce: Bool
  /// Its number in the plan's contents.
  var number: Int
}

extension RenderedTree {
  /// - Parameter first: the number in the plan's contents of the tree's first file.
  func givenFiles(numberedFrom first: Int) -> [GivenFile] {
    tree.entries.compactMap { entry in
      guard let number = entry.leaf else { return nil }
      let file = files[number]
      return GivenFile(
        path: entry.path, permissions: file.permissions, blob: file.blob,
        template: template(ofFile: number).text, isOnce: file.isOnce, number: first + number)
    }
  }
}
