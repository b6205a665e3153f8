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
}
