import Documents

/// Help, written from the tables.
package struct HelpText: Sendable {
  private let program: String
  private let style: Style
  private let width: Int

  /// Lines are no longer than 100 columns, and no shorter than 20.
  package init(program: String, style: Style) {
    self.program = program
    self.style = style
    width = min(max(style.tableWidth, 20), 100)
  }

  /// What `--help` of the program says.
  ///
  /// - Parameters:
  ///   - program: what it is, as a command; its options and examples.
  ///   - topics: what else it explains.
  package func overview(_ program: Command, commands: [Command], topics: List) -> String {
    var text = wrapped(program.summary) + "\n"
    text += heading("Usage") + wrapped("  \(program.name) COMMAND [OPTIONS]")
    text += "\n" + heading("Commands") + rows(commands.map { Wrapping.Row($0.name, $0.summary) })
    text += "\n" + heading(topics.title) + rows(topics.rows)
    text += "\n" + heading("Options") + rows(program.options.map(row))
    text += examples(program.examples)
    text += "\n" + wrapped("“\(program.name) help TOPIC” says more of a command or a topic.")
    return text
  }

  /// What a command can be given, other than options.
  package struct List: Sendable {
    package var title: String
    package var rows: [Wrapping.Row]

    package init(title: String, rows: [Wrapping.Row]) {
      self.title = title
      self.rows = rows
    }
  }

  /// What `--help` of a command says.
  ///
  /// - Parameters:
  ///   - lists: what stands below its arguments; nothing of an empty one.
  ///   - groups: the command's options under their headings.
  package func command(
    _ command: Command, lists: [List] = [], groups: [(title: String, options: [Option])]
  ) -> String {
    var text = wrapped(command.summary) + "\n" + heading("Usage")
    var usage = "  \(program) \(command.name)"
    if !command.options.isEmpty { usage += " [OPTIONS]" }
    for operand in command.operands {
      let placeholder = operand.placeholder + (operand.isRepeatable ? style.charset.ellipsis : "")
      usage += operand.isRequired ? " \(placeholder)" : " [\(placeholder)]"
    }
    text += wrapped(usage)
    if !command.details.isEmpty { text += "\n" + wrapped(command.details) }
    if !command.operands.isEmpty {
      text +=
        "\n" + heading("Arguments")
        + rows(command.operands.map { Wrapping.Row($0.placeholder, $0.help) })
    }
    for list in lists where !list.rows.isEmpty {
      text += "\n" + heading(list.title) + rows(list.rows)
    }
    for group in groups where !group.options.isEmpty {
      text += "\n" + heading(group.title) + rows(group.options.map(row))
    }
    return text + examples(command.examples)
  }

  private func heading(_ title: String) -> String {
    style.sentences(style.paint(title + ":", .heading) + "\n")
  }

  private func wrapped(_ text: String) -> String {
    var result = ""
    for line in Wrapping.lines(style.words(text), width: width) { result += line + "\n" }
    return result
  }

  private func rows(_ rows: [Wrapping.Row]) -> String {
    style.table(rows, width: width)
  }

  private func row(_ option: Option) -> Wrapping.Row {
    var left = option.short.map { "-\($0), " } ?? "    "
    switch option.value {
    case .none: left += "--\(option.name)"
    case .one(let placeholder): left += "--\(option.name) \(style.words(placeholder))"
    case .flag: left += "--[no-]\(option.name)"
    }
    var row = Wrapping.Row(left, option.help)
    for word in option.words {
      guard let meaning = word.meaning else { continue }
      row.remarks.append(.init(word.word, .choice, ": \(meaning)"))
    }
    if let requirement = option.requirement {
      row.remarks.append(.init(requirement, .requirement))
    }
    if let text = option.shownDefault { row.remarks.append(.init("default: \(text)", .standard)) }
    return row
  }

  /// A call is not broken: it is there to be copied.
  private func examples(_ examples: [Command.Example]) -> String {
    guard !examples.isEmpty else { return "" }
    var text = "\n" + heading("Examples")
    for example in examples {
      text += "  \(example.left)\n"
      for line in Wrapping.lines("      " + style.words(example.right), width: width, hanging: 0) {
        text += style.paint(line, .aside) + "\n"
      }
    }
    return text
  }
}
