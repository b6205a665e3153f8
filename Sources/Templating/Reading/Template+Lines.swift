extension Template {
  /// The lines that the template has with the values of `scope`, each as its form. What stands in a
  /// loop, or depends on how long a line is, is left out with all of its line.
  ///
  /// - Parameter most: how many there are at most.
  package func lines(in scope: Scope, atMost most: Int) -> [TextForm] {
    if isPlain { return [] }
    var reading = LineReading(template: self, scope: scope, most: most)
    reading.read(pieces.indices)
    reading.endLine()
    return reading.lines
  }
}

/// Goes through the pieces of a template as a renderer does.
private struct LineReading {
  let template: Template
  let scope: Scope
  let most: Int
  private(set) var lines: [TextForm] = []
  private var line: [TextForm.Part] = []
  /// Whether the line at hand is known as a whole.
  private var isKnown = true

  init(template: Template, scope: Scope, most: Int) {
    self.template = template
    self.scope = scope
    self.most = most
  }

  mutating func read(_ range: Range<Int>) {
    var next = range.lowerBound
    while next < range.upperBound, lines.count < most {
      let body = next + 1
      next = body
      switch template.pieces[body - 1] {
      case .text(let range): append(template.bytes[range])
      case .literal(let bytes): append(bytes[...])
      case .value(let substitution, _): line.append(.value(substitution))
      case .test(let condition, let otherwise):
        var steps = 0
        if !condition.holds(in: scope, &steps) { next = otherwise }
      case .jump(let end): next = end
      case .loop(_, let end), .fit(_, _, let end):
        isKnown = false
        next = end
      case .sort(let separator, let end):
        // Lines in another order are lines as well.
        if separator != nil {
          isKnown = false
          next = end
        }
      }
    }
  }

  private mutating func append(_ text: ArraySlice<UInt8>) {
    var rest = text
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      addText(rest[..<end])
      endLine()
      rest = rest[(end + 1)...]
    }
    addText(rest)
  }

  private mutating func addText(_ text: ArraySlice<UInt8>) {
    guard !text.isEmpty else { return }
    if case .text(let before)? = line.last {
      line[line.count - 1] = .text(before + text)
    } else {
      line.append(.text(Array(text)))
    }
  }

  mutating func endLine() {
    let form = TextForm(line)
    if isKnown, !form.names.isEmpty { lines.append(form) }
    line = []
    isKnown = true
  }
}
