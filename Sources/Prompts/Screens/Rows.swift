import Console
import Documents

/// Texts as rows of a screen. A text may be styled: a sequence `ESC [ … m` takes no cell.
enum Rows {
  /// `text` from outside, made safe and broken to rows of at most `width` cells. Its own line ends
  /// stay.
  static func wrapped(_ text: String, width: Int) -> [String] {
    guard !text.isEmpty else { return [] }
    let width = max(1, width)
    var rows: [String] = []
    for line in text.parts(between: "\n") {
      for row in Wrapping.lines(Printable.text(line), width: width) {
        rows += broken(row, width: width)
      }
    }
    return rows
  }

  /// A word that is longer than a row goes on in the next one.
  private static func broken(_ row: String, width: Int) -> [String] {
    if row.cells <= width { return [row] }
    var rows: [String] = []
    var current = ""
    var used = 0
    for character in row {
      let cells = character.cells
      if used + cells > width, used > 0 {
        rows.append(current)
        (current, used) = ("", 0)
      }
      // A wide character cannot be shown on a terminal of one cell.
      if cells <= width {
        current.append(character)
        used += cells
      }
    }
    return rows + [current]
  }

  /// `text`, made safe, or its beginning and `mark` where it is wider than `width`.
  static func cut(_ text: String, width: Int, mark: String) -> String {
    if text.utf8.count <= width, text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) { return text }
    let pieces = pieces(of: text)
    var cells = 0
    for piece in pieces where !piece.isStyle { cells += piece.text.cells }
    if cells <= width { return pieces.map(\.text).concatenated() }
    let room = width - mark.cells
    var result = ""
    var used = 0
    var isStyled = false
    cutting: for piece in pieces {
      if piece.isStyle {
        result += piece.text
        isStyled = true
        continue
      }
      for character in piece.text {
        let cells = character.cells
        if used + cells > room { break cutting }
        result.append(character)
        used += cells
      }
    }
    if isStyled { result += "\u{1B}[0m" }
    return room < 0 ? result : result + mark
  }

  /// `text` without what a terminal would obey but styles.
  static func safe(_ text: String) -> String {
    pieces(of: text).map(\.text).concatenated()
  }

  /// How many cells a styled text takes.
  static func cells(_ text: String) -> Int {
    if !text.holds("\u{1B}") { return text.cells }
    var cells = 0
    for piece in pieces(of: text) where !piece.isStyle { cells += piece.text.cells }
    return cells
  }

  private struct Piece {
    var text: String
    var isStyle: Bool
  }

  private static func pieces(of text: String) -> [Piece] {
    var pieces: [Piece] = []
    var plain = String.UnicodeScalarView()
    var scalars = text.unicodeScalars[...]
    func flush() {
      if !plain.isEmpty { pieces.append(Piece(text: String(plain), isStyle: false)) }
      plain = String.UnicodeScalarView()
    }
    while let scalar = scalars.popFirst() {
      if scalar == "\u{1B}" {
        let body = scalars.prefix { $0 == "[" || $0 == ";" || ("0"..."9").contains($0) }
        if body.first == "[", body.endIndex < scalars.endIndex, scalars[body.endIndex] == "m" {
          flush()
          pieces.append(Piece(text: "\u{1B}" + String(body) + "m", isStyle: true))
          scalars = scalars[scalars.index(after: body.endIndex)...]
        }
      } else if !scalar.isUnsafeToPrint {
        plain.append(scalar)
      }
    }
    flush()
    return pieces
  }

  /// `text` and as many blanks as are missing to `width`.
  static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - cells(text)))
  }
}

extension [String] {
  /// The first `count` rows, the last of them with a mark where more was there.
  func clipped(to count: Int, width: Int, _ look: Look) -> [String] {
    let count = Swift.max(0, count)
    guard self.count > count else { return self }
    var rows = Array(prefix(count))
    if let last = rows.popLast() {
      rows.append(Rows.cut(last + look.more, width: width, mark: look.more))
    }
    return rows
  }
}
