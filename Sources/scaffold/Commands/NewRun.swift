import Console
import Documents
import FileTrees
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
    let given = GivenAnswers(parsed, files, layout)
    let destination = DirectoryArgument(directory)
    let answers = try given.resolved(directory: destination.name)
    let target = try Failure.target { () throws(TargetError) in try destination.locate() }
    let isDryRun = parsed[NewOptions.dryRun]
    if !isDryRun { try context.recover(target) }
    let request = CreateRequest(
      layout: layout, answers: answers, target: target,
      onConflict: parsed[NewOptions.onConflict],
      source: LayoutVersion.Source(layout.reference, from: destination),
      directory: destination.nameForCommands)
    let plan = try plan(request)
    context.warn(plan.warnings)
    if let remark = given.remark(on: answers) { context.note(remark) }
    if let remark = given.remarkOnNames(directory: destination.name) { context.note(remark) }
    let preview = Preview(plan, context.style)
    if isDryRun {
      context.noteInterruption(of: target)
      context.print(preview.text(parsed[NewOptions.format]))
      if !plan.conflicts.isEmpty { throw Failure(plan.conflictError) }
      return .done
    }
    if !plan.conflicts.isEmpty { throw Failure(conflicts(of: plan, request.onConflict)) }
    let warnings = try Failure.target { () throws(TargetError) in
      try Signals.holding { isInterrupted throws(TargetError) in
        try plan.commit(isInterrupted: isInterrupted, secondProcess: ForkedProcess.second)
      }
    }
    context.warn(warnings)
    context.achieve("the project is made all the same, and complete, in “\(destination.argument)”")
    // A command that is printed as something else leads elsewhere.
    let steps = plan.nextSteps.lines(on: Machine(at: destination))
    let next = steps.filter { Printable.text($0) == $0 }
    context.print(preview.result(next: next))
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

  private func plan(_ request: CreateRequest) throws(Failure) -> Plan {
    do {
      return try Plan(creating: request)
    } catch {
      throw Failure(error)
    }
  }

  /// The conflicts, and what to do about them.
  private func conflicts(of plan: Plan, _ policy: ConflictPolicy) -> TargetError {
    guard case .refused(var diagnostics) = plan.conflictError else { return plan.conflictError }
    diagnostics.isExhaustive = true
    diagnostics.advise(Self.help(for: plan.conflicts, policy))
    return .refused(diagnostics)
  }

  /// No policy has a file take the place of something else.
  private static func help(for conflicts: [Change], _ policy: ConflictPolicy) -> String {
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
