import Documents

/// What may stand where a cursor is, as a command's table has it.
package struct Completer {
  /// With the options of a layout's variables among its own.
  private let command: Command
  /// The option of each variable that `--set` takes, by the variable's name.
  private let settings: [(name: String, option: Option)]
  /// What only the program knows.
  private let lookUp: (Completion) -> CompletionAnswer

  package init(
    command: Command, settings: [(name: String, option: Option)] = [],
    lookUp: @escaping (Completion) -> CompletionAnswer
  ) {
    self.command = command
    self.settings = settings
    self.lookUp = lookUp
  }

  /// - Parameters:
  ///   - words: behind the command, and before `word`.
  ///   - word: as far as it stands before the cursor.
  /// - Returns: also what does not begin as `word` does: some shells correct what was typed.
  package func answer(after words: [String], _ word: String) -> CompletionAnswer {
    let early = ArgumentParser(command: command, helpCall: "").preliminary(words)
    let given = early.arguments
    if let option = early.awaited {
      return Self.withoutDashes(value(of: option, word, prefix: "", given))
    }
    if !early.endsOptions {
      if word.begins(with: "--") { return long(word, given) }
      if word.begins(with: "-"), word != "-" { return short(word, given) }
      if word == "-" { return options(given, withShort: true) }
    }
    let operands = operands(at: given.operands.count)
    if operands.isEmpty, !early.endsOptions, word.isEmpty { return options(given) }
    var answer = CompletionAnswer()
    for operand in operands { answer.add(self.answer(for: operand, given)) }
    return early.endsOptions ? answer : Self.withoutDashes(answer)
  }

  /// What begins with a dash would be taken for an option.
  private static func withoutDashes(_ answer: CompletionAnswer) -> CompletionAnswer {
    var answer = answer
    answer.candidates.removeAll { $0.value.begins(with: "-") }
    return answer
  }

  // MARK: Options

  private func long(_ word: String, _ given: ParsedArguments) -> CompletionAnswer {
    let (name, inline) = word.dropping(2).nameAndValue
    guard let inline else { return options(given) }
    guard let option = command.option(named: name) else { return CompletionAnswer() }
    return value(of: option, inline, prefix: "--\(name)=", given)
  }

  private func short(_ word: String, _ given: ParsedArguments) -> CompletionAnswer {
    let letters = word.dropping(1)
    guard let last = command.shortOptions(letters)?.last else { return CompletionAnswer() }
    if let inline = last.inline {
      let kept = word.utf8.count - inline.utf8.count
      return value(
        of: last.option, inline, prefix: String(decoding: word.utf8.prefix(kept), as: UTF8.self),
        given)
    }
    return CompletionAnswer(
      title: "option", [CompletionAnswer.Candidate(word, last.option.help)])
  }

  /// But for those that were given, and may be given once.
  private func options(
    _ given: ParsedArguments, withShort: Bool = false
  ) -> CompletionAnswer {
    var answer = CompletionAnswer(title: "option", [])
    for option in command.options where option.isRepeatable || !given.has(option) {
      if withShort, let letter = option.short {
        answer.candidates.append(CompletionAnswer.Candidate("-\(letter)", option.help))
      }
      answer.candidates.append(CompletionAnswer.Candidate("--\(option.name)", option.help))
      if option.value == .flag {
        answer.candidates.append(
          CompletionAnswer.Candidate("--no-\(option.name)", "not: " + option.help))
      }
    }
    return answer
  }

  // MARK: Values

  private func value(
    of option: Option, _ typed: String, prefix: String, _ given: ParsedArguments
  ) -> CompletionAnswer {
    var answer = CompletionAnswer()
    switch (option.value, option.completion) {
    case (.none, _): break
    case (.flag, _):
      answer.candidates = [
        CompletionAnswer.Candidate("true", option.help),
        CompletionAnswer.Candidate("false", "not: " + option.help),
      ]
    case (_, .setting): return setting(typed, prefix: prefix, given)
    case (_, .words) where option.isRepeatable:
      return items(of: option, typed, prefix: prefix, given)
    case (_, .words): answer.candidates = Self.candidates(option.words)
    default: answer = lookUp(option.completion)
    }
    answer.prefix = prefix
    return answer
  }

  private static func candidates(_ words: [Option.Word]) -> [CompletionAnswer.Candidate] {
    words.map { CompletionAnswer.Candidate($0.word, $0.meaning) }
  }

  /// The items of a list, of which `typed` may have some.
  private func items(
    of option: Option, _ typed: String, prefix: String, _ given: ParsedArguments
  ) -> CompletionAnswer {
    var answer = CompletionAnswer()
    let (before, _) = typed.dividedAtLast(",") ?? ("", typed)
    let isFirst = !typed.holds(",")
    answer.prefix = prefix + (isFirst ? "" : before + ",")
    var present = before.parts(between: ",")
    for text in given.values(of: option) { present += text.parts(between: ",") }
    answer.candidates = Self.candidates(option.words.filter { !present.contains($0.word) })
    return answer
  }

  /// `NAME=VALUE`
  private func setting(
    _ typed: String, prefix: String, _ given: ParsedArguments
  ) -> CompletionAnswer {
    if let (name, text) = typed.divided(at: "=") {
      guard let option = settings.first(where: { $0.name == name })?.option else {
        return CompletionAnswer()
      }
      return value(of: option, text, prefix: "\(prefix)\(name)=", given)
    }
    var answer = CompletionAnswer(
      title: "variable",
      settings.filter { $0.option.isRepeatable || !given.has($0.option) }.map {
        CompletionAnswer.Candidate("\($0.name)=", $0.option.help)
      })
    answer.prefix = prefix
    answer.goesOn = true
    return answer
  }

  // MARK: Operands

  /// Those that the word at a place may be: behind one that may be left out, or be several, also the
  /// next.
  private func operands(at place: Int) -> [Command.Operand] {
    let all = command.operands
    let repeatable = all.firstIndex(where: \.isRepeatable)
    var index = repeatable.map { min(place, $0) } ?? place
    var found: [Command.Operand] = []
    while index < all.count {
      found.append(all[index])
      let mayBePast = all[index].isRepeatable && place > index
      if all[index].isRequired && !mayBePast { break }
      index += 1
    }
    return found
  }

  private func answer(
    for operand: Command.Operand, _ given: ParsedArguments
  ) -> CompletionAnswer {
    switch operand.completion {
    case .words:
      return CompletionAnswer(
        title: operand.placeholder.lowercased(), Self.candidates(operand.words))
    default:
      var answer = lookUp(operand.completion)
      if operand.isRepeatable {
        answer.candidates.removeAll { given.operands.contains($0.value) }
      }
      return answer
    }
  }
}
