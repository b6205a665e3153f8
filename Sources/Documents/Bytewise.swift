/// Texts taken apart at ASCII marks, byte by byte. `split`, `firstIndex(of:)`, `contains` and
/// `hasPrefix` see Characters: to them a “=” with a combining mark behind it is no “=”.
extension String {
  package func begins(with prefix: String) -> Bool {
    utf8.starts(with: prefix.utf8)
  }

  package func ends(with suffix: String) -> Bool {
    utf8.count >= suffix.utf8.count && utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }

  /// - Parameter mark: ASCII.
  package func holds(_ mark: Unicode.Scalar) -> Bool {
    utf8.contains(UInt8(ascii: mark))
  }

  /// What stands before the first `mark` and what stands behind it; nil where there is none.
  ///
  /// - Parameter mark: ASCII.
  package func divided(at mark: Unicode.Scalar) -> (before: String, behind: String)? {
    guard let index = utf8.firstIndex(of: UInt8(ascii: mark)) else { return nil }
    return (String(self[..<index]), String(self[utf8.index(after: index)...]))
  }

  /// As `divided(at:)`, at the last `mark`.
  package func dividedAtLast(_ mark: Unicode.Scalar) -> (before: String, behind: String)? {
    guard let index = utf8.lastIndex(of: UInt8(ascii: mark)) else { return nil }
    return (String(self[..<index]), String(self[utf8.index(after: index)...]))
  }

  /// The texts between the `mark`s, empty ones too.
  ///
  /// - Parameter mark: ASCII.
  package func parts(between mark: Unicode.Scalar) -> [String] {
    utf8.split(separator: UInt8(ascii: mark), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// Without the first `count` bytes, which are ASCII.
  package func dropping(_ count: Int) -> String {
    String(self[utf8.index(startIndex, offsetBy: count)...])
  }

  /// Without `mark`s at the end; one that is all there is stays.
  package func droppingTrailing(_ mark: Unicode.Scalar) -> String {
    var end = utf8.endIndex
    while end > utf8.startIndex {
      let before = utf8.index(before: end)
      guard utf8[before] == UInt8(ascii: mark), before > utf8.startIndex else { break }
      end = before
    }
    return String(self[..<end])
  }
}
