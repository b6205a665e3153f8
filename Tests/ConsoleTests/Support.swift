import Console
import Documents

/// The complaints of `body`, one a line: `message (help)`; empty when there are none.
func complaints(_ body: () throws(Diagnostics) -> Void) -> String {
  do throws(Diagnostics) {
    try body()
    return ""
  } catch {
    return error.all.map { $0.message + ($0.help.map { " (\($0))" } ?? "") }.joined(separator: "\n")
  }
}

/// Plain text, as a file gets it.
let plain = Style(isEnabled: false)

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
    Option("layout", short: "l", value: .one("NAME"), help: "What to create"),
    Option("port", value: .one("PORT"), help: "Where it listens", defaultText: "80"),
    Option(
      "models", value: .one("A,B,…"), isRepeatable: true, help: "What it keeps", defaultText: "item"
    ),
    Option("celery", value: .flag, help: "With a queue", defaultText: "true"),
    Option(
      "format", value: .one("FORMAT"), choices: ["tree", "paths"], help: "How it is shown",
      explanations: [
        ("tree", "as a tree, with a note beside each path that has one, in one column"),
        ("paths", "one a line"),
      ]),
    Option("dry-run", short: "n", help: "Write nothing"),
    Option("help", short: "h", help: "Show help"),
  ],
  examples: [Command.Example("scaffold new --layout x y", "a new project")])
