/// Sets text into lines of at most so many columns.
package enum Wrapping {
  /// The lines of `text`, broken between words; a longer word keeps a line to itself. Line ends in
  /// `text` stay, and lines that begin with a blank are kept as they are.
  package static func lines(_ text: String, width: Int) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line -> [String] in
      if line.first == " " || line.count <= width { return [String(line)] }
      var lines: [String] = []
      var current = ""
      for word in line.split(separator: " ") {
        if !current.isEmpty, current.count + 1 + word.count > width {
          lines.append(current)
          current = ""
        }
        if !current.isEmpty { current += " " }
        current.append(contentsOf: word)
      }
      return lines + [current]
    }
  }

  /// Rows of two columns, the second wrapped beside the first: how help shows options.
  package static func columns(
    _ rows: [(left: String, right: String)], indentation: Int = 2, width: Int,
    style: (String) -> String = { $0 }
  ) -> String {
    let widest = rows.map(\.left.count).filter { $0 <= 32 }.max() ?? 0
    let column = indentation + widest + 2
    let blanks = String(repeating: " ", count: column)
    var text = ""
    for row in rows {
      let left = String(repeating: " ", count: indentation) + style(row.left)
      let right = lines(row.right, width: max(24, width - column))
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
