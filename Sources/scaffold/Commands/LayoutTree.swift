import Console
import Documents
import FileTrees
import Layouts

/// What a layout makes, to be looked at without a place where it would be.
struct LayoutTree {
  private let rendered: RenderedTree
  private let layout: Layout
  private let answers: Answers
  private let directory: String
  private let style: Style

  init(
    _ rendered: RenderedTree, _ layout: Layout, _ answers: Answers, directory: String,
    _ style: Style
  ) {
    self.rendered = rendered
    self.layout = layout
    self.answers = answers
    self.directory = directory
    self.style = style
  }

  /// - Parameter depth: how many levels are drawn.
  func text(_ format: Preview.Format, depth: Int) -> String {
    switch format {
    case .paths: paths
    case .json: json.pretty
    case .tree, .ascii, .markdown, .html, .svg:
      Preview.drawn(format, lines(depth: depth), style)
    }
  }

  private func lines(depth: Int) -> [Preview.MarkedLine] {
    TreeDrawing(rendered.treeWithRecord, title: directory, depth: depth).lines.map { ($0, nil) }
  }

  private var paths: String {
    var text = ""
    for entry in rendered.treeWithRecord.entries where entry.leaf != nil {
      text += Printable.text("\(directory)/\(entry.path)") + "\n"
    }
    return text
  }

  /// The format is described in the README.
  private var json: JSON {
    .object([
      .init("version", .integer(LayoutDescription.jsonVersion)),
      .init(
        "layout",
        .object([
          .init("name", .string(layout.name)), .init("version", .string(layout.manifest.version)),
          .init("digest", .string(rendered.digest)),
        ])),
      .init("answers", .object(answers.recordedMembers)),
      .init("files", .array(rendered.treeWithRecord.entries.compactMap(json))),
    ])
  }

  /// But for the record, whose content depends on where it is.
  private func json(_ entry: FileTree.Entry) -> JSON? {
    guard let number = entry.leaf, number < rendered.files.count else { return nil }
    let file = rendered.files[number]
    var note: String?
    if case .file(let node)? = rendered.tree[entry.path] { note = node.note }
    return .object([
      .init("path", .string(entry.path.string)),
      .init("mode", .string(file.permissions.recorded)),
      .init("size", .integer(file.blob.size)),
      .init("blob", .string(file.blob.id.description)),
      .init("note", note.map(JSON.string) ?? .null),
    ])
  }
}
