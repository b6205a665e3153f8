import Documents

/// What people type who know other programs, or whose editor knows better.
extension ArgumentParser {
  package func diagnostic(for unknown: UnknownOption) -> Diagnostic {
    if let rest = unknown.behindOtherDashes { return diagnostic(for: rest, unknown.shown) }
    var help = "“\(helpCall)” lists the options"
    if let synonym = synonym(of: unknown) {
      help = "here it is \(synonym.meaning); " + help
    } else if let nearest = nearest(to: unknown.name) {
      help = "did you mean “--\(nearest)”? " + help
    }
    return Diagnostic("unknown option “\(Printable.text(unknown.shown))”", help: help)
  }

  /// The option of the table that was probably meant.
  package func meant(by unknown: UnknownOption) -> Option? {
    if let synonym = synonym(of: unknown) { return synonym.option }
    if let letter = unknown.name.unicodeScalars.first, unknown.name.unicodeScalars.count == 1,
      let option = option(short: letter)
    {
      return option
    }
    return nearest(to: unknown.name).flatMap { option(named: $0) ?? negated($0) }
  }

  /// Whether something can be said of it: a synonym, or a name that is near.
  package func isGuessed(_ unknown: UnknownOption) -> Bool {
    unknown.behindOtherDashes != nil || synonym(of: unknown) != nil
      || nearest(to: unknown.name) != nil
  }

  private func synonym(of unknown: UnknownOption) -> Synonym? {
    command.synonyms.first { $0.words.contains(unknown.name) }
  }

  private func nearest(to name: String) -> String? {
    let known = command.options.flatMap { option in
      option.value == .flag ? [option.name, "no-" + option.name] : [option.name]
    }
    return Suggestion.nearest(to: name, among: known)
  }

  /// `—dry-run` would be a directory's name.
  private func diagnostic(for rest: String, _ argument: String) -> Diagnostic {
    let shown = Printable.text(argument)
    let path = Printable.text(ShellWord.quoted("./" + argument))
    var help = "for a file or a directory of that name write \(path)"
    if let meant = option(meantBy: rest) { help = "did you mean “\(meant)”? " + help }
    return Diagnostic("“\(shown)” begins with a dash that is no “-”", help: help)
  }

  /// - Parameter rest: an option as it was given, without its dashes.
  private func option(meantBy rest: String) -> String? {
    if rest.isEmpty { return "--" }
    let (name, value) = rest.divided(at: "=").map { ($0.before, "=" + $0.behind) } ?? (rest, "")
    if name.unicodeScalars.count == 1, let letter = name.unicodeScalars.first,
      option(short: letter) != nil
    {
      return ShellWord.quoted("-" + rest)
    }
    let known = option(named: name) != nil || negated(name) != nil
    return (known ? name : nearest(to: name)).map { ShellWord.quoted("--\($0)\(value)") }
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
