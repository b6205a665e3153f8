/// Says whether operands can be compared, and turns them into what is evaluated.
struct TypeChecker {
  let declarations: Declarations

  /// An operand as it was written.
  struct Side {
    enum Kind {
      /// The type is nil when nothing is known of the name: it then fits everywhere.
      case name(String, ValueType?)
      case text(String)
      case integer(Int)
      case word(String)
    }

    let kind: Kind
    let offset: Int

    init(_ kind: Kind, at offset: Int) {
      self.kind = kind
      self.offset = offset
    }

    var isLiteral: Bool {
      if case .name = kind { false } else { true }
    }

    var operand: Operand {
      switch kind {
      case .name(let name, _): .name(name)
      case .text(let text), .word(let text): .literal(.text(text))
      case .integer(let number): .literal(.integer(number))
      }
    }

    /// How a message calls it.
    var description: String {
      switch kind {
      case .name(let name, let type?): "“\(name)” (\(type.description))"
      case .name(let name, nil): "“\(name)”"
      case .text(let text): "the text \"\(text)\""
      case .integer(let number): "the number \(number)"
      case .word(let word): "the word “\(word)”"
      }
    }
  }

  func truth(of side: Side, faults: inout [TemplateFault]) -> Operand {
    switch side.kind {
    case .name(let name, .integer?):
      faults.append(
        TemplateFault(
          at: side.offset, "“\(name)” is a number, which is neither true nor false",
          help: "compare it: “\(name) > 0”"))
    case .name:
      break
    case .word(let word):
      faults.append(
        TemplateFault(
          at: side.offset, "\(side.description) alone is no condition",
          help: TemplateFault.nearest(to: word, among: declarations.names)))
    case .text, .integer:
      faults.append(TemplateFault(at: side.offset, "\(side.description) alone is no condition"))
    }
    return side.operand
  }

  func comparison(
    _ left: Side, _ operation: Comparison.Operator, _ right: Side, faults: inout [TemplateFault]
  ) -> Comparison {
    var order: [String] = []
    do throws(TemplateFault) {
      if operation == .within {
        try checkMembership(left, right)
      } else {
        order = try checkComparison(left, operation, right)
      }
    } catch {
      faults.append(error)
    }
    return Comparison(
      left: literal(left, against: right), operation: operation,
      right: literal(right, against: left), order: order)
  }

  /// The operand of `side`; the words `true` and `false` beside a flag are flags.
  private func literal(_ side: Side, against other: Side) -> Operand {
    guard case .word(let word) = side.kind, case .name(_, let type?) = other.kind,
      type == .flag || type == .list(of: .flag)
    else { return side.operand }
    return .literal(.flag(word == "true"))
  }

  private func checkMembership(_ left: Side, _ right: Side) throws(TemplateFault) {
    guard case .name(let list, let type) = right.kind else {
      throw TemplateFault(
        at: right.offset, "expected a list's name after “in”, found \(right.description)")
    }
    guard let type else { return }
    guard case .list(let element) = type else {
      throw TemplateFault(at: right.offset, "“\(list)” is no list but \(type.description)")
    }
    _ = try common(left, .init(.name(list, element), at: right.offset), .equal)
  }

  /// The words whose order counts.
  private func checkComparison(
    _ left: Side, _ operation: Comparison.Operator, _ right: Side
  ) throws(TemplateFault) -> [String] {
    if left.isLiteral, right.isLiteral {
      var help: String?
      if case .word(let word) = left.kind {
        help = TemplateFault.nearest(to: word, among: declarations.names)
      }
      throw TemplateFault(
        at: left.offset, "neither side of “\(operation.rawValue)” is a name", help: help)
    }
    let type = try common(left, right, operation)
    guard operation.isOrdering, let type else { return [] }
    switch type {
    case .integer: return []
    case .choice(let words): return words
    case .text, .flag, .list:
      throw TemplateFault(
        at: left.offset,
        "\(type.description) has no order, so “\(operation.rawValue)” cannot "
          + "compare \(left.description) with \(right.description)")
    }
  }

  /// The type as which both sides are compared; nil when one of them is not known.
  private func common(
    _ left: Side, _ right: Side, _ operation: Comparison.Operator
  ) throws(TemplateFault) -> ValueType? {
    switch (left.kind, right.kind) {
    case (.name(_, let leftType), .name(_, let rightType)):
      guard let leftType, let rightType else { return nil }
      return try common(leftType, rightType, left, right, operation)
    case (.name(_, let type), _):
      guard let type else { return nil }
      try checkLiteral(right, fits: type, of: left)
      return type
    case (_, .name(_, let type)):
      guard let type else { return nil }
      try checkLiteral(left, fits: type, of: right)
      return type
    default:
      return nil
    }
  }

  private func common(
    _ leftType: ValueType, _ rightType: ValueType, _ left: Side, _ right: Side,
    _ operation: Comparison.Operator
  ) throws(TemplateFault) -> ValueType {
    switch (leftType, rightType) {
    case (.text, .text), (.integer, .integer), (.flag, .flag):
      return leftType
    case (.choice(let words), .choice(let others)):
      if words == others { return leftType }
      if !operation.isOrdering, words.contains(where: others.contains) { return .text }
    case (.text, .choice), (.choice, .text):
      return .text
    default:
      break
    }
    throw mismatch(left, right)
  }

  private func checkLiteral(_ literal: Side, fits type: ValueType, of name: Side)
    throws(TemplateFault)
  {
    switch (type, literal.kind) {
    case (.text, .text), (.text, .word), (.integer, .integer):
      return
    case (.flag, .word("true")), (.flag, .word("false")):
      return
    case (.choice, .text("")):
      return  // a choice that was not asked is empty
    case (.choice(let words), .text(let word)), (.choice(let words), .word(let word)):
      guard !words.contains(word) else { return }
      let list = words.map { "“\($0)”" }.joined(separator: ", ")
      throw TemplateFault(
        at: literal.offset, "“\(word)” is none of the choices \(list)",
        help: TemplateFault.nearest(to: word, among: words))
    case (.choice(let words), .integer(let number)) where words.contains(String(number)):
      throw TemplateFault(
        at: literal.offset, "a choice is compared with a word, not with a number",
        help: "write \"\(number)\"")
    default:
      throw mismatch(name, literal)
    }
  }

  private func mismatch(_ left: Side, _ right: Side) -> TemplateFault {
    var help: String?
    for case .name(let name, .list?) in [left.kind, right.kind] {
      help = "ask for an item of a list with “… in \(name)”"
    }
    return TemplateFault(
      at: min(left.offset, right.offset),
      "\(left.description) and \(right.description) cannot be compared", help: help)
  }
}
