import Console
import Documents
import FileSystems
import FileTrees
import Git
import Layouts
import Projects
import Rules

/// One project of a run of `scaffold check`: what it is held against, and what comes of that.
struct ProjectCheck {
  private let parsed: ParsedArguments
  private let context: Context
  private let directory: DirectoryArgument
  private let target: Target
  private let words: CommandWords

  /// - Parameter argument: the project's directory, as the user named it.
  /// - Throws: `Failure`: there is none.
  init(_ argument: String, _ parsed: ParsedArguments, _ context: Context) throws(Failure) {
    if argument.isEmpty {
      throw Failure.usage("DIRECTORY is empty", help: "“.” is the current directory")
    }
    self.parsed = parsed
    self.context = context
    let directory = DirectoryArgument(argument)
    self.directory = directory
    target = try Failure.target { () throws(TargetError) in try directory.locate() }
    words = CommandWords(directory)
  }

  /// - Parameter layouts: gets those that the project needs and no other one did.
  /// - Throws: `Failure`: there is nothing to hold it against, or it cannot be read.
  func run(_ layouts: inout CheckLayouts) throws(Failure) -> CheckedProject {
    let isFixing = parsed[CheckOptions.fix]
    let isDryRun = parsed[CheckOptions.dryRun]
    if isFixing, !isDryRun { try context.recover(target) }
    let request = try request(&layouts)
    for layout in request.layouts { tell(layout, hasRecord: request.record != nil) }
    let check = try check(request)
    var project = CheckedProject(
      directory: directory, target: target, check: check, fix: nil)
    guard isFixing else { return project }
    let plan: Plan
    do {
      plan = try check.fix()
    } catch {
      throw Failure(error)
    }
    project.fix = CheckedProject.Fix(plan: plan, isDryRun: isDryRun)
    remark(onWhatLacksIn: check, plan, request)
    if isDryRun { return project }
    try commit(plan)
    project.check = try self.check(request.afterFixing)
    return project
  }

  private func tell(_ held: CheckedLayout, hasRecord: Bool) {
    guard let layout = held.layout else { return }
    let answers = hasRecord ? "of its record" : "that its files tell"
    context.detail(
      "“\(target.displayName)” is held against \(layout.name) \(layout.manifest.version)"
        + " (\(layout.reference.text)), with the answers \(answers)")
  }

  /// Says that a run died in the project, where this one only looks.
  func noteInterruption() {
    if !parsed[CheckOptions.fix] || parsed[CheckOptions.dryRun] {
      context.noteInterruption(of: target)
    }
  }

  private func check(_ request: CheckRequest) throws(Failure) -> Check {
    try Failure.target { () throws(TargetError) in try Check(request) }
  }

  private func commit(_ plan: Plan) throws(Failure) {
    if plan.isDone { return }
    let warnings = try Failure.target { () throws(TargetError) in
      try Signals.holding { isInterrupted throws(TargetError) in
        try plan.commit(isInterrupted: isInterrupted)
      }
    }
    context.warn(warnings)
    context.achieve("what is missing was created all the same, as far as it can be")
  }

  // MARK: What it is held against

  private func request(_ layouts: inout CheckLayouts) throws(Failure) -> CheckRequest {
    let (target, words) = (target, words)
    let git = GitProgram()
    let argument = directory.argument
    let record = try Failure.target { () throws(TargetError) in
      try CheckedRecord(in: target, words: words) {
        git?.commonContent(of: Record.path, in: argument)
      }
    }
    let held: [CheckedLayout]
    if let record {
      held = try followed(record, &layouts)
    } else {
      held = [try withoutRecord(layouts.named)]
    }
    return CheckRequest(
      target: target, record: record, layouts: held,
      isStrict: parsed[CheckOptions.strict],
      spending: parsed[CheckOptions.large] ? .large : Budget(), words: words,
      keepsModes: { git?.keepsModes(inRepositoryOf: argument) },
      objects: { (ids) throws(GitError) in
        guard let git else { return [:] }
        return try git.blobs(ids, inRepositoryOf: argument)
      })
  }

  /// The layout that a project without a record is held against.
  private func withoutRecord(_ loaded: CheckLayouts.Loaded?) throws(Failure) -> CheckedLayout {
    let shown = Printable.text(directory.argument)
    if target.isNew {
      throw Failure.usage("“\(shown)” is not there", help: "name the directory of a project")
    }
    guard let loaded else {
      throw Failure.usage(
        "“\(shown)” has no \(Layout.recordName) to hold it against",
        help: OpenProject.above(directory).map {
          "the project is in “\(Printable.text($0))”: name that directory"
        } ?? "name the layout that it is to be like with --layout")
    }
    let fit = try fit(loaded.layout)
    remark(on: fit, loaded.book)
    return CheckedLayout(
      place: nil, layout: loaded.layout, book: loaded.book, answers: fit.answers)
  }

