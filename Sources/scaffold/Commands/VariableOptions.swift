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
    let rules = rules
    return rules.isEmpty ? text : "\(text) (\(rules.concatenated(by: "; ")))"
  }

  private var rules: [String] {
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
    case .choices(let words, let count):
      let how = count.lowerBound > 0 ? "at least \(count.lowerBound) of" : "any of"
      rules.append("\(how) \(words.map(\.word).concatenated(by: ", "))")
    default: break
    }
    if let list {
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
    var command = command
    let variables = layout.manifest.variables.map(\.option)
    command.options += variables
    let name = ShellWord.quoted(layout.reference.text)
    let helpCall = "scaffold \(Self.name) --layout \(name) --help"
    let parsed = try Failure.usage { () throws(Diagnostics) in
      try ArgumentParser(command: command, helpCall: helpCall).parse(arguments)
    }
    guard parsed[.help] else { return parsed }
    context.print(
      context.help.command(
        command,
        groups: [
          ("Variables of \(layout.name)", variables), ("Options", self.command.options),
        ]))
    return nil
  }
}
