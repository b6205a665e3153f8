import Documents

/// Writes a template with the values of a scope.
struct TemplateRenderer {
  private let bytes: [UInt8]
  private var scope: Scope
  private(set) var output: [UInt8] = []
  private let allowance: Allowance
  /// What was worked out so far, in steps of a `Budget`.
  private(set) var steps = 0
  /// Where the text that is being written stands in the template.
  private var place = 0

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

  init(_ bytes: [UInt8], scope: Scope, within allowance: Allowance) {
    self.bytes = bytes
    self.scope = scope
    self.allowance = allowance
    mostSteps = allowance.budget.left(of: .steps)
    output.reserveCapacity(min(bytes.count + bytes.count / 4, allowance.mostBytes))
  }

  private let mostSteps: Int

  mutating func render(_ nodes: [TemplateNode]) throws(TemplateFault) {
    for node in nodes {
      switch node {
      case .text(let range):
        place = range.lowerBound
        output += bytes[range]
      case .literal(let content):
        output += content
      case .value(let substitution):
        place = substitution.offset
        steps += 1
        append(try substitution.rendered(in: scope, spending: &steps, of: mostSteps))
      case .choice(let branches):
        for branch in branches where branch.condition?.holds(in: scope, &steps) ?? true {
          try render(branch.body)
          break
        }
      case .loop(let loop, let body):
        try render(loop, body)
      case .sorted(let sorting):
        let start = output.count
        try render(sorting.body)
        steps += output[start...].sortPieces(between: sorting.separator)
      case .fitting(let fitting):
        let start = output.count
        try render(fitting.body)
        steps += (4 * fitting.width + output.count - start) / 16
        if !output.fits(fitting.width, from: start) {
          output.removeSubrange(start...)
          try render(fitting.otherwise)
        }
      }
      if output.count > allowance.mostBytes || steps > mostSteps { throw overrun }
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

  private mutating func append(_ value: Value) {
    if case .text(let text) = value {
      output += text.utf8
    } else {
      output += value.printed.utf8
    }
  }

  private mutating func render(_ loop: Loop, _ body: [TemplateNode]) throws(TemplateFault) {
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
