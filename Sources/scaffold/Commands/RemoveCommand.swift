import Console
import Documents
import Layouts

/// `scaffold remove`
struct RemoveCommand: ProjectCommand {
  static let name = "remove"
  let command = Command(
    name: Self.name, summary: "Remove a component from a project",
    details: """
      What “scaffold add” brings goes again: files that you have not changed, and lines; a file that \
      you have changed stays, is yours from then on, and is listed. What is numbered is numbered \
      anew. “scaffold undo” takes it back.

      “scaffold remove --help” in a project lists its components.
      """,
    operands: ComponentOperands.all(names: .item),
    options: UpdateOptions.all,
    examples: [
      Command.Example("scaffold remove step clean", "here"),
      Command.Example("scaffold remove model order ../shop --dry-run", "what would go and stay"),
    ], synonyms: UpdateOptions.synonyms)

  static func directory(among words: [String], isEarly: Bool) -> Int? {
    ComponentOperands.directory(among: words, isEarly: isEarly)
  }

  static func lists(of layouts: ProjectLayouts) -> [HelpText.List] {
    [ComponentTable.help(of: layouts.all.map(\.layout.manifest))]
  }

  func run(_ arguments: [String], _ context: Context) throws(Failure) -> Program.ExitCode {
    guard var call = try ProjectCall(arguments, of: self, context) else { return .done }
    try call.begin()
    var component = try ComponentCall(call, context)
    component.remove()
    let (change, project) = (component.change, component.shownProject)
    let rest = Printable.text(change.items.concatenated(by: ", "))
    let absent = "\(project) has no \(component.shown(change.idle))"
    return try component.run(
      .remove(component.shown(change.changed), of: change.variable.name),
      nothing: "Nothing to remove: \(absent)" + (rest.isEmpty ? "" : ", but \(rest)"),
      remark: absent)
  }
}
