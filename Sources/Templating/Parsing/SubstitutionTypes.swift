/// Whether the filters of a placeholder fit its name's type and each other.
extension SubstitutionParser {
  /// Nil when there was a fault.
  mutating func checked(
    _ name: String, _ declared: ValueType, _ calls: [Call]
  ) -> Substitution? {
    let before = faults.count
    var type: ValueType? = unknown.contains(name) ? nil : declared
    var quotedBy: String?
    var filters: [FilterCall] = []
    for call in calls {
      guard let filter = Filter(rawValue: call.name) else {
        faults.append(TemplateFault.unknownFilter(call.name, at: call.offset))
        return nil
      }
      checkArguments(of: call, filter)
      if let quotedBy, filter.breaksLiterals {
        faults.append(
          TemplateFault(
            at: call.offset, "“\(filter.name)” would break what “\(quotedBy)” quoted",
            help: "put “\(filter.name)” before “\(quotedBy)”"))
      }
      if case .quoting = filter.work { quotedBy = filter.name }
      if let known = type { type = result(of: filter, at: call.offset, on: known, name) }
      filters.append(
        FilterCall(
          filter: filter, argument: call.arguments.first?.argument, offset: call.offset - start))
    }
    if let type, isList(type), faults.count == before {
      faults.append(
        TemplateFault(
          at: start, "“\(name)” is a list and cannot be printed as it is",
          help: #"join its items: “|join(", ")”, or loop over it with “<<@for …>>”"#))
    }
    guard faults.count == before else { return nil }
    return Substitution(name: name, type: declared, filters: filters)
  }

  /// What `filter` makes of `type`; nil after a fault.
  private mutating func result(
    of filter: Filter, at offset: Int, on type: ValueType, _ name: String
  ) -> ValueType? {
    if case .list(let element) = type {
      if case .joining = filter.work { return .text }
      if case .picking = filter.work { return element }
      return result(of: filter, at: offset, on: element, name).map { .list(of: $0) }
    }
    let expected: String
    switch (filter.work, type) {
    case (.text, .text), (.text, .choice), (.doubling, .text), (.doubling, .choice),
      (.cutting, .text), (.cutting, .choice), (.padding, .integer), (.quoting, _):
      return .text
    case (.sum, .integer): return .integer
    case (.text, _), (.doubling, _), (.cutting, _): expected = "a text"
    case (.sum, _), (.padding, _): expected = "a number"
    case (.joining, _), (.picking, _): expected = "a list"
    }
    faults.append(
      TemplateFault(
        at: offset, "“\(filter.name)” works on \(expected), and “\(name)” is \(type) here"))
    return nil
  }

  private mutating func checkArguments(of call: Call, _ filter: Filter) {
    let expected: ValueType?
    switch filter.work {
    case .text, .picking:
      expected = nil
    case .sum, .padding:
      expected = .integer
    case .joining, .doubling, .cutting:
      expected = .text
    case .quoting(let quoting):
      guard !call.arguments.isEmpty else { return }
      let isInside =
        if case .literal(.text("inside")) = call.arguments[0].argument { true } else { false }
      if quoting.insideText == nil || !isInside || call.arguments.count > 1 {
        let form = quoting.insideText == nil ? "no argument" : #"no argument but "inside""#
        faults.append(TemplateFault(at: call.arguments[0].offset, "“\(filter.name)” takes \(form)"))
      }
      return
    }
    guard call.arguments.count == (expected == nil ? 0 : 1) else {
      let form = expected.map { "one argument, \($0)" } ?? "no argument"
      faults.append(TemplateFault(at: call.offset, "“\(filter.name)” takes \(form)"))
      return
    }
    guard let expected, let (argument, offset) = call.arguments.first else { return }
    check(argument, at: offset, is: expected, filter)
  }

  private mutating func check(
    _ argument: Operand, at offset: Int, is expected: ValueType, _ filter: Filter
  ) {
    let found: ValueType
    switch argument {
    case .literal(let literal):
      found = literal.type
      if case .doubling = filter.work, literal == .text("") {
        faults.append(TemplateFault(at: offset, "“double” takes the characters to write twice"))
      }
      if case .cutting = filter.work, literal == .text("") {
        faults.append(TemplateFault(at: offset, "“\(filter.name)” takes the text to look for"))
      }
      if case .padding = filter.work, case .integer(let number) = literal,
        !(0...FilterCall.widest).contains(number)
      {
        faults.append(
          TemplateFault(
            at: offset, "“pad” takes a width from 0 to \(FilterCall.widest), not \(number)"))
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
      faults.append(TemplateFault(at: offset, "“\(filter.name)” takes \(expected), not \(found)"))
    }
  }
}

extension Filter {
  /// Whether a quoted text is no longer whole after it.
  fileprivate var breaksLiterals: Bool {
    switch work {
    case .text, .cutting: true
    default: false
    }
  }
}

extension TemplateFault {
  static func unknownFilter(_ name: String, at offset: Int) -> TemplateFault {
    TemplateFault(
      at: offset, "unknown filter “\(name)”",
      help: Filters.meant(by: name).map { "did you mean “\($0)”?" }
        ?? "the filters are \(Filters.names.concatenated(by: ", "));"
        + " “scaffold help filters” explains them")
  }
}
