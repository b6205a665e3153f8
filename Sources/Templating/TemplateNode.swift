/// A template as a tree: blocks hold what they repeat or leave out.
enum TemplateNode: Sendable {
  case text(Range<Int>)
  case literal([UInt8])
  case value(Substitution)
  /// The first branch whose condition holds is rendered.
  case choice([Branch])
  /// (Apart, since it would make every node as large as itself.)
  indirect case loop(Loop, body: [TemplateNode])
  case sorted(Sorting)
  case fitting(Fitting)
}

/// The head of a `for`.
struct Loop: Sendable {
  let item: ItemNames
  let list: String
  let type: ValueType
  /// Of the first `<`.
  let offset: Int
}

/// A part of a choice; a nil condition always holds.
struct Branch: Sendable {
  let condition: Expression?
  let body: [TemplateNode]
}

/// What stands between the pieces that a `sort` puts in order; nil where these are lines.
typealias Separator = [UInt8]?

/// A `sort` with what it puts in order.
struct Sorting: Sendable {
  let separator: Separator
  let body: [TemplateNode]
}

/// The columns that a `fit` has.
typealias Width = Int

/// A `fit`: the first form where each of its lines is at most so wide, else the other one.
struct Fitting: Sendable {
  let width: Width
  let body: [TemplateNode]
  let otherwise: [TemplateNode]
}
