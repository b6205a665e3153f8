import Console
import Documents
import FileTrees
import Git
import Layouts
import Projects

/// A command that changes a project by what its layouts give.
protocol ProjectCommand: Subcommand {
  /// Which word names the project's directory; nil where that is the current one.
  ///
  /// - Parameter isEarly: whether some of the words may be values of options that are not known yet.
  static func directory(among words: [String], isEarly: Bool) -> Int?

  /// What help in a project has besides options.
  static func lists(of layouts: ProjectLayouts) -> [HelpText.List]
}

extension ProjectCommand {
  static var takesVariables: Bool { true }

  static func lists(of layouts: ProjectLayouts) -> [HelpText.List] { [] }
}

/// A call of such a command: the project, and the words held against the options of the command and of
/// the project's layouts.
struct ProjectCall {
  private(set) var project: OpenProject
  private(set) var layouts: ProjectLayouts
  let parsed: ParsedArguments
  /// But for the directory.
  let operands: [String]
  private let context: Context

  /// Nil when help was asked for, and printed.
  ///
  /// - Throws: `Failure`: there is no project, a layout is not to be had, or the words are at fault.
  init?<Verb: ProjectCommand>(
    _ arguments: [String], of verb: Verb, _ context: Context
  ) throws(Failure) {
    let command = verb.command
    let parser = ArgumentParser(command: command, helpCall: "scaffold \(Verb.name) --help")
    let early = parser.preliminary(arguments)
    ViewOptions.apply(early.arguments, context)
    // Before the options of its layouts are known, a word may be the value of one of them.
    let words = early.arguments.operands
    var named = Verb.directory(among: words, isEarly: true).map { words[$0] } ?? "."
    if early.arguments[.help], !OpenProject.isOne(named) {
      context.printPage(context.help.command(command, groups: [("Options", command.options)]))
      return nil
    }
    for _ in 0..<2 {
      let project = try OpenProject(named)
      let layouts = try ProjectLayouts(
        of: project, only: early.arguments[UpdateOptions.layout],
        isLarge: early.arguments[UpdateOptions.large], context)
      guard let parsed = try Self.parse(arguments, of: verb, layouts, context) else { return nil }
      var operands = parsed.operands
      let meant =
        Verb.directory(among: operands, isEarly: false).map { operands.remove(at: $0) } ?? "."
      if meant == named {
        // One of the words was the directory.
        if let fault = parser.missingOperand(of: operands.count) {
          throw Failure(.wrongUsage, Diagnostics(fault))
        }
        (self.project, self.layouts, self.parsed) = (project, layouts, parsed)
        (self.operands, self.context) = (operands, context)
        return
      }
      named = meant
    }
    throw Failure.usage(
      "which word is the directory is not clear",
      help: "name it before all options, or after “--”")
  }

  /// Nil when help was asked for, and printed.
  private static func parse<Verb: ProjectCommand>(
    _ arguments: [String], of verb: Verb, _ layouts: ProjectLayouts, _ context: Context
  ) throws(Failure) -> ParsedArguments? {
    let own = verb.command
    var command = own
    command.options += layouts.options
    let parsed = try Failure.usage { () throws(Diagnostics) in
      try ArgumentParser(command: command, helpCall: "scaffold \(Verb.name) --help")
        .parse(arguments)
    }
    guard parsed[.help] else {
      try refuseContradictions(parsed)
      return parsed
    }
    let names = layouts.all.map(\.layout.name).concatenated(by: " and ")
    context.printPage(
      context.help.command(
        own, lists: Verb.lists(of: layouts),
        groups: [("Variables of \(names)", layouts.options), ("Options", own.options)]))
    return nil
  }

  private static func refuseContradictions(_ parsed: ParsedArguments) throws(Failure) {
    try ViewOptions.refuseContradictions(
      parsed, [UpdateOptions.diff.option, UpdateOptions.format.option])
  }

  /// What of the run is shown; whether it is done, it says afterwards.
  func view() throws(Failure) -> Preview.View {
    let format = parsed[UpdateOptions.format]
    let depth = try ViewOptions.depth(
      parsed, format, isTree: context.volume != .quiet && !parsed[UpdateOptions.diff])
    return Preview.View(format: format, depth: depth, isWhole: context.volume == .verbose)
  }

  // MARK: The run

