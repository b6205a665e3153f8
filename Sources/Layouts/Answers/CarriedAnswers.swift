import Documents
import Templating

extension Manifest {
  /// Those of the answers in a project's record that its defaults worked out from other values: they
  /// are for the next project's defaults to work out anew. Who has a role, and the order in which a
  /// list has grown, are not: that is what they are recorded for.
  ///
  /// - Parameters:
  ///   - answers: the record's, of declared names.
  ///   - directory: the name of the directory that the project is in.
  package func derivedNames(in answers: [GivenAnswer], directory: String) -> [String] {
    var questionnaire = Questionnaire(for: self, given: answers, directory: directory)
    questionnaire.settleAll()
    return answers.map(\.name).filter { name in
      guard let variable = questionnaire.variable(named: name), !variable.isAlwaysRecorded else {
        return false
      }
      return questionnaire.isDerived(variable)
    }
  }

  /// Words for what has to be given before a project called `directory` can be made, so that an
  /// example can be copied: one for each variable whose default is none, or does not do.
  package func example(directory: String) -> Example {
    var example = Example()
    var budget = Budget()
    // One word may have others asked for.
    for _ in variables {
      var questionnaire = Questionnaire(
        for: self, given: example.answers, directory: directory, within: budget)
      questionnaire.settleAll()
      budget = questionnaire.budget
      let open = questionnaire.unanswered.filter { !example.has($0) }
      if open.isEmpty { break }
      for variable in open { example.give(variable) }
    }
    example.isComplete =
      (try? Answers(for: self, given: example.answers, directory: directory)) != nil
    return example
  }

  package struct Example: Sendable {
    package fileprivate(set) var answers: [GivenAnswer] = []
    /// Whether the answers make a project; if not, a rule of the layout asks for more than can be
    /// guessed.
    package fileprivate(set) var isComplete = true

    private var names = NamedValues<Bool>()

    fileprivate func has(_ variable: Variable) -> Bool { names[variable.name] != nil }

    fileprivate mutating func give(_ variable: Variable) {
      names[variable.name] = true
      answers.append(variable.exampleAnswer)
    }
  }
}

extension Questionnaire {
  /// Whether the value of `variable` is what its default gives, and the default uses other values.
  fileprivate mutating func isDerived(_ variable: Variable) -> Bool {
    guard let value = scope.values[variable.name], let template = variable.defaultTemplate,
      !template.names.isEmpty,
      let text = try? rendered(template, for: variable)
    else { return false }
    var parser = ValueParser(variable: variable, spending: budget)
    defer { budget = parser.budget }
    return (try? parser.value(of: text)) == value
  }
}

extension Variable {
  /// A word for it that keeps to its rules, where one can be guessed.
  var exampleAnswer: GivenAnswer {
    var parser = ValueParser(variable: self)
    let text =
      exampleTexts.first { (try? parser.value(of: $0)) != nil } ?? kind.placeholder
    return GivenAnswer(name: name, input: .text(text), origin: name)
  }

  /// Texts to try as an example, the most telling first.
  fileprivate var exampleTexts: [String] { kind.exampleTexts(optionName) }
}

extension Variable.Kind {
  fileprivate func exampleTexts(_ name: String) -> [String] {
    switch self {
    case .text: return [name, "example", "A", "1", "1.0", "a@example.org", "https://example.org"]
    case .name: return [name, "my-" + name, "example"]
    case .identifier:
      let word = name.parts(between: "-").concatenated(by: "_")
      return [word, "my_" + word, "example"]
    case .integer(let range):
      return [max(range.lowerBound, min(range.upperBound, 1)), range.lowerBound].map { String($0) }
    case .port: return ["8000", "8080"]
    case .flag: return ["true"]
    case .choice(let words): return words.map(\.word)
    case .choices(let words, let count):
      let most = words.prefix(max(1, count.lowerBound))
      return [most.map(\.word).concatenated(by: ",")]
    case .list(let item, let count):
      let least = max(1, count.lowerBound)
      if least == 1 { return item.exampleTexts(name) }
      return ["example", "a", "8000", "1"].map { word in
        (0..<least).map { item.exampleItem(word, $0) }.concatenated(by: ",")
      }
    }
  }

  /// The item number `index` of a list whose items are like `word`.
  private func exampleItem(_ word: String, _ index: Int) -> String {
    if let number = Int(word) { return String(number + index) }
    return index == 0 ? word : word + String(index + 1)
  }
}
