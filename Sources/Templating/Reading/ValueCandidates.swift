extension TextForm.Capture {
  /// The values that the placeholder makes this very text of: `my-app` and `my_app` of a `MyApp` that
  /// `pascal` has made. Filters cannot be turned round in general, so that what may have stood before
  /// them is tried.
  ///
  /// - Parameters:
  ///   - scope: has what the arguments of filters name.
  ///   - first: tried before anything else.
  package func values(in scope: Scope, trying first: [Value] = []) -> [Value] {
    var found: [Value] = []
    for value in first + guesses(in: scope) where !found.contains(value) {
      if printed(value, scope) == text { found.append(value) }
    }
    return found
  }

  private func printed(_ value: Value, _ scope: Scope) -> String? {
    var scope = scope
    scope.bind(name, to: value)
    var steps = 0
    return try? substitution.rendered(in: scope, spending: &steps, of: .max).printed
  }

  private func guesses(in scope: Scope) -> [Value] {
    switch substitution.type {
    case .integer: return [number(in: scope)].compactMap { $0 }
    case .flag: return [.flag(true), .flag(false)]
    case .choice(let words): return words.map(Value.text)
    case .text: return texts.map(Value.text)
    case .list: return []
    }
  }

  /// What the filters add to nothing is taken from the number that is there.
  private func number(in scope: Scope) -> Value? {
    guard let zero = printed(.integer(0), scope).flatMap({ Int($0) }), let number = Int(text)
    else { return nil }
    let (difference, overflow) = number.subtractingReportingOverflow(zero)
    return overflow ? nil : .integer(difference)
  }

  private var texts: [String] {
    let filters = substitution.filters.map(\.filter)
    if filters.isEmpty { return [text] }
    var texts = [text]
    for filter in filters.reversed() {
      switch filter {
      case .json, .yaml, .toml, .python, .shell, .dotenv, .markdown, .double:
        texts = texts.flatMap(Self.unquoted)
      case .plural: texts += texts.compactMap(Plurals.singular)
      case .snake, .kebab, .camel, .pascal, .upper, .lower, .title:
        // Names before texts: most values are some.
        texts = texts.map(CaseFilters.kebab) + texts.map(CaseFilters.snake) + texts
      // What was cut off is gone; another placeholder may have the whole.
      case .plus, .pad, .before, .after, .first, .last, .join: break
      }
      texts = Array(texts.prefix(Self.mostGuesses))
    }
    return texts
  }

  /// Each filter of a chain multiplies what there is to be tried.
  private static let mostGuesses = 64

  /// The text, and what it may stand for where it is a quoted one.
  private static func unquoted(_ text: String) -> [String] {
    var texts = [text]
    let bytes = text.utf8
    if bytes.count >= 2, let first = bytes.first, first == bytes.last,
      first == UInt8(ascii: "\"") || first == UInt8(ascii: "'")
    {
      texts.append(String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self))
    }
    return texts + texts.filter { $0.utf8.contains(UInt8(ascii: "\\")) }.map(withoutEscapes)
  }

  private static func withoutEscapes(_ text: String) -> String {
    var bytes: [UInt8] = []
    var isEscaped = false
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\\"), !isEscaped {
        isEscaped = true
      } else {
        bytes.append(byte)
        isEscaped = false
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
