import Documents

/// A placeholder that stands for a value: `<<NAME|filter(1)>>`, checked. Templates share those that
/// are written alike (`KnownTags`), so that its places count from its own first `<`.
final class Substitution: Sendable {
  let name: String
  let type: ValueType
  let filters: [FilterCall]
  /// Its place among the known tags of a layer; nil where what it stands for may change within a
  /// template.
  let number: Int?

  init(name: String, type: ValueType, filters: [FilterCall], number: Int? = nil) {
    self.name = name
    self.type = type
    self.filters = filters
    self.number = number
  }

  func numbered(_ number: Int) -> Substitution {
    Substitution(name: name, type: type, filters: filters, number: number)
  }

  /// What filters may make of a value: each character of the longest one as an escape.
  static let longestResult = 16 * Budget.longestValue

  /// - Parameters:
  ///   - steps: is told what the filters look at, in bytes.
  ///   - most: where the steps end.
  /// - Throws: what only values can get wrong.
  func rendered(
    in scope: Scope, spending steps: inout Int, of most: Int
  ) throws(TemplateFault) -> Value {
    guard var value = scope[name] else {
      throw TemplateFault(at: 0, "“\(name)” has no value")
    }
    if case .list = type {
      steps += type.stepsForItems
      value = .list(type.items(of: value))
    }
    for filter in filters {
      steps += value.size
      guard steps <= most else { return value }
      value = try filter.applied(to: value, in: scope)
      if value.size > Self.longestResult {
        throw TemplateFault(
          at: filter.offset,
          "“\(filter.filter.name)” makes more than \(Self.longestResult >> 20) MiB of “\(name)”")
      }
    }
    return value
  }
}
