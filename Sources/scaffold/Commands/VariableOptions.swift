import Console
import Documents
import Layouts

extension Variable {
  /// The option of `scaffold new` that gives the variable its value.
  var option: Option {
    var choices: [Variable.Word] = []
    switch kind {
    case .choice(let words), .choices(let words, _): choices = words
    default: break
    }
    return Option(
      optionName, value: kind.isFlag ? .flag : .one(kind.placeholder), isRepeatable: kind.isList,
      completion: choices.isEmpty ? .none : .words, help: description, defaultText: defaultText,
      requirement: requirement
    ) { [choices] in choices.map { Option.Word($0.word, $0.explanation) } }
  }

  /// When a person has to give it.
  var requirement: String? {
    guard defaultText == nil else { return nil }
    return whenText.map { "required when \($0)" } ?? "required"
  }

  /// One line on what the variable is, and what it takes.
  var description: String {
    let text = help ?? prompt ?? name
    let rules = rules(besideChoices: false)
    return rules.isEmpty ? text : "\(text) (\(rules.concatenated(by: "; ")))"
  }

  /// What a value has to keep to, beyond its kind.
  ///
  /// - Parameter besideChoices: whether what it can be chosen from is shown with them.
  func rules(besideChoices: Bool) -> [String] {
    var rules: [String] = []
    switch kind {
    case .integer(let range):
      switch (
        range.lowerBound == Kind.widest.lowerBound, range.upperBound == Kind.widest.upperBound
      ) {
      case (true, true): break
      case (true, false): rules.append("at most \(range.upperBound)")
      case (false, true): rules.append("at least \(range.lowerBound)")
      case (false, false): rules.append("\(range.lowerBound) to \(range.upperBound)")
      }
    case .list(_, let count):
      if count.lowerBound > 0 { rules.append("at least \(count.lowerBound)") }
      if count.upperBound < Kind.mostItems { rules.append("at most \(count.upperBound)") }
    case .choices(_, let count) where besideChoices:
      if count.lowerBound > 0 { rules.append("at least \(count.lowerBound)") }
    case .choices(let words, let count):
      let how = count.lowerBound > 0 ? "at least \(count.lowerBound) of" : "any of"
      rules.append("\(how) \(words.map(\.word).concatenated(by: ", "))")
    default: break
    }
    if let list, !besideChoices {
      rules.append("\(kind.isList ? "of" : "one of") --\(Variable.optionName(of: list))")
    }
    return rules + patterns.map(\.rule)
  }
}

extension Subcommand {
  /// The arguments held against the options of the command and of a layout's variables. Nil when help
  /// was asked for, and printed.
  func parse(
    _ arguments: [String], _ layout: Layout, _ context: Context
  ) throws(Failure) -> ParsedArguments? {
    try command.parse(arguments, layout, context)
  }
}

extension Command {
  /// Those of the examples that are of one layout, with this one.
  fileprivate func examples(for layout: Layout) -> [Example] {
    let name = ShellWord.quoted(LayoutArgument.word(for: layout.reference))
    return examples.compactMap { example in
      let words = example.left.parts(between: " ")
      guard words.contains(where: { $0 == Program.exampleLayout }), words.last != "--help" else {
        return nil
      }
      let call = words.map { $0 == Program.exampleLayout ? name : String($0) }
      return Example(call.concatenated(by: " "), example.right)
    }
  }

  /// What shows the options that it has with those of a layout.
  func helpCall(for layout: Layout) -> String {
    "scaffold \(name) \(LayoutArgument.text(for: layout.reference, of: self)) --help"
  }

  /// The same.
  ///
  /// - Parameter allowsMissingOperands: whether operands that are required may be missing.
  func parse(
    _ arguments: [String], _ layout: Layout, _ context: Context,
    allowsMissingOperands: Bool = false
  ) throws(Failure) -> ParsedArguments? {
    var command = self
    let variables = layout.manifest.variables.map(\.option)
    command.options += variables
    let helpCall = helpCall(for: layout)
    let parsed = try Failure.usage { () throws(Diagnostics) in
      try ArgumentParser(command: command, helpCall: helpCall)
        .parse(arguments, allowsMissingOperands: allowsMissingOperands)
    }
    guard parsed[.help] else { return parsed }
    command.examples = examples(for: layout)
    context.printPage(
      context.help.command(
        command, groups: [("Variables of \(layout.name)", variables), ("Options", options)]))
    return nil
  }
}
