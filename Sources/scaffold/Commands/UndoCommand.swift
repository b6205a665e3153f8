import Console
import Documents
import FileTrees
import Projects

/// `scaffold undo`
struct UndoCommand: Subcommand {
  static let name = "undo"

  private static let format = Choice(
    "format", "FORMAT", default: Format.text, help: "How it is shown"
  ) { format in
    switch format {
    case .text: "in one line"
    case .json: "for programs"
    }
  }

  private enum Format: String, CaseIterable {
    case text
    case json
  }

  /// Of the format that is described in the README: counts its incompatible changes.
  private static let jsonVersion = 1

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
    options: [
      format.option, ViewOptions.verbose.option, ViewOptions.quiet.option, Switch.help.option,
    ],
    examples: [Command.Example("scaffold undo", "the last change, here")],
    synonyms: [
      Synonym(["json"], "“--format json”", option: format.option),
      Synonym(["silent", "s"], "“--quiet”", option: ViewOptions.quiet.option),
    ])

  func run(_ arguments: [String], _ context: Context) throws(Failure) -> Program.ExitCode {
    guard let parsed = try parse(arguments, context) else { return .done }
    ViewOptions.apply(parsed, context)
    try ViewOptions.refuseContradictions(parsed, [Self.format.option])
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
      if isRecovered {
        if parsed[Self.format] == .json { context.print(Self.json(undone, in: target).pretty) }
        return .done
      }
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
    switch parsed[Self.format] {
    case .text: context.print(Self.text(undone, in: target, context))
    case .json: context.print(Self.json(undone, in: target).pretty)
    }
    return .done
  }

  private static func text(
    _ undone: Target.Undone, in target: Target, _ context: Context
  ) -> String {
    var text = ""
    if context.volume == .verbose {
      for (word, paths) in [
        ("put back", undone.putBack), ("removed", undone.removed), ("left", undone.left),
      ] {
        for path in paths {
          let name = Printable.text(target.displayName(of: path))
          text += "\(word + String(repeating: " ", count: 10 - word.utf8.count))\(name)\n"
        }
      }
    }
    let name = Printable.text(ShellWord.quoted(target.displayName))
    return text
      + context.style.sentences("\(context.style.green("Undone")) in \(name): \(figures(undone))\n")
  }

  private static func json(_ undone: Target.Undone, in target: Target) -> JSON {
    func paths(_ paths: [RelativePath]) -> JSON { .array(paths.map { .string($0.string) }) }
    return .object([
      .init("version", .integer(jsonVersion)),
      .init("target", .string(target.displayName)),
      .init("done", .flag(true)),
      .init("putBack", paths(undone.putBack)),
      .init("removed", paths(undone.removed)),
      .init("left", paths(undone.left)),
    ])
  }

  private static func figures(_ undone: Target.Undone) -> String {
    var parts: [String] = []
    if !undone.putBack.isEmpty { parts.append("\(undone.putBack.count) put back") }
    if !undone.removed.isEmpty { parts.append("\(undone.removed.count) removed") }
    if !undone.left.isEmpty { parts.append("\(undone.left.count) left as you have them") }
    return parts.isEmpty ? "nothing was left of it" : parts.concatenated(by: ", ")
  }
}

extension Target.Undone {
  /// What stays as the user has it.
  fileprivate var left: [RelativePath] { (stayed + saved.map(\.path)).sorted() }
}
