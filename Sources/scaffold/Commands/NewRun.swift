import Console
import Documents
import FileTrees
import Git
import Layouts
import Projects

/// What `scaffold new` does once the layout is known and the words are read: the plan, shown or
/// committed.
struct NewRun {
  private let layout: Layout
  private let parsed: ParsedArguments
  private let files: [AnswersFile]
  private let context: Context

  init(
    _ layout: Layout, _ parsed: ParsedArguments, _ files: [AnswersFile], _ context: Context
  ) {
    self.layout = layout
    self.parsed = parsed
    self.files = files
    self.context = context
  }

  func run() throws(Failure) -> Program.ExitCode {
    let directory = parsed.operands.first ?? ""
    if directory.isEmpty {
      throw Failure.usage("DIRECTORY is empty", help: "“.” is the current directory")
    }
    var view = try view()
    let given = GivenAnswers(parsed, files, layout)
    let destination = DirectoryArgument(directory)
    let answers = try given.resolved(directory: destination.name)
    let target = try Failure.target { () throws(TargetError) in try destination.locate() }
    if isDryRun { context.noteInterruption(of: target) } else { try context.recover(target) }
    let request = CreateRequest(
      layout: layout, answers: answers, target: target,
      onConflict: parsed[NewOptions.onConflict].policy,
      source: LayoutVersion.Source(layout.reference, from: destination),
      directory: destination.nameForCommands, words: CommandWords(destination))
    let plan = try decided(plan(request), request)
    context.warn(plan.warnings)
    if let remark = given.remark(on: answers) { context.note(remark) }
    if let remark = given.remarkOnNames(directory: destination.name) { context.note(remark) }
    if let path = parsed[NewOptions.show] {
      try PlannedFilePrinter(plan: plan, context: context).print(path)
      return .done
    }
    if parsed[NewOptions.diff] { return try showDifferences(plan) }
    let preview = Preview(plan, context.style)
    guard !isDryRun, plan.conflicts.isEmpty else {
      // What is for programs says what stands in the way, too.
      if isDryRun || view.format == .json {
        let steps = view.format == .json ? plan.nextSteps.lines(on: Machine(at: destination)) : []
        let text = preview.text(view, next: steps)
        if isDryRun { context.printPage(text) } else { context.print(text) }
      }
      if plan.conflicts.isEmpty { return .done }
      throw Failure(isDryRun ? plan.conflictError : conflicts(of: plan, request.onConflict))
    }
    try commit(plan, destination)
    view.isDone = true
    // A command that is printed as something else leads elsewhere.
    let steps = plan.isDone ? [] : plan.nextSteps.lines(on: Machine(at: destination))
    let next = steps.filter { view.format == .json || Printable.text($0) == $0 }
    context.print(preview.text(view, next: next))
    if plan.isDone, plan.outcome.kept > 0, parsed[NewOptions.onConflict] == .replace {
      context.note(
        "--on-conflict is for what is there before the layout; to have these replaced, remove"
          + " \(Layout.recordName) first")
    }
    if plan.isDone, plan.outcome.removed > 0 {
      context.note(
        "what is not there any more counts as removed by you; to have all of it made again, remove"
          + " \(Layout.recordName) first")
    }
    if next.count < steps.count {
      context.note("a command is left out: the directory's name holds what cannot be printed")
    }
    return .done
  }

  /// Whether nothing is to be written.
  private var isDryRun: Bool {
    parsed[NewOptions.dryRun] || parsed[NewOptions.diff] || parsed.has(NewOptions.show.option)
  }

  private func view() throws(Failure) -> Preview.View {
    let ways = [NewOptions.show.option, NewOptions.diff.option]
    try ViewOptions.refuseContradictions(parsed, ways + [NewOptions.format.option])
    let format = parsed[NewOptions.format]
    let depth = try ViewOptions.depth(
      parsed, format, isTree: context.volume != .quiet && !ways.contains(where: parsed.has))
    return Preview.View(format: format, depth: depth, isWhole: context.volume == .verbose)
  }

  private func plan(_ request: CreateRequest) throws(Failure) -> Plan {
    do {
      return try Plan(creating: request)
    } catch {
      throw Failure(error)
    }
  }

