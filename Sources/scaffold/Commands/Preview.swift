import Console
import Documents
import FileTrees
import Layouts
import Projects

/// How a plan is shown: before it is committed (a dry run), and after.
struct Preview {
  enum Format: String, CaseIterable {
    case tree
    case ascii
    case markdown
    case html
    case svg
    case paths
    case json

    /// How a tree is drawn; nil where none is.
    var drawing: TreeFormat? { TreeFormat(rawValue: rawValue) }

    /// What help says of it.
    ///
    /// - Parameter tree: what there is a tree of.
    func meaning(_ tree: String) -> String {
      switch self {
      case .tree: "the tree of \(tree), with notes"
      case .ascii: "the same, drawn in ASCII"
      case .markdown: "the tree as a block of Markdown"
      case .html: "the tree as a page"
      case .svg: "the tree as a picture"
      case .paths: "one path a line"
      case .json: "for programs"
      }
    }
  }

  /// What of a plan is shown.
  struct View {
    var format = Format.tree
    /// How many levels; nil for as many as fit.
    var depth: Int?
    /// Whether all is shown, and what stays as it is.
    var isWhole = false
    /// Whether the plan is committed.
    var isDone = false
  }

  /// Of the format that is described in the README: counts its incompatible changes.
  static let jsonVersion = 1

  private let plan: Plan
  private let style: Style
  private let outcome: Outcome

  init(_ plan: Plan, _ style: Style) {
    self.plan = plan
    self.style = style
    outcome = plan.outcome
  }

  /// More lines than this are too many for the end of a run.
  static let longestResult = 40

  /// What a run prints, before it is done or after.
  ///
  /// - Parameter next: the commands to run afterwards.
  func text(_ view: View, next: [String] = []) -> String {
    switch view.format {
    case .tree, .ascii:
      view.isDone
        ? result(view, next) : tree(view) + style.sentences("\n\(outcome.text(.future))\n")
    case .markdown, .html, .svg: tree(view)
    case .paths: paths
    case .json: json(view, next).pretty
    }
  }

  /// What a run that succeeded says.
  private func result(_ view: View, _ next: [String]) -> String {
    let layout = plan.origin.layout
    let name = Printable.text(ShellWord.quoted(plan.target.displayName))
    let made = "\(layout.name) \(layout.version)"
    if plan.isDone {
      let shown = view.isWhole ? tree(view) + "\n" : ""
      let figures = outcome.text(.past, naming: view.isWhole ? .init() : plan.outcomeNames)
      return shown
        + style.sentences("Nothing to do: \(name) is made from \(made) already: \(figures)\n")
    }
    var text = tree(view, longest: Self.longestResult) + "\n"
    let what =
      plan.origin.isAddition
      ? "\(style.green("Added")) \(made) to \(name)"
      : "\(style.green("Created")) \(name) from \(made)"
    text += style.sentences("\(what): \(outcome.text(.past))\n")
    guard !next.isEmpty else { return text }
    text += "\nNext:\n"
    for step in next { text += "  \(Printable.text(step))\n" }
    return text
  }

  // MARK: Tree

  /// - Parameters:
  ///   - longest: how many lines a run that is done may have, where nobody asks for all.
  ///   - untouched: files beside the plan's, which stay as they are.
  func tree(
    _ view: View, longest: Int = .max, beside untouched: [RelativePath] = []
  ) -> String {
    Self.drawn(view.format, lines(depth: depth(view, longest), beside: untouched), style)
  }

  private func depth(_ view: View, _ longest: Int) -> Int {
    if let depth = view.depth { return depth }
    if view.isWhole || !view.isDone || longest == .max { return .max }
    return TreeDrawing.deepest(of: plan.tree, in: longest)
  }

  /// A line of the tree, and what becomes of its path where that is to be seen.
  typealias MarkedLine = (line: TreeDrawing.Line, decision: Decision?)

  private func lines(depth: Int, beside untouched: [RelativePath]) -> [MarkedLine] {
    let title = Printable.text(plan.target.displayName)
    // Where all that happens is that files are made, no line needs to say so.
    if plan.target.isNew || outcome.isPlain && untouched.isEmpty {
      return TreeDrawing(plan.tree, title: title, depth: depth).lines.map { ($0, nil) }
    }
    var decisions: [RelativePath: Decision] = [:]
    var always: [RelativePath] = []
    for change in plan.changes {
      // Directories may be collapsed, but not so that they hide what became of the user's own files.
      if change.isRemarkable { always.append(change.path) }
      if !change.isDirectory || change.isRemarkable { decisions[change.path] = change.decision }
    }
    var tree = plan.tree
    for path in untouched {
      // What is in the way of another one was removed, or has moved.
      guard (try? tree.insertFile(leaf: Self.untouched, at: path)) != nil else { continue }
      decisions[path] = .unchanged
    }
    let drawing = TreeDrawing(tree, title: title, depth: depth, always: always) { file in
      file.leaf == Self.untouched
        ? Decision.unchanged.mark : plan.change(ofFile: file.leaf).mark
    }
    return drawing.lines.map { ($0, decisions[$0.path]) }
  }

