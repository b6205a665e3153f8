import Documents

/// What makes one text of another: some of its lines, and others in their place.
package struct TextDelta: Hashable, Sendable {
  /// The lines that go, from 0.
  private var gone: Range<Int>
  /// Those that come, without their ends.
  private var lines: [String]

  /// In bytes; a longer one is not kept.
  private static let longest = 64 << 10

  /// - Returns: nil where that would be too long, or no UTF-8.
  init?(from old: [UInt8], to new: [UInt8]) {
    let (before, after) = (Self.lines(of: old), Self.lines(of: new))
    let start = zip(before, after).prefix { $0.elementsEqual($1) }.count
    let most = min(before.count, after.count) - start
    let end = zip(before.reversed(), after.reversed()).prefix(most)
      .prefix { $0.elementsEqual($1) }.count
    gone = start..<(before.count - end)
    lines = []
    let come = after[start..<(after.count - end)]
    guard come.reduce(0, { $0 + $1.count }) <= Self.longest else { return nil }
    for line in come {
      let text = String(decoding: line, as: UTF8.self)
      // What is no UTF-8 would be another text.
      guard text.utf8.elementsEqual(line) else { return nil }
      lines.append(text)
    }
  }

  /// - Returns: nil where the text has too few lines.
  func applied(to old: [UInt8]) -> [UInt8]? {
    let before = Self.lines(of: old)
    guard gone.upperBound <= before.count else { return nil }
    var all = Array(before[..<gone.lowerBound])
    all += lines.map { Array($0.utf8)[...] }
    all += before[gone.upperBound...]
    return Array(all.joined(separator: [UInt8(ascii: "\n")]))
  }

  /// What stands between line ends; the last one may be empty.
  private static func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
    text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  }

  // MARK: As JSON

  /// `[3, 5, "a line", "another"]`: the lines 3 and 4, from 0, go.
  var json: JSON {
    .array(
      [.integer(gone.lowerBound), .integer(gone.upperBound)] + lines.map(JSON.string))
  }

  init?(_ node: JSONNode) {
    guard case .array(let items) = node.value, items.count >= 2,
      case .integer(let start) = items[0].value, case .integer(let end) = items[1].value,
      start >= 0, start <= end
    else { return nil }
    gone = start..<end
    lines = []
    for item in items.dropFirst(2) {
      guard case .string(let line) = item.value else { return nil }
      lines.append(line)
    }
  }
}
