import Console
import Documents
import FileTrees
import Git
import Layouts
import Projects

/// `scaffold diff`
struct DiffCommand: Subcommand {
  static let name = "diff"

  private static let format = Choice(
    "format", "FORMAT", default: Format.patch, help: "How it is shown"
  ) { format in
    switch format {
    case .patch: "the lines, as “git diff” shows them"
    case .paths: "one path a line"
    case .json: "for programs"
    }
  }

  private enum Format: String, CaseIterable {
    case patch
    case paths
    case json
  }

  let command = Command(
    name: Self.name, summary: "Show what a project has changed of what its layout wrote",
    details: """
      Files that are the project's own are not shown. The run ends with 1 where something differs, \
      and with 0 where nothing does.
      """,
    operands: [
      Command.Operand(
        "DIRECTORY", completion: .directory, help: "The project; else the current directory",
        isRequired: false),
      Command.Operand(
        "PATH", completion: .file,
        help: "Files and directories of the project to look at; else all",
        isRequired: false, isRepeatable: true),
    ],
    options: [format.option, Switch.help.option],
    examples: [
      Command.Example("scaffold diff", "all that was changed here"),
      Command.Example("scaffold diff . src README.md", "a part of it"),
    ],
    synonyms: [
      Synonym(["name-only", "stat"], "“--format paths”", option: format.option),
      Synonym(["json"], "“--format json”", option: format.option),
      Synonym(["exit-code", "quiet"], "the default: it ends with 1 where something differs"),
    ])

  func run(_ arguments: [String], _ context: Context) throws(Failure) -> Program.ExitCode {
    guard let parsed = try parse(arguments, context) else { return .done }
    var operands = parsed.operands[...]
    // Whoever is in a project may name paths at once.
    let isHere = operands.first.map { !OpenProject.isOne($0) && OpenProject.isOne(".") } ?? true
    let project = try OpenProject(isHere ? "." : operands.removeFirst())
    for remark in project.present.remarks { context.note(remark) }
    context.noteInterruption(of: project.target)
    let wanted = try paths(operands, in: project)
    let changes = try Failure.target { () throws(TargetError) in
      try OwnChanges(of: project.present, in: project.target) { path in
        wanted.isEmpty || wanted.contains { $0 == path || path.isBelow($0) }
      }
    }
    switch parsed[Self.format] {
    case .patch: try print(changes, of: project, context)
    case .paths:
      for change in changes.all {
        context.print(Printable.text(project.target.displayName(of: change.path)) + "\n")
      }
    case .json: context.print(json(changes, of: project).pretty)
    }
    return changes.all.isEmpty ? .done : .difference
  }

  /// The paths to look at, which a shell completes from here, and a person may name from the project.
  private func paths(
    _ operands: ArraySlice<String>, in project: OpenProject
  ) throws(Failure) -> [RelativePath] {
    let files = project.present.record.layouts.flatMap(\.files)
    var paths: [RelativePath] = []
    for operand in operands {
      let start = project.directory.argument + "/"
      let text = operand.begins(with: start) ? operand.dropping(start.utf8.count) : operand
      if text == "." { return [] }
      guard let path = try? RelativePath(validating: text.droppingTrailing("/")),
        files.contains(where: { $0.path == path || $0.path.isBelow(path) })
      else {
        throw Failure.usage(
          "“\(Printable.text(operand))” is nothing that a layout wrote here",
          help: "“\(project.call("diff", ["--format", "paths"]))” lists what was changed")
      }
      paths.append(path)
    }
    return paths
  }

  private func print(
    _ changes: OwnChanges, of project: OpenProject, _ context: Context
  ) throws(Failure) {
    if changes.all.isEmpty { return }
    guard let git = GitProgram() else {
      throw Failure.usage("there is no git, which shows lines", help: "add --format paths")
    }
    let (shown, unknown) = try Failure.target { () throws(TargetError) in
      try changes.differences(
        ProjectLayouts.recorded(of: project, context), objects: project.objects(git))
    }
    try context.printPage(git.patch(of: shown, context.style))
    for change in unknown {
      let name = Printable.text(project.target.displayName(of: change.path))
      context.note(
        "\(name): \(change.kind.rawValue); what the layout wrote is not to be had any more")
    }
  }

  private func json(_ changes: OwnChanges, of project: OpenProject) -> JSON {
    .object([
      .init("version", .integer(1)),
      .init("target", .string(project.target.displayName)),
      .init(
        "changes",
        .array(
          changes.all.map { change in
            .row([
              .init("path", .string(change.path.string)),
              .init("change", .string(change.kind.rawValue)),
              .init("layout", .string(change.layout)),
            ])
          })),
    ])
  }
}
