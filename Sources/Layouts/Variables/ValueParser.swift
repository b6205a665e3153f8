import Documents
import Patterns
import Templating

/// Turns what a person gave for a variable into a value, or says which rule it breaks.
struct ValueParser {
  let variable: Variable
  /// What looking at values may cost.
  var budget: Budget
  /// Those of the variable, with what each asks for.
  private let patterns: [(pattern: TextPattern, rule: String)]

  /// - Parameter variable: whose patterns the manifest's reader has seen to be some.
  init(variable: Variable, spending budget: Budget = Budget()) {
    self.variable = variable
    self.budget = budget
    patterns = variable.patterns.compactMap { word in
      (try? TextPattern(parsing: word.word)).map { ($0, word.rule) }
    }
  }

  /// - Parameters:
  ///   - text: as it is typed; items of a list are joined by commas.
  ///   - additions: more pieces of a list as they are typed, of which it gets what it lacks.
  mutating func value(of text: String, with additions: [String] = []) throws(BrokenRule) -> Value {
    try checkLength(text.utf8.count)
    if variable.kind.isList { return try value(ofItems: items(of: text), with: additions) }
    return try checked(scalar(text, variable.kind))
  }

  /// - Parameter items: the items of a list, which may hold commas.
  mutating func value(
    ofItems items: [String], with additions: [String] = []
  ) throws(BrokenRule) -> Value {
    var all = items
    if !additions.isEmpty {
      var seen = Set(items)
      for addition in additions {
        for item in try self.items(of: addition) where seen.insert(item).inserted && !item.isEmpty {
          all.append(item)
        }
      }
    }
    try checkLength(all.reduce(0) { $0 + $1.utf8.count })
    return try checked(list(all))
  }

  /// - Parameter texts: pieces of a list, each as it is typed.
  mutating func value(
    ofTexts texts: [String], with additions: [String] = []
  ) throws(BrokenRule) -> Value {
    // Before they are taken apart.
    try checkLength(texts.reduce(0) { $0 + $1.utf8.count })
    var items: [String] = []
    for text in texts { items += try self.items(of: text) }
    return try value(ofItems: items, with: additions)
  }

  private func checkLength(_ count: Int) throws(BrokenRule) {
    if count > Budget.longestValue {
      throw BrokenRule(
        message: "has \(count) bytes, and a value may have at most \(Budget.longestValue)")
    }
  }

  private func items(of text: String) throws(BrokenRule) -> [String] {
    if ListText.isJSON(text) {
      throw BrokenRule(
        message: "\(Self.shown(text)) is a list as JSON has it",
        help:
          "write a list's items with commas between them, as in “a,b”; “\\,” is a comma in an item")
    }
    return ListText.items(of: text)
  }

  private mutating func list(_ items: [String]) throws(BrokenRule) -> Value {
    guard let itemKind = variable.kind.item else { throw BrokenRule(message: "is not a list") }
    if items.contains("") { throw BrokenRule(message: "has an empty item") }
    // Before they are held against each other.
    try checkCount(items.count, atMost: true)
    var values: [Value] = []
    try spend(items.count * items.count / 16)
    for item in items {
      let value = try scalar(item, itemKind)
      if values.contains(value) {
        throw BrokenRule(message: "“\(Printable.text(item))” is given twice; items must differ")
      }
      values.append(value)
    }
    if case .choices(let words, _) = variable.kind {
      try spend(words.count * values.count / 16)
      let order = words.map { Value.text($0.word) }
      values = order.filter(values.contains)
    }
    return .list(values)
  }

  /// Pays for work that grows with the layout as well.
  private mutating func spend(_ steps: Int) throws(BrokenRule) {
    do {
      try budget.spend(steps, on: .steps)
    } catch {
      throw BrokenRule(error)
    }
  }

  private mutating func scalar(_ text: String, _ kind: Variable.Kind) throws(BrokenRule) -> Value {
    try spend(1 + text.utf8.count / 16)
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
        throw BrokenRule(
          message: "\(Self.shown(text)) must be true or false", candidate: Self.truth(like: text))
      }
    case .choice(let words):
      try spend(words.count / 16)
      guard words.contains(where: { $0.word == text }) else {
        let known = words.map(\.word)
        throw BrokenRule(
          message: "\(Self.shown(text)) must be one of \(known.joined(separator: ", "))",
          help: Suggestion.nearest(to: text, among: known).map { "did you mean “\($0)”?" })
      }
      return .text(text)
    case .choices, .list: throw BrokenRule(message: "a list cannot hold lists")
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

