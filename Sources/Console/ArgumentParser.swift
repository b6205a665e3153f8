import Documents

/// Reads a command line: `--option value`, `--option=value`, `-o value`, `-ovalue`, short options
/// joined, `--` before operands that begin with a dash. Options are never abbreviated.
package struct ArgumentParser: Sendable {
  package let command: Command
  /// The command that lists what exists.
  let helpCall: String

  /// - Parameter helpCall: named in diagnostics: `scaffold new --help`.
  package init(command: Command, helpCall: String) {
    self.command = command
    self.helpCall = helpCall
  }

  /// - Parameter allowsMissingOperands: whether operands that are required may be missing.
  /// - Throws: every fault of the command line.
  package func parse(
    _ arguments: [String], allowsMissingOperands: Bool = false
  ) throws(Diagnostics) -> ParsedArguments {
    var state = read(arguments)
    if !state.unknown.isEmpty {
      var diagnostics = Diagnostics(state.unknown.map(diagnostic))
      diagnostics.add(state.diagnostics)
      state.diagnostics = diagnostics
    }
    // With a plea for help nothing needs to be complete.
    if !state.result[.help] { checkOperands(&state, allowsMissing: allowsMissingOperands) }
    try state.diagnostics.throwIfAny()
    return state.result
  }

  /// Reads a command line of which not all options are known yet. Operands are not counted: one may
  /// be the value of an unknown option.
  package func preliminary(_ arguments: [String]) -> Preliminary {
    let state = read(arguments)
    return Preliminary(
      arguments: state.result, unknown: state.unknown, diagnostics: state.diagnostics,
      awaited: state.awaited, endsOptions: state.endsOptions)
  }

  package struct Preliminary: Sendable {
    package var arguments: ParsedArguments
    package var unknown: [UnknownOption]
    /// What is wrong whatever the unknown options are.
    package var diagnostics: Diagnostics
    /// The last word, where it is an option whose value would be the next one.
    package var awaited: Option?
    /// Whether “--” was among them: what follows are operands.
    package var endsOptions: Bool
  }

  /// An option that the table does not have.
  package struct UnknownOption: Sendable {
    /// Without dashes and value.
    package var name: String
    /// As it was given.
    package var shown: String
    /// What follows the dashes, where one of them is no “-”.
    var behindOtherDashes: String?
  }

  struct State {
    var arguments: ArraySlice<String>
    var result: ParsedArguments
    var unknown: [UnknownOption] = []
    var diagnostics = Diagnostics()
    var awaited: Option?
    var endsOptions = false

    mutating func diagnose(_ message: String, help: String? = nil) {
      diagnostics.add(Diagnostic(message, help: help))
    }
  }

  private func read(_ arguments: [String]) -> State {
    var state = State(
      arguments: arguments[...], result: ParsedArguments(options: command.options))
    while let argument = state.arguments.popFirst() {
      if argument == "--" {
        state.result.operands += state.arguments
        state.endsOptions = true
        break
      } else if let rest = Dashes.rest(of: argument) {
        state.unknown.append(
          UnknownOption(
            name: rest.nameAndValue.name, shown: argument, behindOtherDashes: rest))
      } else if argument.begins(with: "--") {
        parseLong(argument.dropping(2), &state)
      } else if argument.begins(with: "-"), argument != "-" {
        parseShort(argument, &state)
      } else {
        state.result.operands.append(argument)
      }
    }
    return state
  }

  private func parseLong(_ argument: String, _ state: inout State) {
    let (name, inline) = argument.nameAndValue
    if let option = command.option(named: name) {
      take(option, shown: "--\(name)", inline: inline, &state)
    } else if let option = command.negated(name) {
      if inline != nil {
        state.diagnose("--\(name) takes no value")
      } else if !refuseTruthWord(after: "--\(name)", of: option, &state) {
        add("false", to: option, shown: "--\(name)", &state)
      }
    } else {
      state.unknown.append(UnknownOption(name: name, shown: "--\(name)"))
    }
  }

  private func parseShort(_ argument: String, _ state: inout State) {
    let letters = argument.dropping(1)
    guard let options = command.shortOptions(letters) else {
      state.unknown.append(UnknownOption(name: letters.nameAndValue.name, shown: argument))
      return
    }
    for (option, letter, inline) in options {
      take(option, shown: "-\(letter)", inline: inline, &state)
    }
  }

  /// What is to be said where there are too few operands.
  package func missingOperand(of count: Int) -> Diagnostic? {
    let required = command.operands.filter(\.isRequired)
    guard count < required.count else { return nil }
    return Diagnostic(
      "\(required[count].placeholder) is missing: \(required[count].help)",
      help: "“\(helpCall)” shows the usage")
  }

  private func checkOperands(_ state: inout State, allowsMissing: Bool) {
    // Where an option is at fault, what looks like an operand may be its value.
    guard state.diagnostics.isEmpty else { return }
    if !allowsMissing, let fault = missingOperand(of: state.result.operands.count) {
      state.diagnostics.add(fault)
    }
    if command.operands.contains(where: \.isRepeatable) { return }
    for extra in state.result.operands.dropFirst(command.operands.count) {
      state.diagnose(
        "unexpected argument “\(Printable.text(extra))”", help: "“\(helpCall)” shows the usage")
    }
  }
}
