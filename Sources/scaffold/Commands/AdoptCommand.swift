import Console
import Documents
import FileSystems
import Layouts
import Projects

/// `scaffold adopt`
struct AdoptCommand: Subcommand {
  static let name = "adopt"
  static let takesVariables = true
  let command = Command(
    name: Self.name, summary: "Give a project that is there a layout, and its record",
    details: """
      For a project that was made by hand, by copying, or by another tool. The answers that fit best \
      are found from its paths, then from the lines of its files; what is given stays as it is. \
      Nothing is written but the record: a file that differs counts as edited by you, and one that is \
      not there as removed by you. “add”, “check” and “update” work from then on, and “scaffold \
      undo” takes it back.

      Where cookiecutter, cruft or copier have left a file of answers, these are taken.
      """,
    operands: [
      Command.Operand(
        "DIRECTORY", completion: .directory, help: "The project; else the current directory",
        isRequired: false)
    ],
    options: AdoptOptions.all,
    examples: [
      Command.Example("scaffold adopt --layout tiered --dry-run", "how far it fits"),
      Command.Example("scaffold adopt --layout tiered --tier core myproj", "say what you know"),
    ], synonyms: AdoptOptions.synonyms)

  func run(_ arguments: [String], _ context: Context) throws(Failure) -> Program.ExitCode {
    let parser = ArgumentParser(command: command, helpCall: "scaffold adopt --help")
    let early = parser.preliminary(arguments)
    ViewOptions.apply(early.arguments, context)
    guard let name = early.arguments[AdoptOptions.layout] else {
      if early.arguments[.help] {
        context.printPage(context.help.command(command, groups: [("Options", command.options)]))
        return .done
      }
      return try run(arguments, asking: early, parser, context)
    }
    let layout = try LayoutArgument.layout(
      LayoutReference(name), isLarge: early.arguments[AdoptOptions.large], context)
    guard let parsed = try parse(arguments, layout, context) else { return .done }
    try ViewOptions.refuseContradictions(parsed, [AdoptOptions.format.option])
    return try adopt(layout, parsed, context)
  }

  /// The same, with a layout that a person chooses.
  private func run(
    _ arguments: [String], asking early: ArgumentParser.Preliminary, _ parser: ArgumentParser,
    _ context: Context
  ) throws(Failure) -> Program.ExitCode {
    let options = early.unknown.map(\.name)
    guard early.diagnostics.isEmpty, !early.unknown.contains(where: parser.isGuessed),
      !context.catalogue.names(havingOptions: options).isEmpty,
      let prompter = context.prompter(early.arguments)
    else { throw missingLayout(early, parser, context) }
    let name = try context.layout(havingOptions: options, from: prompter)
    let words = ["--\(AdoptOptions.layout.option.name)", name] + arguments
    let code = try run(words, context)
    guard let call = ShellWord.command([Program.name, Self.name] + words) else { return code }
    try context.flush()
    context.note("the same without questions: \(call)")
    return code
  }

  private func missingLayout(
    _ early: ArgumentParser.Preliminary, _ parser: ArgumentParser, _ context: Context
  ) -> Failure {
    // Options of layouts are not known yet; what else is wrong is.
    var diagnostics = early.diagnostics
    if diagnostics.isEmpty {
      for option in early.unknown where parser.isGuessed(option) {
        diagnostics.add(parser.diagnostic(for: option))
      }
    }
    if diagnostics.isEmpty {
      var help = "“scaffold list” shows the layouts; then “--layout NAME”"
      let words = early.arguments.operands
      if let first = words.first, context.catalogue.has(LayoutReference(first)),
        let call = ShellWord.command(
          [
            Program.name, Self.name, "--\(AdoptOptions.layout.option.name)",
          ] + words)
      {
        help = "here it is “\(call)”"
      }
      diagnostics.add(Diagnostic("--layout is missing", help: help))
    }
    return Failure(.wrongUsage, diagnostics)
  }

  private func adopt(
    _ layout: Layout, _ parsed: ParsedArguments, _ context: Context
  ) throws(Failure) -> Program.ExitCode {
    let argument = parsed.operands.first ?? "."
    if argument.isEmpty {
      throw Failure.usage("DIRECTORY is empty", help: "“.” is the current directory")
    }
    let directory = DirectoryArgument(argument)
    let target = try Failure.target { () throws(TargetError) in try directory.locate() }
    if target.isNew {
      throw Failure.usage(
        "there is no directory “\(Printable.text(directory.argument))”",
        help: "“scaffold new LAYOUT DIRECTORY” makes a project in one")
    }
    let isDryRun = parsed[AdoptOptions.dryRun]
    if !isDryRun { try context.recover(target) }
    var files = try parsed[AdoptOptions.answers].map(AnswersFile.init)
    if files.isEmpty, let found = foreignFile(in: directory, context) { files = [found] }
    let given = GivenAnswers(parsed, files, layout)
    let fit = try fit(layout, try given.wellFormed(), target, directory.name)
    context.warn(fit.warnings)
    if let remark = given.remark(on: fit.answers) { context.note(remark) }
    let plan = try plan(fit, target, directory)
    let report = FitReport(
      fit, plan, isDryRun: isDryRun, isWhole: context.volume == .verbose, context.style)
    if isDryRun { context.noteInterruption(of: target) }
    context.warn(report.warnings)
    if let remark = report.remarkOnUntold { context.note(remark) }
    if isDryRun {
      context.print(report.text(parsed[AdoptOptions.format]))
      return .done
    }
    let warnings = try Failure.target { () throws(TargetError) in
      try Signals.holding { isInterrupted throws(TargetError) in
        try plan.commit(isInterrupted: isInterrupted)
      }
    }
    context.warn(warnings)
    context.achieve("the project has its record all the same")
    context.print(report.text(parsed[AdoptOptions.format]))
    return .done
  }

  /// What another tool has left in the project.
  private func foreignFile(in directory: DirectoryArgument, _ context: Context) -> AnswersFile? {
    for name in ForeignAnswers.fileNames {
      let path = directory.argument == "." ? name : directory.argument + "/" + name
      guard (try? UserPath.status(of: path, followsLast: false))?.kind == .file else { continue }
      do throws(Failure) {
        let file = try AnswersFile(reading: path)
        guard let foreign = file.foreign else { continue }
        context.note(
          "answers are taken from “\(Printable.text(path))”, which \(foreign.tool.rawValue) has left"
        )
        return file
      } catch {
        context.note("“\(Printable.text(path))” is left aside: it cannot be read")
      }
    }
    return nil
  }

  private func fit(
    _ layout: Layout, _ given: [GivenAnswer], _ target: Target, _ directory: String
  ) throws(Failure) -> Fit {
    do {
      return try Fit(layout, given: given, to: target.fileSystem, directory: directory)
    } catch {
      throw Failure(error, target)
    }
  }

  private func plan(
    _ fit: Fit, _ target: Target, _ directory: DirectoryArgument
  ) throws(Failure) -> Plan {
    do {
      return try Plan(
        adopting: fit, in: target,
        source: LayoutVersion.Source(fit.layout.reference, from: directory))
    } catch {
      throw Failure(error)
    }
  }
}

extension Failure {
  init(_ error: FitError, _ target: Target) {
    switch error {
    case .layout(let diagnostics): self.init(.faultyLayout, diagnostics)
    case .project(let error):
      self.init(
        .unwritableTarget,
        Diagnostics(Diagnostic("\(Printable.text(target.displayName)): \(error.message)")))
    }
  }
}
