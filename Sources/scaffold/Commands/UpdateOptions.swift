import Console
import Layouts
import Projects

/// The options that `scaffold update` has of its own; those of the layouts' variables come beside them.
enum UpdateOptions {
  static let layout = Text(
    "layout", "NAME|FOLDER", short: "l", completion: .layout,
    help: "The one layout to follow, of several; a folder is where a layout of the project is now")

  static let set = NewOptions.set

  static let dryRun = Switch(
    "dry-run", short: "n", help: "Show what would be changed, and change nothing")

  static let diff = Switch(
    "diff", help: "Show the lines that change, as “git diff” does; with --dry-run, those that would"
  )

  static let format = Choice(
    "format", "FORMAT", default: Preview.Format.tree, help: "How it is shown"
  ) { $0.meaning("what changes") }

  static let onConflict = Choice(
    "on-conflict", "WHAT", default: OnConflict.markers,
    help: "What becomes of a file in which you and the layout have changed the same lines"
  ) { choice in
    switch choice {
    case .markers: "both stand in it, between conflict markers"
    case .ours: "your file stays as it is"
    case .theirs: "the layout's file takes its place"
    case .fail: "nothing at all is written"
    case .ask: "it is shown what differs, and you are asked"
    }
  }

  enum OnConflict: String, CaseIterable {
    case markers
    case ours
    case theirs
    case fail
    case ask

    /// What holds for what nobody is asked for.
    var policy: UpdatePolicy {
      switch self {
      case .markers, .ask: .markers
      case .ours: .ours
      case .theirs: .theirs
      case .fail: .fail
      }
    }
  }

  static let large = Switch("large", help: NewOptions.large.option.help)

  /// In the order in which help lists them.
  static let all = [
    layout.option, set.option, dryRun.option, diff.option, format.option,
    ViewOptions.depth.option, ViewOptions.verbose.option, ViewOptions.quiet.option,
    onConflict.option, NewOptions.plain.option, large.option, Switch.help.option,
  ]

  /// What people bring from other programs.
  static let synonyms = [
    Synonym(
      ["conflict", "strategy", "strategy-option", "X"],
      "“--on-conflict markers|ours|theirs|fail|ask”",
      option: onConflict.option),
    Synonym(
      ["pretend", "what-if", "simulate", "check", "preview"], "“--dry-run”", option: dryRun.option),
    Synonym(["json"], "“--format json”", option: format.option),
    Synonym(["patch", "p"], "“--diff”", option: diff.option),
    Synonym(["level", "max-depth", "L"], "“--depth N”", option: ViewOptions.depth.option),
    Synonym(["silent", "s"], "“--quiet”", option: ViewOptions.quiet.option),
    Synonym(
      ["yes", "y", "no-input", "defaults", "skip-answered", "A"],
      "the default: nothing is asked; leave it out"),
    Synonym(
      ["data", "d", "define", "D", "param", "variable", "var"], "“--set NAME=VALUE”",
      option: set.option),
    Synonym(["template"], "“--layout NAME”", option: layout.option),
  ]
}
