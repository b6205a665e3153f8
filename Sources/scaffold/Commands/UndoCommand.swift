import Console
import Documents
import FileTrees
import Projects

/// `scaffold undo`
struct UndoCommand: Subcommand {
  static let name = "undo"
  let command = Command(
    name: Self.name, summary: "Take back the last change that scaffold made to a project",
    details: """
      Every file and directory that the last “update”, “add” or “remove”, or “new” into a directory \
      that was there, has changed, moved, made or removed is as it was before. What you have changed \
      since stays, and is told. It needs no git, and works once.
      """,
    operands: [
      Command.Operand(
        "DIRECTORY", completion: .directory, help: "The project; else the current directory",
        isRequired: false)
    ],
    options: [Switch.help.option],
    examples: [Command.Example("scaffold undo", "the last change, here")])

  func run(_ arguments: [String], _ context: Context) throws(Failure) -> Program.ExitCode {
    guard let parsed = try parse(arguments, context) else { return .done }
    let directory = DirectoryArgument(parsed.operands.first ?? ".")
    let target = try Failure.target { () throws(TargetError) in try directory.locate() }
    let isRecovered = try context.recover(target)
    let undone = try Failure.target { () throws(TargetError) in
      try Signals.holding { isInterrupted throws(TargetError) in
        try target.undo(isInterrupted: isInterrupted)
      }
    }
    for remark in undone.remarks { context.note(remark) }
    let shown = Printable.text(target.displayName)
    guard undone.hasRun else {
      // A run that was interrupted, perhaps by this very command, was the last one.
      if isRecovered { return .done }
      throw Failure(
        .unwritableTarget,
        Diagnostics(
          Diagnostic(
            "there is nothing to undo in “\(shown)”",
            help: "only the last change can be taken back, and only once")))
    }
    for path in undone.stayed {
      context.note(
        "“\(Printable.text(target.displayName(of: path)))” stays: you have changed it since")
    }
    for file in undone.saved { context.note(file.message(in: target)) }
    context.achieve("the last change is taken back all the same")
    context.print(
      "\(context.style.green("Undone")) in \(Printable.text(ShellWord.quoted(target.displayName))):"
        + " \(Self.figures(undone))\n")
    return .done
  }

  private static func figures(_ undone: Target.Undone) -> String {
    var parts: [String] = []
    if undone.putBack > 0 { parts.append("\(undone.putBack) put back") }
    if undone.removed > 0 { parts.append("\(undone.removed) removed") }
    let stayed = undone.stayed.count + undone.saved.count
    if stayed > 0 { parts.append("\(stayed) left as you have them") }
    return parts.isEmpty ? "nothing was left of it" : parts.concatenated(by: ", ")
  }
}
