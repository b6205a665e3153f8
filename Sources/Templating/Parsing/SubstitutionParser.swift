/// Reads what follows the `<<` of a value: a name and its filters.
struct SubstitutionParser {
  /// What stands at a `<<` that is followed by a capital.
  enum Result {
    /// No placeholder; the text goes on.
    case text
    /// A placeholder up to `end`; nil when it is faulty.
    case value(Substitution?, end: Int)
  }

  /// A filter as it was written.
  struct Call {
    let name: String
    let offset: Int
    let arguments: [(argument: Operand, offset: Int)]
  }

  private var cursor: Cursor
  let start: Int
  let declarations: Declarations
  let unknown: Set<String>
  /// The names that were used, declared or not.
  var names: [String] = []
  var faults: [TemplateFault] = []

  /// - Parameters:
  ///   - cursor: at the `<<`.
  ///   - unknown: declared names whose type is not known.
  init(_ cursor: Cursor, declarations: Declarations, unknown: Set<String>) {
    self.cursor = cursor
    self.declarations = declarations
    self.unknown = unknown
    start = cursor.offset
  }

  mutating func parse() -> Result {
    cursor.offset = start + 2
    guard let name = cursor.name() else { return .text }
    let type = declarations[name]
    if cursor.isAtTagEnd, let type, !isList(type) {
      names.append(name)
      return .value(
        Substitution(name: name, type: type, filters: []), end: cursor.offset + 2)
    }
    let calls: [Call]
    do throws(TemplateFault) {
      guard let found = try filters() else { return .text }
      calls = found
    } catch {
      guard type != nil else { return .text }
      faults.append(error)
      return .value(nil, end: cursor.offset)
    }
    let end = cursor.offset
    guard let type else {
      guard calls.allSatisfy({ Filter(rawValue: $0.name) != nil }) else { return .text }
      faults.append(undeclared(name, at: start, text: cursor.text(start..<end)))
      return .value(nil, end: end)
    }
    names.append(name)
    return .value(checked(name, type, calls), end: end)
  }

  /// The filters, with the cursor behind the `>>`. Nil where no `|` and no `>>` follows the name.
  private mutating func filters() throws(TemplateFault) -> [Call]? {
    if cursor.skip(">>") { return [] }
    guard cursor.current == UInt8(ascii: "|") else { return nil }
    var calls: [Call] = []
    while cursor.skip("|") {
      let offset = cursor.offset
      guard let name = cursor.letters() else {
        throw misspelt() ?? unfinished("a filter's name")
      }
      if let byte = cursor.current, byte.isInName || byte.isInWord {
        cursor.offset = offset
        throw misspelt() ?? unfinished("“|” or “>>”")
      }
      calls.append(Call(name: name, offset: offset, arguments: try arguments()))
    }
    guard cursor.skip(">>") else { throw unfinished("“|” or “>>”") }
    return calls
  }

  private mutating func arguments() throws(TemplateFault) -> [(
    argument: Operand, offset: Int
  )] {
    guard cursor.skip("(") else { return [] }
    var arguments: [(argument: Operand, offset: Int)] = []
    repeat {
      while cursor.skip(" ") {}
      let offset = cursor.offset
      if let bytes = try cursor.string() {
        arguments.append((.literal(.text(String(decoding: bytes, as: UTF8.self))), offset))
      } else if let number = try cursor.integer() {
        arguments.append((.literal(.integer(number)), offset))
      } else if let name = cursor.name() {
        arguments.append((.name(name), offset))
      } else {
        throw unfinished("a string, a number or a name")
      }
    } while cursor.skip(",")
    guard cursor.skip(")") else { throw unfinished("“,” or “)”") }
    return arguments
  }

  /// A word that is no filter's name, such as `Upper`; nil where no word is.
  private func misspelt() -> TemplateFault? {
    var end = cursor
    while let byte = end.current, byte.isInName || byte.isInWord { end.offset += 1 }
    guard end.offset > cursor.offset else { return nil }
    let word = cursor.text(cursor.offset..<end.offset)
    return TemplateFault.unknownFilter(word, at: cursor.offset)
  }

  private func unfinished(_ expected: String) -> TemplateFault {
    let text = cursor.text(start..<cursor.offset)
    return TemplateFault(
      at: cursor.offset,
      "“\(text)” is not a complete placeholder: expected \(expected), "
        + "found \(cursor.found)",
      help: TemplateParser.literalHelp(for: text))
  }

  func undeclared(_ name: String, at offset: Int, text: String?) -> TemplateFault {
    TemplateFault(
      at: offset,
      undeclared: TemplateFault.Undeclared(name: name, declarations: declarations, text: text))
  }

  func isList(_ type: ValueType) -> Bool {
    if case .list = type { true } else { false }
  }
}
