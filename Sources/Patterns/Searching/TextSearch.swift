import Documents

/// Looks for a pattern in the lines of texts, in time that is linear in their length.
///
/// A line is walked from its end, which finds every place at which a match begins; from such a
/// place it is walked forwards to where the match ends. Matches do not overlap, so that no byte is
/// walked more than a few times. What was worked out of the pattern is kept from text to text.
package final class TextSearch {
  private let pattern: TextPattern
  private let literal: LiteralSearch?
  private lazy var backwards = LazyAutomaton(
    ByteGraph(pattern.program, isReversed: true), isUnanchored: true)
  private lazy var forwards = LazyAutomaton(
    ByteGraph(pattern.program, isReversed: false), isUnanchored: false)

  package init(_ pattern: TextPattern) {
    self.pattern = pattern
    literal = pattern.literal.isEmpty ? nil : LiteralSearch(pattern.literal)
  }

  /// A place in a text at which the pattern is found.
  package struct Match: Hashable, Sendable {
    /// In bytes.
    package var range: Range<Int>
    /// From 1.
    package var line: Int
    /// From 1, in bytes.
    package var column: Int
  }

  /// A match may be longer than it must be by so many bytes, and is shown to there at most.
  private static let longestExcess = 100

  /// The first places of a text at which the pattern is found, in their order. Matches that touch
  /// each other are one.
  ///
  /// - Parameter most: so many places are enough.
  /// - Throws: that working out the pattern takes more than what is left.
  package func matches(
    in text: UnsafeBufferPointer<UInt8>, upTo most: Int = .max, spending budget: inout Budget
  ) throws(Overrun) -> [Match] {
    var found: [Match] = []
    var lines = TextLines(text)
    while found.count < most, let line = nextLine(&lines) {
      let starts = try starts(in: line.bytes(of: text), spending: &budget)
      guard !starts.isEmpty else { continue }
      for match in try matches(from: starts, in: line.bytes(of: text), spending: &budget)
      where found.count < most {
        let start = line.range.lowerBound
        found.append(
          Match(
            range: start + match.lowerBound..<start + match.upperBound, line: line.number,
            column: match.lowerBound + 1))
      }
    }
    return found
  }

  /// The lines in which the pattern is found.
  package func lines(
    in text: UnsafeBufferPointer<UInt8>, spending budget: inout Budget
  ) throws(Overrun) -> [TextLine] {
    var found: [TextLine] = []
    var lines = TextLines(text)
    while let line = nextLine(&lines) {
      if try isFound(inLine: line.bytes(of: text), spending: &budget) { found.append(line) }
    }
    return found
  }

  /// Whether the pattern is found in some line.
  package func isFound(
    in text: UnsafeBufferPointer<UInt8>, spending budget: inout Budget
  ) throws(Overrun) -> Bool {
    var lines = TextLines(text)
    while let line = nextLine(&lines) {
      if try isFound(inLine: line.bytes(of: text), spending: &budget) { return true }
    }
    return false
  }

  /// Whether the pattern is found in a text that is one line.
  package func isFound(
    inLine line: UnsafeBufferPointer<UInt8>, spending budget: inout Budget
  ) throws(Overrun) -> Bool {
    if let literal, literal.first(in: line, from: 0) == nil { return false }
    var (state, position) = (LazyAutomaton.beginning, 0)
    switch try backwards.run(
      &state, over: line, from: &position, isBackwards: true, spending: &budget)
    {
    case .accepted: return true
    case .end: return false
    }
  }

  /// Whether the pattern matches a text as a whole.
  package func matches(
    whole text: UnsafeBufferPointer<UInt8>, spending budget: inout Budget
  ) throws(Overrun) -> Bool {
    try ends(in: text, spending: &budget).last == text.count
  }

  /// Where the pieces from the beginning of a text end that the pattern matches as a whole, if they
  /// were all there is: with `$` and `\b` it counts what is behind them.
  package func ends(
    in text: UnsafeBufferPointer<UInt8>, spending budget: inout Budget
  ) throws(Overrun) -> [Int] {
    var ends: [Int] = []
    var (state, position) = (LazyAutomaton.beginning, 0)
    while case .accepted(let end) = try forwards.run(
      &state, over: text, from: &position, spending: &budget)
    {
      ends.append(end)
    }
    return ends
  }

  /// The next line that may have a match.
  private func nextLine(_ lines: inout TextLines) -> TextLine? {
    guard let literal else { return lines.next() }
    return lines.next(holding: literal)
  }

  /// Where matches begin, in order.
  private func starts(
    in line: UnsafeBufferPointer<UInt8>, spending budget: inout Budget
  ) throws(Overrun) -> [Int] {
    var starts: [Int] = []
    var (state, position) = (LazyAutomaton.beginning, 0)
    while case .accepted(let taken) = try backwards.run(
      &state, over: line, from: &position, isBackwards: true, spending: &budget)
    {
      starts.append(line.count - taken)
    }
    starts.reverse()
    return starts
  }

  private func matches(
    from starts: [Int], in line: UnsafeBufferPointer<UInt8>, spending budget: inout Budget
  ) throws(Overrun) -> [Range<Int>] {
    var found: [Range<Int>] = []
    for start in starts {
      if let last = found.last, start < last.upperBound { continue }
      let end = try end(from: start, in: line, spending: &budget)
      if let last = found.last, start == last.upperBound {
        found[found.count - 1] = last.lowerBound..<end
      } else {
        found.append(start..<end)
      }
    }
    return found
  }

  /// The end of the longest match that begins at `start`, or of one that is nearly as long as it
  /// has to be: no match is looked at much further than its end.
  private func end(
    from start: Int, in line: UnsafeBufferPointer<UInt8>, spending budget: inout Budget
  ) throws(Overrun) -> Int {
    var state = forwards.state(after: start == 0 ? nil : line[start - 1])
    var position = start
    var last: Int?
    var limit = line.count
    while case .accepted(let end) = try forwards.run(
      &state, over: line, from: &position, upTo: limit, spending: &budget)
    {
      if last == nil { limit = min(line.count, end + Self.longestExcess) }
      last = end
    }
    return last ?? start
  }
}
