import Documents
import Templating

/// Turns what a person gave for a variable into a value, or says which rule it breaks.
struct ValueParser {
  let variable: Variable

  /// The rule that a value breaks, as the words that follow the variable's name, and what to do.
  struct Fault: Error {
    var message: String
    var help: String?
    /// What would do in place of the value, or of the item of a list.
    var candidate: String?

    init(message: String, help: String? = nil) {
      self.message = message
      self.help = help
    }

    init(message: String, candidate: String?) {
      self.message = message
      self.candidate = candidate
      help = candidate.map { "“\($0)” would do" }
    }
  }

  /// - Parameter text: as it is typed; items of a list are joined by commas.
  func value(of text: String) throws(Fault) -> Value {
    try checked(unchecked(text))
  }

  /// - Parameter items: the items of a list, which may hold commas.
  func value(ofItems items: [String]) throws(Fault) -> Value {
    guard variable.kind.isList else { throw Fault(message: "is not a list") }
    return try checked(list(items))
  }

  /// - Parameter texts: pieces of a list, each as it is typed.
  func value(ofTexts texts: [String]) throws(Fault) -> Value {
    var items: [String] = []
    for text in texts { items += try self.items(of: text) }
    return try value(ofItems: items)
  }

  private func unchecked(_ text: String) throws(Fault) -> Value {
    switch variable.kind {
    case .choices, .list: try list(items(of: text))
    default: try scalar(text, variable.kind)
    }
  }

  private func items(of text: String) throws(Fault) -> [String] {
    if ListText.isJSON(text) {
      throw Fault(
        message: "\(Self.shown(text)) is a list as JSON has it",
        help:
          "write a list's items with commas between them, as in “a,b”; “\\,” is a comma in an item")
    }
    return ListText.items(of: text)
  }

  private func list(_ items: [String]) throws(Fault) -> Value {
    let itemKind: Variable.Kind
    switch variable.kind {
    case .choices(let words, _): itemKind = .choice(words)
    case .list(let kind, _): itemKind = kind
    default: throw Fault(message: "is not a list")
    }
    var values: [Value] = []
    for item in items {
      if item.isEmpty { throw Fault(message: "has an empty item") }
      let value = try scalar(item, itemKind)
      if values.contains(value) {
        throw Fault(message: "“\(Printable.text(item))” is given twice; items must differ")
      }
      values.append(value)
    }
    if case .choices(let words, _) = variable.kind {
      let order = words.map { Value.text($0.word) }
      values = order.filter(values.contains)
    }
    return .list(values)
  }

  private func scalar(_ text: String, _ kind: Variable.Kind) throws(Fault) -> Value {
    switch kind {
    case .text:
      try refuse(text, NameRules.fault(inText: text))
      return .text(text)
    case .name:
      try refuse(text, NameRules.fault(inName: text), NameRules.name(like: text))
      return .text(text)
    case .identifier:
      try refuse(text, NameRules.fault(inIdentifier: text), NameRules.identifier(like: text))
      return .text(text)
    case .integer(let range): return .integer(try integer(text, range))
    case .port: return .integer(try integer(text, 1...65535))
    case .flag:
      switch text {
      case "true": return .flag(true)
      case "false": return .flag(false)
      default:
        throw Fault(
          message: "\(Self.shown(text)) must be true or false", candidate: Self.truth(like: text))
      }
    case .choice(let words):
      guard words.contains(where: { $0.word == text }) else {
        let known = words.map(\.word)
        throw Fault(
          message: "\(Self.shown(text)) must be one of \(known.joined(separator: ", "))",
          help: Suggestion.nearest(to: text, among: known).map { "did you mean “\($0)”?" })
      }
      return .text(text)
    case .choices, .list: throw Fault(message: "a list cannot hold lists")
    }
  }

  /// What other programs mean by `text`; nil where that is neither.
  private static func truth(like text: String) -> String? {
    switch text.lowercased() {
    case "true", "yes", "y", "on", "1": "true"
    case "false", "no", "n", "off", "0": "false"
    default: nil
    }
  }

  private func refuse(
    _ text: String, _ fault: String?, _ suggestion: @autoclosure () -> String? = nil
  ) throws(Fault) {
    guard let fault else { return }
    throw Fault(
      message: text.isEmpty ? fault : "\(Self.shown(text)) \(fault)",
      candidate: suggestion().flatMap { isRefused($0) ? alternative(to: $0) : $0 })
  }

