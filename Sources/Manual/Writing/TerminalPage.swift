import Console
import Documents

/// A document for people at a terminal, as wide as that is.
package struct TerminalPage: Sendable {
  private let style: Style
  private let width: Int
  /// What is to be called for the part that a link leads to; nil for nothing.
  private let call: @Sendable (_ anchor: String) -> String?

  /// - Parameter width: in columns; lines are no longer than 100.
  package init(
    style: Style, width: Int, call: @escaping @Sendable (_ anchor: String) -> String? = { _ in nil }
  ) {
    self.style = style
    self.width = min(max(width, 20), 100)
    self.call = call
  }

  package func text(_ blocks: [Block]) -> String {
    let blocks = blocks.map { $0.inCharacters(of: style.charset) }
    var text = ""
    for (number, block) in blocks.enumerated() {
      if number > 0, !follows(blocks[number - 1]) { text += "\n" }
      for line in lines(block) { text += line + "\n" }
    }
    return text
  }

  /// Whether what follows a block stands right below it.
  private func follows(_ block: Block) -> Bool {
    if case .heading = block { true } else { false }
  }

  private func lines(_ block: Block) -> [String] {
    switch block {
    case .heading(_, let title): fill(title.map { Span($0.text, .strong) })
    case .paragraph(let spans): fill(spans)
    case .list(let items): items.flatMap { fill($0, first: "- ", further: "  ") }
    case .code(let lines): lines.map { $0.isEmpty ? "" : "    " + style.dim($0) }
    case .lines(let lines): lines.flatMap { fill($0, further: "  ") }
    case .definitions(let definitions): columns(definitions)
    }
  }

  // MARK: Definitions

  /// What the second of two columns gets at least, and the first at most.
  private static let (leastRight, mostLeft) = (24, 32)

  /// Terms in one column and what is said of them in a second one, as help shows options; below the
  /// terms where there is no place for that.
  private func columns(_ definitions: [Block.Definition]) -> [String] {
    let limit = min(Self.mostLeft, width - Self.leastRight - 4)
    let widths = definitions.map { $0.term.plainText.cells }
    let widest = widths.filter { $0 <= limit }.max() ?? 0
    let column = widest == 0 || limit < 8 ? 4 : widest + 4
    let blanks = String(repeating: " ", count: column)
    var lines: [String] = []
    for (definition, width) in zip(definitions, widths) {
      var text = body(of: definition, blanks)
      if width + 4 <= column, !text.isEmpty {
        let gap = String(repeating: " ", count: column - 2 - width)
        let first = text.removeFirst()
        lines.append("  " + term(definition) + gap + first.dropping(column))
      } else {
        lines += fill(terms(definition), first: "  ", further: "    ", isTerm: true)
      }
      lines += text
    }
    return lines
  }

  private func body(of definition: Block.Definition, _ blanks: String) -> [String] {
    var lines: [String] = []
    for (number, line) in definition.lines.enumerated() {
      let first = blanks + (number > 0 ? "  " : "")
      let text = definition.isHead ? [Span(line.plainText, .strong)] : line
      lines += fill(text, first: first, further: first)
    }
    return lines
  }

  private func terms(_ definition: Block.Definition) -> [Span] {
    definition.isHead ? [Span(definition.term.plainText, .strong)] : definition.term
  }

  private func term(_ definition: Block.Definition) -> String {
    terms(definition).reduce(into: "") { $0 += styled($1, isTerm: true) }
  }

  // MARK: Running text

  /// Lines of words; a word that is longer than a line keeps one to itself.
  private func fill(
    _ spans: [Span], first: String = "", further: String = "", isTerm: Bool = false
  ) -> [String] {
    var lines: [String] = []
    var line = first
    var used = first.utf8.count
    var isFirst = true
    for word in Words(isTerm ? spans : shown(spans)).words {
      let cells = word.pieces.reduce(0) { $0 + $1.text.cells }
      if !isFirst, used + 1 + cells > width {
        lines.append(line)
        line = further
        used = further.utf8.count
        isFirst = true
      }
      if !isFirst {
        line += " "
        used += 1
      }
      for piece in word.pieces { line += styled(piece, isTerm: isTerm) }
      used += cells
      isFirst = false
    }
    return lines + [line]
  }

  /// With the calls that links lead to; without colours, code has its backticks.
  private func shown(_ spans: [Span]) -> [Span] {
    var shown: [Span] = []
    for span in spans {
      shown.append(quoted(span))
      if let anchor = span.anchor, let call = call(anchor) {
        shown += [Span(" ("), quoted(Span(call, .code)), Span(")")]
      }
    }
    return shown
  }

  private func quoted(_ span: Span) -> Span {
    span.kind == .code && !style.isEnabled ? Span("`\(span.text)`", .code) : span
  }

  private func styled(_ span: Span, isTerm: Bool) -> String {
    switch span.kind {
    case .code where isTerm: style.green(span.text)
    case .code: style.cyan(span.text)
    case .strong, .emphasis: style.bold(span.text)
    case .plain: span.text
    }
  }
}
