/// The lines around the sides of a conflict: a run of one mark, and a label behind a blank.
package struct ConflictMarkers: Sendable {
  /// How long the runs are.
  let size: Int

  /// The size that git takes.
  private static let usual = 7

  /// Markers that none of the texts has a line like: as git has them, or longer.
  init(absentFrom texts: [[UInt8]]) {
    var taken: Set<Int> = []
    for text in texts {
      Self.forEachRun(in: text) { taken.insert($0.count) }
    }
    var size = Self.usual
    while taken.contains(size) { size += 1 }
    self.size = size
  }

  /// The lines at which conflicts begin, counted from 1.
  func beginnings(in text: [UInt8]) -> [Int] {
    var lines: [Int] = []
    Self.forEachRun(in: text) { run in
      if run.mark == UInt8(ascii: "<"), run.count == size { lines.append(run.line) }
    }
    return lines
  }

  /// Whether the last line of the text is the end of a conflict.
  func end(_ text: [UInt8]) -> Bool {
    let line = text.dropLast().lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    var isEnd = false
    Self.forEachRun(in: Array(text[line...])) { run in
      isEnd = run.mark == UInt8(ascii: ">") && run.count == size
    }
    return isEnd
  }

  /// The lines of a text at which a conflict seems to begin, counted from 1: with a marker of any
  /// size and this label. Of what is in a file by now nobody knows more.
  package static func beginnings(in text: [UInt8], label: String) -> [Int] {
    var lines: [Int] = []
    let label = Array(" \(label)".utf8)
    forEachRun(in: text) { run in
      guard run.mark == UInt8(ascii: "<") else { return }
      let rest = text[run.end...]
      guard rest.starts(with: label) else { return }
      let end = rest.dropFirst(label.count).first
      if end == nil || end == UInt8(ascii: "\n") || end == UInt8(ascii: "\r") {
        lines.append(run.line)
      }
    }
    return lines
  }

  /// The lines at which conflicts begin as a merge of git leaves them, counted from 1: three markers of
  /// the usual size, in their order.
  package static func conflictsOfMerge(in text: [UInt8]) -> [Int] {
    var lines: [Int] = []
    var open: (line: Int, isHalf: Bool)?
    forEachRun(in: text) { run in
      guard run.count == usual else { return }
      let rest = run.end < text.count ? text[run.end] : UInt8(ascii: "\n")
      let isLabelled = rest == UInt8(ascii: " ")
      switch run.mark {
      case UInt8(ascii: "<") where isLabelled: open = (run.line, false)
      case UInt8(ascii: "=") where !isLabelled: open?.isHalf = true
      case UInt8(ascii: ">") where isLabelled:
        if let open, open.isHalf { lines.append(open.line) }
        open = nil
      default: break
      }
    }
    return lines
  }

  private struct Run {
    var mark: UInt8
    var count: Int
    var line: Int
    /// Where in the text it ends.
    var end: Int
  }

  /// The runs of a mark that begin a line, of the usual size or longer, with a blank or the line's
  /// end behind them.
  private static func forEachRun(in text: [UInt8], _ body: (Run) -> Void) {
    text.withUnsafeBufferPointer { bytes in
      var (start, line) = (0, 1)
      while start < bytes.count {
        var end = start
        switch bytes[start] {
        case UInt8(ascii: "<"), UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "|"):
          while end < bytes.count, bytes[end] == bytes[start] { end += 1 }
        default: break
        }
        if end - start >= usual, end == bytes.count || isBlank(bytes[end]) {
          body(Run(mark: bytes[start], count: end - start, line: line, end: end))
        }
        while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
        (start, line) = (end + 1, line + 1)
      }
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
    default: false
    }
  }
}
