import Console
import Documents
import Git
import Layouts
import Projects

/// `scaffold update`
struct UpdateCommand: Subcommand {
  static let name = "update"
  let command = Command(
    name: Self.name, summary: "Have a project follow its layout, and change its answers",
    details: """
      What the layout has changed since the project was made, and what other answers change, is \
      merged with what you have changed: your edits stay, also where a file gets another name. \
      Where both have changed the same lines, both stand in the file between conflict markers, and \
      the run ends with 1. “scaffold undo” takes an update back.

      The options of the project's layouts give other answers: “scaffold update --help” in a \
      project lists them.
      """,
    operands: [
      Command.Operand(
        "DIRECTORY", completion: .directory, help: "The project; else the current directory",
        isRequired: false)
    ],
    options: UpdateOptions.all,
    examples: [
      Command.Example("scaffold update", "follow the layout's newest version"),
      Command.Example("scaffold update --tier core", "change an answer of a tiered project"),
      Command.Example("scaffold update --dry-run --diff", "the lines that would change"),
    ], synonyms: UpdateOptions.synonyms)

  func run(_ arguments: [String], _ context: Context) throws(Failure) -> Program.ExitCode {
    let early = ArgumentParser(command: command, helpCall: "scaffold update --help")
      .preliminary(arguments)
    // Before the options of its layouts are known, a word may be the value of one of them.
    let operands = early.arguments.operands
    var named = operands.first(where: OpenProject.isOne) ?? "."
    if !OpenProject.isOne(named) {
      if early.arguments[.help] { return try help(context) }
      named = operands.first ?? named
    }
    for _ in 0..<2 {
      let project = try OpenProject(named)
      let layouts = try ProjectLayouts(
        of: project, only: early.arguments[UpdateOptions.layout],
        isLarge: early.arguments[UpdateOptions.large], context)
      guard let parsed = try parse(arguments, layouts, context) else { return .done }
      let meant = parsed.operands.first ?? "."
      if meant == named { return try update(project, layouts, parsed, context) }
      named = meant
    }
    throw Failure.usage(
      "which word is the directory is not clear", help: "name it first, or after “--”")
  }

  private func help(_ context: Context) throws(Failure) -> Program.ExitCode {
    context.print(context.help.command(command, groups: [("Options", command.options)]))
    return .done
  }

  /// The arguments held against the options of the command and the layouts. Nil when help was asked
  /// for, and printed.
  private func parse(
    _ arguments: [String], _ layouts: ProjectLayouts, _ context: Context
  ) throws(Failure) -> ParsedArguments? {
    var command = command
    command.options += layouts.options
    let parsed = try Failure.usage { () throws(Diagnostics) in
      try ArgumentParser(command: command, helpCall: "scaffold update --help").parse(arguments)
    }
    guard parsed[.help] else {
      if parsed.has(UpdateOptions.format.option), !parsed[UpdateOptions.dryRun] {
        throw Failure.usage("--format is for --dry-run", help: "add --dry-run, or leave it out")
      }
      if parsed.has(UpdateOptions.format.option), parsed[UpdateOptions.diff] {
        throw Failure.usage("--diff and --format are two ways to show it", help: "leave one out")
      }
      return parsed
    }
    let names = layouts.all.map(\.layout.name).concatenated(by: " and ")
    context.print(
      context.help.command(
        command,
        groups: [
          ("Variables of \(names)", layouts.options), ("Options", self.command.options),
        ]))
    return nil
  }

  private func update(
    _ project: OpenProject, _ layouts: ProjectLayouts, _ parsed: ParsedArguments,
    _ context: Context
  ) throws(Failure) -> Program.ExitCode {
    try project.refuseOpenChoices(parsed)
    var (project, layouts) = (project, layouts)
    let isDryRun = parsed[UpdateOptions.dryRun]
    if isDryRun {
      context.noteInterruption(of: project.target)
    } else if try context.recover(project.target) {
      project = try OpenProject(project.directory.argument)
      layouts = try ProjectLayouts(
        of: project, only: parsed[UpdateOptions.layout], isLarge: parsed[UpdateOptions.large],
        context)
    }
    if parsed[UpdateOptions.format] == .tree, layouts.areUpToDate(parsed) {
      context.print(
        UpdateReport.nothing(
          project.target.displayName,
          layouts.all.map { project.present.record.layouts[$0.place].layout }))
      return .done
    }
    let git = GitProgram()
    let request = UpdateRequest(
      target: project.target, present: project.present,
      layouts: try layouts.steps(parsed, context), onConflict: parsed[UpdateOptions.onConflict],
      git: git, conflictStyle: project.conflictStyle(git), objects: project.objects(git))
    let update = try plan(request)
    context.warn(update.plan.warnings)
    for remark in project.present.remarks + update.remarks { context.note(remark) }
    let undo = project.call("undo")
    let report = UpdateReport(update, undo: undo, context.style)
    let differences =
      parsed[UpdateOptions.diff] ? try report.differences(request.git) : nil
    if isDryRun {
      context.print(differences ?? report.text(parsed[UpdateOptions.format]))
    } else {
      try commit(update, undo: undo, context)
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

  private func commit(
    _ update: Update, undo: String, _ context: Context
  ) throws(Failure) {
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
