import Documents

/// A condition that was parsed and whose types were checked.
enum Expression: Sendable {
  /// A flag that is true, a text or list that is not empty.
  case truth(of: Operand)
  indirect case not(Expression)
  case all([Expression])
  case any([Expression])
  case comparison(Comparison)
}

/// One side of a comparison, the argument of a filter.
enum Operand: Sendable {
  case name(String)
  case literal(Value)

  /// Nil for a name without a value.
  func known(in scope: Scope) -> Value? {
    switch self {
    case .name(let name): scope[name]
    case .literal(let value): value
    }
  }

  func value(in scope: Scope) -> Value { known(in: scope) ?? .text("") }
}

/// Two operands and how they are compared.
struct Comparison: Sendable {
  enum Operator: String, CaseIterable, Sendable {
    case equal = "=="
    case unequal = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case within = "in"

    var isOrdering: Bool {
      switch self {
      case .less, .lessOrEqual, .greater, .greaterOrEqual: true
      case .equal, .unequal, .within: false
      }
    }
  }

  let left: Operand
  let operation: Operator
  let right: Operand
  /// The words of the choice whose declared positions an ordering compares; empty for integers.
  let order: [String]
}

extension Expression {
  /// Never fails: a name without a value counts as the empty text.
  ///
  /// - Parameter steps: is told what it costs; the result is without meaning when that is more than
  ///   any budget has.
  func holds(in scope: Scope, _ steps: inout Int) -> Bool {
    switch self {
    case .truth(let operand):
      steps += 1
      return operand.value(in: scope).isTrue
    case .not(let expression):
      return !expression.holds(in: scope, &steps)
    case .all(let expressions):
      for expression in expressions where !expression.holds(in: scope, &steps) { return false }
      return true
    case .any(let expressions):
      for expression in expressions where expression.holds(in: scope, &steps) { return true }
      return false
    case .comparison(let comparison):
      return steps <= Budget.Resource.steps.most && comparison.holds(in: scope, &steps)
    }
  }
}

extension Comparison {
  /// An ordering of something that has no value is false.
  func holds(in scope: Scope, _ steps: inout Int) -> Bool {
    let (left, right) = (left.value(in: scope), right.value(in: scope))
    steps += 1 + (left.size + right.size) / 4 + order.count / 16
    switch operation {
    case .equal: return left == right
    case .unequal: return left != right
    case .within:
      guard case .list(let items) = right else { return false }
      return items.contains(left)
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      guard let left = position(of: left), let right = position(of: right) else { return false }
      return switch operation {
      case .less: left < right
      case .lessOrEqual: left <= right
      case .greater: left > right
      default: left >= right
      }
    }
  }

  private func position(of value: Value) -> Int? {
    switch value {
    case .integer(let number): number
    case .text(let word): order.firstIndex(of: word)
    case .flag, .list: nil
    }
  }
}

extension Value {
  /// Flags, texts and lists that are not empty. (A number alone is refused when it is parsed.)
  var isTrue: Bool {
    switch self {
    case .flag(let flag): flag
    case .text(let text): !text.isEmpty
    case .list(let items): !items.isEmpty
    case .integer: true
    }
  }
}
