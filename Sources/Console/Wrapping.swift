import Documents

/// Sets text into lines of at most so many columns.
package enum Wrapping {
  /// The lines of `text`, broken between words; a longer word keeps a line to itself. Line ends in
  /// `text` stay. A line that begins with blanks goes on two columns further in.
  package static func lines(_ text: String, width: Int) -> [String] {
    // Byte by byte: blanks and line ends are ASCII, and finding Characters costs more than all else
    // that “list” does.
    var text = text
    var lines: [String] = []
    text.withUTF8 { bytes in
      var start = 0
      for end in 0...bytes.count where end == bytes.count || bytes[end] == UInt8(ascii: "\n") {
        append(UnsafeBufferPointer(rebasing: bytes[start..<end]), to: &lines, width)
        start = end + 1
      }
    }
    return lines
  }

  /// Breaks one line into as many as it needs.
  private static func append(
    _ line: UnsafeBufferPointer<UInt8>, to lines: inout [String], _ width: Int
  ) {
    if columns(of: line) <= width {
      lines.append(String(decoding: line, as: UTF8.self))
      return
    }
    let blank = UInt8(ascii: " ")
    var start = 0
    while start < line.count, line[start] == blank { start += 1 }
    let further = start > 0 ? start + 2 : 0
    var current = [UInt8](repeating: blank, count: start)
    var used = start
    var isFirst = true
    while start < line.count {
      var end = start
      while end < line.count, line[end] != blank { end += 1 }
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

  /// How many columns a text takes.
  private static func columns(of text: UnsafeBufferPointer<UInt8>) -> Int {
    for byte in text where byte >= 0x80 { return String(decoding: text, as: UTF8.self).cells }
    return text.count
  }

  /// What the second of two columns gets at least, and the first at most.
  private static let (leastRight, mostLeft) = (24, 32)

  /// A text for each of two columns.
  package struct Row: Sendable {
    package var left: String
    package var right: String

    package init(_ left: String, _ right: String) {
      self.left = left
      self.right = right
    }
  }

  /// Rows of two columns, the second wrapped beside the first: how help shows options.
  package static func columns(
    _ rows: [Row], indentation: Int = 2, width: Int, style: (String) -> String = { $0 }
  ) -> String {
    let limit = min(mostLeft, width - leastRight - indentation - 2)
    var widest = 0
    for row in rows where row.left.cells <= limit { widest = max(widest, row.left.cells) }
    let column = indentation + widest + 2
    let blanks = String(repeating: " ", count: column)
    var text = ""
    for row in rows {
      let left = String(repeating: " ", count: indentation) + style(row.left)
      let right = lines(row.right, width: max(leastRight, width - column))
      let gap = column - indentation - row.left.cells
      if row.right.isEmpty {
        text += left + "\n"
        continue
      }
      text += left + (gap >= 2 ? String(repeating: " ", count: gap) : "\n" + blanks)
      text += right[0]
      for line in right.dropFirst() { text += "\n" + blanks + line }
      text += "\n"
    }
    return text
  }
}
