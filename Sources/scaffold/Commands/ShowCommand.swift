import Console
import Documents
import FileTrees
import Layouts
import Projects

/// `scaffold show LAYOUT`
struct ShowCommand: Subcommand {
  static let name = "show"

  private static let tree = Switch("tree", help: "Show the tree that the example call gives")

  private static let format = Choice(
    "format", "FORMAT", default: Format.text,
    help: "How it is shown; all but text and json is a tree"
  ) { format in
    switch format {
    case .text: "for people"
    case .json: "for programs: all that a form needs; with --tree, every path"
    case .tree, .ascii, .markdown, .html, .svg, .paths:
      format.drawing?.meaning("its files") ?? ""
    }
  }

  private enum Format: String, CaseIterable {
    case text
    case json
    case tree
    case ascii
    case markdown
    case html
    case svg
    case paths

    /// How a tree is drawn; nil where it is not said.
    var drawing: Preview.Format? { Preview.Format(rawValue: rawValue) }
  }

  let command = Command(
    name: Self.name, summary: "Show a layout: its variables, its layers, an example call",
    details: """
      The options of the layout's variables give the tree other answers: “scaffold show LAYOUT \
      --help” lists them.
      """,
    operands: [
      Command.Operand(
        "LAYOUT", completion: .layout, help: "A name that “scaffold list” shows, or a folder")
    ],
    options: [
      tree.option, format.option, ViewOptions.depth.option, NewOptions.set.option,
      NewOptions.answers.option, NewOptions.large.option, Switch.help.option,
    ],
    examples: [
      Command.Example("scaffold show staged-docker", "what it asks for"),
      Command.Example("scaffold show --tree staged-docker", "what it writes"),
      Command.Example("scaffold show tiered --tree --tier core --depth 2", "with other answers"),
    ],
    synonyms: [
      Synonym(["json"], "“--format json”", option: format.option),
      Synonym(["level", "max-depth", "L"], "“--depth N”", option: ViewOptions.depth.option),
    ])

  /// The directory that examples and trees are made for.
  static let exampleDirectory = "myproj"

  func run(_ arguments: [String], _ context: Context) throws(Failure) -> Program.ExitCode {
    guard let (layout, parsed) = try read(arguments, context) else { return .done }
    let format = parsed[Self.format]
    let isTree = parsed[Self.tree] || format != .text && format != .json
    if isTree, format == .text, parsed.has(Self.format.option) {
      throw Failure.usage("a tree is not shown as --format text", help: "leave one out")
    }
    let depth = try ViewOptions.depth(parsed, format.drawing ?? .tree, isTree: isTree)
    var given = GivenAnswers(parsed, try parsed[NewOptions.answers].map(AnswersFile.init), layout)
    if isTree {
      try showTree(of: layout, format.drawing ?? .tree, depth, &given, context)
    } else if format == .json {
      context.print(try description(of: layout, &given).json.pretty)
    } else {
      context.printPage(description(of: layout, context))
    }
    return .done
  }

  /// The layout, and the words held against the options of the command and of its variables. Nil when
  /// help was asked for, and printed.
  private func read(
    _ arguments: [String], _ context: Context
  ) throws(Failure) -> (Layout, ParsedArguments)? {
    let helpCall = "\(Program.name) \(Self.name) --help"
    let early = ArgumentParser(command: command, helpCall: helpCall).preliminary(arguments)
      .arguments
    // Before the options of its variables are known, a word may be the value of one of them.
    guard
      let name = early.operands.first(where: { context.catalogue.has(LayoutReference($0)) })
        ?? early.operands.first
    else {
      return try parse(arguments, context).map { _ in preconditionFailure("a layout is missing") }
    }
    let named = try LayoutArgument.layout(
      LayoutReference(name), isLarge: early[NewOptions.large], context)
    var command = command
    let variables = named.manifest.variables.map(\.option)
    command.options += variables
    let parsed = try Failure.usage { () throws(Diagnostics) in
      try ArgumentParser(command: command, helpCall: helpCall).parse(arguments)
    }
    if parsed[.help] {
      context.print(
        context.help.command(
          self.command,
          groups: [
            ("Variables of \(named.name)", variables), ("Options", self.command.options),
          ]))
      return nil
    }
    guard parsed.operands.first == name else {
      throw Failure.usage(
        "which word is the layout is not clear", help: "name it before all options")
    }
    let layout = try Failure.layout { () throws(Diagnostics) in
      try named.checked { context.warn($0) }
    }
    return (layout, parsed)
  }

  // MARK: A tree

