import Documents

/// What options of a command line are given.
extension ArgumentParser {
  func take(
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
        if state.arguments.isEmpty { state.awaited = option }
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

  func add(_ value: String, to option: Option, shown: String, _ state: inout State) {
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
      if option.value == .flag, state.result.values(of: option) != [value] {
        state.diagnose("--\(option.name) and --no-\(option.name) are both given", help: "give one")
      } else {
        state.diagnose("--\(option.name) is given twice", help: "give it once")
      }
      return
    }
    state.result.add(value, to: option)
  }

  /// Whether `argument`, which begins with a dash, is an option of the command.
  private func isKnown(_ argument: String) -> Bool {
    argument.begins(with: "--")
      ? command.hasLong(argument.dropping(2).nameAndValue.name)
      : command.shortOptions(argument.dropping(1)) != nil
  }

  /// What `word` says of a flag; nil for another word.
  private static func truth(_ word: String) -> Bool? {
    guard word.utf8.count <= 5 else { return nil }
    switch word.lowercased() {
    case "true", "yes", "on", "1": return true
    case "false", "no", "off", "0": return false
    default: return nil
    }
  }

  /// Elsewhere `--flag false` turns a flag off; here the word would be the next operand.
  ///
  /// - Returns: whether there was such a word, which is diagnosed and passed over.
  func refuseTruthWord(after shown: String, of option: Option, _ state: inout State) -> Bool {
    guard let next = state.arguments.first, let truth = Self.truth(next) else { return false }
    state.arguments.removeFirst()
    let name = option.name
    var help =
      switch (option.value, shown.begins(with: "--no-"), truth) {
      case (.none, _, _): "write \(shown) alone, or leave it out"
      case (_, false, true): "write --\(name)=true or --\(name)"
      case (_, false, false): "write --\(name)=false or --no-\(name)"
      case (_, true, _): "write --no-\(name) or --\(name)"
      }
    if let operand = command.operands.first(where: \.isRequired) {
      help += "; a \(operand.placeholder) of that name is “./\(next)”"
    }
    state.diagnose("\(shown) takes no word, and “\(next)” follows it", help: help)
    return true
  }
}
