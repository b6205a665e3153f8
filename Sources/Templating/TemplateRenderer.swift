import Documents

/// Writes a template with the values of a scope.
struct TemplateRenderer {
  private let bytes: [UInt8]
  private let pieces: [TemplatePiece]
  private var scope: Scope
  var output: [UInt8]
  /// Takes what was written, a piece at a time, where it is not to be held whole; says whether to go
  /// on.
  private let sink: Sink?
  /// How much it has taken.
  private(set) var taken = 0
  /// How many blocks are being written whose whole text is looked at.
  private var held = 0
  private var isStopped = false
  /// What known tags stand for in the scope.
  var values: TagValues
  private let allowance: Allowance
  /// What was worked out so far, in steps of a `Budget`.
  private(set) var steps = 0
  private let mostSteps: Int
  /// Where the text that is being written stands in the template.
  private var place = 0

  typealias Sink = (UnsafeRawBufferPointer) -> Bool

  /// A piece for a sink has about so many bytes.
  private static let pieceSize = 1 << 20

  /// What a template may give, and cost.
  struct Allowance {
    /// What has the limits, for complaints.
    var whole = "the project"
    /// Bytes; those of the budget at most.
    var mostBytes: Int
    let budget: Budget

    init(_ budget: Budget, upTo mostBytes: Int = .max) {
      self.budget = budget
      self.mostBytes = min(mostBytes, budget.left(of: .text))
    }
  }

  /// - Parameters:
  ///   - output: what is written is appended to it.
  ///   - values: of the same scope.
  init(
    _ template: Template, scope: Scope, into output: consuming [UInt8],
    _ values: consuming TagValues, within allowance: Allowance, sink: Sink? = nil
  ) {
    bytes = template.bytes
    pieces = template.pieces
    self.scope = scope
    self.output = output
    self.values = values
    self.allowance = allowance
    self.sink = sink
    mostSteps = allowance.budget.left(of: .steps)
  }

  mutating func render() throws(TemplateFault) {
    try render(pieces.indices)
    passOn(output.count)
  }

  /// A `fit` looks back to the beginning of its line, as far as a line may be wide.
  private static let longestLine = 8 << 10

  private mutating func passOn() {
    if sink != nil, held == 0, output.count >= Self.pieceSize {
      passOn(output.count - Self.longestLine)
    }
  }

  /// Hands the first `count` bytes that were written to the sink.
  private mutating func passOn(_ count: Int) {
    guard let sink, count > 0, !isStopped else { return }
    taken += count
    isStopped = !output.withUnsafeBytes { sink(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    output.removeFirst(count)
  }

  private mutating func append(_ text: Range<Int>) {
    var rest = text
    while sink != nil, rest.count > Self.pieceSize, !isStopped {
      output += bytes[rest.lowerBound..<rest.lowerBound + Self.pieceSize]
      rest = rest.lowerBound + Self.pieceSize..<rest.upperBound
      passOn()
    }
    if !isStopped { output += bytes[rest] }
  }

  private mutating func render(_ range: Range<Int>) throws(TemplateFault) {
    var next = range.lowerBound
    while next < range.upperBound, !isStopped {
      let body = next + 1
      next = body
      switch pieces[body - 1] {
      case .text(let range):
        place = range.lowerBound
        append(range)
      case .literal(let content):
        output += content
      case .value(let substitution, let start):
        place = start
        try append(substitution)
      case .test(let condition, let otherwise):
        if !condition.holds(in: scope, &steps) { next = otherwise }
      case .jump(let end):
        next = end
      case .loop(let loop, let end):
        try render(loop, body..<end)
        next = end
      case .sort(let separator, let end):
        let start = output.count
        held += 1
        try render(body..<end)
        held -= 1
        steps += output[start...].sortPieces(between: separator)
        next = end
      case .fit(let width, let otherwise, let end):
        let start = output.count
        held += 1
        try render(body..<otherwise)
        held -= 1
        steps += (4 * width + output.count - start) / 16
        if !output.fits(width, from: start) {
          output.removeSubrange(start...)
          try render(otherwise..<end)
        }
        next = end
      }
      if taken + output.count > allowance.mostBytes || steps > mostSteps { throw overrun }
      passOn()
    }
  }

  private var overrun: TemplateFault {
    if steps > mostSteps {
      return TemplateFault(
        at: place, allowance.budget.overrun(of: .steps).message(for: allowance.whole))
    }
    if allowance.mostBytes < allowance.budget.left(of: .text) {
      return TemplateFault(
        at: place, "with this, \(allowance.whole) has more than \(allowance.mostBytes) bytes")
    }
    return TemplateFault(
      at: place, allowance.budget.overrun(of: .text).message(for: allowance.whole))
  }

  private mutating func append(_ substitution: Substitution) throws(TemplateFault) {
    if let number = substitution.number, let known = values[number] {
      steps += known.steps
      output += known.text
      return
    }
    let before = (steps: steps, count: output.count)
    steps += 1
    do throws(TemplateFault) {
      let value = try substitution.rendered(in: scope, spending: &steps, of: mostSteps)
      if case .text(let text) = value { output += text.utf8 } else { output += value.printed.utf8 }
    } catch {
      var fault = error
      fault.offset += place
      throw fault
    }
    if let number = substitution.number, steps <= mostSteps {
      values[number] = TagValues.Entry(
        text: Array(output[before.count...]), steps: steps - before.steps)
    }
  }

  private mutating func render(_ loop: Loop, _ body: Range<Int>) throws(TemplateFault) {
    guard let list = scope[loop.list] else {
      throw TemplateFault(at: loop.offset, "“\(loop.list)” has no value")
    }
    steps += loop.type.stepsForItems
    let items = loop.type.items(of: list)
    for index in items.indices {
      steps += 1
      place = loop.offset
      guard steps <= mostSteps else { throw overrun }
      scope.enterLoop(loop.item, at: index, of: items)
      try render(body)
      scope.leaveLoop()
    }
  }
}

extension ValueType {
  /// What `items(of:)` costs besides the items, in steps.
  var stepsForItems: Int {
    if case .list(of: .choice(let words)) = self { words.count } else { 0 }
  }
}
