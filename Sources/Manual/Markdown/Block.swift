/// A part of a document, one below the other.
package enum Block: Hashable, Sendable {
  case heading(level: Int, [Span])
  case paragraph([Span])
  case list([[Span]])
  /// Lines that stay as they are.
  case code([String])
  case definitions([Definition])
  /// Lines of running text, each of which begins a new one.
  case lines([[Span]])

  /// A term, and lines about it.
  package struct Definition: Hashable, Sendable {
    package var term: [Span]
    package var lines: [[Span]]
    /// Whether it says what the terms and the lines below are, as the head of a table does.
    package var isHead: Bool

    package init(_ term: [Span], _ lines: [[Span]], isHead: Bool = false) {
      self.term = term
      self.lines = lines
      self.isHead = isHead
    }
  }

  /// A table as definitions, which fit any width: its first column has the terms. What stands in a
  /// third one and further on gets its head before it.
  static func table(head: [[Span]], rows: [[[Span]]]) -> Block {
    var definitions: [Definition] = []
    if head.prefix(2).contains(where: { !$0.isEmpty }) {
      definitions.append(
        Definition(
          head.first ?? [], head.dropFirst().prefix(1).filter { !$0.isEmpty }, isHead: true))
    }
    for row in rows {
      var lines: [[Span]] = []
      for (column, cell) in row.enumerated().dropFirst() where !cell.isEmpty {
        lines.append(column == 1 ? cell : head[column] + [Span(": ")] + cell)
      }
      definitions.append(Definition(row.first ?? [], lines))
    }
    return .definitions(definitions)
  }
}
