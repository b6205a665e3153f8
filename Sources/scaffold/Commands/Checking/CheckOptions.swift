import Console
import Layouts

/// The options that `scaffold check` has of its own; those of a layout's variables come beside them.
enum CheckOptions {
  static let layout = Text(
    "layout", "NAME|FOLDER", short: "l", completion: .layout,
    help: "Hold a project without a record against this layout; of a project with one, the one"
      + " layout to look at, or the folder where it is now")

  static let set = NewOptions.set

  static let format = Choice(
    "format", "FORMAT", default: Format.text, help: "How findings are shown"
  ) { format in
    switch format {
    case .text: "one line each, and what to do about it"
    case .json: "for programs; of several projects, one object a line"
    case .sarif: "for code scanning: SARIF 2.1.0"
    case .github: "as annotations of a workflow's run"
    }
  }

  enum Format: String, CaseIterable {
    case text
    case json
    case sarif
    case github
  }

  static let fix = Switch("fix", help: "Create what is missing, and change nothing else")

  static let dryRun = Switch(
    "dry-run", short: "n", help: "With --fix: show what would be created, and write nothing")

  static let strict = Switch(
    "strict", help: "Tell of edited files, and of missing private ones, as well")

  static let verbose = Switch(
    "verbose", short: "v", help: "Say what each project is held against")

  static let large = Switch("large", help: NewOptions.large.option.help)

  /// In the order in which help lists them.
  static let all = [
    layout.option, set.option, format.option, fix.option, dryRun.option, strict.option,
    verbose.option, ViewOptions.quiet.option, large.option, Switch.help.option,
  ]

  /// What people bring from other programs.
  static let synonyms = [
    Synonym(
      ["output-format", "output", "o", "reporter"], "“--format FORMAT”", option: format.option),
    Synonym(["json"], "“--format json”", option: format.option),
    Synonym(["sarif"], "“--format sarif”", option: format.option),
    Synonym(["github"], "“--format github”", option: format.option),
    Synonym(["write", "apply", "repair"], "“--fix”", option: fix.option),
    Synonym(
      ["pretend", "what-if", "simulate", "preview", "diff"], "“--fix --dry-run”",
      option: dryRun.option),
    Synonym(["all", "pedantic"], "“--strict”", option: strict.option),
    Synonym(["template"], "“--layout NAME”", option: layout.option),
    Synonym(
      ["data", "d", "define", "D", "param", "variable", "var"], "“--set NAME=VALUE”",
      option: set.option),
    Synonym(["silent", "s"], "“--quiet”", option: ViewOptions.quiet.option),
    Synonym(["exit-code"], "the default: it ends with 1 where something is found"),
  ]
}
