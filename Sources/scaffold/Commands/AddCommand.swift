import Console
import Documents
import Layouts

/// `scaffold add`
struct AddCommand: ProjectCommand {
  static let name = "add"
  let command = Command(
    name: Self.name, summary: "Add a component to a project",
    details: """
      A component is an item of a list that the project's layout has: a step, a model, an \
      environment. All its files and lines come with it, merged with what you have changed, as \
      “scaffold update” does it; what is numbered is numbered anew, and your edits move along. One \
      that is there already stays as it is. “scaffold undo” takes it back.

      “scaffold add --help” in a project lists its components; “scaffold list --components” those of \
      all layouts.
      """,
    operands: ComponentOperands.all(names: .none),
    options: AddOptions.all,
    examples: [
      Command.Example("scaffold add step clean", "where the layout has new steps, here"),
      Command.Example(
        "scaffold add step clean check --before serve", "two, at a place of your own"),
      Command.Example("scaffold add model order ../shop --dry-run --diff", "the lines it changes"),
    ], synonyms: UpdateOptions.synonyms + AddOptions.synonyms)

  static func directory(among words: [String], isEarly: Bool) -> Int? {
    ComponentOperands.directory(among: words, isEarly: isEarly)
  }

  static func lists(of layouts: ProjectLayouts) -> [HelpText.List] {
    [ComponentTable.help(of: layouts.all.map(\.layout.manifest))]
  }

  func run(_ arguments: [String], _ context: Context) throws(Failure) -> Program.ExitCode {
    guard var call = try ProjectCall(arguments, of: self, context) else { return .done }
    let place = try AddOptions.place(call.parsed)
    try call.begin()
    var component = try ComponentCall(call, context)
    component.add(place)
    let (change, project) = (component.change, component.shownProject)
    let there = component.shown(change.idle)
    return try component.run(
      .add(component.shown(change.changed), of: change.variable.name),
      nothing: "Nothing to add: \(project) has \(there)",
      remark: "\(project) has \(there) already")
  }
}
