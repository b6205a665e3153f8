@_spi(_Unicode) import Swift
import Documents
import FileTrees

/// The rules of the kinds that hold text, each as the words that follow the value in a complaint.
package enum NameRules {
  static let longestName = 40

  /// Words that YAML, TOML or a shell reads as something else than a text.
  static let wordsOfYAML = [
    "true", "false", "null", "yes", "no", "on", "off", "y", "n",
  ]

  static func fault(inText text: String) -> String? {
    guard let scalar = text.unicodeScalars.first(where: \.isUnsafeToPrint) else { return nil }
    if scalar == "\n" || scalar == "\r" { return "must be one line" }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "must not hold the control character U+"
      + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  static func fault(inName name: String) -> String? {
    if let fault = shapeFault(in: name, joiner: "-") { return fault }
    if wordsOfYAML.contains(name) { return "is a word that YAML reads as a value of its own" }
    do {
      _ = try RelativePath(validating: name)
    } catch {
      return "is no name for a directory: it \(error.reason)"
    }
    return nil
  }

  static func fault(inIdentifier name: String) -> String? {
    shapeFault(in: name, joiner: "_")
  }

  private static func shapeFault(in name: String, joiner: Character) -> String? {
    if name.isEmpty { return "must not be empty" }
    if name.utf8.count > longestName {
      return "must be at most \(longestName) bytes long, and has \(name.utf8.count)"
    }
    for character in name where !isLower(character) && !isDigit(character) && character != joiner {
      let shown = character == " " ? "a space" : "“\(Printable.text(String(character)))”"
      return "must hold only lower-case letters, digits and “\(joiner)”, not \(shown)"
    }
    guard let first = name.first, isLower(first) else { return "must begin with a letter" }
    if name.last == joiner { return "must not end with “\(joiner)”" }
    // `a__b` and `a_b` are one name in every case but this one, `a--b` and `a-b` to packagers.
    if zip(name, name.dropFirst()).contains(where: { $0 == joiner && $1 == joiner }) {
      return "must not hold “\(joiner)” twice in a row"
    }
    return nil
  }

  private static func isLower(_ character: Character) -> Bool {
    "a" <= character && character <= "z" && character.isASCII
  }

  private static func isDigit(_ character: Character) -> Bool {
    "0" <= character && character <= "9" && character.isASCII
  }

  /// A valid name that resembles `text`, for a complaint's help: `Ünïcode` gives `unicode`, `3d`
  /// gives `project-3d`. Nil when nothing of `text` can be kept.
  package static func name(like text: String) -> String? {
    resembling(text, joiner: "-", prefix: "project-").flatMap { name in
      [name, name + "-app"].first { fault(inName: $0) == nil }
    }
  }

  package static func identifier(like text: String) -> String? {
    resembling(text, joiner: "_", prefix: "item_").flatMap { name in
      fault(inIdentifier: name) == nil ? name : nil
    }
  }

  private static func resembling(
    _ text: String, joiner: Character, prefix: String
  ) -> String? {
    var result = ""
    for scalar in text._nfd where scalar.properties.generalCategory != .nonspacingMark {
      let letters = folded[scalar] ?? String(scalar).lowercased()
      for character in letters {
        if isLower(character) || isDigit(character) {
          result.append(character)
        } else if let last = result.last, last != joiner {
          result.append(joiner)
        }
      }
    }
    while result.last == joiner { result.removeLast() }
    guard let first = result.first else { return nil }
    if isDigit(first) { result = prefix + result }
    result = String(result.prefix(longestName))
    while result.last == joiner { result.removeLast() }
    return result
  }

  /// Latin letters that are not a base letter with a mark.
  private static let folded: [Unicode.Scalar: String] = [
    "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o",
    "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i",
  ]
}
