import Console
import Documents

/// `scaffold list`
struct ListCommand: Subcommand {
  let command = Command(
    name: "list", summary: "List the layouts",
    options: [
      Option(
        "format", value: .one("FORMAT"), choices: ["table", "json"],
        help: "How to print the list: table or json", defaultText: "table"),
      Program.helpOption,
    ],
    examples: [
      Command.Example("scaffold list --format json", "for programs")
    ])

  func run(_ arguments: [String], _ context: Context) throws {
    guard let parsed = try parse(arguments, context) else { return }
    let layouts = context.catalogue.summaries
    if parsed.value(of: "format") == "json" {
      let items = layouts.map { layout in
        JSON.object([
          .init("name", .string(layout.name)), .init("summary", .string(layout.summary)),
        ])
      }
      context.print(
        JSON.object([.init("version", .integer(1)), .init("layouts", .array(items))]).pretty)
      return
    }
    context.print(
      Wrapping.columns(
        layouts.map { Wrapping.Row($0.name, $0.summary) }, indentation: 0,
        width: Terminal.standardOutput.width, style: context.style.green))
  }
}
