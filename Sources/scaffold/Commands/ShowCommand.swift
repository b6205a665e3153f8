import Console
import Documents
import FileTrees
import Layouts
import Projects

/// `scaffold show LAYOUT`
struct ShowCommand: Subcommand {
  static let name = "show"

  private static let tree = Switch("tree", help: "Show the tree that the example call gives")

  let command = Command(
    name: Self.name, summary: "Show a layout: its variables, its layers, an example call",
    operands: [
      Command.Operand(
        "LAYOUT", completion: .layout, help: "A name that “scaffold list” shows, or a folder")
    ],
    options: [tree.option, NewOptions.large.option, Switch.help.option],
    examples: [
      Command.Example("scaffold show staged-docker", "what it asks for"),
      Command.Example("scaffold show --tree staged-docker", "what it writes"),
    ])

  /// The directory that examples and trees are made for.
  static let exampleDirectory = "myproj"

  func run(_ arguments: [String], _ context: Context) throws(Failure) -> Program.ExitCode {
    guard let parsed = try parse(arguments, context) else { return .done }
    let name = parsed.operands.first ?? ""
    let named = try LayoutArgument.layout(
      LayoutReference(name), isLarge: parsed[NewOptions.large], context)
    let layout = try Failure.layout { () throws(Diagnostics) in
      try named.checked { context.warn($0) }
    }
    context.print(
      parsed[Self.tree]
        ? try tree(of: layout, context) : description(of: layout, context))
    return .done
  }

  /// What the example makes: the defaults, and a word for each variable that has none.
  private func tree(of layout: Layout, _ context: Context) throws(Failure) -> String {
    let example = layout.manifest.example(directory: Self.exampleDirectory)
    return try Failure.layout { () throws(Diagnostics) in
      let answers = try Answers(
        for: layout.manifest, given: example.answers, directory: Self.exampleDirectory)
      var warnings = Diagnostics()
      let tree = try layout.rendered(with: answers, warnings: &warnings)
      context.warn(warnings)
      if !example.answers.isEmpty {
        let call = self.example(layout, example, ["--dry-run"])
        context.note("the tree is that of “\(call)”")
      }
      return TreeDrawing(tree.treeWithRecord, title: Self.exampleDirectory).text + "\n"
    }
  }

  private func description(of layout: Layout, _ context: Context) -> String {
    let style = context.style
    let manifest = layout.manifest
    let width = Terminal.standardOutput.width
    var text = "\(style.bold(manifest.name)) \(manifest.version)\n"
    text += Wrapping.lines(manifest.summary, width: width).joined(separator: "\n") + "\n"
    if !manifest.variables.isEmpty {
      text += "\n" + style.bold("Variables:") + "\n"
      text += Wrapping.columns(manifest.variables.map(row), width: width, style: style.green)
    }
    if !manifest.components.isEmpty {
      text += "\n" + style.bold("Components:") + "\n"
      text += Wrapping.columns(
        ComponentTable.rows(of: manifest), width: width, style: style.green)
    }
    text += "\n" + style.bold("Layers:") + "\n"
    text += Wrapping.columns(manifest.layers.map(row), width: width, style: style.green)
    if !manifest.changes.isEmpty {
      text += "\n" + style.bold("Changes:") + "\n"
      let rows = manifest.changes.map {
        Wrapping.Row($0.version, $0.lines.concatenated(by: "\n"))
      }
      text += Wrapping.columns(rows, width: width, style: style.green)
    }
    text += "\n" + style.bold("Example:") + "\n"
    let example = manifest.example(directory: Self.exampleDirectory)
    text += "  " + Printable.text(self.example(layout, example)) + "\n"
    if !example.isComplete {
      text += "  (with values that follow the rules above in place of the words)\n"
    }
    return text
  }

  private func row(_ variable: Variable) -> Wrapping.Row {
    var right = variable.description
    if let condition = variable.whenText { right += ", when \(condition)" }
    let option = variable.option
    right += "\n  option: --\(option.name)"
    switch option.value {
    case .one(let placeholder): right += " \(placeholder)"
    case .flag: right += " or --no-\(option.name)"
    case .none: break
    }
    switch variable.kind {
    case .choice(let words), .choices(let words, _):
      for word in words {
        right += "\n  \(word.word)" + (word.explanation.map { ": \($0)" } ?? "")
      }
    default: break
    }
    if let requirement = variable.requirement { right += "\n  \(requirement)" }
    if let defaultText = option.shownDefault { right += "\n  default: \(defaultText)" }
    return Wrapping.Row(variable.name, right)
  }

  private func row(_ layer: Manifest.Layer) -> Wrapping.Row {
    var parts: [String] = []
    if !layer.loops.isEmpty {
      let loops = layer.loops.map { "\($0.item) in \($0.list)" }
      parts.append("for each " + loops.joined(separator: ", "))
    }
    if !layer.destination.isRoot { parts.append("into \(layer.destination)/") }
    if let condition = layer.whenText { parts.append("when \(condition)") }
    return Wrapping.Row(layer.folder.string + "/", parts.joined(separator: ", "))
  }

  /// The shortest call that makes a project.
  private func example(
    _ layout: Layout, _ example: Manifest.Example, _ options: [String] = []
  ) -> String {
    var call = "scaffold new --layout \(ShellWord.quoted(layout.reference.text))"
    for option in options { call += " " + option }
    for answer in example.answers {
      guard let variable = layout.manifest.variable(named: answer.name),
        case .text(let text) = answer.input
      else { continue }
      call += " " + variable.call(ShellWord.quoted(text))
    }
    return call + " " + Self.exampleDirectory
  }
}
