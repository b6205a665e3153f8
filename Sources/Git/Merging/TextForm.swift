/// What a text has beside its lines. Each of these is merged by itself: who changed the ends of all
/// lines has not changed each line.
struct TextForm: Hashable {
  enum LineEnds: Hashable {
    case lf, crlf
    /// Some of each.
    case mixed
  }

  /// Nil for a text of one line that has no end.
  var lineEnds: LineEnds?
  /// Nil, as with the next, for a text that is empty.
  var hasByteOrderMark: Bool?
  /// Whether the last line has an end.
  var endsLastLine: Bool?

  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  init(of text: [UInt8]) {
    guard !text.isEmpty else { return }
    hasByteOrderMark = text.starts(with: Self.byteOrderMark)
    endsLastLine = text.last == Self.lf
    let (lines, withCR) = text.withUnsafeBufferPointer { bytes in
      var (lines, withCR) = (0, 0)
      for index in bytes.indices where bytes[index] == Self.lf {
        lines += 1
        if index > 0, bytes[index - 1] == Self.cr { withCR += 1 }
      }
      return (lines, withCR)
    }
    switch withCR {
    case _ where lines == 0: lineEnds = nil
    case 0: lineEnds = .lf
    case lines: lineEnds = .crlf
    default: lineEnds = .mixed
    }
  }

  /// Ours where we have changed something, else theirs. A text that cannot tell has not changed it.
  init(base: TextForm, ours: TextForm, theirs: TextForm) {
    func merged<Value: Equatable>(_ property: KeyPath<TextForm, Value?>) -> Value? {
      let base = base[keyPath: property]
      let ours = ours[keyPath: property] ?? base
      return ours != base ? ours : theirs[keyPath: property] ?? base
    }
    lineEnds =
      [base, ours, theirs].contains { $0.lineEnds == .mixed } ? .mixed : merged(\.lineEnds)
    hasByteOrderMark = merged(\.hasByteOrderMark)
    endsLastLine = merged(\.endsLastLine)
  }

  /// The lines of `text` alone: no byte order mark, and each line with an LF. Mixed ends are not
  /// touched.
  func lines(of text: [UInt8]) -> [UInt8] {
    var lines = text
    if text.starts(with: Self.byteOrderMark) { lines.removeFirst(Self.byteOrderMark.count) }
    guard lineEnds != .mixed else { return lines }
    if TextForm(of: text).lineEnds == .crlf { lines = Self.withoutCR(lines) }
    if let last = lines.last, last != Self.lf { lines.append(Self.lf) }
    return lines
  }

  /// The text of this form that has these lines.
  ///
  /// - Parameter keepsLastEnd: whether the last line is to have an end in any case.
  func text(of lines: [UInt8], keepsLastEnd: Bool = false) -> [UInt8] {
    var text = lines
    if lineEnds != .mixed {
      if endsLastLine == false, !keepsLastEnd, text.last == Self.lf { text.removeLast() }
      if lineEnds == .crlf { text = Self.withCR(text) }
    }
    return hasByteOrderMark == true ? Self.byteOrderMark + text : text
  }

  private static let lf = UInt8(ascii: "\n")
  private static let cr = UInt8(ascii: "\r")

  private static func withCR(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count + text.count / 16)
    for byte in text {
      if byte == lf { result.append(cr) }
      result.append(byte)
    }
    return result
  }

  private static func withoutCR(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    for byte in text {
      if byte == lf, result.last == cr { result.removeLast() }
      result.append(byte)
    }
    return result
  }
}
