/// Sets text into lines of at most so many columns.
package enum Wrapping {
  /// The lines of `text`, broken between words; a longer word keeps a line to itself. Line ends in
  /// `text` stay. A line that begins with blanks goes on two columns further in.
  package static func lines(_ text: String, width: Int) -> [String] {
    // Character by character: generic splitting costs more than all else that “list” does.
    var lines: [String] = []
    var line = ""
    for character in text {
      if character == "\n" {
        append(line, to: &lines, width)
        line = ""
      } else {
        line.append(character)
      }
    }
    append(line, to: &lines, width)
    return lines
  }

  /// Breaks one line into as many as it needs.
  private static func append(_ line: String, to lines: inout [String], _ width: Int) {
    if line.count <= width {
      lines.append(line)
      return
    }
    var current = ""
    var used = 0
    var word = ""
    var length = 0
    var further = 0
    var isFirst = true

    func endWord() {
      if length == 0 { return }
      if !isFirst, used + 1 + length > width {
        lines.append(current)
        current = String(repeating: " ", count: further)
        used = further
        isFirst = true
      }
      if !isFirst {
        current += " "
        used += 1
      }
      current += word
      used += length
      isFirst = false
      word = ""
      length = 0
    }

    for character in line {
      if character != " " {
        word.append(character)
        length += 1
      } else if isFirst, length == 0 {
        current += " "
        used += 1
        further = used + 2
      } else {
        endWord()
      }
    }
    endWord()
    lines.append(current)
  }

  /// What the second of two columns gets at least, and the first at most.
  private static let (leastRight, mostLeft) = (24, 32)

  /// Rows of two columns, the second wrapped beside the first: how help shows options.
  package static func columns(
    _ rows: [(left: String, right: String)], indentation: Int = 2, width: Int,
    style: (String) -> String = { $0 }
  ) -> String {
    let limit = min(mostLeft, width - leastRight - indentation - 2)
    var widest = 0
    for row in rows where row.left.count <= limit { widest = max(widest, row.left.count) }
    let column = indentation + widest + 2
    let blanks = String(repeating: " ", count: column)
    var text = ""
    for row in rows {
      let left = String(repeating: " ", count: indentation) + style(row.left)
      let right = lines(row.right, width: max(leastRight, width - column))
      let gap = column - indentation - row.left.count
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
