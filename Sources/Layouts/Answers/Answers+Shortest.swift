import Documents
import Templating

extension Answers {
  /// What has to be given so that the defaults make up all the rest of these answers, and of what a
  /// record of them keeps.
  ///
  /// - Parameter given: the names of those that nobody was asked for, which a record keeps for that
  ///   reason alone.
  package func shortest(
    for manifest: Manifest, given: [String], directory: String
  ) -> [GivenAnswer] {
    let unasked = manifest.variables.filter { !$0.isAsked && given.contains($0.name) }
    var result = unasked.compactMap(givenAnswer)
    var questionnaire = Questionnaire(for: manifest, given: result, directory: directory)
    while let question = questionnaire.next() {
      let variable = question.variable
      var withDefault = questionnaire
      if let text = question.defaultText, (try? withDefault.answer(text)) != nil,
        withDefault.scope[variable.name] == values[variable.name]
      {
        questionnaire = withDefault
        continue
      }
      guard let answer = givenAnswer(to: variable),
        (try? questionnaire.answer(answer.input)) != nil
      else { break }
      result.append(answer)
    }
    return manifest.variables.compactMap { variable in
      result.first { $0.name == variable.name }
    }
  }

  private func givenAnswer(to variable: Variable) -> GivenAnswer? {
    guard let value = values[variable.name],
      recorded.contains(where: { $0.name == variable.name })
    else { return nil }
    let texts = Self.texts(of: value)
    return GivenAnswer(
      name: variable.name,
      input: variable.kind.isList ? .texts(ListText.pieces(of: texts)) : .text(texts[0]),
      origin: "--\(variable.optionName)")
  }

  /// The items of a list, or the one text of what is none.
  static func texts(of value: Value) -> [String] {
    switch value {
    case .text(let text): [text]
    case .integer(let integer): [String(integer)]
    case .flag(let flag): [flag ? "true" : "false"]
    case .list(let items): items.flatMap(texts)
    }
  }
}
