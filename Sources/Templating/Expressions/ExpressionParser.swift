/// Reads an `expr` of the grammar (`Sources/ARCHITECTURE.md`) and checks its types on the way.
///
/// The first fault of syntax is thrown; faults of type and unknown names are collected, so that all
/// of one expression are reported.
struct ExpressionParser {
  private(set) var cursor: Cursor
  /// The names that were used, declared or not.
  private(set) var names: [String] = []
  private(set) var faults: [TemplateFault] = []
  private let declarations: Declarations
  /// Names whose type is not known because of a fault elsewhere: nothing is said about them.
  private let unknown: Set<String>
  private var depth = 0

  /// How deep parentheses and `not` may nest: more is no condition that anybody reads.
  private static let deepest = 50

  init(_ cursor: Cursor, declarations: Declarations, unknown: Set<String> = []) {
    self.cursor = cursor
    self.declarations = declarations
    self.unknown = unknown
  }

  /// An expression with nothing around it but blanks.
  mutating func wholeText() throws(TemplateFault) -> Expression {
    cursor.skipBlanks()
    let whole = try expression()
    cursor.skipBlanks()
    guard cursor.current == nil else {
      throw TemplateFault(
        at: cursor.offset,
        "expected “and”, “or” or the end of the condition, found \(cursor.found)",
        help: ExpressionParser.hint(at: cursor))
    }
    return whole
  }

  mutating func expression() throws(TemplateFault) -> Expression {
    var parts = [try conjunction()]
    while try skipConnective("or") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(TemplateFault) -> Expression {
    var parts = [try term()]
    while try skipConnective("and") { parts.append(try term()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  /// Skips `WS keyword WS`.
  private mutating func skipConnective(_ keyword: StaticString) throws(TemplateFault) -> Bool {
    var ahead = cursor
    guard ahead.skipBlanks(), ahead.skip(keyword: keyword) else { return false }
    guard ahead.skipBlanks() else {
      throw TemplateFault(
        at: ahead.offset,
        "expected a blank and a condition after “\(keyword)”, "
          + "found \(ahead.found)")
    }
    cursor = ahead
    return true
  }

  private mutating func term() throws(TemplateFault) -> Expression {
    let start = cursor.offset
    depth += 1
    defer { depth -= 1 }
    guard depth <= ExpressionParser.deepest else {
      throw TemplateFault(
        at: start, "a condition may nest at most \(ExpressionParser.deepest) levels deep")
    }
    if cursor.skip(keyword: "not") {
      guard cursor.skipBlanks() else {
        throw TemplateFault(
          at: cursor.offset, "expected a blank after “not”, found \(cursor.found)")
      }
      return .not(try term())
    }
    if cursor.skip("(") {
      cursor.skipBlanks()
      let inner = try expression()
      cursor.skipBlanks()
      guard cursor.skip(")") else {
        throw TemplateFault(
          at: cursor.offset, "expected “)”, found \(cursor.found)",
          help: ExpressionParser.hint(at: cursor))
      }
      return inner
    }
    let left = try operand()
    guard let operation = comparisonOperator() else {
      return .truth(of: checker.truth(of: left, faults: &faults))
    }
    cursor.skipBlanks()
    let right = try operand()
    return .comparison(checker.comparison(left, operation, right, faults: &faults))
  }

  private var checker: TypeChecker { TypeChecker(declarations: declarations) }

  private mutating func operand() throws(TemplateFault) -> TypeChecker.Side {
    let start = cursor.offset
    if let name = cursor.name() {
      return side(named: name, at: start)
    }
    if let bytes = try cursor.string() {
      return .init(.text(String(decoding: bytes, as: UTF8.self)), at: start)
    }
    if let number = try cursor.integer() {
      return .init(.integer(number), at: start)
    }
    var ahead = cursor
    if let word = ahead.word(), !["and", "or", "not", "in"].contains(word) {
      cursor = ahead
      return .init(.word(word), at: start)
    }
    throw TemplateFault(
      at: start, "expected a name, a word, a number or a string, found \(cursor.found)",
      help: ExpressionParser.hint(at: cursor))
  }

  private mutating func side(named name: String, at start: Int) -> TypeChecker.Side {
    names.append(name)
    if unknown.contains(name) { return .init(.name(name, nil), at: start) }
    guard let type = declarations[name] else {
      faults.append(
        TemplateFault(
          at: start,
          undeclared: TemplateFault.Undeclared(name: name, declarations: declarations, text: nil)))
      return .init(.name(name, nil), at: start)
    }
    return .init(.name(name, type), at: start)
  }

  /// `[WS] OP`
  private mutating func comparisonOperator() -> Comparison.Operator? {
    var ahead = cursor
    ahead.skipBlanks()
    guard !ahead.isAtTagEnd else { return nil }
    let found: Comparison.Operator? =
      if ahead.skip("==") {
        .equal
      } else if ahead.skip("!=") {
        .unequal
      } else if ahead.skip("<=") {
        .lessOrEqual
      } else if ahead.skip("<") {
        .less
      } else if ahead.skip(">=") {
        .greaterOrEqual
      } else if ahead.skip(">") {
        .greater
      } else if ahead.skip(keyword: "in") {
        .within
      } else {
        nil
      }
    if found != nil { cursor = ahead }
    return found
  }

  /// What was probably meant by what stands here.
  static func hint(at cursor: Cursor) -> String? {
    var ahead = cursor
    if ahead.skip("&&") { return "write “and”" }
    if ahead.skip("||") { return "write “or”" }
    if ahead.skip("!") { return "write “not”" }
    if ahead.skip("=") { return "write “==”" }
    if ahead.skip("'") { return #"strings stand between " quotes"# }
    if ahead.skip("not ") { return "write “not A in B”" }
    if let byte = cursor.current, byte.isCapital {
      return "a name has at least two characters, all of them capitals, digits or “_”"
    }
    return nil
  }
}
