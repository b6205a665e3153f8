import Documents

/// What the script of bash reads: a line on what there is, then what bash is to insert, one a line.
package struct BashCompletions {
  /// What bash does with them.
  package enum Purpose {
    /// What they have in common is inserted, or the only one.
    case insertion
    /// They are shown, in so many columns.
    case listing(width: Int)

    /// - Parameter type: `COMP_TYPE`.
    package init(type: String, width: Int) {
      // `?`, `!`, `@`: a list is shown. Cycling through a menu (`%`) inserts each.
      self = ["63", "33", "64"].contains(type) ? .listing(width: width) : .insertion
    }
  }

  private let answer: CompletionAnswer
  private let line: BashLine

  package init(_ answer: CompletionAnswer, for line: BashLine) {
    self.answer = answer
    self.line = line
  }

  package func text(for purpose: Purpose) -> String {
    if line.isForBash { return "files apart\n" }
    let found = answer.candidates.filter {
      $0.isPrintable && (answer.prefix + $0.value).begins(with: line.word)
    }
    if found.isEmpty { return pathsText }
    var text = "none \(answer.goesOn ? "joined" : "apart")\n"
    let words = found.map { candidate in
      quoted((answer.prefix + candidate.value).dropping(line.kept.utf8.count))
    }
    let descriptions = found.map { Printable.text($0.description) }
    guard case .listing(let width) = purpose, words.count > 1,
      descriptions.contains(where: { !$0.isEmpty })
    else { return text + words.map { $0 + "\n" }.concatenated(by: "") }
    let widest = words.map(\.cells).max() ?? 0
    for (word, description) in zip(words, descriptions) {
      text += Self.row(word.padded(toCells: widest), description, width) + "\n"
    }
    return text
  }

  /// Where readline's own completion begins at the path, it does all; else the script makes words of
  /// what stands before the path, and of paths.
  private var pathsText: String {
    let start = answer.prefix.utf8.count - line.kept.utf8.count
    let text = "\(answer.paths.rawValue) apart\n"
    guard start > 0, answer.paths != .none, line.quote == .none,
      line.word.begins(with: answer.prefix)
    else { return text }
    let before = answer.prefix.dropping(line.kept.utf8.count)
    let path = line.word.dropping(answer.prefix.utf8.count)
    return text + "\(quoted(before))\n\(path)\n"
  }

  /// On one line, and of more than half a line: bash sets what is short side by side.
  private static func row(_ word: String, _ description: String, _ width: Int) -> String {
    "\(word)  \(description)".cut(toCells: width - 1).padded(toCells: width / 2 + 1)
  }

  /// As bash reads it between the quotes that the cursor is in, which it closes itself.
  private func quoted(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch (line.quote, scalar) {
      case (.single, "'"): result += "'\\''"
      case (.double, "!"): result += "\"'!'\""
      case (.double, "\""), (.double, "$"), (.double, "`"), (.double, "\\"),
        (.none, _) where !Self.isPlain(scalar):
        result += "\\"
        result.unicodeScalars.append(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": true
    default: scalar.value >= 0x80 || "-_./,:=@%+".unicodeScalars.contains(scalar)
    }
  }
}
