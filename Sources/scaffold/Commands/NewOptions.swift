import Console
import Layouts
import Projects

/// The options that `scaffold new` has of its own; those of a layout's variables come beside them.
enum NewOptions {
  static let layout = Text(
    "layout", "NAME|FOLDER", short: "l", completion: .layout,
    help: "The layout, where it is not the first word")

  static let set = Texts(
    "set", "NAME=VALUE", completion: .setting,
    help: "Give a variable its value, by its name in the layout")

  static let answers = Texts(
    "answers", "FILE", completion: .file,
    help: "Take values from a JSON file (“-”: standard input), or from a project's"
      + " \(Layout.recordName), which names the layout too; a later file comes first")

  static let onConflict = Choice(
    "on-conflict", "WHAT", default: OnConflict.fail,
    help: "What becomes of a file that is there with another content"
  ) { choice in
    switch choice {
    case .fail: "it stops the run, before anything is written"
    case .keep: "it stays"
    case .replace: "it is replaced, and keeps its mode"
    case .ask: "it is shown what differs, and you are asked"
    }
  }

  enum OnConflict: String, CaseIterable {
    case fail
    case keep
    case replace
    case ask

    /// What holds where nobody is asked, or nothing was answered yet.
    var policy: ConflictPolicy {
      switch self {
      case .fail, .ask: .fail
      case .keep: .keep
      case .replace: .replace
      }
    }
  }

  static let dryRun = Switch(
    "dry-run", short: "n", help: "Show what would be written, and write nothing")

  static let show = Text(
    "show", "PATH", completion: .file,
    help: "Print the file that would be written there, byte for byte, and write nothing")

  static let diff = Switch(
    "diff", help: "Show what would be written as a patch, which “git apply” takes; write nothing")

  static let format = Choice(
    "format", "FORMAT", default: Preview.Format.tree, help: "How it is shown"
  ) { $0.meaning("the project") }

  static let large = Switch(
    "large",
    help: "Take 64 times the limits that a layout in a folder is held to: for one that you know")

  static let defaults = Switch(
    "defaults", help: "Ask nothing: what is not given has its default, or is told to be missing")

  static let plain = Switch(
    "plain", help: "Ask with plain lines, nothing is drawn twice: for a screen reader, or a log")

  /// In the order in which help lists them.
  static let all = [
    layout.option, set.option, answers.option, onConflict.option, dryRun.option, show.option,
    diff.option, format.option, ViewOptions.depth.option, ViewOptions.verbose.option,
    ViewOptions.quiet.option, defaults.option, plain.option, large.option,
    Switch.help.option,
  ]

  /// What people bring from other programs.
  static let synonyms = [
    Synonym(
      ["template", "t", "type", "kind"],
      "the first word, “scaffold new LAYOUT DIRECTORY”, or “--layout NAME”; “scaffold list” shows"
        + " the layouts",
      option: layout.option),
    Synonym(
      ["force", "f", "overwrite", "overwrite-if-exists"], "“--on-conflict replace”",
      option: onConflict.option),
    Synonym(
      ["skip-if-exists", "skip-if-file-exists"], "“--on-conflict keep”", option: onConflict.option),
    Synonym(
      ["output", "o", "output-dir", "dir", "directory", "destination", "path", "name"],
      "the last word, without an option: “scaffold new LAYOUT DIRECTORY”"),
    Synonym(
      ["pretend", "what-if", "simulate", "check", "preview"], "“--dry-run”", option: dryRun.option),
    Synonym(["json"], "“--format json”", option: format.option),
    Synonym(["patch", "p"], "“--diff”", option: diff.option),
    Synonym(["cat", "print"], "“--show PATH”", option: show.option),
    Synonym(["level", "max-depth", "L"], "“--depth N”", option: ViewOptions.depth.option),
    Synonym(["silent", "s"], "“--quiet”", option: ViewOptions.quiet.option),
    Synonym(
      ["yes", "y", "no-input", "no-interaction", "non-interactive"], "“--defaults”",
      option: defaults.option),
    Synonym(
      ["data", "d", "define", "D", "param", "variable", "var"], "“--set NAME=VALUE”",
      option: set.option),
    Synonym(
      ["data-file", "config", "config-file", "vars"], "“--answers FILE”", option: answers.option),
    Synonym(["version", "V"], "“scaffold --version”"),
  ]
}
