import Documents
import FileSystems
import FileTrees
import Layouts

/// What a project remembers of its making, in `.scaffold.json`: the layout, the answers, and for
/// each file its mode and the git blob id of what the layout gave it. `add`, `check` and `update`
/// work from it.
package struct Record: Sendable {
  /// The format of the file.
  static let version = 1
  static let path = RelativePath.root.record

  /// The file's text, JSON with one line a file.
  package let text: String

  /// - Parameter blobs: one for each of the tree's leaves, in their order.
  init(
    layout: Layout, answers: Answers, tree: RenderedTree, blobs: [Blob]
  ) {
    var source = [
      JSON.Member("name", .string(layout.name)),
      JSON.Member("version", .string(layout.manifest.version)),
      JSON.Member("digest", .string(layout.digest)),
    ]
    switch layout.source {
    case .builtIn: source.append(JSON.Member("source", .string("built-in")))
    case .folder:
      // Its name and not the way to it: that differs from person to person, and tells of machines.
      source.append(JSON.Member("source", .string("folder:" + layout.folderName)))
    }
    var files: [JSON.Member] = []
    for entry in tree.tree.entries {
      guard let number = entry.leaf else { continue }
      let mode = tree.files[number].permissions.recorded
      files.append(
        JSON.Member(
          entry.path.string,
          .object([
            JSON.Member("mode", .string(mode)),
            JSON.Member("blob", .string(blobs[number].id.description)),
          ])))
    }
    text =
      JSON.object([
        JSON.Member("version", .integer(Self.version)),
        JSON.Member("layout", .object(source)),
        JSON.Member("answers", answers.json),
        JSON.Member("files", .object(files)),
      ]).pretty
  }
}

extension RelativePath {
  fileprivate var record: RelativePath {
    (try? appending(Layout.recordName)) ?? self
  }
}
