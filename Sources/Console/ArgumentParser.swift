import Documents

/// Reads a command line: `--option value`, `--option=value`, `-o value`, `-ovalue`, short options
/// joined, `--` before operands that begin with a dash. Options are never abbreviated.
package struct ArgumentParser: Sendable {
  let command: Command
  /// The command that lists what exists.
  let helpCall: String

  /// - Parameter helpCall: named in diagnostics: `scaffold new --help`.
  package init(command: Command, helpCall: String) {
    self.command = command
    self.helpCall = helpCall
  }

  /// - Throws: every fault of the command line.
  package func parse(_ arguments: [String]) throws(Diagnostics) -> ParsedArguments {
    var state = read(arguments)
    if !state.unknown.isEmpty {
      var diagnostics = Diagnostics(state.unknown.map(diagnostic))
      diagnostics.add(state.diagnostics)
      state.diagnostics = diagnostics
    }
    // With a plea for help nothing needs to be complete.
    if !state.result[.help] { checkOperands(&state) }
    try state.diagnostics.throwIfAny()
    return state.result
  }

  /// Reads a command line of which not all options are known yet. Operands are not counted: one may
  /// be the value of an unknown option.
  package func preliminary(_ arguments: [String]) -> Preliminary {
    let state = read(arguments)
    return Preliminary(
      arguments: state.result, unknown: state.unknown, diagnostics: state.diagnostics)
  }

  package struct Preliminary: Sendable {
    package var arguments: ParsedArguments
    package var unknown: [UnknownOption]
    /// What is wrong whatever the unknown options are.
    package var diagnostics: Diagnostics
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
        break
      } else if let rest = Dashes.rest(of: argument) {
        let name = rest.divided(at: "=")?.before ?? rest
        state.unknown.append(
          UnknownOption(name: name, shown: argument, behindOtherDashes: rest))
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

  /// A few options are searched sooner than a table of them is made.
  func option(named name: String) -> Option? {
    command.options.first { $0.name == name }
  }

  func option(short letter: Unicode.Scalar) -> Option? {
    command.options.first { $0.short == Character(letter) }
  }

  private func parseLong(_ argument: String, _ state: inout State) {
    let parts = argument.divided(at: "=")
    let name = parts?.before ?? argument
    let inline = parts?.behind
    if let option = option(named: name) {
      take(option, shown: "--\(name)", inline: inline, &state)
    } else if let option = negated(name) {
      if inline != nil {
        state.diagnose("--\(name) takes no value")
      } else if !refuseTruthWord(after: "--\(name)", of: option, &state) {
        add("false", to: option, shown: "--\(name)", &state)
      }
    } else {
      state.unknown.append(UnknownOption(name: name, shown: "--\(name)"))
    }
  }

  /// The flag that `no-…` turns off.
  func negated(_ name: String) -> Option? {
    guard name.begins(with: "no-"), let option = option(named: name.dropping(3)),
      option.value == .flag
    else { return nil }
    return option
  }

  /// `-x`, or several joined; what follows one that takes a value is its value.
  private func parseShort(_ argument: String, _ state: inout State) {
    guard let options = shortOptions(argument) else {
      let name = argument.dropping(1)
      state.unknown.append(
        UnknownOption(name: name.divided(at: "=")?.before ?? name, shown: argument))
      return
    }
    for (option, letter, inline) in options {
      take(option, shown: "-\(letter)", inline: inline, &state)
    }
  }

  /// Nil when a letter is none of an option, or when all are the name of a long one: “-layout” is
  /// not meant as “-l ayout”.
  private func shortOptions(
    _ argument: String
  ) -> [(option: Option, letter: Unicode.Scalar, inline: String?)]? {
    let letters = argument.dropping(1)
    let name = letters.divided(at: "=")?.before ?? letters
    if name.utf8.count > 1, option(named: name) != nil || negated(name) != nil { return nil }
    var options: [(option: Option, letter: Unicode.Scalar, inline: String?)] = []
    var rest = letters.unicodeScalars[...]
    while let letter = rest.popFirst() {
      guard let option = option(short: letter) else { return nil }
      var inline: String?
      if rest.first == "=" {
        inline = String(rest.dropFirst())
      } else if case .one = option.value, !rest.isEmpty {
        inline = String(rest)
      }
      options.append((option, letter, inline))
      if inline != nil { break }
    }
    return options
  }

  private func take(
    _ option: Option, shown: String, inline: String?, _ state: inout State
  ) {
    switch option.value {
    case .none:
      if inline != nil {
        state.diagnose("\(shown) takes no value")
      } else if !refuseTruthWord(after: shown, of: option, &state) {
        add("true", to: option, shown: shown, &state)
      }
    case .flag:
      if inline == nil, refuseTruthWord(after: shown, of: option, &state) { return }
      add(inline ?? "true", to: option, shown: shown, &state)
    case .one(let placeholder):
      if let inline {
        add(inline, to: option, shown: shown, &state)
      } else if let next = state.arguments.first, !Self.looksLikeAnOption(next) {
        state.arguments.removeFirst()
        add(next, to: option, shown: shown, &state)
      } else if let next = state.arguments.first, next != "--" {
        // If it is no option either, it must be the value: one diagnostic is enough.
        if !isKnown(next) { state.arguments.removeFirst() }
        state.diagnose(
          "\(shown) needs a value, and “\(Printable.text(next))” begins with a dash",
          help:
            "if it is the value, write --\(option.name)=\(Printable.text(ShellWord.quoted(next)))")
      } else {
        state.diagnose(
          "\(shown) needs a value: \(placeholder)", help: "“\(helpCall)” lists the options")
      }
    }
  }

  /// A dash begins an option, unless it stands alone or begins a negative integer.
  private static func looksLikeAnOption(_ argument: String) -> Bool {
    if Dashes.rest(of: argument) != nil { return true }
    guard argument.begins(with: "-"), argument != "-" else { return false }
    return Int(argument) == nil
  }

  private func add(_ value: String, to option: Option, shown: String, _ state: inout State) {
    if option.isClosed, !option.words.contains(where: { $0.word == value }) {
      let words = option.words.map(\.word)
      let nearest = Suggestion.nearest(to: value, among: words)
      state.diagnose(
        "\(shown) must be one of \(words.concatenated(by: ", ")), not"
          + " “\(Printable.text(value))”",
        help: nearest.map { "did you mean “\($0)”?" })
      return
    }
    if !option.isRepeatable, state.result.has(option), option.value != .none {
      state.diagnose("--\(option.name) is given twice", help: "give it once")
      return
    }
    state.result.add(value, to: option)
  }

  /// Whether `argument`, which begins with a dash, is an option of the command.
  private func isKnown(_ argument: String) -> Bool {
    guard argument.begins(with: "--") else { return shortOptions(argument) != nil }
    let name = argument.dropping(2)
    let bare = name.divided(at: "=")?.before ?? name
    return option(named: bare) != nil || negated(bare) != nil
  }

  private func checkOperands(_ state: inout State) {
    // Where an option is at fault, what looks like an operand may be its value.
    guard state.diagnostics.isEmpty else { return }
    let required = command.operands.filter(\.isRequired).count
    if state.result.operands.count < required {
      let missing = command.operands[state.result.operands.count]
      state.diagnose(
        "\(missing.placeholder) is missing: \(missing.help)", help: "“\(helpCall)” shows the usage")
    }
    for extra in state.result.operands.dropFirst(command.operands.count) {
      state.diagnose(
        "unexpected argument “\(Printable.text(extra))”", help: "“\(helpCall)” shows the usage")
    }
  }
}
