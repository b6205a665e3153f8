/// Sets text into lines of at most so many columns.
package enum Wrapping {
  /// The lines of `text`, broken between words; a longer word keeps a line to itself. Line ends in
  /// `text` stay. A line that begins with blanks goes on two columns further in.
  package static func lines(_ text: String, width: Int) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line -> [String] in
      if line.count <= width { return [String(line)] }
      let indentation = line.prefix { $0 == " " }
      var lines: [String] = []
      var current = String(indentation)
      var isFirst = true
      for word in line.dropFirst(indentation.count).split(separator: " ") {
        if !isFirst, current.count + 1 + word.count > width {
          lines.append(current)
          current = indentation.isEmpty ? "" : indentation + "  "
          isFirst = true
        }
        if !isFirst { current += " " }
        current.append(contentsOf: word)
        isFirst = false
      }
      return lines + [current]
    }
  }

  /// What the second of two columns gets at least, and the first at most.
  private static let (leastRight, mostLeft) = (24, 32)

  /// Rows of two columns, the second wrapped beside the first: how help shows options.
  package static func columns(
    _ rows: [(left: String, right: String)], indentation: Int = 2, width: Int,
    style: (String) -> String = { $0 }
  ) -> String {
    let limit = min(mostLeft, width - leastRight - indentation - 2)
    let widest = rows.map(\.left.count).filter { $0 <= limit }.max() ?? 0
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
      for (index, line) in right.enumerated() {
        if index > 0 { text += "\n" + blanks }
        text += line
      }
      text += "\n"
    }
    return text
  }
}
