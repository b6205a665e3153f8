/// A placeholder that stands for a value: `<<NAME|filter(1)>>`, checked.
struct Substitution: Sendable {
  let name: String
  let type: ValueType
  let filters: [FilterCall]
  /// Of the first `<`.
  let offset: Int

  /// - Throws: what only values can get wrong.
  func rendered(in scope: Scope) throws(Fault) -> Value {
    guard var value = scope[name] else {
      throw Fault(at: offset, "“\(name)” has no value")
    }
    if case .list = type { value = .list(type.items(of: value)) }
    for filter in filters { value = try filter.applied(to: value, in: scope) }
    return value
  }
}
