import Console
import Documents
import FileSystems
import Layouts
import Projects

/// `scaffold check`
struct CheckCommand: Subcommand {
  static let name = "check"
  static let takesVariables = true
  let command = Command(
    name: Self.name, summary: "Hold projects against their records and their layouts' rules",
    details: """
      What is missing of what a layout has made, programs that are none any more, conflicts that are \
      not resolved, a newer layout, and each rule of the layout that does not hold, with its place \
      and what to do. Nothing is written without --fix. The run ends with 0 where nothing is found, \
      and with 1 where something is.

      A project without a record is held against the layout that --layout names; the layout's \
      options say what it is to be like.
      """,
    operands: [
      Command.Operand(
        "DIRECTORY", completion: .directory,
        help: "The project; else the current directory. “-” reads directories from standard input,"
          + " one a line; of several projects, each gets one line",
        isRequired: false, isRepeatable: true)
    ],
    options: CheckOptions.all,
    examples: [
      Command.Example("scaffold check", "the project here"),
      Command.Example("scaffold check --fix", "and create what is missing"),
      Command.Example("scaffold check --layout tiered shop", "a project without a record"),
      Command.Example("scaffold check --format sarif a b c", "several, for code scanning"),
    ], synonyms: CheckOptions.synonyms)

  func run(_ arguments: [String], _ context: Context) throws(Failure) -> Program.ExitCode {
    let early = ArgumentParser(command: command, helpCall: Self.helpCall).preliminary(arguments)
    ViewOptions.apply(early.arguments, context)
    var layouts = try CheckLayouts(
      named: early.arguments[CheckOptions.layout], isLarge: early.arguments[CheckOptions.large],
      context)
    guard let parsed = try parse(arguments, layouts.named?.layout, context) else { return .done }
    var projects = ProjectArguments(parsed.operands)
    let isSingle = projects.isSingle
    var report = parsed[CheckOptions.format].report(isSingle: isSingle, context.style)
    var code = Program.ExitCode.done
    while let argument = projects.next() {
      let (text, ending) = try check(argument, parsed, &layouts, &report, isSingle, context)
      context.print(text)
      try context.flush()
      code = max(code, ending)
    }
    context.print(report.finished())
    return code
  }

  private static let helpCall = "scaffold check --help"

  /// The arguments held against the options of the command and the layout. Nil when help was asked
  /// for, and printed.
  private func parse(
    _ arguments: [String], _ layout: Layout?, _ context: Context
  ) throws(Failure) -> ParsedArguments? {
    var command = command
    let variables = layout?.manifest.variables.map(\.option) ?? []
    command.options += variables
    let parsed = try Failure.usage { () throws(Diagnostics) in
      try ArgumentParser(command: command, helpCall: Self.helpCall).parse(arguments)
    }
    guard parsed[.help] else {
      try ViewOptions.refuseContradictions(parsed, [CheckOptions.format.option])
      if parsed[CheckOptions.dryRun], !parsed[CheckOptions.fix] {
        throw Failure.usage(
          "--dry-run is for --fix", help: "without --fix nothing is written: leave it out")
      }
      if !parsed[CheckOptions.set].isEmpty, layout == nil {
        throw Failure.usage(
          "--set is for a project without a record", help: "name its layout with --layout")
      }
      return parsed
    }
    var groups = [("Options", self.command.options)]
    if let layout { groups.insert(("Variables of \(layout.name)", variables), at: 0) }
    context.printPage(context.help.command(command, groups: groups))
    return nil
  }

  /// - Throws: `Failure`: nobody reads the answer any more.
  private func check(
    _ argument: Result<String, Failure>, _ parsed: ParsedArguments, _ layouts: inout CheckLayouts,
    _ report: inout any CheckReport, _ isSingle: Bool, _ context: Context
  ) throws(Failure) -> (text: String, code: Program.ExitCode) {
    do throws(Failure) {
      let project = try ProjectCheck(argument.get(), parsed, context)
      if isSingle { project.noteInterruption() }
      let checked = try project.run(&layouts)
      return (report.add(checked), checked.check.findings.isEmpty ? .done : .difference)
    } catch {
      guard case .code(let code) = error.ending else { throw error }
      context.report(error.diagnostics)
      return (
        report.add(
          UncheckedProject(
            argument: (try? argument.get()) ?? "-", diagnostics: error.diagnostics, code: code)),
        code
      )
    }
  }
}
