import Documents

/// Sets text into lines of at most so many columns.
package enum Wrapping {
  /// The lines of `text`, broken between words; a longer word keeps a line to itself. What stands in
  /// quotes is one word where it fits a line, so that a command can be copied. Line ends in `text`
  /// stay.
  ///
  /// - Parameter hanging: how far further in a line goes on; else two columns where it begins with
  ///   blanks.
  /// - Parameter breaksWords: whether a word that is longer than a line is broken too.
  package static func lines(
    _ text: String, width: Int, hanging: Int? = nil, breaksWords: Bool = false
  ) -> [String] {
    // Byte by byte: blanks and line ends are ASCII, and finding Characters costs more than all else
    // that “list” does.
    var text = text
    var lines: [String] = []
    text.withUTF8 { bytes in
      var start = 0
      for end in 0...bytes.count where end == bytes.count || bytes[end] == UInt8(ascii: "\n") {
        append(UnsafeBufferPointer(rebasing: bytes[start..<end]), to: &lines, width, hanging)
        start = end + 1
      }
    }
    return breaksWords ? lines.flatMap { broken($0, width) } : lines
  }

  /// The pieces of a line that is too long for having one word.
  private static func broken(_ line: String, _ width: Int) -> [String] {
    if line.utf8.count <= width || line.cells <= width { return [line] }
    let blanks = String(line.prefix { $0 == " " })
    var (pieces, current, used) = ([String](), blanks, blanks.utf8.count)
    for character in line.dropFirst(blanks.utf8.count) {
      let cells = character.cells
      if used + cells > width, used > blanks.utf8.count {
        pieces.append(current)
        (current, used) = (blanks, blanks.utf8.count)
      }
      current.append(character)
      used += cells
    }
    return pieces + [current]
  }

  private static let blank = UInt8(ascii: " ")

  /// Breaks one line into as many as it needs.
  private static func append(
    _ line: UnsafeBufferPointer<UInt8>, to lines: inout [String], _ width: Int, _ hanging: Int?
  ) {
    // Nearly all lines: a byte is a column, and nothing is quoted.
    let isPlain = !line.contains { $0 >= 0x80 || $0 == escape || $0 == UInt8(ascii: "\"") }
    func columns(of text: UnsafeBufferPointer<UInt8>) -> Int {
      isPlain ? text.count : Self.columns(of: text)
    }
    if columns(of: line) <= width {
      lines.append(String(decoding: line, as: UTF8.self))
      return
    }
    var start = 0
    while start < line.count, line[start] == blank { start += 1 }
    let further = start + (hanging ?? (start > 0 ? 2 : 0))
    var current = [UInt8](repeating: blank, count: start)
    var used = start
    var isFirst = true
    while start < line.count {
      let end =
        isPlain
        ? blankOrEnd(in: line, from: start)
        : wordEnd(in: line, from: start, width: width - further)
      if end > start {
        let word = UnsafeBufferPointer(rebasing: line[start..<end])
        let length = columns(of: word)
        if !isFirst, used + 1 + length > width {
          lines.append(String(decoding: current, as: UTF8.self))
          current = [UInt8](repeating: blank, count: further)
          used = further
          isFirst = true
        }
        if !isFirst {
          current.append(blank)
          used += 1
        }
        current.append(contentsOf: word)
        used += length
        isFirst = false
      }
      start = end + 1
    }
    lines.append(String(decoding: current, as: UTF8.self))
  }

  private static func blankOrEnd(in line: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var end = start
    while end < line.count, line[end] != blank { end += 1 }
    return end
  }

  /// Where the word ends that begins at `start`.
  private static func wordEnd(
    in line: UnsafeBufferPointer<UInt8>, from start: Int, width: Int
  ) -> Int {
    let end = blankOrEnd(in: line, from: start)
    var quotes = Quotes()
    quotes.read(line[start..<end])
    if !quotes.areOpen { return end }
    var longer = end
    while longer < line.count, quotes.areOpen {
      let next = blankOrEnd(in: line, from: longer + 1)
      quotes.read(line[min(longer + 1, line.count)..<min(next, line.count)])
      longer = min(next, line.count)
    }
    let isWhole = !quotes.areOpen
    return isWhole && columns(of: UnsafeBufferPointer(rebasing: line[start..<longer])) <= width
      ? longer : end
  }

  /// How many columns a text takes; the sequences that colour it take none.
  private static func columns(of text: UnsafeBufferPointer<UInt8>) -> Int {
    for byte in text where byte >= 0x80 || byte == escape {
      return String(decoding: uncoloured(text), as: UTF8.self).cells
    }
    return text.count
  }

  private static let escape: UInt8 = 0x1B

  private static func uncoloured(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var isColour = false
    return text.filter { byte in
      if byte == escape { isColour = true }
      defer { if byte == UInt8(ascii: "m") { isColour = false } }
      return !isColour
    }
  }

  /// “ and ”, and " that stands for both.
  private struct Quotes {
    private var depth = 0
    private var isPlainOpen = false

    var areOpen: Bool { depth > 0 || isPlainOpen }

    mutating func read(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
      var bytes = bytes
      while let byte = bytes.popFirst() {
        if byte == UInt8(ascii: "\"") { isPlainOpen.toggle() }
        guard byte == 0xE2, bytes.starts(with: [0x80]) else { continue }
        switch bytes.dropFirst().first {
        case 0x9C: depth += 1
        case 0x9D: depth = max(0, depth - 1)
        default: break
        }
      }
    }
  }

  /// A text for each of two columns.
  package struct Row: Sendable {
    package var left: String
    package var right: String
    /// What stands below in the second column, two further in.
    package var remarks: [Remark]

    package init(_ left: String, _ right: String, _ remarks: [Remark] = []) {
      self.left = left
      self.right = right
      self.remarks = remarks
    }
  }

  /// A line below a row.
  package struct Remark: Sendable {
    /// What has a look of its own.
    package var head: String
    package var look: Style.Look
    /// What follows it.
    package var rest: String

    package init(_ head: String, _ look: Style.Look, _ rest: String = "") {
      self.head = head
      self.look = look
      self.rest = rest
    }
  }
}
