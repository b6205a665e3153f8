import Documents

/// Takes a document apart into its blocks.
struct MarkdownReader {
  private let lines: [String]
  /// Of the line that is read next.
  private var index = 0
  private(set) var faults: [Markdown.Fault] = []

  init(_ text: String) {
    lines = text.parts(between: "\n")
  }

  mutating func blocks() -> [Block] {
    var blocks: [Block] = []
    while let line = next {
      if line.isEmpty {
        index += 1
      } else if line.begins(with: "```") {
        blocks.append(code())
      } else if line.begins(with: "|") {
        blocks.append(table())
      } else if line.begins(with: "- ") {
        blocks.append(list())
      } else if line.begins(with: "#") {
        blocks.append(heading(line))
      } else {
        blocks.append(paragraph())
      }
    }
    return blocks
  }

  private var next: String? { index < lines.count ? lines[index] : nil }

  private mutating func fault(_ message: String, line: Int? = nil) {
    faults.append(Markdown.Fault(line: (line ?? index) + 1, message: message))
  }

  private mutating func spans(_ text: String, line: Int) -> [Span] {
    var reader = SpanReader(text)
    let spans = reader.spans()
    for message in reader.faults { fault(message, line: line) }
    return spans
  }

  private mutating func heading(_ line: String) -> Block {
    var level = 0
    for scalar in line.unicodeScalars {
      guard scalar == "#" else { break }
      level += 1
    }
    var title = line.dropping(level)
    if level > 3 { fault("a heading of level \(level)") }
    if title.begins(with: " ") {
      title = title.dropping(1)
    } else {
      fault("a heading without a blank behind its “#”")
    }
    index += 1
    return .heading(level: level, spans(title, line: index - 1))
  }

  private mutating func code() -> Block {
    let start = index
    var content: [String] = []
    index += 1
    while let line = next {
      index += 1
      if line == "```" { return .code(content) }
      content.append(line)
    }
    fault("a block of code without an end", line: start)
    return .code(content)
  }

  private mutating func list() -> Block {
    var items: [[Span]] = []
    while let line = next, line.begins(with: "- ") {
      let start = index
      var text = line.dropping(2)
      index += 1
      while let line = next, line.begins(with: "  ") {
        if Self.mark(of: line.dropping(2)) != nil { fault("a block inside of an item of a list") }
        text += " " + line.dropping(2)
        index += 1
      }
      items.append(spans(text, line: start))
    }
    if let line = next, !line.isEmpty { fault("no empty line behind a list") }
    return .list(items)
  }

  private mutating func paragraph() -> Block {
    let start = index
    var text = ""
    while let line = next, !line.isEmpty {
      if let mark = Self.mark(of: line) {
        fault("“\(mark)” at the beginning of a line")
      }
      if line.utf8.last == UInt8(ascii: "\\") || line.utf8.suffix(2).elementsEqual("  ".utf8) {
        fault("a line end that stays one")
      }
      text += (text.isEmpty ? "" : " ") + line
      index += 1
    }
    return .paragraph(spans(text, line: start))
  }

  /// What begins some other block than a paragraph.
  private static func mark(of line: String) -> String? {
    for mark in [
      "#", "|", "```", "- ", "* ", "+ ", ">", "---", "===", "***", "<", "![", " ", "\t", "[^",
    ] where line.begins(with: mark) {
      return mark
    }
    let digits = line.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    let rest = line.dropping(digits.count)
    return !digits.isEmpty && (rest.begins(with: ". ") || rest.begins(with: ") ")) ? "1." : nil
  }

  private mutating func table() -> Block {
    var rows: [[[Span]]] = []
    let start = index
    while let line = next, line.begins(with: "|") {
      let cells = Self.cells(of: line)
      if index == start + 1 {
        if !cells.allSatisfy({ $0 == "---" }) { fault("a table without a line below its head") }
      } else {
        rows.append(cells.map { spans($0, line: index) })
      }
      if cells.count != rows[0].count { fault("a row of another length") }
      index += 1
    }
    if let line = next, !line.isEmpty { fault("no empty line behind a table") }
    return .table(head: rows[0], rows: Array(rows.dropFirst()))
  }

  /// `\|` is a `|` in a cell, in code as well.
  private static func cells(of line: String) -> [String] {
    var cells: [String] = []
    var cell = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in line.dropping(1).unicodeScalars {
      if scalar == "|", isEscaped {
        cell.removeLast()
        cell.append(scalar)
      } else if scalar == "|" {
        cells.append(trimmed(cell))
        cell = .init()
      } else {
        cell.append(scalar)
      }
      isEscaped = scalar == "\\"
    }
    return cells
  }

  private static func trimmed(_ text: String.UnicodeScalarView) -> String {
    var text = text[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
