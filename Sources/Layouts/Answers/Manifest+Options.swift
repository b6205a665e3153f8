import Documents

extension Manifest {
  /// The options that give answers, but for those that are given already.
  ///
  /// - Parameters:
  ///   - answers: as a record has them.
  ///   - present: the same.
  ///   - needed: the names of those that defaults do not make.
  package func options(
    giving answers: [JSON.Member], besides present: [JSON.Member], needed: [String]
  ) -> [String] {
    var known = NamedValues<JSON>()
    for answer in present { known[answer.key] = answer.value }
    var options: [String] = []
    for answer in answers where known[answer.key] != answer.value {
      let isGiven = known[answer.key] != nil || needed.contains(answer.key)
      if isGiven, let variable = variable(named: answer.key) {
        options += variable.words(giving: answer.value)
      }
    }
    return options
  }
}

extension Variable {
  /// How a command line gives a recorded answer: `["--port", "9"]`.
  package func words(giving answer: JSON) -> [String] {
    let text: String
    switch answer {
    case .flag(let flag): return [call(flag ? "true" : "false")]
    case .integer(let integer): text = String(integer)
    case .string(let string): text = string
    case .array(let items): text = ListText.text(of: items.map(\.itemText))
    case .null, .object, .row: return []
    }
    // A value that begins with a dash would be an option.
    return text.begins(with: "-") ? ["--\(optionName)=\(text)"] : ["--\(optionName)", text]
  }
}

extension JSON {
  fileprivate var itemText: String {
    switch self {
    case .string(let text): text
    case .integer(let integer): String(integer)
    case .null, .flag, .array, .object, .row: ""
    }
  }
}
