import Console
import Documents
import Projects

/// `scaffold update`
struct UpdateCommand: ProjectCommand {
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

  static func directory(among words: [String], isEarly: Bool) -> Int? {
    guard isEarly else { return words.indices.first }
    return words.firstIndex(where: OpenProject.isOne)
      ?? (OpenProject.isOne(".") ? nil : words.indices.first)
  }

  func run(_ arguments: [String], _ context: Context) throws(Failure) -> Program.ExitCode {
    guard var call = try ProjectCall(arguments, of: self, context) else { return .done }
    try call.begin()
    let (project, layouts) = (call.project, call.layouts)
    // Who asks for all of it gets it worked out.
    let isPlain = try call.view().format == .tree && context.volume != .verbose
    if isPlain, layouts.areUpToDate(call.parsed) {
      context.print(
        UpdateReport.nothing(
          project.target.displayName,
          layouts.all.map { project.present.record.layouts[$0.place].layout }))
      return .done
    }
    return try call.run(layouts.steps(call.parsed, context))
  }
}
