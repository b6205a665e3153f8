/// What a packed text can hold.
@usableFromInline package protocol Packable {
  /// Writes `value`, or reads one where it is nil. Each part is named once:
  ///
  ///     name = coder.code(value?.name)
  ///     help = coder.code(optional: value?.help)
  init(coding value: Self?, with coder: inout PackedCoder)
}

extension Packable {
  package var packed: String {
    var coder = PackedCoder()
    _ = Self(coding: self, with: &coder)
    return coder.text
  }

  package init(packed text: String) {
    var coder = PackedCoder(reading: text)
    self.init(coding: nil, with: &coder)
    precondition(coder.isAtEnd, "more was packed than \(Self.self) is made of")
  }
}

// Inlined where it is used: generic code of another module is slow. What is inlined is seen by another
// module only where all types that it names are marked for it, with `@usableFromInline`.

extension PackedCoder {
  @inlinable package mutating func code<Value: Packable>(_ value: Value?) -> Value {
    Value(coding: value, with: &self)
  }

  @inlinable package mutating func code<Value: Packable>(optional value: Value?) -> Value? {
    guard code(isReading ? nil : value != nil) else { return nil }
    return code(value)
  }

  @inlinable package mutating func code<Element: Packable>(_ array: [Element]?) -> [Element] {
    code(array) { Element(coding: $0, with: &$1) }
  }

  /// - Parameter element: of what cannot be read without more than the text.
  @inlinable package mutating func code<Element>(
    _ array: [Element]?, _ element: (Element?, inout PackedCoder) -> Element
  ) -> [Element] {
    let count = code(array?.count)
    guard let array else {
      // The nil is seen where `element` is inlined, and nothing of what would be written is copied.
      return (0..<count).map { _ in element(nil, &self) }
    }
    for value in array { _ = element(value, &self) }
    return array
  }

  /// One of `values`, by its place among them.
  @inlinable package mutating func code<Value: Equatable>(
    _ value: Value?, among values: [Value]
  ) -> Value {
    values[code(value.map { value in values.firstIndex(of: value) ?? values.count })]
  }
}

extension ClosedRange<Int>: Packable {
  @usableFromInline package init(coding range: ClosedRange?, with coder: inout PackedCoder) {
    let lowerBound = coder.code(range?.lowerBound)
    self = lowerBound...coder.code(range?.upperBound)
  }
}

extension SourceLocation: Packable {
  @usableFromInline package init(coding location: SourceLocation?, with coder: inout PackedCoder) {
    file = coder.code(location?.file)
    line = coder.code(location?.line)
    column = coder.code(location?.column)
  }
}