  /// What an interrupted run has left is dealt with, or told where nothing is written.
  mutating func begin() throws(Failure) {
    try project.refuseOpenChoices(parsed)
    if parsed[UpdateOptions.dryRun] {
      context.noteInterruption(of: project.target)
    } else if try context.recover(project.target) {
      project = try OpenProject(project.directory.argument)
      layouts = try ProjectLayouts(
        of: project, only: parsed[UpdateOptions.layout], isLarge: parsed[UpdateOptions.large],
        context)
    }
  }

  /// Shows what the steps do to the project, or does it.
  func run(_ steps: [LayoutStep], _ deed: UpdateReport.Deed = .update) throws(Failure)
    -> Program.ExitCode
  {
    let git = GitProgram()
    var request = UpdateRequest(
      target: project.target, present: project.present, layouts: steps,
      onConflict: parsed[UpdateOptions.onConflict].policy, git: git,
      conflictStyle: project.conflictStyle(git), objects: project.objects(git))
    if parsed[UpdateOptions.onConflict] == .ask { try decide(&request) }
    let update = try plan(request)
    context.warn(update.plan.warnings)
    for remark in project.present.remarks + update.remarks { context.note(remark) }
    for detail in update.details { context.detail(detail) }
    let undo = project.call("undo")
    let report = UpdateReport(
      update, deed, undo: undo, present: project.present.record, context.style)
    let differences = parsed[UpdateOptions.diff] ? try report.differences(git) : nil
    var view = try view()
    let isDryRun = parsed[UpdateOptions.dryRun]
    if !isDryRun, !update.plan.isBlocked {
      try commit(update, undo: undo)
      view.isDone = true
    }
    if let differences {
      if isDryRun {
        try context.printPage(differences.patch)
      } else {
        try context.print(differences.patch)
      }
      for path in differences.tooLarge {
        context.note("“\(Printable.text(path.string))” is too large for a patch: it is left out")
      }
    }
    if isDryRun || view.isDone || view.format == .json {
      let text = report.text(view, isDifferenceShown: differences != nil)
      if isDryRun { context.printPage(text) } else { context.print(text) }
    }
    return try report.ending(isDryRun: isDryRun)
  }

  private func plan(_ request: UpdateRequest) throws(Failure) -> Update {
    do {
      return try Signals.holding { _ throws(PlanError) in try Update(request) }
    } catch {
      throw Failure(error)
    }
  }

  /// Has a person decide what becomes of the files that the user and the layout have both changed. All
  /// that can become of them is planned: what a plan has for a path is what it would hold.
  private func decide(_ request: inout UpdateRequest) throws(Failure) {
    let prompter = try context.conflictPrompter(others: "markers, ours, theirs or fail")
    let merged = try plan(request).plan
    let open = merged.conflicts.filter(\.isForPeople)
    if open.isEmpty { return }
    var replacing = request
    replacing.onConflict = .theirs
    let replaced = try plan(replacing).plan
    var files: [ConflictReview.File] = []
    for change in open {
      var decisions: [ConflictReview.Decision] = [.keep, .replace]
      if case .marked = change.decision { decisions.append(.merge) }
      files.append(
        ConflictReview.File(
          name: merged.target.displayName(of: change.path), reason: change.conflict?.text ?? "",
          difference: try Failure.target { () throws(TargetError) in
            try replaced.difference(at: change.path)
          },
          decisions: decisions))
    }
    let review = ConflictReview(prompter: prompter, git: request.git, style: context.style)
    for (change, decision) in zip(open, try review.decisions(on: files)) {
      switch decision {
      case .keep: request.decided[change.path] = .ours
      case .replace: request.decided[change.path] = .theirs
      case .merge: request.decided[change.path] = .markers
      }
    }
  }

  private func commit(_ update: Update, undo: String) throws(Failure) {
    let warnings = try Failure.target { () throws(TargetError) in
      try Signals.holding { isInterrupted throws(TargetError) in
        try update.plan.commit(isInterrupted: isInterrupted)
      }
    }
    context.warn(warnings)
    context.achieve("the project is updated all the same; “\(undo)” takes it back")
  }
}

extension Change {
  /// Whether each of the two sides is an answer.
  fileprivate var isForPeople: Bool {
    switch conflict {
    case .bothChanged, .unmergeable: true
    default: false
    }
  }
}
