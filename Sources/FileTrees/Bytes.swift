/// Names and paths are told apart by their bytes, where `String` ignores Unicode form.
extension String {
  func equalsInBytes(_ other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    return withBytes(and: other) { $0.elementsEqual($1) } ?? utf8.elementsEqual(other.utf8)
  }

  func precedesInBytes(_ other: String) -> Bool {
    withBytes(and: other) { $0.lexicographicallyPrecedes($1) }
      ?? utf8.lexicographicallyPrecedes(other.utf8)
  }

  /// Whether both have the same first `count` bytes; `other` has so many.
  func begins(as other: String, for count: Int) -> Bool {
    guard utf8.count >= count else { return false }
    return withBytes(and: other) { left, right in
      for index in 0..<count where left[index] != right[index] { return false }
      return true
    } ?? utf8.prefix(count).elementsEqual(other.utf8.prefix(count))
  }

  /// Nil when one of the texts is not UTF-8 in memory, as a text of Objective-C is.
  private func withBytes(
    and other: String,
    _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Bool? {
    utf8.withContiguousStorageIfAvailable { left in
      other.utf8.withContiguousStorageIfAvailable { right in body(left, right) }
    } ?? nil
  }
}
