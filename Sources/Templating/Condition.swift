import Documents

/// A parsed condition of a `when` or `require`.
package struct Condition: Sendable {
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
    do throws(Fault) {
      expression = try parser.wholeText()
    } catch {
      throw (parser.faults + [error]).diagnostics(in: bytes, at: location)
    }
    guard parser.faults.isEmpty else {
      throw parser.faults.diagnostics(in: bytes, at: location)
    }
    var names: [String] = []
    for name in parser.names where !names.contains(name) { names.append(name) }
    self.names = names
  }

  /// Never fails: a name without a value counts as the empty text.
  package func holds(in scope: Scope) -> Bool {
    expression.holds(in: scope)
  }
}
