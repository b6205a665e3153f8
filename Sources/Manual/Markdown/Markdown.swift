/// A document in the part of Markdown that this project's documents use.
///
/// That part reads the same in every reader of Markdown; for what is beyond it there are `faults`,
/// and a test that no document in the program has one.
package struct Markdown: Sendable {
  package var blocks: [Block] = []
  package var faults: [Fault] = []

  /// What is not in the part of Markdown that is read here.
  package struct Fault: Hashable, Sendable {
    package var line: Int
    package var message: String
  }

  package init(_ text: String) {
    var reader = MarkdownReader(text)
    blocks = reader.blocks()
    faults = reader.faults
  }

  /// Running text alone, such as a cell of a table.
  package static func spans(of text: String) -> [Span] {
    var reader = SpanReader(text)
    return reader.spans()
  }

  /// The texts of its headings, in order.
  package var titles: [String] {
    blocks.compactMap { block in
      if case .heading(_, let title) = block { title.plainText } else { nil }
    }
  }

  /// What stands below a heading, it included, up to the next one of any level.
  package func section(titled title: String) -> [Block] {
    var section: [Block] = []
    var isInside = false
    for block in blocks {
      if case .heading(_, let text) = block { isInside = text.plainText == title }
      if isInside { section.append(block) }
    }
    return section
  }

  /// What links call the part of a document that has this heading.
  package static func anchor(of title: String) -> String {
    var anchor = "#"
    for scalar in title.lowercased().unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9", "-", "_": anchor.unicodeScalars.append(scalar)
      case " ": anchor += "-"
      default: break
      }
    }
    return anchor
  }
}
