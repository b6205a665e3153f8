import Documents

/// Finding options by what a command line calls them.
extension Command {
  /// A few options are searched sooner than a table of them is made.
  func option(named name: String) -> Option? {
    options.first { $0.name == name }
  }

  func option(short letter: Unicode.Scalar) -> Option? {
    options.first { $0.short == Character(letter) }
  }

  /// The flag that `no-…` turns off.
  func negated(_ name: String) -> Option? {
    guard name.begins(with: "no-"), let option = option(named: name.dropping(3)),
      option.value == .flag
    else { return nil }
    return option
  }

  /// Whether it is an option's name, or turns a flag off.
  func hasLong(_ name: String) -> Bool {
    option(named: name) != nil || negated(name) != nil
  }

  /// The options that `letters` are, which stand behind one dash: `-x`, or several joined; what
  /// follows one that takes a value is its value.
  ///
  /// Nil when a letter is none of an option, or when all are the name of a long one: “-layout” is
  /// not meant as “-l ayout”.
  func shortOptions(
    _ letters: String
  ) -> [(option: Option, letter: Unicode.Scalar, inline: String?)]? {
    let name = letters.nameAndValue.name
    if name.utf8.count > 1, hasLong(name) { return nil }
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
}

extension String {
  /// The name of an option that is given without its dashes, and what follows “=” in it.
  var nameAndValue: (name: String, inline: String?) {
    guard let (name, inline) = divided(at: "=") else { return (self, nil) }
    return (name, inline)
  }
}
