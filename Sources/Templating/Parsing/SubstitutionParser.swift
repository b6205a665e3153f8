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
  private struct Call {
    let name: String
    let offset: Int
    let arguments: [(argument: FilterCall.Argument, offset: Int)]
  }

  private var cursor: Cursor
  private let start: Int
  private let declarations: Declarations
  private let unknown: Set<String>
  /// The names that were used, declared or not.
  private(set) var names: [String] = []
  private(set) var faults: [Fault] = []

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
    if cursor.isAtTagEnd, let type = declarations[name], !isList(type) {
      names.append(name)
      return .value(
        Substitution(name: name, type: type, filters: [], offset: start), end: cursor.offset + 2)
    }
    let type = declarations[name]
    let calls: [Call]
    do throws(Fault) {
      guard let found = try filters() else { return .text }
      calls = found
    } catch {
      guard type != nil else { return .text }
      faults.append(error)
      return .value(nil, end: cursor.offset)
    }
    let end = cursor.offset
    guard let type else {
      guard calls.allSatisfy({ Filters.named($0.name) != nil }) else { return .text }
      faults.append(undeclared(name, at: start, text: cursor.text(start..<end)))
      return .value(nil, end: end)
    }
    names.append(name)
    return .value(checked(name, type, calls), end: end)
  }

  /// The filters, with the cursor behind the `>>`. Nil where no `|` and no `>>` follows the name.
  private mutating func filters() throws(Fault) -> [Call]? {
    if cursor.skip(">>") { return [] }
    guard cursor.current == UInt8(ascii: "|") else { return nil }
    var calls: [Call] = []
    while cursor.skip("|") {
      let offset = cursor.offset
      guard let name = cursor.letters() else {
        throw unfinished("a filter's name")
      }
      calls.append(Call(name: name, offset: offset, arguments: try arguments()))
    }
    guard cursor.skip(">>") else { throw unfinished("`|` or `>>`") }
    return calls
  }

  private mutating func arguments() throws(Fault) -> [(FilterCall.Argument, Int)] {
    guard cursor.skip("(") else { return [] }
    var arguments: [(FilterCall.Argument, Int)] = []
    repeat {
      while cursor.skip(" ") {}
      let offset = cursor.offset
      if let bytes = try cursor.string() {
        arguments.append((.text(String(decoding: bytes, as: UTF8.self)), offset))
      } else if let number = try cursor.integer() {
        arguments.append((.integer(number), offset))
      } else if let name = cursor.name() {
        arguments.append((.name(name), offset))
      } else {
        throw unfinished("a string, a number or a name")
      }
    } while cursor.skip(",")
    guard cursor.skip(")") else { throw unfinished("`,` or `)`") }
    return arguments
  }

  private func unfinished(_ expected: String) -> Fault {
    let text = cursor.text(start..<cursor.offset)
    return Fault(
      at: cursor.offset,
      "`\(text)` is not a complete placeholder: expected \(expected), "
        + "found \(cursor.found)",
      help: TemplateParser.literalHelp(for: text))
  }

  private func undeclared(_ name: String, at offset: Int, text: String?) -> Fault {
    Fault(
      at: offset, "`\(name)` is not declared",
      help: Fault.nearest(to: name, among: declarations.names)
        ?? text.map(TemplateParser.literalHelp))
  }

  private func isList(_ type: ValueType) -> Bool {
    if case .list = type { true } else { false }
  }
}

// MARK: - Types

