import Documents

extension YAMLParser {
  /// What becomes of the line ends behind a text.
  private enum Chomping {
    case strip
    case clip
    case keep
  }

  /// Reads the text below a `|` or `>`, and goes on to what comes next in the block.
  mutating func parseBlockScalar(parent: Int) throws(Diagnostic) -> String {
    let header = offset
    let isFolded = current == UInt8(ascii: ">")
    let (chomping, given) = try parseHeader(parent: parent)
    // Nothing at all stands below the last line.
    guard lineStart > header else { return "" }
    var text: [UInt8] = []
    let least = max(parent, 0) + 1
    let indentation: Int
    if let given {
      indentation = max(parent, 0) + given
    } else {
      indentation = try self.indentation(atLeast: least)
    }
    // Line ends that were not given to the text yet.
    var breaks = skipEmptyLines(within: indentation)
    var isFirst = true
    // Whether the last line is one that may be folded into the next.
    var wasFlush = false
    var endsWithBreak = true
    while column == indentation, offset < bytes.count {
      let isFlush = !isBlank(current)
      if !isFirst {
        // One line end is a blank between two flush lines, and vanishes before empty ones.
        if isFolded, wasFlush, isFlush {
          if breaks == 0 { text.append(UInt8(ascii: " ")) }
        } else {
          text.append(UInt8(ascii: "\n"))
        }
      }
      text.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: breaks))
      let start = offset
      while !isBreakOrEnd(current) { offset += 1 }
      text += bytes[start..<offset]
      (isFirst, wasFlush) = (false, isFlush)
      endsWithBreak = takeBreak()
      guard endsWithBreak else { break }
      breaks = skipEmptyLines(within: indentation)
    }
    if chomping != .strip, !isFirst, endsWithBreak { text.append(UInt8(ascii: "\n")) }
    if chomping == .keep, isFirst || endsWithBreak {
      text.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: breaks))
    }
    // The indentation was passed over already.
    offset = lineStart
    if endsWithBreak { try skipToContent() } else { offset = bytes.count }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func parseHeader(
    parent: Int
  ) throws(Diagnostic) -> (chomping: Chomping, indentation: Int?) {
    offset += 1
    var chomping: Chomping?
    var indentation: Int?
    while !isBlank(current), !isBreakOrEnd(current) {
      switch current {
      case UInt8(ascii: "-") where chomping == nil: chomping = .strip
      case UInt8(ascii: "+") where chomping == nil: chomping = .keep
      case UInt8(ascii: "1")...UInt8(ascii: "9") where indentation == nil && parent >= 0:
        indentation = Int(current - UInt8(ascii: "0"))
      default: throw fault("unexpected text behind “|” or “>”")
      }
      offset += 1
    }
    skipBlanks()
    skipComment()
    guard isBreakOrEnd(current) else { throw fault("unexpected text behind “|” or “>”") }
    _ = takeBreak()
    return (chomping ?? .clip, indentation)
  }

  /// The indentation of the first line that is not empty.
  private func indentation(atLeast least: Int) throws(Diagnostic) -> Int {
    var (place, line, longest) = (offset, offset, least)
    while true {
      while byte(at: place) == UInt8(ascii: " ") { place += 1 }
      let width = place - line
      switch byte(at: place) {
      case UInt8(ascii: "\r"), UInt8(ascii: "\n"):
        longest = max(longest, width)
        place += byte(at: place) == UInt8(ascii: "\r") ? 2 : 1
        line = place
      case 0: return max(longest, width)
      default:
        guard width >= longest || width < least else {
          throw fault("the text is indented less than an empty line above it", at: line)
        }
        return max(longest, width)
      }
    }
  }

  /// Goes over lines of blanks alone that are no part of a text of this indentation, and over the
  /// indentation of the line behind them.
  ///
  /// - Returns: how many lines there were.
  private mutating func skipEmptyLines(within indentation: Int) -> Int {
    var count = 0
    while true {
      while column < indentation, current == UInt8(ascii: " ") { offset += 1 }
      guard isBreakOrEnd(current), takeBreak() else { return count }
      count += 1
    }
  }
}
