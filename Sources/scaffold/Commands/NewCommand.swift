import Console
import Documents
import Layouts

/// `scaffold new`
struct NewCommand: Subcommand {
  static let name = "new"
  static let takesVariables = true
  let command = Command(
    name: Self.name, summary: "Create a project from a layout",
    details: """
      The project is written beside its name and then moved there: it is complete, or it is not \
      there. In a directory that exists, no file is changed unless --on-conflict says so.

      A list takes its items with commas between them; “\\,” is a comma in an item.
      """,
    operands: [
      Command.Operand(
        "DIRECTORY", completion: .directory,
        help: "Where the project goes; “.” is the current directory")
    ],
    options: NewOptions.all,
    examples: Program.examples.dropFirst() + [
      Command.Example(
        "scaffold new --layout staged-docker --help", "the variables of a layout"),
      Command.Example("scaffold new --layout ./mine myproj", "a layout in a folder of your own"),
    ], synonyms: NewOptions.synonyms)

  func run(_ arguments: [String], _ context: Context) throws(Failure) -> Program.ExitCode {
    let parser = ArgumentParser(command: command, helpCall: "scaffold new --help")
    let early = parser.preliminary(arguments)
    ViewOptions.apply(early.arguments, context)
    let isLarge = early.arguments[NewOptions.large]
    var files: [AnswersFile]?
    let layout: Layout
    if let name = early.arguments[NewOptions.layout] {
      layout = try LayoutArgument.layout(LayoutReference(name), isLarge: isLarge, context)
    } else {
      files = try early.arguments[NewOptions.answers].map(AnswersFile.init)
      let record = files?.last { $0.record != nil }
      guard
        let named = try record.flatMap({ file throws(Failure) in
          try LayoutArgument.layout(in: file, isLarge: isLarge, context)
        })
      else {
        guard early.arguments[.help] else {
          throw MissingLayout(
            arguments: arguments, parser: parser, early: early, context: context
          ).failure
        }
        context.print(context.help.command(command, groups: [("Options", command.options)]))
        return .done
      }
      layout = named
    }
    guard let parsed = try parse(arguments, layout, context) else { return .done }
    if files == nil { files = try parsed[NewOptions.answers].map(AnswersFile.init) }
    return try NewRun(layout, parsed, files ?? [], context).run()
  }
}
