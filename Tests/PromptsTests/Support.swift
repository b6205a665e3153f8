import Console
import Foundation

@testable import Prompts

extension Look {
  static let plain = Look(style: Style(isEnabled: false), isASCII: false)
  static let ascii = Look(style: Style(isEnabled: false), isASCII: true)
  static let coloured = Look(style: Style(isEnabled: true), isASCII: false)
}

extension Form {
  /// What the last of `keys` leads to.
  mutating func type(_ keys: [Key]) -> Step {
    var step = Step.changed
    for key in keys {
      // As a prompter does it: a field learns from its screen how long a page is.
      _ = screen(width: 80, height: 24, .plain)
      step = handle(key)
    }
    return step
  }

  mutating func type(_ text: String) -> Step {
    type(text.unicodeScalars.map(Key.scalar))
  }
}

extension Screen {
  /// “▏” is where the cursor stands.
  var text: String {
    var lines = rows
    if let cursor {
      var (line, cells) = ("", 0)
      var isShown = false
      for character in lines[cursor.row] + " " {
        if !isShown, cells >= cursor.column {
          line += "▏"
          isShown = true
        }
        line.append(character)
        cells += character.cells
      }
      lines[cursor.row] = line
    }
    return lines.map { line in
      var line = line
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}

/// Prompts as people meet them.
enum Examples {
  static let layouts = Prompt(
    "Which layout?", help: "How the project is built up; “scaffold show” says more of each.",
    .one(
      of: [
        Prompt.Item("staged-docker", "A pipeline of stages, each with an image of its own"),
        Prompt.Item("tiered", "A web service in tiers: routes, services, repositories"),
        Prompt.Item(
          "src-namespace",
          "A package below src/ whose namespace several distributions share, with containers"),
        Prompt.Item("ops-k8s"),
        Prompt.Item("名前 e\u{301}", "Wide and combining characters: 日本語の説明"),
      ], initial: 1),
    answered: [Prompt.Answered("Directory", "shop")])

  static let name = Prompt(
    "Project name", help: "Names the package and the images.\nLower case, as in my-project.",
    .text(initial: "shop"),
    answered: [Prompt.Answered("Directory", "shop"), Prompt.Answered("Which layout?", "tiered")],
    canGoBack: true,
    check: { answer in
      guard case .text(let text) = answer, text.contains(where: \.isUppercase) || text.isEmpty
      else { return nil }
      return Prompt.Complaint(
        "it must consist of small letters, digits and dashes", help: "for example “my-project”")
    })

  static let steps = Prompt(
    "Steps of the pipeline", help: "In the order in which they run.",
    .items(initial: ["extract", "transform", "load"]), answered: name.answered, canGoBack: true)

  static let environments = Prompt(
    "Which environments?", help: "Each has a folder of its own.",
    .several(
      of: [
        Prompt.Item("dev", "On the machine of whoever writes it"), Prompt.Item("staging"),
        Prompt.Item("prod", "What customers see"),
      ] + (1...30).map { Prompt.Item("region-\($0)") }, initial: [0, 2]),
    answered: name.answered, canGoBack: true)

  static let database = Prompt(
    "With a database?", help: "PostgreSQL, with migrations.", .flag(initial: true),
    answered: name.answered, canGoBack: true)

  static let licence = Prompt(
    "Licence",
    .one(
      of: [Prompt.Item("none", "nothing; all rights reserved"), Prompt.Item("mit", "nearly all")],
      initial: 1), answered: name.answered, canGoBack: true)

  static let review = Prompt(
    "Write this?",
    .review(
      document: (1...40).map { "├── src/module_\($0)/a_rather_long_name_of_a_file_\($0).py  new" },
      actions: [
        Prompt.Action("w", "write"), Prompt.Action("e", "edit answers"), Prompt.Action("q", "stop"),
      ]), answered: name.answered, canGoBack: true)
}
