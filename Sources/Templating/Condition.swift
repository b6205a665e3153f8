import Documents

/// A parsed condition of a `when` or `require`.
package struct Condition: Sendable {
  /// In bytes.
  static let longest = 10_000

  /// The declared names that the condition uses.
  package let names: [String]

  let expression: Expression

  /// - Parameters:
  ///   - text: an expression and nothing else, blanks around it aside.
  ///   - location: the place of the first byte of `text`.
  /// - Throws: all faults of the condition at once.
  package init(
    parsing text: String, at location: SourceLocation, declarations: Declarations
  ) throws(Diagnostics) {
    let bytes = Array(text.utf8)
    var parser = ExpressionParser(Cursor(bytes), declarations: declarations)
    do throws(TemplateFault) {
      expression = try parser.wholeText()
    } catch {
      throw (parser.faults + [error]).diagnostics(in: bytes, at: location)
    }
    guard parser.faults.isEmpty else {
      throw parser.faults.diagnostics(in: bytes, at: location)
    }
    var names = NamedValues<Bool>()
    for name in parser.names { names[name] = true }
    self.names = names.items.map(\.name)
  }

  /// Never fails: a name without a value counts as the empty text.
  package func holds(in scope: Scope) -> Bool {
    var steps = 0
    return expression.holds(in: scope, &steps)
  }

  /// - Throws: that working it out takes more than what is left.
  package func holds(in scope: Scope, spending budget: inout Budget) throws(Overrun) -> Bool {
    var steps = 1
    let holds = expression.holds(in: scope, &steps)
    try budget.spend(steps, on: .steps)
    return holds
  }
}
