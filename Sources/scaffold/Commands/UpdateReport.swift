import Console
import Documents
import FileTrees
import Git
import Layouts
import Projects

/// How an update is shown: before it is done (a dry run), and after.
struct UpdateReport {
  private let update: Update
  private let style: Style
  private let preview: Preview
  private let undo: String
  private let deed: Deed
  /// As it is before the update.
  private let present: Record

  /// What the user has asked for.
  enum Deed {
    case update
    /// `step clean`, which is of the list of this name.
    case add(String, of: String)
    case remove(String, of: String)

    /// The variable whose answer is another one, even where the record did not have it before.
    fileprivate var list: String? {
      switch self {
      case .update: nil
      case .add(_, let list), .remove(_, let list): list
      }
    }
  }

  /// - Parameters:
  ///   - undo: the command that takes it back.
  ///   - present: what the project has before it.
  init(_ update: Update, _ deed: Deed, undo: String, present: Record, _ style: Style) {
    self.update = update
    self.deed = deed
    self.undo = undo
    self.present = present
    self.style = style
    preview = Preview(update.plan, style)
  }

  private var plan: Plan { update.plan }

  /// What happened to a person's files is worth more lines than what was made.
  private static let longestResult = 400

  /// What a run prints, before it is done or after.
  ///
  /// - Parameter isDifferenceShown: whether the lines that change stand in place of the tree.
  func text(_ view: Preview.View, isDifferenceShown: Bool = false) -> String {
    switch view.format {
    case .json: return json(view).pretty
    case .paths: return preview.paths
    case .markdown, .html, .svg: return tree(view)
    case .tree, .ascii:
      if isDifferenceShown { return view.isDone ? ending(view, names: plan.outcomeNames) : "" }
      if let nothing { return view.isWhole ? tree(view) + "\n" + nothing : nothing }
      return tree(view) + "\n" + ending(view)
    }
  }

  private func ending(_ view: Preview.View, names: Outcome.Names = .init()) -> String {
    if let nothing { return nothing }
    return style.sentences(headline(view.isDone ? .past : .future, names) + changes)
  }

  private func tree(_ view: Preview.View) -> String {
    preview.tree(view, longest: Self.longestResult, beside: view.isWhole ? untouched : [])
  }

  /// The files of the project's layouts, and its record, as far as they stay as they are.
  private var untouched: [RelativePath] {
    var touched: Set<RelativePath> = []
    for change in plan.changes {
      touched.insert(change.path)
      if let origin = change.origin { touched.insert(origin) }
    }
    let paths = present.layouts.flatMap { $0.files.lazy.filter { !$0.isAbsent }.map(\.path) }
    return (paths + [Record.path]).filter { !touched.contains($0) }
  }

  /// What `git diff` shows of it.
  func differences(
    _ git: GitProgram?
  ) throws(Failure) -> (patch: [UInt8], tooLarge: [RelativePath]) {
    guard let git else {
      throw Failure.usage("there is no git, which shows differences", help: "leave --diff out")
    }
    let differences = try Failure.target { () throws(TargetError) in
      try plan.differences(withRecord: false)
    }
    return (try git.patch(of: differences.files, style), differences.tooLarge)
  }

  /// - Throws: what is left in conflict.
  func ending(isDryRun: Bool) throws(Failure) -> Program.ExitCode {
    let conflicts = plan.changes.filter { $0.conflict != nil }
    if conflicts.isEmpty { return .done }
    var diagnostics = Diagnostics()
    for change in conflicts {
      let name = Printable.text(plan.target.displayName(of: change.path))
      guard case .marked(let lines) = change.decision else {
        diagnostics.add(Diagnostic("\(name): \(change.conflict?.text ?? "")"))
        continue
      }
      for line in lines {
        diagnostics.add(
          Diagnostic(
            "you and the layout have both changed this",
            at: SourceLocation(file: name, line: line, column: 1)))
      }
    }
    diagnostics.isExhaustive = true
    if plan.isBlocked {
      diagnostics.advise("nothing was written; --on-conflict markers, ours or theirs goes on")
      throw Failure(.unwritableTarget, diagnostics)
    }
    if !isDryRun {
      diagnostics.advise(
        "all else is updated; resolve these, or take it all back with “\(undo)”")
    }
    throw Failure(.difference, diagnostics)
  }

  // MARK: Lines

  private var nothing: String? {
    guard plan.isDone, plan.changes.isEmpty else { return nil }
    return style.sentences(Self.nothing(plan.target.displayName, update.all))
  }

  /// - Parameter layouts: those that the project has, as the record has them.
  static func nothing(_ displayName: String, _ layouts: [LayoutVersion]) -> String {
    let versions = layouts.map { "\($0.name) \($0.version)" }.concatenated(by: " and ")
    let name = Printable.text(ShellWord.quoted(displayName))
    return "Nothing to update: \(name) is \(Printable.text(versions))\n"
  }