  /// Says what the project is taken for, where other rules would hold otherwise.
  private func remark(on fit: Fit, _ book: RuleBook) {
    let names = Set(book.rules.flatMap { $0.when?.names ?? [] })
    let found = fit.origins.filter { $0.origin != .given && names.contains($0.variable.name) }
    if found.isEmpty { return }
    let answers = found.map { Printable.text("\($0.variable.name) \($0.json.typed)") }
    let calls = found.map { Printable.text($0.variable.call) }
    context.note(
      "“\(Printable.text(target.displayName))” is taken for \(answers.concatenated(by: ", "));"
        + " \(calls.concatenated(by: ", ")) \(found.count == 1 ? "says" : "say") otherwise")
  }

  /// Says which items a project without a record is taken to have, where the layout gives something
  /// that is missing for none of them: whose files are gone, that item is not found any more.
  private func remark(onWhatLacksIn check: Check, _ plan: Plan, _ request: CheckRequest) {
    guard request.record == nil, let held = request.layouts.first, let layout = held.layout,
      let answers = held.answers
    else { return }
    let made = Set(plan.changes.map(\.path))
    if !check.findings.contains(where: { $0.isMissing && !made.contains($0.path) }) { return }
    for variable in layout.manifest.variables where variable.kind.isList {
      guard let value = answers.values[variable.name] else { continue }
      let answer = Printable.text("\(variable.name) \(Answers.json(value).typed)")
      context.note(
        "“\(Printable.text(target.displayName))” is taken for \(answer);"
          + " \(Printable.text(variable.call)) has --fix make the files of others")
    }
  }

  /// What is given, and what the project itself tells.
  private func fit(_ layout: Layout) throws(Failure) -> Fit {
    let given = try GivenAnswers(parsed, [], layout).wellFormed()
    let fit: Fit
    do {
      fit = try Fit(
        layout, given: given, to: target.fileSystem, directory: directory.name)
    } catch {
      switch error {
      case .layout(let faults): throw Failure(.faultyLayout, faults)
      case .project(let error): throw Failure(TargetError.failed(error, in: target))
      }
    }
    if let closed = fit.comparison.unreadable.first {
      let name = Printable.text(target.displayName(of: closed))
      throw Failure(
        TargetError.refused(
          "“\(name)” cannot be looked into", help: "nothing is told of what is not looked at"))
    }
    return fit
  }

  /// The layouts of the record, or the one of them that `--layout` names.
  private func followed(
    _ record: CheckedRecord, _ layouts: inout CheckLayouts
  ) throws(Failure) -> [CheckedLayout] {
    try refuseAnswers(layouts.named?.layout)
    guard let content = record.content else { return [] }
    let file = AnswersFile(content, name: directory.argument + "/" + Layout.recordName)
    var result: [CheckedLayout] = []
    for (place, entry) in record.layouts.enumerated() {
      if let named = layouts.named {
        guard named.layout.name == entry.layout.name else { continue }
        result.append(checked(place, named, file))
      } else if let layout = try layouts.layout(
        of: entry.layout, from: directory.argument, context)
      {
        result.append(checked(place, layout, file))
      } else {
        result.append(CheckedLayout(place: place, layout: nil, book: nil, answers: nil))
      }
    }
    if let named = layouts.named?.layout, result.isEmpty {
      throw ProjectLayouts.unknown(
        named.name, named.reference, among: record.layouts.map(\.layout.name), directory)
    }
    return result
  }

  private func checked(
    _ place: Int, _ loaded: CheckLayouts.Loaded, _ file: AnswersFile
  ) -> CheckedLayout {
    var checked = CheckedLayout(
      place: place, layout: loaded.layout, book: loaded.book, answers: nil)
    do throws(Failure) {
      checked.answers = try GivenAnswers.resolvedRecord(
        file, loaded.layout, directory: directory.name)
    } catch {
      checked.faults = error.diagnostics
    }
    return checked
  }

  /// A project that has a record is what its answers say.
  private func refuseAnswers(_ layout: Layout?) throws(Failure) {
    var given = layout?.manifest.variables.map(\.optionName) ?? []
    given.removeAll { parsed.values(named: $0).isEmpty }
    if !parsed[CheckOptions.set].isEmpty { given.append(CheckOptions.set.option.name) }
    if given.isEmpty { return }
    let options = given.map { "--\($0)" }.concatenated(by: ", ")
    throw Failure.usage(
      "“\(Printable.text(directory.argument))” has a \(Layout.recordName), whose answers count",
      help: "leave \(options) out; update changes the answers of a project")
  }
}
