import Documents

/// Reads what kind a variable is of, with its bounds and choices.
struct KindReader {
  var json: JSONReader

  private typealias Keyword = Variable.Kind.Keyword

  /// Nil when the kind is at fault.
  mutating func read(_ members: NamedValues<JSONNode>, at node: JSONNode) -> Variable.Kind? {
    guard let keyword = keyword(members, at: node) else { return nil }
    if keyword != .list, let of = members["of"] {
      json.complain("“of” is for lists only", at: of)
    }
    if keyword != .choice, keyword != .choices, let choices = members["choices"] {
      json.complain("“choices” is for the kinds “choice” and “choices” only", at: choices)
    }
    switch keyword {
    case .text: return unbounded(.text, members)
    case .name: return unbounded(.name, members)
    case .identifier: return unbounded(.identifier, members)
    case .port: return unbounded(.port, members)
    case .flag: return unbounded(.flag, members)
    case .integer: return .integer(range(members, within: Variable.Kind.widest))
    case .choice:
      let words = choices(members, at: node)
      return unbounded(.choice(words), members)
    case .choices:
      let words = choices(members, at: node)
      return .choices(words, count: range(members, within: 0...max(0, words.count)))
    case .list:
      let count = range(members, within: 0...Variable.Kind.mostItems)
      guard let item = itemKind(members["of"], at: node) else { return nil }
      return .list(of: item, count: count)
    }
  }

  private mutating func keyword(
    _ members: NamedValues<JSONNode>, at node: JSONNode
  ) -> Variable.Kind.Keyword? {
    guard let kind = members["kind"] else {
      if members["choices"] != nil { return .choice }
      json.complain("a variable lacks the key “kind”", at: node)
      return nil
    }
    guard let word = json.string(kind, "“kind”") else { return nil }
    if let keyword = Keyword(rawValue: word) { return keyword }
    let known = Keyword.allCases.map(\.rawValue)
    json.complain(
      "unknown kind “\(Printable.text(word))”", at: kind,
      help: Self.meant(by: word, among: known)
        ?? "kinds: \(known.joined(separator: ", ")); “scaffold help variables” explains them")
    return nil
  }

  /// What other tools call our kinds.
  private static let ofOthers: [String: String] = [
    "string": "text", "str": "text", "line": "text", "slug": "name", "int": "integer",
    "number": "integer", "num": "integer", "bool": "flag", "boolean": "flag", "yesno": "flag",
    "select": "choice", "enum": "choice", "multiselect": "choices", "checkbox": "choices",
    "array": "list",
  ]

  private static func meant(by word: String, among keywords: [String]) -> String? {
    let known = ofOthers[word.lowercased()].flatMap { keywords.contains($0) ? $0 : nil }
    return (known ?? Suggestion.nearest(to: word, among: keywords)).map { "did you mean “\($0)”?" }
  }

  private mutating func itemKind(_ node: JSONNode?, at list: JSONNode) -> Variable.Kind? {
    guard let node else {
      json.complain("a list lacks the key “of”, the kind of its items", at: list)
      return nil
    }
    guard let word = json.string(node, "“of”") else { return nil }
    switch Keyword(rawValue: word) {
    case .text: return .text
    case .name: return .name
    case .identifier: return .identifier
    case .integer: return .integer(Variable.Kind.widest)
    case .port: return .port
    case .flag, .choice, .choices, .list, nil:
      let known = Keyword.ofItems.map(\.rawValue)
      json.complain(
        "“of” must be one of \(known.joined(separator: ", "))", at: node,
        help: Self.meant(by: word, among: known))
      return nil
    }
  }

  private mutating func choices(
    _ members: NamedValues<JSONNode>, at node: JSONNode
  ) -> [Variable.Word] {
    guard let choices = members["choices"] else {
      json.complain("a choice lacks the key “choices”", at: node)
      return []
    }
    let words = json.words(choices, "“choices”", upTo: Manifest.mostRules)
    switch choices.value {
    case .array(let words) where !words.isEmpty: break
    case .object(let words) where !words.isEmpty: break
    case .array, .object: json.complain("“choices” names no word", at: choices)
    default: break
    }
    for word in words {
      if word.word.isEmpty || word.word.holds(",") || word.word.holds(" ") {
        json.complain("the choice “\(word.word)” must be one word without commas", at: choices)
      }
    }
    return words
  }

  private mutating func unbounded(
    _ kind: Variable.Kind, _ members: NamedValues<JSONNode>
  ) -> Variable.Kind {
    for key in ["min", "max"] {
      if let node = members[key] {
        json.complain("“\(key)” is for integers and lists only", at: node)
      }
    }
    return kind
  }

  private mutating func range(
    _ members: NamedValues<JSONNode>, within limits: ClosedRange<Int>
  ) -> ClosedRange<Int> {
    let lower = json.integer(members["min"], "“min”") ?? limits.lowerBound
    let upper = json.integer(members["max"], "“max”") ?? limits.upperBound
    guard let node = members["min"] ?? members["max"] else { return limits }
    guard lower <= upper, limits.contains(lower), limits.contains(upper) else {
      json.complain(
        "“min” and “max” must be in order, from \(limits.lowerBound) to \(limits.upperBound)",
        at: node)
      return limits
    }
    return lower...upper
  }
}

extension JSONReader {
  /// Words with or without explanations: an object `{"word": "why"}` or a list of words.
  ///
  /// - Parameter most: as many there may be.
  mutating func words(
    _ node: JSONNode?, _ what: String, upTo most: Int = .max
  ) -> [Variable.Word] {
    guard let node else { return [] }
    var result: [Variable.Word] = []
    if case .object = node.value {
      for member in members(node, what, upTo: most) {
        let explanation = string(member.value, "what “\(member.key)” stands for in \(what)")
        result.append(Variable.Word(word: member.key, explanation: explanation))
      }
    } else {
      result = strings(node, what, upTo: most).map { Variable.Word(word: $0, explanation: nil) }
    }
    var seen: Set<String> = []
    for word in result where !seen.insert(word.word).inserted {
      if case .array = node.value { complain("“\(word.word)” stands twice in \(what)", at: node) }
    }
    return result
  }
}