  private mutating func refuse(
    _ text: String, _ fault: String?, _ suggestion: @autoclosure () -> String? = nil
  ) throws(BrokenRule) {
    guard let fault else { return }
    var candidate = suggestion()
    if let word = candidate, isRefused(word) { candidate = alternative(to: word) }
    throw BrokenRule(
      message: text.isEmpty ? fault : "\(Self.shown(text)) \(fault)", candidate: candidate)
  }

  private func integer(_ text: String, _ range: ClosedRange<Int>) throws(BrokenRule) -> Int {
    let digits = text.begins(with: "-") ? text.dropping(1) : text
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let integer = Int(text), range.contains(integer)
    else {
      throw BrokenRule(
        message: "\(Self.shown(text)) must be an integer from \(range.lowerBound) to"
          + " \(range.upperBound)")
    }
    return integer
  }

  static func shown(_ text: String) -> String {
    text.isEmpty ? "the empty text" : "“\(Printable.text(text))”"
  }

  // MARK: Rules of the variable

  private mutating func checked(_ value: Value) throws(BrokenRule) -> Value {
    do {
      try budget.spend(value.size, on: .values)
    } catch {
      throw BrokenRule(error)
    }
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

  private mutating func checkWord(_ value: Value) throws(BrokenRule) {
    guard let text = Self.word(for: value) else { return }
    try spend(variable.refused.count / 16 + variable.reserved.count * ReservedWords.steps)
    let rule: String?
    do {
      rule = try brokenRule(by: text)
    } catch {
      throw BrokenRule(error)
    }
    if let rule { throw BrokenRule(message: "\(Self.shown(text)) \(rule)") }
    let reason: String
    if let word = variable.refused.first(where: { $0.word == text }) {
      reason = word.explanation.map { ": \($0)" } ?? ""
    } else if let words = variable.reserved.first(where: { $0.contains(text) }) {
      reason = ": \(words.reason)"
    } else if let singular = singular(of: text) {
      throw BrokenRule(
        message: "\(Self.shown(text)) must be in the singular",
        candidate: isRefused(singular) ? nil : singular)
    } else {
      return
    }
    throw BrokenRule(message: "“\(text)” is refused\(reason)", candidate: alternative(to: text))
  }

  /// What to say in place of a word that is a plural, where a singular is asked for.
  private func singular(of text: String) -> String? {
    variable.isSingular ? Plurals.singular(of: text) : nil
  }

  /// What the first pattern asks for that `text` does not match.
  private mutating func brokenRule(by text: String) throws(Overrun) -> String? {
    for (pattern, rule) in patterns
    where try !pattern.matches(text, spending: &budget) { return rule }
    return nil
  }

  /// Items that differ can give the same name once a filter has formed it: `datum` and `data` have
  /// one plural.
  private mutating func refuseSameForms(of items: [Value], _ name: String) throws(BrokenRule) {
    guard let form = Filters.form(name) else { return }
    try spend(items.count * items.count / 16 + Value.list(items).size)
    var seen: [(item: String, form: String)] = []
    for item in items.compactMap(Self.word(for:)) {
      let formed = form(item)
      if let other = seen.first(where: { $0.form == formed }) {
        throw BrokenRule(message: "“\(other.item)” and “\(item)” are both “\(formed)” as “\(name)”")
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

  private mutating func isRefused(_ word: String) -> Bool {
    variable.refused.contains { $0.word == word }
      || variable.reserved.contains { $0.contains(word) }
      || (try? brokenRule(by: word)) != nil
      || singular(of: word) != nil
  }

  /// A name like the refused `word` that would do.
  private mutating func alternative(to word: String) -> String? {
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

  /// - Parameter atMost: whether fewer than enough may be there.
  private func checkCount(_ count: Int, atMost: Bool = false) throws(BrokenRule) {
    let range: ClosedRange<Int>
    switch variable.kind {
    case .choices(_, let bounds), .list(_, let bounds): range = bounds
    default: return
    }
    if !atMost, count < range.lowerBound {
      throw BrokenRule(
        message: "needs at least \(range.lowerBound) \(range.lowerBound == 1 ? "item" : "items"),"
          + " and has \(count)")
    }
    if count > range.upperBound {
      throw BrokenRule(
        message: "takes at most \(range.upperBound) \(range.upperBound == 1 ? "item" : "items"),"
          + " and has \(count)")
    }
  }
}
