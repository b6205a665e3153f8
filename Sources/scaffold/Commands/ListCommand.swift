import Console
import Documents
import Layouts

/// `scaffold list`
struct ListCommand: Subcommand {
  static let name = "list"

  private enum Format: String, CaseIterable {
    case table
    case json
  }

  private static let format = Choice(
    "format", "FORMAT", default: Format.table, help: "How to print the list"
  ) { format in
    switch format {
    case .table: "in two columns"
    case .json: "for programs"
    }
  }

  private static let components = Switch(
    "components", help: "List what projects of the layouts grow by, see “scaffold help add”")

  let command = Command(
    name: Self.name, summary: "List the layouts, or their components",
    options: [components.option, format.option, Switch.help.option],
    examples: [
      Command.Example("scaffold list --format json", "for programs"),
      Command.Example("scaffold list --components", "what “scaffold add” adds"),
    ])

  func run(_ arguments: [String], _ context: Context) throws(Failure) -> Program.ExitCode {
    guard let parsed = try parse(arguments, context) else { return .done }
    if parsed[Self.components] { return listComponents(parsed[Self.format], context) }
    let layouts = context.catalogue.summaries
    switch parsed[Self.format] {
    case .table: context.printPage(table(layouts, context))
    case .json: context.print(json(layouts).pretty)
    }
    return .done
  }

  private func listComponents(_ format: Format, _ context: Context) -> Program.ExitCode {
    let manifests = context.catalogue.names.compactMap {
      context.catalogue.layout(builtIn: $0)?.manifest
    }
    switch format {
    case .table:
      context.printPage(ComponentTable.text(of: manifests, context.style))
    case .json: context.print(ComponentTable.json(of: manifests).pretty)
    }
    return .done
  }

  private func table(_ layouts: [Catalogue.Summary], _ context: Context) -> String {
    context.style.table(
      layouts.map { Wrapping.Row($0.name, $0.summary) }, indentation: 0)
  }

  private func json(_ layouts: [Catalogue.Summary]) -> JSON {
    let items = layouts.map { layout in
      JSON.object([
        .init("name", .string(layout.name)), .init("summary", .string(layout.summary)),
      ])
    }
    return .object([.init("version", .integer(1)), .init("layouts", .array(items))])
  }
}
