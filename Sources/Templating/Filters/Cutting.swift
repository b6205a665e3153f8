/// The filters `before` and `after`.
extension String {
  /// What stands before or behind the first place of `mark`. Where there is none, all stands before
  /// it, and nothing behind.
  func cut(_ part: Filter.Part, _ mark: String) -> String {
    let (bytes, sought) = (utf8, mark.utf8)
    var start = bytes.startIndex
    while start != bytes.endIndex {
      if bytes[start...].starts(with: sought) {
        switch part {
        case .before: return String(self[..<start])
        case .after: return String(self[bytes.index(start, offsetBy: sought.count)...])
        }
      }
      start = bytes.index(after: start)
    }
    return part == .before ? self : ""
  }
}
