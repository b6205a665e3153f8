import Console
import Layouts

/// The options that `scaffold adopt` has of its own; those of a layout's variables come beside them.
enum AdoptOptions {
  static let layout = Text(
    "layout", "NAME|FOLDER", short: "l", completion: .layout,
    help: "The layout that the project is to have: a name that “scaffold list” shows, or a folder")

  static let set = NewOptions.set

  static let answers = Texts(
    "answers", "FILE", completion: .file,
    help: "Take values from a JSON file, or from what cookiecutter (.cookiecutter.json, a replay"
      + " file), cruft (.cruft.json) or copier (.copier-answers.yml) keeps; a later file comes first"
  )

  static let dryRun = Switch(
    "dry-run", short: "n", help: "Show how far the layout fits, and write nothing")

  static let format = Choice(
    "format", "FORMAT", default: FitReport.Format.text, help: "How it is shown"
  ) { format in
    switch format {
    case .text: "for people"
    case .json: "for programs, with every path"
    }
  }

  static let defaults = NewOptions.defaults
  static let plain = NewOptions.plain

  static let large = Switch("large", help: NewOptions.large.option.help)

  /// In the order in which help lists them.
  static let all = [
    layout.option, set.option, answers.option, dryRun.option, format.option,
    ViewOptions.verbose.option, ViewOptions.quiet.option, defaults.option, plain.option,
    large.option, Switch.help.option,
  ]

  /// What people bring from other programs.
  static let synonyms = [
    Synonym(
      ["template", "t", "type", "kind"], "“--layout NAME”; “scaffold list” shows the layouts",
      option: layout.option),
    Synonym(
      ["pretend", "what-if", "simulate", "check", "preview"], "“--dry-run”", option: dryRun.option),
    Synonym(["json"], "“--format json”", option: format.option),
    Synonym(
      ["yes", "y", "no-input", "no-interaction", "non-interactive"], "“--defaults”",
      option: defaults.option),
    Synonym(
      ["data", "d", "define", "D", "param", "variable", "var", "extra-context"],
      "“--set NAME=VALUE”", option: set.option),
    Synonym(
      ["data-file", "answers-file", "a", "config", "config-file", "replay", "replay-file"],
      "“--answers FILE”", option: answers.option),
  ]
}