  /// The plan, with what a person has decided where that was wanted.
  private func decided(_ plan: Plan, _ request: CreateRequest) throws(Failure) -> Plan {
    guard parsed[NewOptions.onConflict] == .ask else { return plan }
    let prompter = try context.conflictPrompter(others: "keep or replace")
    // Where something else stands in the way as well, nothing comes of any answer.
    let isOpen = plan.conflicts.allSatisfy { ConflictPolicy.keep.settles($0) }
    if plan.conflicts.isEmpty || !isOpen { return plan }
    var files: [ConflictReview.File] = []
    for change in plan.conflicts {
      files.append(
        ConflictReview.File(
          name: plan.target.displayName(of: change.path), reason: change.conflict?.text ?? "",
          difference: try Failure.target { () throws(TargetError) in
            try plan.difference(at: change.path)
          },
          decisions: ConflictPolicy.replace.settles(change) ? [.keep, .replace] : [.keep]))
    }
    let review = ConflictReview(prompter: prompter, git: GitProgram(), style: context.style)
    var request = request
    for (change, decision) in zip(plan.conflicts, try review.decisions(on: files)) {
      request.decided[change.path] = decision == .replace ? .replace : .keep
    }
    return try self.plan(request)
  }

  private func commit(_ plan: Plan, _ destination: DirectoryArgument) throws(Failure) {
    let warnings = try Failure.target { () throws(TargetError) in
      try Signals.holding { isInterrupted throws(TargetError) in
        try plan.commit(isInterrupted: isInterrupted, secondProcess: ForkedProcess.second)
      }
    }
    context.warn(warnings)
    context.achieve("the project is made all the same, and complete, in “\(destination.argument)”")
  }

  /// What would be written, as a patch for the target.
  private func showDifferences(_ plan: Plan) throws(Failure) -> Program.ExitCode {
    guard let git = GitProgram() else {
      throw Failure.usage("there is no git, which shows differences", help: "leave --diff out")
    }
    if !plan.conflicts.isEmpty {
      throw Failure(conflicts(of: plan, parsed[NewOptions.onConflict].policy))
    }
    if !parsed[NewOptions.dryRun] { context.note("nothing is written: --diff is a dry run") }
    let differences = try Failure.target { () throws(TargetError) in
      try plan.differences(withRecord: true)
    }
    try context.printPage(git.patch(of: differences.files, context.style))
    let privates = plan.changes.filter { change in
      change.decision == .create && [.private, .privateExecutable].contains(change.permissions)
    }
    if !privates.isEmpty {
      let names = privates.map { "“\(Printable.text($0.path.string))”" }
      context.note(
        "a patch holds no private modes: everybody may read what it makes of"
          + " \(names.concatenated(by: ", "))")
    }
    for path in differences.tooLarge {
      context.note("“\(Printable.text(path.string))” is too large for a patch: it is left out")
    }
    return .done
  }

  /// The conflicts, and what to do about them.
  private func conflicts(of plan: Plan, _ policy: ConflictPolicy) -> TargetError {
    guard case .refused(var diagnostics) = plan.conflictError else { return plan.conflictError }
    diagnostics.isExhaustive = true
    diagnostics.advise(
      Self.help(for: plan.conflicts, policy, canAsk: context.prompter(parsed) != nil))
    return .refused(diagnostics)
  }

  /// No policy has a file take the place of something else.
  private static func help(
    for conflicts: [Change], _ policy: ConflictPolicy, canAsk: Bool
  ) -> String {
    let files = conflicts.filter { $0.conflict == .differs || $0.conflict == .notOwned }
    let owned = conflicts.contains {
      if case .ofLayout? = $0.conflict { !$0.isDirectory } else { false }
    }
    let others = conflicts.filter { if case .wrongKind? = $0.conflict { true } else { false } }
    var help = "nothing was written"
    switch policy {
    case .fail where !files.isEmpty:
      let which = files.count == conflicts.count ? "such" : "the"
      help += "; --on-conflict keep leaves \(which) files, --on-conflict replace replaces them"
      if canAsk { help += ", --on-conflict ask shows each of them, and asks" }
    case .replace where !files.isEmpty: help += "; --on-conflict keep leaves the files"
    default: break
    }
    if owned { help += "; --on-conflict keep leaves with another layout what belongs to it" }
    if !others.isEmpty {
      help += "; what is not a file where one must be, or no directory, is yours to move away"
    }
    return help
  }
}
