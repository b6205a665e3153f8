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
      let option = command.option(short: letter)
    {
      return option
    }
    return nearest(to: unknown.name).flatMap { command.option(named: $0) ?? command.negated($0) }
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
    let (name, inline) = rest.nameAndValue
    if name.unicodeScalars.count == 1, let letter = name.unicodeScalars.first,
      command.option(short: letter) != nil
    {
      return ShellWord.quoted("-" + rest)
    }
    return (command.hasLong(name) ? name : nearest(to: name)).map { name in
      ShellWord.quoted("--\(name)" + (inline.map { "=" + $0 } ?? ""))
    }
  }
}
