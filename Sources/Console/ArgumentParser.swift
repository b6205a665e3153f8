import Documents

/// Reads a command line: `--option value`, `--option=value`, `-o value`, `--` before operands that
/// begin with a dash. Options are never abbreviated.
package struct ArgumentParser: Sendable {
  private let command: Command
  /// The command that lists what exists.
  private let helpCall: String

  /// - Parameter helpCall: named in complaints: `scaffold new --help`.
  package init(command: Command, helpCall: String) {
    self.command = command
    self.helpCall = helpCall
  }

  /// - Throws: every fault of the command line.
  package func parse(_ arguments: [String]) throws(Diagnostics) -> ParsedArguments {
    var state = State(arguments: arguments[...])
    while let argument = state.arguments.popFirst() {
      if argument == "--" {
        state.result.operands += state.arguments
        break
      } else if argument.hasPrefix("--") {
        parseLong(argument.dropFirst(2), &state)
      } else if argument.hasPrefix("-"), argument.count > 1 {
        parseShort(argument, &state)
      } else {
        state.result.operands.append(argument)
      }
    }
    // With a plea for help nothing needs to be complete.
    if !state.result.has("help") { checkOperands(&state) }
    try state.diagnostics.throwIfAny()
    return state.result
  }

  /// A few options are searched sooner than a table of them is made.
  private func option(named name: String) -> Option? {
    command.options.first { $0.name == name }
  }

  private func option(short letter: Character) -> Option? {
    command.options.first { $0.short == letter }
  }

  private struct State {
    var arguments: ArraySlice<String>
    var result = ParsedArguments()
    var diagnostics = Diagnostics()
  }

  private func parseLong(_ argument: Substring, _ state: inout State) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts.first ?? "")
    let inline = parts.count > 1 ? String(parts[1]) : nil
    if let option = option(named: name) {
      take(option, shown: "--\(name)", inline: inline, &state)
    } else if let option = negated(name) {
      if inline != nil {
        complain("--\(name) takes no value", &state)
      } else {
        add("false", to: option, shown: "--\(name)", &state)
      }
    } else {
      complainOfUnknown(name, shown: "--\(name)", &state)
    }
  }

  /// The flag that `no-…` turns off.
  private func negated(_ name: String) -> Option? {
    guard name.hasPrefix("no-"), let option = option(named: String(name.dropFirst(3))),
      option.value == .flag
    else { return nil }
    return option
  }

  private func parseShort(_ argument: String, _ state: inout State) {
    let letters = argument.dropFirst()
    if letters.count == 1, let letter = letters.first, let option = option(short: letter) {
      take(option, shown: argument, inline: nil, &state)
    } else {
      let name = String(letters.prefix { $0 != "=" })
      complainOfUnknown(name, shown: argument, &state)
    }
  }

  private func take(
    _ option: Option, shown: String, inline: String?, _ state: inout State
  ) {
    switch option.value {
    case .none:
      if inline != nil {
        complain("\(shown) takes no value", &state)
      } else {
        add("true", to: option, shown: shown, &state)
      }
    case .flag:
      add(inline ?? "true", to: option, shown: shown, &state)
    case .one(let placeholder):
      if let inline {
        add(inline, to: option, shown: shown, &state)
      } else if let next = state.arguments.first, !Self.looksLikeAnOption(next) {
        state.arguments.removeFirst()
        add(next, to: option, shown: shown, &state)
      } else if let next = state.arguments.first, next != "--" {
        // If it is no option either, it must be the value: one complaint is enough.
        if !isKnown(next) { state.arguments.removeFirst() }
        complain(
          "\(shown) needs a value, and “\(Printable.text(next))” begins with a dash",
          help: "if it is the value, write --\(option.name)=\(Printable.text(next))", &state)
      } else {
        complain("\(shown) needs a value: \(placeholder)", &state)
      }
    }
  }

  /// A dash begins an option, unless it stands alone or begins a negative integer.
  private static func looksLikeAnOption(_ argument: String) -> Bool {
    guard argument.hasPrefix("-"), argument != "-" else { return false }
    return Int(argument) == nil
  }

  private func add(_ value: String, to option: Option, shown: String, _ state: inout State) {
    if !option.choices.isEmpty, !option.choices.contains(value) {
      let nearest = Suggestion.nearest(to: value, among: option.choices)
      complain(
        "\(shown) must be one of \(option.choices.joined(separator: ", ")), not"
          + " “\(Printable.text(value))”",
        help: nearest.map { "did you mean “\($0)”?" }, &state)
      return
    }
    if !option.isRepeatable, state.result.has(option.name), option.value != .none {
      complain("--\(option.name) is given twice", help: "give it once", &state)
      return
    }
    state.result.add(value, to: option.name)
  }

  /// Whether `argument`, which begins with a dash, is an option of the command.
  private func isKnown(_ argument: String) -> Bool {
    guard argument.hasPrefix("--") else {
      return argument.count == 2 && argument.last.flatMap(option(short:)) != nil
    }
    let name = String(argument.dropFirst(2).prefix { $0 != "=" })
    return option(named: name) != nil || negated(name) != nil
  }

  private func complainOfUnknown(_ name: String, shown: String, _ state: inout State) {
    let known = command.options.flatMap { option in
      option.value == .flag ? [option.name, "no-" + option.name] : [option.name]
    }
    let nearest = Suggestion.nearest(to: name, among: known)
    complain(
      "unknown option “\(Printable.text(shown))”",
      help: (nearest.map { "did you mean “--\($0)”? " } ?? "") + "“\(helpCall)” lists the options",
      &state)
  }

  private func checkOperands(_ state: inout State) {
    // Where an option is at fault, what looks like an operand may be its value.
    guard state.diagnostics.isEmpty else { return }
    let required = command.operands.filter(\.isRequired).count
    if state.result.operands.count < required {
      let missing = command.operands[state.result.operands.count]
      complain(
        "\(missing.placeholder) is missing: \(missing.help)", help: "“\(helpCall)” shows the usage",
        &state)
    }
    for extra in state.result.operands.dropFirst(command.operands.count) {
      complain(
        "unexpected argument “\(Printable.text(extra))”", help: "“\(helpCall)” shows the usage",
        &state)
    }
  }

  private func complain(_ message: String, help: String? = nil, _ state: inout State) {
    state.diagnostics.add(Diagnostic(message, help: help))
  }
}
