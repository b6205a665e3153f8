import Documents

extension Block {
  /// The same, written with the characters that there are.
  func inCharacters(of charset: Charset) -> Block {
    guard charset == .ascii else { return self }
    func plain(_ spans: [Span]) -> [Span] {
      spans.map { Span(charset.document($0.text), $0.kind, anchor: $0.anchor) }
    }
    switch self {
    case .heading(let level, let title): return .heading(level: level, plain(title))
    case .paragraph(let spans): return .paragraph(plain(spans))
    case .list(let items): return .list(items.map(plain))
    case .code(let lines): return .code(lines.map(charset.document))
    case .lines(let lines): return .lines(lines.map(plain))
    case .definitions(let definitions):
      return .definitions(
        definitions.map {
          Definition(plain($0.term), $0.lines.map(plain), isHead: $0.isHead)
        })
    }
  }
}
