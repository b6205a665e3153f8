import Console
import Documents
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
    // Before the options of its layouts are known, a word may be the value of one of them.
    let words = early.arguments.operands
    var named = Verb.directory(among: words, isEarly: true).map { words[$0] } ?? "."
    if early.arguments[.help], !OpenProject.isOne(named) {
      context.print(context.help.command(command, groups: [("Options", command.options)]))
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
    context.print(
      context.help.command(
        own, lists: Verb.lists(of: layouts),
        groups: [("Variables of \(names)", layouts.options), ("Options", own.options)]))
    return nil
  }

  private static func refuseContradictions(_ parsed: ParsedArguments) throws(Failure) {
    guard parsed.has(UpdateOptions.format.option) else { return }
    if !parsed[UpdateOptions.dryRun] {
      throw Failure.usage("--format is for --dry-run", help: "add --dry-run, or leave it out")
    }
    if parsed[UpdateOptions.diff] {
      throw Failure.usage("--diff and --format are two ways to show it", help: "leave one out")
    }
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
    let request = UpdateRequest(
      target: project.target, present: project.present, layouts: steps,
      onConflict: parsed[UpdateOptions.onConflict], git: git,
      conflictStyle: project.conflictStyle(git), objects: project.objects(git))
    let update = try plan(request)
    context.warn(update.plan.warnings)
    for remark in project.present.remarks + update.remarks { context.note(remark) }
    let undo = project.call("undo")
    let report = UpdateReport(update, deed, undo: undo, context.style)
    let differences =
      parsed[UpdateOptions.diff] ? try report.differences(request.git) : nil
    let isDryRun = parsed[UpdateOptions.dryRun]
    if isDryRun {
      context.print(differences ?? report.text(parsed[UpdateOptions.format]))
    } else {
      try commit(update, undo: undo)
      context.print(report.result(differences: differences))
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

  private func commit(_ update: Update, undo: String) throws(Failure) {
    if update.plan.isBlocked { return }
    let warnings = try Failure.target { () throws(TargetError) in
      try Signals.holding { isInterrupted throws(TargetError) in
        try update.plan.commit(isInterrupted: isInterrupted)
      }
    }
    context.warn(warnings)
    context.achieve("the project is updated all the same; “\(undo)” takes it back")
  }
}
