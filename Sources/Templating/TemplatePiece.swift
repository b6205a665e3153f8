/// A part of a template, in the order of its bytes. What a block holds follows it in the same list, up
/// to the piece with the number that it names, so that a template is one list however deep it nests.
enum TemplatePiece: Sendable {
  /// Bytes of the template as they are.
  case text(Range<Int>)
  /// What `<<@"…">>` stands for.
  case literal([UInt8])
  /// - Parameter at: the place of its first `<`.
  case value(Substitution, at: Int)
  /// Goes on with the next piece where the condition holds, else with the other one.
  case test(Expression, otherwise: Int)
  case jump(to: Int)
  /// What follows, for each item.
  case loop(Loop, end: Int)
  /// What follows, its pieces in order.
  case sort(Separator, end: Int)
  /// What follows where each of its lines is at most so wide, else what begins at `otherwise`.
  case fit(Width, otherwise: Int, end: Int)
}

/// The head of a `for`.
final class Loop: Sendable {
  let item: ItemNames
  let list: String
  let type: ValueType
  /// Of the first `<`.
  let offset: Int

  init(item: ItemNames, list: String, type: ValueType, offset: Int) {
    self.item = item
    self.list = list
    self.type = type
    self.offset = offset
  }
}

/// What stands between the pieces that a `sort` puts in order; nil where these are lines.
typealias Separator = [UInt8]?

/// The columns that a `fit` has.
typealias Width = Int

extension TemplatePiece {
  /// The same piece, now that it is known where its block ends.
  func ending(at end: Int) -> TemplatePiece {
    switch self {
    case .test(let condition, _): .test(condition, otherwise: end)
    case .jump: .jump(to: end)
    case .loop(let loop, _): .loop(loop, end: end)
    case .sort(let separator, _): .sort(separator, end: end)
    case .fit(let width, let otherwise, _): .fit(width, otherwise: otherwise, end: end)
    case .text, .literal, .value: self
    }
  }
}