  /// What a run prints that has nothing to ask for.
  ///
  /// - Parameter text: what a person is told.
  static func nothing(_ text: String, target: Target, _ view: Preview.View) -> String {
    switch view.format {
    case .tree, .ascii: text + "\n"
    case .markdown, .html, .svg: ""
    case .paths: ""
    case .json: json([], target: target, isDone: view.isDone, [], .nothing).pretty
    }
  }

  private var shownName: String {
    Printable.text(ShellWord.quoted(plan.target.displayName))
  }

  private func headline(_ tense: Outcome.Tense, _ names: Outcome.Names) -> String {
    let (what, figures) = (
      (plan.isDone ? "Nothing to write to \(shownName), which is" : deed(tense)) + " \(versions):",
      plan.outcome.text(tense, naming: names)
    )
    let isShort = what.utf8.count + figures.utf8.count < Self.widestHeadline
    return "\(what)\(isShort ? " " : "\n  ")\(figures)\n"
  }

  private func deed(_ tense: Outcome.Tense) -> String {
    func verb(_ past: String, _ future: String) -> String {
      tense == .past ? style.green(past) : future
    }
    switch deed {
    case .update: return verb("Updated", "Would update") + " \(shownName) to"
    case .add(let what, _): return verb("Added", "Would add") + " \(what) to \(shownName),"
    case .remove(let what, _):
      return verb("Removed", "Would remove") + " \(what) from \(shownName),"
    }
  }

  /// In bytes; a longer one is divided.
  private static let widestHeadline = 100

  private var versions: String {
    var parts: [String] = []
    for followed in update.layouts {
      var part = "\(followed.after.name) \(followed.after.version)"
      let answers = followed.changedAnswers(alsoNew: deed.list)
      if !answers.isEmpty { part += " with \(answers.concatenated(by: ", "))" }
      parts.append(part)
    }
    if parts.isEmpty { parts = update.all.map { "\($0.name) \($0.version)" } }
    return Printable.text(parts.concatenated(by: " and "))
  }

  /// What the versions of the layouts in between have changed.
  private var changes: String {
    var text = ""
    for followed in update.layouts {
      for change in followed.changes {
        text += "\nNew in \(Printable.text("\(followed.after.name) \(change.version)")):\n"
        for line in change.lines { text += "  - \(Printable.text(line))\n" }
      }
    }
    return text
  }

  // MARK: JSON

  /// The format is described in the README; it has its version in common with that of `new`.
  private func json(_ view: Preview.View) -> JSON {
    Self.json(
      update.layouts, target: plan.target, isDone: view.isDone, plan.changes.map(\.json),
      plan.outcome)
  }

  private static func json(
    _ layouts: [Update.Followed], target: Target, isDone: Bool, _ changes: [JSON],
    _ outcome: Outcome
  ) -> JSON {
    .object([
      .init("version", .integer(Preview.jsonVersion)),
      .init("layouts", .array(layouts.map(\.json))),
      .init("target", .string(target.displayName)),
      .init("done", .flag(isDone)),
      .init("changes", .array(changes)),
      .init(
        "summary",
        .object([
          .init("created", .integer(outcome.created)),
          .init("replaced", .integer(outcome.replaced)),
          .init("merged", .integer(outcome.merged)),
          .init("moved", .integer(outcome.moved)),
          .init("removed", .integer(outcome.removals)),
          .init("conflicts", .integer(outcome.conflicts)),
        ])),
    ])
  }
}

extension JSON {
  /// An answer as one would type it.
  var typed: String {
    switch self {
    case .string(let text): text.isEmpty ? "“”" : text
    case .integer(let number): String(number)
    case .flag(let flag): flag ? "yes" : "no"
    case .array(let items): items.isEmpty ? "none" : items.map(\.typed).concatenated(by: ",")
    case .null, .object, .row: ""
    }
  }
}

extension Update.Followed {
  /// `TIER core`, for each answer that was another one, and for one that may not have been there.
  fileprivate func changedAnswers(alsoNew name: String?) -> [String] {
    var before = NamedValues<String>()
    for answer in answersBefore { before[answer.key] = answer.value.typed }
    return answers.compactMap { answer in
      let text = answer.value.typed
      guard before[answer.key].map({ $0 != text }) ?? (answer.key == name) else { return nil }
      return "\(answer.key) \(text)"
    }
  }

  fileprivate var json: JSON {
    func version(_ version: LayoutVersion) -> JSON {
      .object([
        .init("version", .string(version.version)), .init("digest", .string(version.digest)),
      ])
    }
    return .object([
      .init("name", .string(after.name)), .init("before", version(before)),
      .init("after", version(after)), .init("answers", .object(answers)),
      .init(
        "changes",
        .array(
          changes.map { change in
            .object([
              .init("version", .string(change.version)),
              .init("lines", .array(change.lines.map(JSON.string))),
            ])
          })),
    ])
  }
}
