import Documents
import Templating

extension Variable {
  /// The values that it may have in one project, where they are few: true and false, the words of a
  /// choice, the items of the list that it names one of.
  ///
  /// - Parameter answers: have that list.
  package func options(in answers: Answers) -> [Value]? {
    if kind.isList { return nil }
    if let list, case .list(let items)? = answers.values[list] { return items }
    switch kind {
    case .flag: return [.flag(true), .flag(false)]
    case .choice(let words): return words.map { .text($0.word) }
    default: return nil
    }
  }

  /// What its items may be, where it is a list and they are few.
  package func itemOptions(in answers: Answers) -> [Value]? {
    guard kind.isList else { return nil }
    if let list, case .list(let items)? = answers.values[list] { return items }
    guard case .choices(let words, _) = kind else { return nil }
    return words.map { .text($0.word) }
  }

  /// Whether `value` keeps to the rules that it has by itself.
  package func accepts(_ value: Value) -> Bool {
    var parser = ValueParser(variable: self)
    guard case .list(let items) = value else {
      return (try? parser.value(of: Self.typed(value))) == value
    }
    return (try? parser.value(ofItems: items.map(Self.typed))) == value
  }

  /// Whether `item` keeps to the rules for one item of this list.
  package func accepts(item: Value) -> Bool {
    guard let itemKind = kind.item else { return false }
    var list = self
    list.kind = .list(of: itemKind, count: 0...1)
    return list.accepts(.list([item]))
  }

  private static func typed(_ value: Value) -> String {
    if case .flag(let flag) = value { return flag ? "true" : "false" }
    return ValueParser.word(for: value) ?? ""
  }

  /// A value as an answer, of which nothing is said where it does not apply.
  package func answer(_ value: Value) -> GivenAnswer {
    let input: GivenAnswer.Input =
      if case .list(let items) = value {
        .items(items.map(Self.typed))
      } else {
        .text(Self.typed(value))
      }
    return GivenAnswer(name: name, input: input, origin: name, isCarried: true)
  }

  /// The value that another program's text for the same thing means, as far as that is plain: `My App`
  /// is the name `my-app`, `Apache Software License 2.0` the choice `apache-2.0`.
  package func value(like text: String) -> Value? {
    var parser = ValueParser(variable: self)
    do {
      return try parser.value(of: text)
    } catch {
      if let candidate = error.candidate, !kind.isList {
        return try? parser.value(of: candidate)
      }
    }
    guard case .choice(let words) = kind else { return nil }
    let said = Self.tokens(of: text)
    let meant = words.filter { word in
      let tokens = Self.tokens(of: word.word)
      return tokens.isSubset(of: said) || !said.isEmpty && said.isSubset(of: tokens)
    }
    return meant.count == 1 ? .text(meant[0].word) : nil
  }

  package func value(likeItems texts: [String]) -> Value? {
    guard kind.isList else { return texts.count == 1 ? value(like: texts[0]) : nil }
    var parser = ValueParser(variable: self)
    return try? parser.value(ofItems: texts)
  }

  /// The words and numbers of a text, but those that say nothing.
  private static func tokens(of text: String) -> Set<String> {
    let words = text.lowercased().utf8.split { byte in
      !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        && !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }.map { String(decoding: $0, as: UTF8.self) }
    return Set(words).subtracting(["license", "licence", "software", "the", "version", "v"])
  }
}
