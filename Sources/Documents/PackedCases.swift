/// The cases of an enumeration, which a packed text numbers in the order in which they are named:
///
///     var cases = PackedCases(of: value, with: &coder)
///     cases.code(Value.text, &coder) { if case .text(let text) = $0 { text } else { nil } }
///     cases.code(Value.flag, &coder) { if case .flag(let flag) = $0 { flag } else { nil } }
///     self = cases.coded
///
/// A case that is not named is a fault of the program, which stops there.
@usableFromInline package struct PackedCases<Root> {
  /// What is written; nil while reading.
  @usableFromInline let value: Root?
  /// How many cases come before the one that is read.
  @usableFromInline var number: Int
  @usableFromInline var result: Root?

  @inlinable @inline(__always) package init(of value: Root?, with coder: inout PackedCoder) {
    self.value = value
    number = value == nil ? coder.code(nil) : 0
  }

  @inlinable @inline(__always) package var coded: Root {
    guard let result else { preconditionFailure("an unknown case of \(Root.self)") }
    return result
  }

  @inlinable @inline(__always) package mutating func code<Payload: Packable>(
    _ make: (Payload) -> Root, _ coder: inout PackedCoder, _ payload: (Root) -> Payload?
  ) {
    code(&coder, payload) { make($1.code($0)) }
  }

  /// A case that holds a list.
  @inlinable @inline(__always) package mutating func code<Element: Packable>(
    _ make: ([Element]) -> Root, _ coder: inout PackedCoder, _ payload: (Root) -> [Element]?
  ) {
    code(&coder, payload) { make($1.code($0)) }
  }

  /// A case without a payload.
  @inlinable @inline(__always) package mutating func code(
    _ root: Root, _ coder: inout PackedCoder, _ isCase: (Root) -> Bool
  ) {
    code(&coder, { isCase($0) ? () : nil }, { _, _ in root })
  }

  /// A case whose payload `make` writes, or reads where that is nil.
  @inlinable @inline(__always) package mutating func code<Payload>(
    _ coder: inout PackedCoder, _ payload: (Root) -> Payload?,
    _ make: (Payload?, inout PackedCoder) -> Root
  ) {
    if let value {
      if result == nil, let payload = payload(value) {
        _ = coder.code(number)
        _ = make(payload, &coder)
        result = value
      }
    } else if number == 0 {
      result = make(nil, &coder)
    }
    number += value == nil ? -1 : 1
  }
}
