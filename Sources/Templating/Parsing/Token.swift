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

extension TemplateNode {
  /// The tree of a template.
  ///
  /// - Parameter tokens: whose blocks are closed and in order.
  static func tree(of tokens: [Token]) -> [TemplateNode] {
    var rest = tokens[...]
    return body(&rest)
  }

  /// The nodes up to the `else`, `elif` or `end` that belongs to the block around them.
  private static func body(_ rest: inout ArraySlice<Token>) -> [TemplateNode] {
    var nodes: [TemplateNode] = []
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
        nodes.append(.sorted(Sorting(separator: separator, body: body(&rest))))
      case .fit(let width):
        rest.removeFirst()
        let first = body(&rest)
        rest.removeFirst()
        let fitting = Fitting(width: width, body: first, otherwise: body(&rest))
        nodes.append(.fitting(fitting))
      case .elseIf, .otherwise, .end:
        return nodes
      }
      rest = rest.dropFirst()
    }
    return nodes
  }

  /// From an `if` up to and with its `end`.
  private static func choice(_ rest: inout ArraySlice<Token>, _ condition: Expression)
    -> TemplateNode
  {
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
