import Documents

extension [TreeDrawing.Line] {
  /// Within so many columns: what follows names is cut, and stands below them where there is little
  /// room behind. The names may be cut as well, and so the lines have no paths any more.
  package func fitted(into width: Int, _ charset: Charset = .unicode) -> [TreeDrawing.Line] {
    var lines = self
    // Notes say more than names that are alone in being long.
    let most = Swift.min(TreeDrawing.mostBeforeNotes, width * 2 / 5)
    var column = 0
    var widths: [Int] = []
    for index in lines.indices {
      lines[index].fitName(into: width, charset)
      let taken = lines[index].branches.cells + lines[index].name.cells
      widths.append(taken)
      if lines[index].isRemarked, taken <= most { column = Swift.max(column, taken) }
    }
    for index in lines.indices where lines[index].isRemarked {
      let start = Swift.max(column, widths[index]) + 2
      if width - start >= Swift.min(lines[index].remark, leastBehind) {
        lines[index].gap = String(repeating: " ", count: start - widths[index])
        lines[index].cutRemark(to: width - start, charset)
      } else {
        let isAbove =
          index + 1 < lines.count && lines[index + 1].branches.count > lines[index].branches.count
        let below = lines[index].branchesBelow(isAbove: isAbove)
          .cut(toCells: Swift.max(0, width - leastBehind), ellipsis: "")
        lines[index].gap = "\n" + below
        lines[index].cutRemark(to: width - below.cells, charset)
      }
    }
    return lines
  }

  /// What a note has at least that stands behind its name.
  private var leastBehind: Int { 12 }
}

extension TreeDrawing.Line {
  fileprivate mutating func fitName(into width: Int, _ charset: Charset) {
    if branches.count + name.utf8.count <= width { return }
    branches = branches.cut(toCells: Swift.max(0, width - Self.leastOfName), ellipsis: "")
    name = name.cut(
      toCells: Swift.max(1, width - branches.cells), ellipsis: charset.ellipsis)
  }

  private static let leastOfName = 8

  /// The columns of what follows the name.
  fileprivate var remark: Int {
    let parts = (mark?.cells ?? 0) + (note?.cells ?? 0)
    return 2 + parts + (mark != nil && note != nil ? separator.cells : 0)
  }

  fileprivate mutating func cutRemark(to width: Int, _ charset: Charset) {
    if remark <= width { return }
    var room = width - 2
    if let mark {
      self.mark = mark.cut(toCells: Swift.max(1, room), ellipsis: charset.ellipsis)
      room -= mark.cells + separator.cells
      // Less of a note says nothing.
      if room < Self.leastOfNote { note = nil }
    }
    note = note?.cut(toCells: Swift.max(1, room), ellipsis: charset.ellipsis)
  }

  private static let leastOfNote = 6

  /// What goes on in the line below.
  ///
  /// - Parameter isAbove: whether the next path is in this one.
  fileprivate func branchesBelow(isAbove: Bool) -> String {
    let own = branches.unicodeScalars.suffix(4).first
    let before = String(branches.dropLast(4))
    let goesOn = own == "├" || own == "|"
    return before + (own == nil ? "" : goesOn ? "│   " : "    ") + (isAbove ? "│ " : "  ")
  }
}
