/// A template in pieces, in the order of its bytes.
enum Token: Sendable {
  /// Bytes of the template as they are.
  case text(Range<Int>)
  /// What `<<@"…">>` stands for.
  case literal([UInt8])
  case value(Substitution)
  case ifTrue(Expression)
  case elseIf(Expression)
  case otherwise
  case forEach(Loop)
  case sort(Separator)
  case fit(Width)
  case end
}

/// The head of a `for`.
struct Loop: Sendable {
  let item: ItemNames
  let list: String
  let type: ValueType
  /// Of the first `<`.
  let offset: Int
}

/// What stands between the pieces that a `sort` puts in order; nil where these are lines.
typealias Separator = [UInt8]?

/// The columns that a `fit` has.
typealias Width = Int

/// A part of a choice; a nil condition always holds.
struct Branch: Sendable {
  let condition: Expression?
  let body: [Node]
}

/// A template as a tree: blocks hold what they repeat or leave out.
enum Node: Sendable {
  case text(Range<Int>)
  case literal([UInt8])
  case value(Substitution)
  /// The first branch whose condition holds is rendered.
  case choice([Branch])
  case loop(Loop, body: [Node])
  case sorted(Separator, body: [Node])
  /// The first form where each of its lines is at most so wide, else the other one.
  case fitting(Width, body: [Node], otherwise: [Node])

  /// - Parameter tokens: whose blocks are closed and in order.
  static func tree(of tokens: [Token]) -> [Node] {
    var rest = tokens[...]
    return body(&rest)
  }

  /// The nodes up to the `else`, `elif` or `end` that belongs to the block around them.
  private static func body(_ rest: inout ArraySlice<Token>) -> [Node] {
    var nodes: [Node] = []
    while let token = rest.first {
      switch token {
      case .text(let range):
        if !range.isEmpty { nodes.append(.text(range)) }
      case .literal(let bytes):
        nodes.append(.literal(bytes))
      case .value(let substitution):
        nodes.append(.value(substitution))
      case .ifTrue(let condition):
        nodes.append(choice(&rest, condition))
        continue
      case .forEach(let loop):
        rest.removeFirst()
        nodes.append(.loop(loop, body: body(&rest)))
      case .sort(let separator):
        rest.removeFirst()
        nodes.append(.sorted(separator, body: body(&rest)))
      case .fit(let width):
        rest.removeFirst()
        let first = body(&rest)
        rest.removeFirst()
        nodes.append(.fitting(width, body: first, otherwise: body(&rest)))
      case .elseIf, .otherwise, .end:
        return nodes
      }
      rest = rest.dropFirst()
    }
    return nodes
  }

  /// From an `if` up to and with its `end`.
  private static func choice(_ rest: inout ArraySlice<Token>, _ condition: Expression) -> Node {
    rest = rest.dropFirst()
    var branches = [Branch(condition: condition, body: body(&rest))]
    while let token = rest.first {
      rest = rest.dropFirst()
      switch token {
      case .elseIf(let condition): branches.append(Branch(condition: condition, body: body(&rest)))
      case .otherwise: branches.append(Branch(condition: nil, body: body(&rest)))
      default: return .choice(branches)
      }
    }
    return .choice(branches)
  }
}