extension SubstitutionParser {
  /// Nil when there was a fault.
  private mutating func checked(
    _ name: String, _ declared: ValueType, _ calls: [Call]
  ) -> Substitution? {
    let before = faults.count
    var type: ValueType? = unknown.contains(name) ? nil : declared
    var quotedBy: String?
    var filters: [FilterCall] = []
    for call in calls {
      guard let filter = Filters.named(call.name) else {
        faults.append(
          Fault(
            at: call.offset, "unknown filter `\(call.name)`",
            help: Fault.nearest(to: call.name, among: Filters.names)
              ?? "the filters are \(Filters.names.joined(separator: ", "))"))
        return nil
      }
      checkArguments(of: call, filter)
      if let quotedBy, filter.breaksLiterals {
        faults.append(
          Fault(
            at: call.offset, "`\(filter.name)` would break what `\(quotedBy)` quoted",
            help: "put `\(filter.name)` before `\(quotedBy)`"))
      }
      if case .quoting = filter.work { quotedBy = filter.name }
      if let known = type { type = result(of: filter, at: call.offset, on: known, name) }
      filters.append(
        FilterCall(
          filter: filter, argument: call.arguments.first?.argument, offset: call.offset))
    }
    if let type, isList(type), faults.count == before {
      faults.append(
        Fault(
          at: start, "`\(name)` is a list and cannot be printed as it is",
          help: #"join its items: `|join(", ")`, or loop over it with `<<@for …>>`"#))
    }
    guard faults.count == before else { return nil }
    return Substitution(name: name, type: declared, filters: filters, offset: start)
  }

  /// What `filter` makes of `type`; nil after a fault.
  private mutating func result(
    of filter: Filter, at offset: Int, on type: ValueType, _ name: String
  ) -> ValueType? {
    if case .list(let element) = type {
      if case .joining = filter.work { return .text }
      return result(of: filter, at: offset, on: element, name).map { .list(of: $0) }
    }
    let expected: String
    switch (filter.work, type) {
    case (.text, .text), (.text, .choice), (.padding, .integer), (.quoting, _): return .text
    case (.sum, .integer): return .integer
    case (.text, _): expected = "a text"
    case (.sum, _), (.padding, _): expected = "a number"
    case (.joining, _): expected = "a list"
    }
    faults.append(
      Fault(
        at: offset, "`\(filter.name)` works on \(expected), and `\(name)` is \(type) here"))
    return nil
  }

  private mutating func checkArguments(of call: Call, _ filter: Filter) {
    let expected: ValueType?
    switch filter.work {
    case .text:
      expected = nil
    case .sum, .padding:
      expected = .integer
    case .joining:
      expected = .text
    case .quoting(let quoting):
      guard !call.arguments.isEmpty else { return }
      let isInside =
        if case .text("inside") = call.arguments[0].argument { true } else { false }
      if quoting.insideText == nil || !isInside || call.arguments.count > 1 {
        let form = quoting.insideText == nil ? "no argument" : #"no argument but "inside""#
        faults.append(Fault(at: call.arguments[0].offset, "`\(filter.name)` takes \(form)"))
      }
      return
    }
    guard call.arguments.count == (expected == nil ? 0 : 1) else {
      let form = expected.map { "one argument, \($0)" } ?? "no argument"
      faults.append(Fault(at: call.offset, "`\(filter.name)` takes \(form)"))
      return
    }
    guard let expected, let (argument, offset) = call.arguments.first else { return }
    check(argument, at: offset, is: expected, filter)
  }

  private mutating func check(
    _ argument: FilterCall.Argument, at offset: Int, is expected: ValueType, _ filter: Filter
  ) {
    let found: ValueType
    switch argument {
    case .text:
      found = .text
    case .integer(let number):
      found = .integer
      if case .padding = filter.work, !(0...FilterCall.widest).contains(number) {
        faults.append(
          Fault(at: offset, "`pad` takes a width from 0 to \(FilterCall.widest), not \(number)"))
      }
    case .name(let name):
      names.append(name)
      if unknown.contains(name) { return }
      guard let type = declarations[name] else {
        faults.append(undeclared(name, at: offset, text: nil))
        return
      }
      if case .choice = type { found = .text } else { found = type }
    }
    if found != expected {
      faults.append(Fault(at: offset, "`\(filter.name)` takes \(expected), not \(found)"))
    }
  }
}

extension Filter {
  /// Whether a quoted text is no longer whole after it.
  fileprivate var breaksLiterals: Bool {
    if case .text = work { true } else { false }
  }
}
