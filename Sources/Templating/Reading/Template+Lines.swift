/// A line of a template as its form, and what it is repeated for.
package struct TemplateLine: Sendable {
  package var form: TextForm
  /// Nil where it stands in no loop.
  package let loop: (item: String, list: String)?
}

extension Template {
  /// The lines in which values stand that the template has with the values of `scope`. Left out are
  /// those of which a part alone is in a loop, in a loop within another, or depends on how long the line
  /// is.
  ///
  /// - Parameters:
  ///   - open: names of which nobody knows whether their values in `scope` are the right ones: of what
  ///     depends on them both is read.
  ///   - most: how many lines there are at most.
  package func lines(
    in scope: Scope, open: Set<String>, atMost most: Int
  ) -> [TemplateLine] {
    if isPlain { return [] }
    var reading = LineReading(template: self, scope: scope, open: open, most: most)
    reading.read(pieces.indices)
    reading.endLine()
    return reading.lines
  }
}

/// Goes through the pieces of a template as a renderer does.
private struct LineReading {
  let template: Template
  let scope: Scope
  let open: Set<String>
  let most: Int
  private(set) var lines: [TemplateLine] = []
  private var line: [TextForm.Part] = []
  /// Whether the line at hand is known as a whole.
  private var isKnown = true
  private var loop: (item: String, list: String)?
  /// The ends of branches behind which the other branch is read as well.
  private var joints: Set<Int> = []

  init(template: Template, scope: Scope, open: Set<String>, most: Int) {
    self.template = template
    self.scope = scope
    self.open = open
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
        if isOpen(condition) {
          // Of a part of a line, what is there when something is given.
          if line.isEmpty { joints.insert(otherwise - 1) }
        } else {
          var steps = 0
          if !condition.holds(in: scope, &steps) { next = otherwise }
        }
      case .jump(let end): if !joints.contains(body - 1) { next = end }
      case .loop(let loop, let end):
        read(loop, body..<end)
        next = end
      case .fit(_, let otherwise, let end):
        if line.isEmpty {
          read(body..<otherwise)
          read(otherwise..<end)
        } else {
          isKnown = false
        }
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

  private mutating func read(_ loop: Loop, _ body: Range<Int>) {
    guard line.isEmpty, self.loop == nil else { return isKnown = false }
    self.loop = (loop.item.item, loop.list)
    read(body)
    if !line.isEmpty { isKnown = false }
    self.loop = nil
  }

  /// Whether nobody knows if a condition holds.
  private func isOpen(_ condition: Expression) -> Bool {
    condition.names.contains { name in
      open.contains(name) || loop.map { ItemNames($0.item).all.contains(name) } == true
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
    if isKnown, !form.names.isEmpty { lines.append(TemplateLine(form: form, loop: loop)) }
    line = []
    isKnown = true
  }
}

extension Expression {
  /// The names that it speaks of.
  fileprivate var names: [String] {
    switch self {
    case .truth(let operand): return operand.names
    case .not(let inner): return inner.names
    case .all(let parts), .any(let parts): return parts.flatMap(\.names)
    case .comparison(let comparison): return comparison.left.names + comparison.right.names
    }
  }
}

extension Operand {
  fileprivate var names: [String] {
    if case .name(let name) = self { [name] } else { [] }
  }
}
