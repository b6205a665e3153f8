import Console
import Documents
import TestSupport

/// The complaints of `body`, one a line: `message (help)`; empty when there are none.
func complaints(_ body: () throws(Diagnostics) -> Void) -> String {
  do throws(Diagnostics) {
    try body()
    return ""
  } catch {
    return described(error)
  }
}

/// Plain text, as a file gets it.
let plain = Style()

enum Format: String, CaseIterable {
  case tree
  case paths
}

/// The rows of `example` whose values have types.
enum Row {
  static let layout = Text("layout", "NAME", short: "l", help: "What to create")
  static let settings = Texts("set", "N=V", help: "What a variable is")
  static let format = Choice(
    "format", "FORMAT", default: Format.paths, help: "How it is shown"
  ) { format in
    switch format {
    case .tree: "as a tree, with a note beside each path that has one, in one column"
    case .paths: "one a line"
    }
  }
  static let dryRun = Switch("dry-run", short: "n", help: "Write nothing")
}

/// A command with an option of every kind.
let example = Command(
  name: "new", summary: "Create a project",
  details: """
    The project is written beside its name and then moved there: it is complete, or it is not there.

    Nothing else is touched.
    """,
  operands: [
    Command.Operand("DIRECTORY", help: "Where it goes"),
    Command.Operand("MORE", help: "More of it", isRequired: false),
  ],
  options: [
    Row.layout.option,
    Option("port", value: .one("PORT"), help: "Where it listens", defaultText: "80"),
    Option(
      "models", value: .one("A,B,…"), isRepeatable: true, help: "What it keeps", defaultText: "item"
    ),
    Row.settings.option,
    Option("celery", value: .flag, help: "With a queue", defaultText: "true"),
    Row.format.option,
    Row.dryRun.option,
    Switch.help.option,
  ],
  examples: [Command.Example("scaffold new --layout x y", "a new project")])
