import Documents

/// Rows of two columns, the second wrapped beside the first: how help shows options. Where a terminal
/// is too narrow for two, what belongs to the second stands below the first.
struct Table {
  private let style: Style
  private let width: Int
  private let indentation: Int
  /// How the first column looks.
  private let look: Style.Look
  /// Where the second column begins.
  private let column: Int
  private let isStacked: Bool
  private let margin: String
  private let blanks: String

  /// What the second of two columns gets at least, and the first at most.
  private static let (leastRight, mostLeft) = (24, 32)

  init(_ rows: [Wrapping.Row], indentation: Int, width: Int, _ style: Style, _ look: Style.Look) {
    (self.style, self.width, self.indentation, self.look) = (style, width, indentation, look)
    let limit = min(Self.mostLeft, width - Self.leastRight - indentation - 2)
    var widest = 0
    for row in rows {
      let cells = row.left.cells
      if cells <= limit { widest = max(widest, cells) }
    }
    isStacked = limit < Self.leastLeft
    column = isStacked ? indentation + 2 : indentation + widest + 2
    margin = String(repeating: " ", count: indentation)
    blanks = String(repeating: " ", count: column)
  }

  /// With less for the first column there is none beside it.
  private static let leastLeft = 8

  func write(_ row: Wrapping.Row, to text: inout String) {
    text += margin
    let cells = row.left.cells
    if isStacked || cells > width - indentation {
      writeLeft(row.left, to: &text)
    } else {
      text += style.paint(row.left, look)
    }
    if row.right.isEmpty, row.remarks.isEmpty {
      text += "\n"
      return
    }
    let gap = column - indentation - cells
    if !isStacked, gap >= 2 {
      text += String(repeating: " ", count: gap)
    } else {
      text += "\n"
      text += blanks
    }
    var isFirst = true
    func begin() {
      if !isFirst {
        text += "\n"
        text += blanks
      }
      isFirst = false
    }
    for line in lines(style.words(row.right)) {
      begin()
      text += line
    }
    for remark in row.remarks {
      for line in lines(remark) {
        begin()
        text += line
      }
    }
    text += "\n"
  }

  /// A first column that is too wide for a line goes on in the next one.
  private func writeLeft(_ left: String, to text: inout String) {
    // The blanks that stand for an option's missing letter are for two columns.
    let left = isStacked ? String(left.drop { $0 == " " }) : left
    let lines = Wrapping.lines(
      left, width: width - indentation, hanging: 4, breaksWords: isStacked)
    for (index, line) in lines.enumerated() {
      if index > 0 { text += "\n" + String(repeating: " ", count: indentation) }
      text += style.paint(line, look)
    }
  }

  private func lines(_ text: String) -> [String] {
    Wrapping.lines(text, width: max(Self.leastWords, width - column), breaksWords: true)
  }

  /// In less nothing can be read.
  private static let leastWords = 8

  private func lines(_ remark: Wrapping.Remark) -> [String] {
    let (head, rest) = (style.words(remark.head), style.words(remark.rest))
    var lines = lines("  " + head + rest)
    for (index, line) in lines.enumerated() {
      let blanks = line.utf8.prefix { $0 == UInt8(ascii: " ") }.count
      let words = line.dropping(blanks)
      let indentation = String(repeating: " ", count: blanks)
      if rest.isEmpty {
        lines[index] = indentation + style.paint(words, remark.look)
      } else if index == 0, words.begins(with: head) {
        lines[0] =
          indentation + style.paint(head, remark.look) + words.dropping(head.utf8.count)
      }
    }
    return lines
  }
}

extension Style {
  /// Rows of two columns.
  ///
  /// - Parameter look: of the first column.
  package func table(
    _ rows: [Wrapping.Row], indentation: Int = 2, width: Int? = nil, look: Style.Look = .name
  ) -> String {
    let table = Table(
      rows, indentation: indentation, width: width ?? tableWidth, self, look)
    var text = ""
    text.reserveCapacity(rows.count * 160)
    for row in rows { table.write(row, to: &text) }
    return text
  }
}
