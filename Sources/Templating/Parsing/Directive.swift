/// The directives by their words: what may stand behind `<<@`.
enum Directive: String, CaseIterable, CustomStringConvertible, Sendable {
  case ifTrue = "if"
  case elseIf = "elif"
  case otherwise = "else"
  case forEach = "for"
  case sort
  case fit
  case end
  case raw

  var description: String { rawValue }

  /// Whether an `end` belongs to it. (That of `raw` is a part of it.)
  var opensBlock: Bool {
    switch self {
    case .ifTrue, .forEach, .sort, .fit: true
    case .elseIf, .otherwise, .end, .raw: false
    }
  }

  /// `if, elif, …, end and raw`
  static var list: String {
    let words = allCases.map(\.rawValue)
    return words.dropLast().map { $0 }.concatenated(by: ", ") + " and " + (words.last ?? "")
  }
}
