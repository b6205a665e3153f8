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
    case .tree: tree(depth: .max) + "\n" + plan.outcome.text(.future) + "\n"
    case .paths: paths
    case .json: json.pretty
    }
  }

  /// What a run that succeeded says.
  func result(next: [String]) -> String {
    let layout = request.layout
    let depth = TreeDrawing.deepest(of: plan.tree, in: Self.longestResult)
    var text = tree(depth: depth) + "\n"
    let name = Printable.text(ShellWord.quoted(plan.target.displayName))
    text +=
      "\(style.green("Created")) \(name) from \(layout.name)"
      + " \(layout.manifest.version): \(plan.outcome.text(.past))\n"
    guard !next.isEmpty else { return text }
    text += "\nNext:\n"
    for step in next { text += "  \(Printable.text(step))\n" }
    return text
  }

  // MARK: Tree

  /// Where all that happens is that files are made, no line needs to say so.
  private var isMarked: Bool { !plan.target.isNew && !plan.outcome.isPlain }

  /// Directories may be collapsed, but not so that they hide what became of the user's own files.
  private func drawing(depth: Int, _ isMarked: Bool) -> TreeDrawing {
    let title = Printable.text(plan.target.displayName)
    guard isMarked else { return TreeDrawing(plan.tree, title: title, depth: depth) }
    let always = plan.changes.filter(\.isRemarkable).map(\.path)
    return TreeDrawing(plan.tree, title: title, depth: depth, always: always) { file in
      plan.changes[plan.places[file.leaf]].mark
    }
  }

  private func tree(depth: Int) -> String {
    let isMarked = isMarked
    var text = ""
    var actions: [RelativePath: Change.Action] = [:]
    if isMarked {
      for change in plan.changes where !change.isDirectory || change.isRemarkable {
        actions[change.path] = change.action
      }
    }
    for line in drawing(depth: depth, isMarked).lines {
      let action = isMarked ? actions[line.path] : nil
      text += style.dim(line.branches)
      text += painted(Printable.text(line.name), action, isDirectory: line.isDirectory)
      if line.isRemarked {
        text += line.gap + style.dim("# ")
        if let mark = line.mark { text += painted(mark, action, isDirectory: false) }
        if line.mark != nil, line.note != nil { text += style.dim(TreeDrawing.Line.separator) }
        text += style.dim(Printable.text(line.note ?? ""))
      }
      text += "\n"
    }
    return text
  }

  private func painted(
    _ text: String, _ action: Change.Action?, isDirectory: Bool
  ) -> String {
    switch action {
    case .create: style.green(text)
    case .replace: style.yellow(text)
    case .unchanged: style.dim(text)
    case .keep: style.cyan(text)
    case .conflict: style.red(text)
    case nil: isDirectory ? style.blue(text) : text
    }
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

  /// Whether it concerns what the user had there.
  fileprivate var isRemarkable: Bool {
    switch action {
    case .create, .unchanged: false
    case .replace, .keep, .conflict: true
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
