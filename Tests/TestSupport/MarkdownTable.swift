/// A table of a Markdown document, cell by cell as it is written.
package struct MarkdownTable {
  package var header: [String]
  package var rows: [[String]]

  /// The tables of a document, in order.
  package static func all(in text: String) -> [MarkdownTable] {
    var tables: [MarkdownTable] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        isInside = false
        continue
      }
      let cells = cells(of: line)
      if !isInside {
        tables.append(MarkdownTable(header: cells, rows: []))
        isInside = true
      } else if !cells.allSatisfy({ $0.allSatisfy { "-: ".contains($0) } }) {
        tables[tables.count - 1].rows.append(cells)
      }
    }
    return tables
  }

  /// The first table whose first column is called so.
  package static func first(_ header: String, in text: String) -> MarkdownTable? {
    all(in: text).first { $0.header.first == header }
  }

  /// The row whose first cell is so.
  package func row(_ first: String) -> [String]? {
    rows.first { $0.first == first }
  }

  /// What stands between backticks in each row of a column.
  package func code(inColumn column: Int) -> [[String]] {
    rows.map { $0.count > column ? Self.code(in: $0[column]) : [] }
  }

  /// What stands between backticks.
  package static func code(in text: String) -> [String] {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
    return stride(from: 1, to: parts.count, by: 2).map { parts[$0] }
  }

  /// `\|` is a `|` in a cell, in code as well.
  private static func cells(of line: Substring) -> [String] {
    var cells = [""]
    var isEscaped = false
    for character in line.dropFirst() {
      switch character {
      case "|" where !isEscaped: cells.append("")
      case "|": cells[cells.count - 1] = cells[cells.count - 1].dropLast() + "|"
      default: cells[cells.count - 1].append(character)
      }
      isEscaped = character == "\\"
    }
    // Behind the last `|`.
    cells.removeLast()
    return cells.map { $0.trimmingBlanks }
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    let start = drop { $0 == " " }
    return String(start.reversed().drop { $0 == " " }.reversed())
  }
}