  /// The number of files that no change is of.
  private static let untouched = -1

  /// The lines in a format of trees.
  static func drawn(_ format: Format, _ lines: [MarkedLine], _ style: Style) -> String {
    let lines = lines.map { line, decision in
      var line = line
      line.fate = decision?.fate
      return line
    }
    switch format.drawing {
    case .tree, nil: return TreeText.text(lines, style)
    case .ascii: return TreeText.text(lines, style.inASCII)
    case .markdown?, .html?, .svg?: return format.drawing?.text(of: lines) ?? ""
    }
  }

  // MARK: Paths

  /// The files, and the directories that nothing is in, as they are named from here.
  var paths: String {
    var text = ""
    let changes = plan.changes
    for (index, change) in changes.enumerated() {
      let path = plan.target.displayName(of: change.path)
      if !change.isDirectory {
        text += Printable.text(path) + "\n"
      } else if index + 1 == changes.count
        || !changes[index + 1].path.isDirectly(in: change.path)
      {
        // What is in a directory comes right behind it.
        text += Printable.text(path) + "/\n"
      }
    }
    return text
  }

  // MARK: JSON

  private func json(_ view: View, _ next: [String]) -> JSON {
    let layout = plan.origin.layout
    let summary = plan.summary
    return .object([
      .init("version", .integer(Self.jsonVersion)),
      .init(
        "layout",
        .object([
          .init("name", .string(layout.name)),
          .init("version", .string(layout.version)),
          .init("digest", .string(layout.digest)),
        ])),
      .init("target", .string(plan.target.displayName)),
      .init("exists", .flag(!plan.target.isNew)),
      .init("done", .flag(view.isDone)),
      .init("answers", .object(plan.origin.answers.recordedMembers)),
      .init("changes", .array(plan.changes.map(\.json))),
      .init(
        "summary",
        .object([
          .init("files", .integer(summary.files)),
          .init("directories", .integer(summary.directories)),
          .init("bytes", .integer(summary.bytes)),
          .init("conflicts", .integer(plan.conflicts.count)),
          .init("created", .integer(outcome.created)),
          .init("replaced", .integer(outcome.replaced)),
          .init("kept", .integer(outcome.kept)),
          .init("unchanged", .integer(outcome.unchanged)),
        ])),
      .init("next", .array(next.map(JSON.string))),
    ])
  }
}

extension Decision {
  /// What the tree says beside a path of an existing target.
  fileprivate var mark: String {
    switch self {
    case .create: "new"
    case .replace: "replaced"
    case .merge: "merged"
    case .move: "moved"
    case .remove: "removed"
    case .unchanged: "unchanged"
    case .keep(.removed), .keep(.removedAndChanged): "stays removed"
    case .keep(.dropped): "yours now"
    case .keep(.edited), .keep(.own), .keep(.chosen): "kept"
    case .conflict, .marked: "conflict"
    }
  }
}

extension Change {
  /// What the tree says beside its path.
  fileprivate var mark: String {
    guard let origin else { return decision.mark }
    let from = "from \(Printable.text(origin.string))"
    return decision == .move ? "\(decision.mark) \(from)" : "\(decision.mark), moved \(from)"
  }

  /// Whether it concerns what the user had there.
  fileprivate var isRemarkable: Bool {
    switch decision {
    case .create, .unchanged: false
    case .replace, .merge, .marked, .move, .remove, .keep, .conflict: true
    }
  }

  var json: JSON {
    var members: [JSON.Member] = [
      .init("path", .string(path.string)),
      .init("kind", .string(isDirectory ? "directory" : "file")),
      .init("action", .string(decision.keyword)),
    ]
    if let origin { members.append(.init("from", .string(origin.string))) }
    if let file {
      members.append(.init("mode", .string(permissions.recorded)))
      members.append(.init("size", .integer(file.blob.size)))
      members.append(.init("blob", .string(file.blob.id.description)))
    }
    switch decision {
    case .keep(let reason): members.append(.init("code", .string(reason.rawValue)))
    case .conflict(let conflict):
      members.append(.init("code", .string(conflict.code)))
      members.append(.init("reason", .string(conflict.text)))
    case .marked(let lines):
      members.append(.init("code", .string(Conflict.bothChanged.code)))
      members.append(.init("lines", .array(lines.map(JSON.integer))))
    case .create, .replace, .merge, .move, .remove, .unchanged: break
    }
    return .object(members)
  }
}