  private func integer(_ text: String, _ range: ClosedRange<Int>) throws(Fault) -> Int {
    let digits = text.begins(with: "-") ? text.dropping(1) : text
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let integer = Int(text), range.contains(integer)
    else {
      throw Fault(
        message: "\(Self.shown(text)) must be an integer from \(range.lowerBound) to"
          + " \(range.upperBound)")
    }
    return integer
  }

  static func shown(_ text: String) -> String {
    text.isEmpty ? "the empty text" : "“\(Printable.text(text))”"
  }

  // MARK: Rules of the variable

  private func checked(_ value: Value) throws(Fault) -> Value {
    switch value {
    case .list(let items):
      for item in items { try checkWord(item) }
      for form in variable.uniqueForms { try refuseSameForms(of: items, form) }
      try checkCount(items.count)
    default:
      try checkWord(value)
    }
    return value
  }

  private func checkWord(_ value: Value) throws(Fault) {
    guard let text = Self.word(for: value) else { return }
    if let pattern = variable.patterns.first(where: { !Self.matches($0.word, text) }) {
      throw Fault(message: "\(Self.shown(text)) \(pattern.rule)")
    }
    let reason: String
    if let word = variable.refused.first(where: { $0.word == text }) {
      reason = word.explanation.map { ": \($0)" } ?? ""
    } else if let words = variable.reserved.first(where: { $0.contains(text) }) {
      reason = ": \(words.reason)"
    } else if let singular = singular(of: text) {
      throw Fault(
        message: "\(Self.shown(text)) must be in the singular",
        candidate: isRefused(singular) ? nil : singular)
    } else {
      return
    }
    throw Fault(message: "“\(text)” is refused\(reason)", candidate: alternative(to: text))
  }

  /// What to say in place of a word that is a plural, where a singular is asked for.
  private func singular(of text: String) -> String? {
    variable.isSingular ? Plurals.singular(of: text) : nil
  }

  /// The manifest's reader has seen that each pattern is one.
  private static func matches(_ pattern: String, _ text: String) -> Bool {
    (try? Regex(pattern).wholeMatch(in: text)) != nil
  }

  /// Items that differ can give the same name once a filter has formed it: `datum` and `data` have
  /// one plural.
  private func refuseSameForms(of items: [Value], _ name: String) throws(Fault) {
    guard let form = Filters.form(name) else { return }
    var seen: [(item: String, form: String)] = []
    for item in items.compactMap(Self.word(for:)) {
      let formed = form(item)
      if let other = seen.first(where: { $0.form == formed }) {
        throw Fault(message: "“\(other.item)” and “\(item)” are both “\(formed)” as “\(name)”")
      }
      seen.append((item, formed))
    }
  }

  /// The word that stands for `value`; nil for a flag or a list.
  static func word(for value: Value) -> String? {
    switch value {
    case .text(let text): text
    case .integer(let integer): String(integer)
    case .flag, .list: nil
    }
  }

  private func isRefused(_ word: String) -> Bool {
    variable.refused.contains { $0.word == word }
      || variable.reserved.contains { $0.contains(word) }
      || variable.patterns.contains { !Self.matches($0.word, word) }
      || singular(of: word) != nil
  }

  /// A name like the refused `word` that would do.
  private func alternative(to word: String) -> String? {
    let candidate: String
    let fault: String?
    switch variable.kind {
    case .identifier, .list(of: .identifier, _):
      candidate = word + "_item"
      fault = NameRules.fault(inIdentifier: candidate)
    case .name, .list(of: .name, _):
      candidate = word + "-app"
      fault = NameRules.fault(inName: candidate)
    default:
      return nil
    }
    return fault == nil && !isRefused(candidate) ? candidate : nil
  }

  private func checkCount(_ count: Int) throws(Fault) {
    let range: ClosedRange<Int>
    switch variable.kind {
    case .choices(_, let bounds), .list(_, let bounds): range = bounds
    default: return
    }
    if count < range.lowerBound {
      throw Fault(
        message: "needs at least \(range.lowerBound) \(range.lowerBound == 1 ? "item" : "items"),"
          + " and has \(count)")
    }
    if count > range.upperBound {
      throw Fault(
        message: "takes at most \(range.upperBound) \(range.upperBound == 1 ? "item" : "items"),"
          + " and has \(count)")
    }
  }
}
