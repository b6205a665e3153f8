import Console
import Documents
import FileTrees
import Layouts
import Projects

/// `scaffold new`
struct NewCommand: Subcommand {
  let command = Command(
    name: "new", summary: "Create a project from a layout",
    details: """
      The project is written beside its name and then moved there: it is complete, or it is not \
      there. In a directory that exists, no file is changed unless --on-conflict says so.
      """,
    operands: [
      Command.Operand("DIRECTORY", help: "Where the project goes; “.” is the current directory")
    ],
    options: [
      LayoutArgument.option,
      Option(
        "set", value: .one("NAME=VALUE"), isRepeatable: true,
        help: "Give a variable its value, by its name in the layout"),
      Option(
        "answers", value: .one("FILE"),
        help: "Take values from a JSON file, or from a project's \(Layout.recordName)"),
      Option(
        "on-conflict", value: .one("WHAT"), choices: ConflictPolicy.allCases.map(\.rawValue),
        help: "What becomes of a file that is there with another content",
        explanations: [
          ("fail", "it stops the run, before anything is written"),
          ("keep", "it stays"),
          ("replace", "it is replaced, and keeps its mode"),
        ], defaultText: "fail"),
      Option("dry-run", short: "n", help: "Show what would be written, and write nothing"),
      Option(
        "format", value: .one("FORMAT"), choices: Preview.Format.allCases.map(\.rawValue),
        help: "How a dry run shows it: tree, paths (one a line) or json", defaultText: "tree"),
      Program.helpOption,
    ],
    examples: Program.examples.dropFirst() + [
      Command.Example(
        "scaffold new --layout staged-docker --help", "the variables of a layout"),
      Command.Example("scaffold new --layout ./mine myproj", "a layout in a folder of your own"),
    ])

  func run(_ arguments: [String], _ context: Context) throws {
    guard let layout = try LayoutArgument.layout(in: arguments, context) else {
      try explainMissingLayout(arguments, context)
      return
    }
    var command = command
    let variables = layout.manifest.variables.map(\.option)
    command.options += variables
    let helpCall = "scaffold new --layout \(ShellWord.quoted(layout.reference)) --help"
    let parsed = try Failure.usage {
      try ArgumentParser(command: command, helpCall: helpCall).parse(arguments)
    }
    if parsed.has("help") {
      context.print(
        context.help.command(
          command,
          groups: [
            ("Variables of \(layout.name)", variables), ("Options", self.command.options),
          ]))
      return
    }
    if parsed.has("format"), !parsed.has("dry-run") {
      throw Failure.usage("--format is for --dry-run", help: "add --dry-run, or leave it out")
    }
    try create(layout, parsed, context)
  }

  /// Without `--layout`, help is all that can be had.
  private func explainMissingLayout(_ arguments: [String], _ context: Context) throws {
    if arguments.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) {
      context.print(context.help.command(command, groups: [("Options", command.options)]))
      return
    }
    let isNamed = arguments.contains("--layout") || arguments.contains("-l")
    throw Failure.usage(
      isNamed ? "--layout needs a value: NAME|FOLDER" : "--layout is missing",
      help: "“scaffold list” shows the layouts; then “--layout NAME”")
  }

  private func create(
    _ layout: Layout, _ parsed: ParsedArguments, _ context: Context
  ) throws {
    let directory = parsed.operands.first ?? ""
    let given = try GivenAnswers.collect(parsed, layout)
    let place = TargetPlace(directory)
    let answers = try Failure.layout {
      try Answers(for: layout.manifest, given: given, directory: place.name)
    }
    let target = try Failure.target { try place.locate() }
    var request = CreateRequest(
      layout: layout, answers: answers, target: target,
      onConflict: parsed.value(of: "on-conflict").flatMap(ConflictPolicy.init) ?? .fail)
    let plan: Plan
    do {
      if !parsed.has("dry-run") { request.isResuming = try recover(target, context) }
      plan = try Plan(creating: request)
    } catch let error as CreateError {
      throw Failure(error)
    }
    context.warn(plan.warnings)
    let preview = Preview(plan: plan, request: request, style: context.style)
    if parsed.has("dry-run") {
      if target.isInterrupted {
        context.note("an interrupted run is here, which the next run completes or undoes first")
      }
      let format = parsed.value(of: "format").flatMap(Preview.Format.init) ?? .tree
      context.print(preview.text(format))
      if !plan.conflicts.isEmpty { throw Failure(plan.conflictError) }
      return
    }
    if !plan.conflicts.isEmpty { throw Failure(conflicts(of: plan)) }
    try Failure.target {
      try Signals.holding { isInterrupted in try plan.commit(isInterrupted: isInterrupted) }
    }
    let next = try Failure.layout {
      try layout.nextSteps(with: answers, directory: place.nameForCommands)
    }
    // In the current directory there is nowhere to go.
    context.print(preview.result(next: next.filter { $0 != "cd ." }))
  }

  /// What a run that died in the target left is dealt with before anything is planned.
  ///
  /// - Returns: whether it was completed.
  private func recover(_ target: Target, _ context: Context) throws -> Bool {
    switch try Failure.target({ try target.recover() }) {
    case .nothing: return false
    case .completed:
      context.note("an interrupted run was completed first")
      return true
    case .undone(let saved):
      context.note("an interrupted run was undone first")
      for file in saved { context.note(file.message(in: target)) }
      return false
    }
  }

  /// The conflicts, and what to do about them.
  private func conflicts(of plan: Plan) -> TargetError {
    guard case .refused(let diagnostics) = plan.conflictError else { return plan.conflictError }
    var all = diagnostics.all
    if let last = all.popLast() {
      var last = last
      last.help =
        "nothing was written; --on-conflict keep leaves such files, --on-conflict replace"
        + " replaces them"
      all.append(last)
    }
    return .refused(Diagnostics(all))
  }
}
