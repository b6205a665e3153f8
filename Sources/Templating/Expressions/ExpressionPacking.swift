import Documents

extension Expression: Packable {
  init(coding expression: Expression?, with coder: inout PackedCoder) {
    var cases = PackedCases(of: expression, with: &coder)
    cases.code(Self.truth, &coder) { if case .truth(let operand) = $0 { operand } else { nil } }
    cases.code(Self.not, &coder) { if case .not(let part) = $0 { part } else { nil } }
    cases.code(Self.all, &coder) { if case .all(let parts) = $0 { parts } else { nil } }
    cases.code(Self.any, &coder) { if case .any(let parts) = $0 { parts } else { nil } }
    cases.code(Self.comparison, &coder) { if case .comparison(let both) = $0 { both } else { nil } }
    self = cases.coded
  }
}

extension Operand: Packable {
  init(coding operand: Operand?, with coder: inout PackedCoder) {
    var cases = PackedCases(of: operand, with: &coder)
    cases.code(Self.name, &coder) { if case .name(let name) = $0 { name } else { nil } }
    cases.code(Self.literal, &coder) { if case .literal(let value) = $0 { value } else { nil } }
    self = cases.coded
  }
}

extension Comparison: Packable {
  init(coding comparison: Comparison?, with coder: inout PackedCoder) {
    left = coder.code(comparison?.left)
    operation = coder.code(comparison?.operation, among: Operator.allCases)
    right = coder.code(comparison?.right)
    order = coder.code(comparison?.order)
  }
}

extension Value: Packable {
  package init(coding value: Value?, with coder: inout PackedCoder) {
    var cases = PackedCases(of: value, with: &coder)
    cases.code(Self.text, &coder) { if case .text(let text) = $0 { text } else { nil } }
    cases.code(Self.integer, &coder) { if case .integer(let number) = $0 { number } else { nil } }
    cases.code(Self.flag, &coder) { if case .flag(let flag) = $0 { flag } else { nil } }
    cases.code(Self.list, &coder) { if case .list(let items) = $0 { items } else { nil } }
    self = cases.coded
  }
}

extension ValueType: Packable {
  package init(coding type: ValueType?, with coder: inout PackedCoder) {
    var cases = PackedCases(of: type, with: &coder)
    cases.code(.text, &coder) { $0 == .text }
    cases.code(.integer, &coder) { $0 == .integer }
    cases.code(.flag, &coder) { $0 == .flag }
    cases.code(Self.choice, &coder) { if case .choice(let words) = $0 { words } else { nil } }
    cases.code(Self.list, &coder) { if case .list(let item) = $0 { item } else { nil } }
    self = cases.coded
  }
}
