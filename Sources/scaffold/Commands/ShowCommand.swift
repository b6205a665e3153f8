import Console
import Documents
import FileTrees
import Layouts
import Projects

/// `scaffold show LAYOUT`
struct ShowCommand: Subcommand {
  let command = Command(
    name: "show", summary: "Show a layout: its variables, its layers, an example call",
    operands: [
      Command.Operand("LAYOUT", help: "A name that “scaffold list” shows, or a folder")
    ],
    options: [
      Option("tree", help: "Show the tree that the defaults give"),
      Program.helpOption,
    ],
    examples: [
      Command.Example("scaffold show staged-docker", "what it asks for"),
      Command.Example("scaffold show --tree staged-docker", "what it writes"),
    ])

  /// The directory that examples and trees are made for.
  private static let exampleDirectory = "myproj"

  func run(_ arguments: [String], _ context: Context) throws {
    guard let parsed = try parse(arguments, context) else { return }
    let name = parsed.operands.first ?? ""
    let layout = try LayoutArgument.layout(named: name, context)
    context.print(
      parsed.has("tree")
        ? try tree(of: layout, context) : description(of: layout, context))
  }

  private func tree(of layout: Layout, _ context: Context) throws -> String {
    try Failure.layout {
      let answers = try Answers(
        for: layout.manifest, given: [], directory: Self.exampleDirectory)
      var warnings = Diagnostics()
      let tree = try layout.rendered(with: answers, warnings: &warnings)
      context.warn(warnings)
      return TreeDrawing(tree.withRecord, title: Self.exampleDirectory).text + "\n"
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
    text += "\n" + style.bold("Layers:") + "\n"
    text += Wrapping.columns(manifest.layers.map(row), width: width, style: style.green)
    text += "\n" + style.bold("Example:") + "\n"
    text += "  " + Printable.text(example(layout)) + "\n"
    return text
  }

  private func row(_ variable: Variable) -> Wrapping.Row {
    var right = variable.description
    if let condition = variable.whenText { right += ", when \(condition)" }
    let option = variable.option
    right += "\n  option: --\(option.name)"
    if case .one(let placeholder) = option.value { right += " \(placeholder)" }
    switch variable.kind {
    case .choice(let words), .choices(let words, _):
      for word in words {
        right += "\n  \(word.word)" + (word.explanation.map { ": \($0)" } ?? "")
      }
    default: break
    }
    if let defaultText = variable.defaultText { right += "\n  default: \(defaultText)" }
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

  /// A call that gives every variable that is asked for, applies, and has a plain default.
  private func example(_ layout: Layout) -> String {
    let manifest = layout.manifest
    let answers = try? Answers(for: manifest, given: [], directory: Self.exampleDirectory)
    var call = "scaffold new --layout \(ShellWord.quoted(layout.reference))"
    for variable in manifest.variables {
      // Where the defaults do not make a project, nobody knows what applies.
      let applies =
        answers.map { $0.recorded.contains { $0.name == variable.name } }
        ?? (variable.whenText == nil)
      guard variable.isAsked, applies, let text = variable.defaultText, !text.isEmpty,
        !text.contains("<<")
      else { continue }
      if variable.kind.isFlag {
        call += text == "true" ? " --\(variable.optionName)" : " --no-\(variable.optionName)"
      } else {
        call += " --\(variable.optionName) \(ShellWord.quoted(text))"
      }
    }
    return call + " " + Self.exampleDirectory
  }
}
