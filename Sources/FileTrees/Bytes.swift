/// Names and paths are told apart by their bytes, where `String` ignores Unicode form.
extension String {
  package func equalsInBytes(_ other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    return withBytes(and: other) { $0.elementsEqual($1) } ?? utf8.elementsEqual(other.utf8)
  }

  package func precedesInBytes(_ other: String) -> Bool {
    withBytes(and: other) { $0.lexicographicallyPrecedes($1) }
      ?? utf8.lexicographicallyPrecedes(other.utf8)
  }

  enum Order {
    case before, equal, behind
  }

  /// Where this text sorts by its bytes, against `other`.
  func order(to other: String) -> Order {
    withBytes(and: other) { left, right in
      for index in 0..<min(left.count, right.count) where left[index] != right[index] {
        return left[index] < right[index] ? .before : .behind
      }
      if left.count == right.count { return .equal }
      return left.count < right.count ? .before : .behind
    } ?? (equalsInBytes(other) ? .equal : precedesInBytes(other) ? .before : .behind)
  }

  /// Whether this text begins with `other` and then the byte `mark`.
  func begins(with other: String, then mark: UInt8) -> Bool {
    withBytes(and: other) { left, right in
      left.count > right.count && left[right.count] == mark
        && left[..<right.count].elementsEqual(right)
    } ?? utf8.starts(with: Array(other.utf8) + [mark])
  }

  /// This text, the byte `mark`, which is ASCII, and `other`. (Paths are put together so often that
  /// appending, which asks for room each time, would show.)
  func joined(by mark: UInt8, to other: String) -> String {
    withBytes(and: other) { left, right in
      String(unsafeUninitializedCapacity: left.count + 1 + right.count) { bytes in
        _ = bytes[..<left.count].initialize(fromContentsOf: left)
        bytes.initializeElement(at: left.count, to: mark)
        _ = bytes[(left.count + 1)...].initialize(fromContentsOf: right)
        return left.count + 1 + right.count
      }
    } ?? self + String(UnicodeScalar(mark)) + other
  }

  /// Nil when one of the texts is not UTF-8 in memory, as a text of Objective-C is.
  private func withBytes<Result>(
    and other: String,
    _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result? {
    utf8.withContiguousStorageIfAvailable { left in
      other.utf8.withContiguousStorageIfAvailable { right in body(left, right) }
    } ?? nil
  }
}
