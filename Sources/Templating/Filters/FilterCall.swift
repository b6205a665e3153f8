import Documents

/// A filter with its arguments, checked.
struct FilterCall: Sendable {
  let filter: Filter
  let argument: Operand?
  /// From the first `<` of the placeholder.
  let offset: Int

  /// As wide as `pad` makes a number.
  static let widest = 255

  /// The filtered value; a list gives the list of its filtered items, unless it is joined.
  ///
  /// - Throws: what only values can get wrong.
  func applied(to value: Value, in scope: Scope) throws(TemplateFault) -> Value {
    let work = filter.work
    if case .list(let items) = value {
      if case .joining = work {
        guard case .text(let separator) = argument?.known(in: scope) else {
          throw TemplateFault(at: offset, "the separator of “join” has no value")
        }
        return .text(items.map(\.printed).concatenated(by: separator))
      }
      if case .picking(let last) = work {
        return (last ? items.last : items.first) ?? .text("")
      }
      var results: [Value] = []
      results.reserveCapacity(items.count)
      for item in items { results.append(try applied(to: item, in: scope)) }
      return .list(results)
    }
    switch work {
    case .text(let transform):
      return .text(transform(value.printed))
    case .quoting(let quoting):
      return .text(argument == nil ? quoting.literal(of: value) : quoting.inside(of: value))
    case .sum:
      let (left, right) = try numbers(value, in: scope)
      let (sum, overflow) = left.addingReportingOverflow(right)
      guard !overflow else {
        throw TemplateFault(at: offset, "\(left) plus \(right) is too large a number")
      }
      return .integer(sum)
    case .padding:
      let (number, width) = try numbers(value, in: scope)
      guard (0...FilterCall.widest).contains(width) else {
        throw TemplateFault(
          at: offset, "“pad” takes a width from 0 to \(FilterCall.widest), not \(width)")
      }
      let digits = String(number.magnitude)
      let sign = number < 0 ? "-" : ""
      let zeros = max(0, width - digits.utf8.count - sign.utf8.count)
      return .text(sign + String(repeating: "0", count: zeros) + digits)
    case .doubling:
      guard case .text(let characters) = argument?.known(in: scope) else {
        throw TemplateFault(at: offset, "the argument of “double” has no value")
      }
      let doubled = characters.unicodeScalars
      return .text(value.printed.escaped { doubled.contains($0) ? "\($0)\($0)" : nil })
    case .cutting(let part):
      guard case .text(let mark) = argument?.known(in: scope) else {
        throw TemplateFault(at: offset, "the argument of “\(filter.name)” has no value")
      }
      return .text(value.printed.cut(part, mark))
    case .joining, .picking:
      return .text(value.printed)  // a list without a value is empty text
    }
  }

  private func numbers(_ value: Value, in scope: Scope) throws(TemplateFault) -> (Int, Int) {
    guard case .integer(let number) = value else {
      throw TemplateFault(
        at: offset, "“\(filter.name)” found no number but the text \"\(value.printed)\"",
        help: "guard the placeholder with an “if”: what was not asked, and the item before the "
          + "first, are empty")
    }
    guard case .integer(let operand)? = argument?.known(in: scope) else {
      throw TemplateFault(at: offset, "the argument of “\(filter.name)” is no number")
    }
    return (number, operand)
  }
}

extension Value {
  /// The text that stands for it in a file. (A list is joined before it gets here.)
  var printed: String {
    switch self {
    case .text(let text): text
    case .integer(let number): String(number)
    case .flag(let flag): flag ? "true" : "false"
    case .list(let items): items.map(\.printed).concatenated(by: ",")
    }
  }
}
