import Console
import Documents
import FileTrees
import Layouts
import Projects

/// How a plan is shown: before it is committed (a dry run), and after.
struct Preview {
  enum Format: String, CaseIterable {
    case tree
    case paths
    case json
  }

  let plan: Plan
  let request: CreateRequest
  let style: Style

  /// More lines than this are too many for the end of a run.
  private static let longestResult = 40

  func text(_ format: Format) -> String {
    switch format {
    case .tree: tree(depth: .max) + "\n" + plan.summary.text + "\n"
    case .paths: paths
    case .json: json.pretty
    }
  }

  /// What a run that succeeded says.
  func result(next: [String]) -> String {
    let layout = request.layout
    var text = tree(depth: depthOfResult) + "\n"
    text +=
      "\(style.green("Created")) \(Printable.text(plan.target.displayName)) from \(layout.name)"
      + " \(layout.manifest.version): \(plan.summary.text)\n"
    guard !next.isEmpty else { return text }
    text += "\nNext:\n"
    for step in next { text += "  \(Printable.text(step))\n" }
    return text
  }

  // MARK: Tree

  private func drawing(depth: Int) -> TreeDrawing {
    TreeDrawing(plan.tree, title: Printable.text(plan.target.displayName), depth: depth) {
      _, file in
      plan.target.isNew ? nil : file.leaf.mark
    }
  }

  /// The deepest drawing that is not too long.
  private var depthOfResult: Int {
    var depth = 1
    for next in 2...8 {
      if drawing(depth: next).lines.count > Self.longestResult { break }
      depth = next
    }
    return depth
  }

  private func tree(depth: Int) -> String {
    var text = ""
    let conflicts = Set(plan.conflicts.map(\.path))
    for line in drawing(depth: depth).lines {
      let name = Printable.text(line.name)
      let isConflict = conflicts.contains(line.path)
      text += style.dim(line.branches)
      text +=
        isConflict ? style.red(name) : line.isDirectory ? style.blue(name) : name
      if let note = line.note {
        text += line.gap + style.dim("# " + Printable.text(note))
      }
      text += "\n"
    }
    return text
  }

  // MARK: Paths

  /// The files, and the directories that nothing is in, as they are named from here.
  private var paths: String {
    var text = ""
    let parents = Set(plan.changes.compactMap(\.path.parent))
    for change in plan.changes {
      let path = plan.target.displayName(of: change.path)
      if !change.isDirectory {
        text += Printable.text(path) + "\n"
      } else if !parents.contains(change.path) {
        text += Printable.text(path) + "/\n"
      }
    }
    return text
  }

  // MARK: JSON

  /// The format is described in the README; `version` counts its incompatible changes.
  private var json: JSON {
    let layout = request.layout
    let summary = plan.summary
    return .object([
      .init("version", .integer(1)),
      .init(
        "layout",
        .object([
          .init("name", .string(layout.name)),
          .init("version", .string(layout.manifest.version)),
          .init("digest", .string(layout.digest)),
        ])),
      .init("target", .string(plan.target.displayName)),
      .init("exists", .flag(!plan.target.isNew)),
      .init("answers", request.answers.json),
      .init("changes", .array(plan.changes.map(\.json))),
      .init(
        "summary",
        .object([
          .init("files", .integer(summary.files)),
          .init("directories", .integer(summary.directories)),
          .init("bytes", .integer(summary.bytes)),
          .init("conflicts", .integer(plan.conflicts.count)),
        ])),
    ])
  }
}

extension Change {
  /// What the tree says beside a path of an existing target.
  fileprivate var mark: String {
    switch action {
    case .create: "new"
    case .replace: "replaced"
    case .unchanged: "unchanged"
    case .keep: "kept"
    case .conflict: "conflict"
    }
  }

  fileprivate var json: JSON {
    var members: [JSON.Member] = [
      .init("path", .string(path.string)),
      .init("kind", .string(isDirectory ? "directory" : "file")),
      .init("action", .string(action.keyword)),
    ]
    if !isDirectory {
      members.append(.init("mode", .string(permissions.recorded)))
      members.append(.init("size", .integer(size)))
      members.append(.init("blob", .string(blob?.description ?? "")))
    }
    if case .conflict(let reason) = action { members.append(.init("reason", .string(reason))) }
    return .object(members)
  }
}
