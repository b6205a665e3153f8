import Documents

/// A drawing as a picture. Each piece of text is set to the columns that it takes, whatever font is
/// there; branches are lines.
struct TreeSVG {
  private let lines: [TreeDrawing.Line]
  private let columns: Int

  init(_ lines: [TreeDrawing.Line]) {
    self.lines = lines
    var columns = 0
    for line in lines { columns = max(columns, line.pieces.last?.end ?? 0) }
    self.columns = columns
  }

  // MARK: Measures, in tenths of a pixel

  /// The width of a column: 0.6 of the font's size, as fonts of fixed advance have it.
  private static let column = 84
  private static let row = 200
  private static let margin = 160

  private var width: Int { columns * Self.column + 2 * Self.margin }
  private var height: Int { lines.count * Self.row + 2 * Self.margin }

  private static func left(_ column: Int) -> Int { margin + column * Self.column }
  private static func top(_ row: Int) -> Int { margin + row * Self.row }

  private static func pixels(_ tenths: Int) -> String {
    tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  // MARK: Text

  var text: String {
    let (width, height) = (Self.pixels(width), Self.pixels(height))
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)" role="img" aria-labelledby="title desc">
      <title id="title">\(MarkupText.escaped(lines.first?.name ?? ""))</title>
      <desc id="desc">\(description)</desc>
      <style>
      path { fill: none; }
      text { font: 14px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; \
      white-space: pre; }
      .directory, .conflict { font-weight: bold; }
      \(MarkupText.coloured(Self.rules))\
      </style>
      <rect x="0.5" y="0.5" width="\(Self.pixels(self.width - 10))" \
      height="\(Self.pixels(self.height - 10))" rx="6"/>

      """
    let branches = branches
    if !branches.isEmpty { text += "<path d=\"\(branches)\"/>\n" }
    for (row, line) in lines.enumerated() {
      for piece in line.pieces { text += element(piece, row) }
    }
    return text + "</svg>\n"
  }

  private static func rules(_ colours: MarkupText.Colours) -> String {
    """
    rect { fill: \(colours.ground); stroke: \(colours.border); }
    path { stroke: \(colours.aside); }
    text { fill: \(colours.text); }

    """ + colours.classes("fill")
  }

  /// For who cannot see it: names and notes, a line each.
  private var description: String {
    var text = ""
    for line in lines {
      var parts = [line.name]
      if let mark = line.mark { parts.append(mark) }
      if let note = line.note { parts.append(note) }
      text += (text.isEmpty ? "" : "\n") + MarkupText.escaped(parts.concatenated(by: ": "))
    }
    return text
  }

  private func element(_ piece: TreeDrawing.Line.Piece, _ row: Int) -> String {
    let name = piece.look.map { " class=\"\($0)\"" } ?? ""
    let baseline = Self.top(row) + 145
    let length = (piece.end - piece.start) * Self.column
    let place = "x=\"\(Self.pixels(Self.left(piece.start)))\" y=\"\(Self.pixels(baseline))\""
    let set = "textLength=\"\(Self.pixels(length))\" lengthAdjust=\"spacingAndGlyphs\""
    return "<text \(place) \(set) xml:space=\"preserve\"\(name)>"
      + MarkupText.escaped(piece.text) + "</text>\n"
  }

  /// The path of all branches.
  private var branches: String {
    var path = ""
    for (row, line) in lines.enumerated() {
      for (column, scalar) in line.branches.unicodeScalars.enumerated() {
        let x = Self.pixels(Self.left(column) + Self.column / 2)
        let (top, middle) = (Self.top(row), Self.top(row) + Self.row / 2)
        let end = Self.pixels(Self.left(column + 3))
        switch scalar {
        case "│": path += "M\(x) \(Self.pixels(top))v\(Self.pixels(Self.row))"
        case "├":
          path += "M\(x) \(Self.pixels(top))v\(Self.pixels(Self.row))"
          path += "M\(x) \(Self.pixels(middle))H\(end)"
        case "└": path += "M\(x) \(Self.pixels(top))V\(Self.pixels(middle))H\(end)"
        default: break
        }
      }
    }
    return path
  }
}

extension TreeDrawing.Line {
  /// A run of text that has one look.
  struct Piece {
    var text: String
    /// The class that a page or a picture gives it.
    var look: String?
    /// The columns from and up to.
    var start: Int
    var end: Int
  }

  /// But for the branches.
  var pieces: [Piece] {
    var pieces: [Piece] = []
    var column = branches.cells
    func add(_ text: String, _ look: String?) {
      let end = column + text.cells
      if end > column { pieces.append(Piece(text: text, look: look, start: column, end: end)) }
      column = end
    }
    add(name, fate?.rawValue ?? (isDirectory ? "directory" : nil))
    guard isRemarked else { return pieces }
    column += gap.cells
    guard let mark else {
      add("# " + (note ?? ""), "note")
      return pieces
    }
    add("# ", "note")
    add(mark, fate?.rawValue)
    if let note { add(separator + note, "note") }
    return pieces
  }
}
