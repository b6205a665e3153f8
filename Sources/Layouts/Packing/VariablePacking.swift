import Documents

extension Variable: Packable {
  package init(coding variable: Variable?, with coder: inout PackedCoder) {
    name = coder.code(variable?.name)
    kind = coder.code(variable?.kind)
    prompt = coder.code(optional: variable?.prompt)
    help = coder.code(optional: variable?.help)
    defaultText = coder.code(optional: variable?.defaultText)
    defaultTemplate = coder.code(optional: variable?.defaultTemplate)
    when = coder.code(optional: variable?.when)
    whenText = coder.code(optional: variable?.whenText)
    isAsked = coder.code(variable?.isAsked)
    patterns = coder.code(variable?.patterns)
    refused = coder.code(variable?.refused)
    reserved = coder.code(variable?.reserved)
    isSingular = coder.code(variable?.isSingular)
    uniqueForms = coder.code(variable?.uniqueForms)
    distinctFrom = coder.code(optional: variable?.distinctFrom)
    list = coder.code(optional: variable?.list)
    additions = coder.code(variable?.additions)
  }
}

extension Variable.Kind: Packable {
  package init(coding kind: Variable.Kind?, with coder: inout PackedCoder) {
    switch coder.code(kind?.keyword, among: Keyword.allCases) {
    case .text: self = .text
    case .name: self = .name
    case .identifier: self = .identifier
    case .integer: self = .integer(coder.code(kind?.bounds))
    case .port: self = .port
    case .flag: self = .flag
    case .choice: self = .choice(coder.code(kind?.words))
    case .choices: self = .choices(coder.code(kind?.words), count: coder.code(kind?.bounds))
    case .list: self = .list(of: coder.code(kind?.item), count: coder.code(kind?.bounds))
    }
  }

  private var words: [Variable.Word] {
    switch self {
    case .choice(let words), .choices(let words, _): words
    case .text, .name, .identifier, .integer, .port, .flag, .list: []
    }
  }

  /// Of an integer, or of how many there are.
  private var bounds: ClosedRange<Int>? {
    switch self {
    case .integer(let bounds), .choices(_, let bounds), .list(_, let bounds): bounds
    case .text, .name, .identifier, .port, .flag, .choice: nil
    }
  }
}

extension Variable.Word: Packable {
  package init(coding word: Variable.Word?, with coder: inout PackedCoder) {
    self.word = coder.code(word?.word)
    explanation = coder.code(optional: word?.explanation)
  }
}

extension ReservedWords: Packable {
  package init(coding words: ReservedWords?, with coder: inout PackedCoder) {
    self = coder.code(words, among: Self.allCases)
  }
}
