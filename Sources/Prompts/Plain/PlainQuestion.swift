import Documents

/// A field in plain lines: what is written before an answer is read, and what a line means.
struct PlainQuestion {
  private let field: Prompt.Field
  private let look: Look

  init(_ field: Prompt.Field, _ look: Look) {
    self.field = field
    self.look = look
  }

  enum Reading {
    case answer(Answer)
    /// An item; more may follow.
    case more
    case complaint(Prompt.Complaint)
  }

  /// What says that nothing is chosen.
  static let none = "-"

  /// Below the question, once.
  var introduction: String {
    switch field {
    case .text, .flag: ""
    case .items(let initial):
      "One a line; an empty line ends the list."
        + (initial.isEmpty ? "" : " \(look.quoted(Self.none)) for none.") + "\n"
    case .one(let items, _), .several(let items, _): Self.numbered(items)
    case .review(let document, let actions):
      document.map { Rows.safe($0) + "\n" }.concatenated() + "\n" + Self.list(of: actions)
    }
  }

  /// What the cursor stands behind.
  func invitation(isFirst: Bool) -> String {
    switch field {
    case .text(let initial): Self.invitation("Answer", initial)
    case .items(let initial):
      isFirst ? Self.invitation("Item", initial.concatenated(by: ", ")) : "Item: "
    case .one(let items, let initial):
      Self.invitation("Number or name", items.indices.contains(initial) ? items[initial].name : "")
    case .several(let items, let initial):
      Self.invitation(
        "Numbers or names, with commas between",
        initial.isEmpty ? "none" : initial.map { items[$0].name }.concatenated(by: ", "))
    case .flag(let initial): Self.invitation("yes or no", initial ? "yes" : "no")
    case .review(_, let actions):
      Self.invitation("Letter", actions.first.map { String($0.key) } ?? "")
    }
  }

  private static func invitation(_ word: String, _ initial: String) -> String {
    initial.isEmpty ? "\(word): " : "\(word) [\(Printable.text(initial))]: "
  }

  private static func numbered(_ items: [Prompt.Item]) -> String {
    var text = ""
    for (index, item) in items.enumerated() {
      text += "  \(index + 1). \(Printable.text(item.name))"
      text += item.summary.isEmpty ? "\n" : ": \(Printable.text(item.summary))\n"
    }
    return text
  }

  private static func list(of actions: [Prompt.Action]) -> String {
    var text = ""
    for action in actions { text += "  \(action.key): \(Printable.text(action.name))\n" }
    return text
  }

  /// - Parameter items: those of a list that came before.
  func read(_ line: String, after items: [String]) -> Reading {
    let word = line.withoutBlanksAround
    switch field {
    case .text(let initial):
      if word == Self.none, !initial.isEmpty { return .answer(.text("")) }
      return .answer(.text(line.isEmpty ? initial : line))
    case .items(let initial):
      if items.isEmpty, word == Self.none, !initial.isEmpty { return .answer(.items([])) }
      if !line.isEmpty { return .more }
      return .answer(.items(items.isEmpty ? initial : items))
    case .one(let choices, let initial):
      if word.isEmpty, choices.indices.contains(initial) { return .answer(.one(initial)) }
      return Self.index(of: word, among: choices).map { .answer(.one($0)) }
        ?? .complaint(unknown(word, choices))
    case .several(let choices, let initial):
      return several(word, choices, initial)
    case .flag(let initial): return flag(word, initial)
    case .review(_, let actions): return action(word, actions)
    }
  }

  private func several(
    _ word: String, _ choices: [Prompt.Item], _ initial: [Int]
  ) -> Reading {
    if word.isEmpty { return .answer(.several(initial.sorted())) }
    if word == Self.none || word == "none" { return .answer(.several([])) }
    var chosen: [Int] = []
    for part in word.parts(between: ",") {
      let name = part.withoutBlanksAround
      if name.isEmpty { continue }
      guard let index = Self.index(of: name, among: choices) else {
        return .complaint(unknown(name, choices))
      }
      if !chosen.contains(index) { chosen.append(index) }
    }
    return .answer(.several(chosen.sorted()))
  }

  private func flag(_ word: String, _ initial: Bool) -> Reading {
    switch word.lowercased() {
    case "": .answer(.flag(initial))
    case "y", "yes", "true", "on": .answer(.flag(true))
    case "n", "no", "false", "off": .answer(.flag(false))
    default: .complaint(Prompt.Complaint("\(look.quoted(word)) is neither yes nor no"))
    }
  }

  private func action(_ word: String, _ actions: [Prompt.Action]) -> Reading {
    if word.isEmpty { return .answer(.action(0)) }
    let index =
      actions.firstIndex { String($0.key) == word }
      ?? actions.firstIndex { $0.key.lowercased() == word.lowercased() }
      ?? actions.firstIndex { $0.name.lowercased() == word.lowercased() }
    return index.map { .answer(.action($0)) }
      ?? .complaint(
        Prompt.Complaint(
          "\(look.quoted(word)) is none of \(actions.map { String($0.key) }.concatenated(by: ", "))"
        ))
  }

  /// A name comes before a number: some names are numbers.
  private static func index(of word: String, among choices: [Prompt.Item]) -> Int? {
    if let index = choices.firstIndex(where: { $0.name == word }) { return index }
    if let number = Int(word), choices.indices.contains(number - 1) { return number - 1 }
    let lowered = word.lowercased()
    if let index = choices.firstIndex(where: { $0.name.lowercased() == lowered }) { return index }
    let begun = choices.indices.filter { choices[$0].name.lowercased().begins(with: lowered) }
    return begun.count == 1 && !word.isEmpty ? begun[0] : nil
  }

  private func unknown(_ word: String, _ choices: [Prompt.Item]) -> Prompt.Complaint {
    Prompt.Complaint(
      "\(look.quoted(word)) is none of them",
      help: "answer with a name, or with a number from 1 to \(choices.count)")
  }
}