  /// What the answers make that are given, with the defaults, and a word for each variable that has
  /// none.
  private func showTree(
    of layout: Layout, _ format: Preview.Format, _ depth: Int?, _ given: inout GivenAnswers,
    _ context: Context
  ) throws(Failure) {
    let isGiven = !given.all.isEmpty
    let answers = try answers(of: layout, &given)
    let tree = try Failure.layout { () throws(Diagnostics) in
      var warnings = Diagnostics()
      let tree = try layout.rendered(with: answers, warnings: &warnings)
      context.warn(warnings)
      return tree
    }
    let example = layout.manifest.example(directory: Self.exampleDirectory)
    if !isGiven, !example.answers.isEmpty {
      let call = ExampleCall(layout, example, options: ["--dry-run"])
      context.note("the tree is that of “\(call.text)”")
    }
    let shown = LayoutTree(
      tree, layout, answers, directory: Self.exampleDirectory, context.style)
    context.printPage(shown.text(format, depth: depth ?? .max))
  }

  private func answers(
    of layout: Layout, _ given: inout GivenAnswers
  ) throws(Failure) -> Answers {
    do throws(Failure) {
      return try given.resolved(directory: Self.exampleDirectory)
    } catch {
      let example = layout.manifest.example(directory: Self.exampleDirectory).answers
      if example.isEmpty { throw error }
      // What was given may have others apply than those that the example has a word for.
      var filled = given
      filled.fill(with: example)
      guard let answers = try? filled.resolved(directory: Self.exampleDirectory) else {
        throw error
      }
      given = filled
      return answers
    }
  }

  // MARK: A description

  private func description(
    of layout: Layout, _ given: inout GivenAnswers
  ) throws(Failure) -> LayoutDescription {
    let isGiven = !given.all.isEmpty
    let answers: Answers?
    do throws(Failure) {
      answers = try self.answers(of: layout, &given)
    } catch {
      // A form is shown all the same, where no values can be worked out.
      if isGiven { throw error }
      answers = nil
    }
    let example = layout.manifest.example(directory: Self.exampleDirectory)
    return LayoutDescription(
      layout: layout, digest: layout.presentDigest, answers: answers,
      example: ExampleCall(layout, example))
  }

  private func description(of layout: Layout, _ context: Context) -> String {
    let style = context.style
    let manifest = layout.manifest
    var text = style.sentences("\(style.bold(manifest.name)) \(manifest.version)\n")
    for line in Wrapping.lines(style.words(manifest.summary), width: style.tableWidth) {
      text += line + "\n"
    }
    if !manifest.variables.isEmpty {
      text += "\n" + style.bold("Variables:") + "\n"
      text += style.table(manifest.variables.map(row))
    }
    if !manifest.components.isEmpty {
      text += "\n" + style.bold("Components:") + "\n"
      text += style.table(ComponentTable.rows(of: manifest))
    }
    text += "\n" + style.bold("Layers:") + "\n"
    text += style.table(manifest.layers.map(row))
    if !manifest.changes.isEmpty {
      text += "\n" + style.bold("Changes:") + "\n"
      let rows = manifest.changes.map {
        Wrapping.Row($0.version, $0.lines.concatenated(by: "\n"))
      }
      text += style.table(rows)
    }
    text += "\n" + style.bold("Example:") + "\n"
    let example = ExampleCall(layout, manifest.example(directory: Self.exampleDirectory))
    text += "  " + Printable.text(example.text) + "\n"
    if !example.isComplete {
      text += "  (with values that follow the rules above in place of the words)\n"
    }
    return text
  }

  private func row(_ variable: Variable) -> Wrapping.Row {
    var row = Wrapping.Row(variable.name, variable.description)
    if let condition = variable.whenText { row.right += ", when \(condition)" }
    let option = variable.option
    var call = "--\(option.name)"
    switch option.value {
    case .one(let placeholder): call += " \(placeholder)"
    case .flag: call += " or --no-\(option.name)"
    case .none: break
    }
    row.remarks.append(.init("option: ", .aside, call))
    switch variable.kind {
    case .choice(let words), .choices(let words, _):
      for word in words {
        row.remarks.append(
          .init(word.word, .choice, word.explanation.map { ": \($0)" } ?? ""))
      }
    default: break
    }
    if let requirement = variable.requirement {
      row.remarks.append(.init(requirement, .requirement))
    }
    if let text = option.shownDefault { row.remarks.append(.init("default: \(text)", .standard)) }
    return row
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
  struct ExampleCall {
    let text: String
    /// Whether it can be copied as it stands.
    let isComplete: Bool

    init(_ layout: Layout, _ example: Manifest.Example, options: [String] = []) {
      var call = "scaffold new \(ShellWord.quoted(LayoutArgument.word(for: layout.reference)))"
      for option in options { call += " " + option }
      for answer in example.answers {
        guard let variable = layout.manifest.variable(named: answer.name),
          case .text(let text) = answer.input
        else { continue }
        call += " " + variable.call(ShellWord.quoted(text))
      }
      text = call + " " + ShowCommand.exampleDirectory
      isComplete = example.isComplete
    }
  }
}
