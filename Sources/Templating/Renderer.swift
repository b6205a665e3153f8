/// Writes a template with the values of a scope.
struct Renderer {
  private let bytes: [UInt8]
  private var scope: Scope
  private(set) var output: [UInt8] = []
  private var rounds = 0

  /// Loops within loops multiply; beyond these a layout is at fault, not large.
  private static let mostRounds = 100_000
  private static let mostBytes = 256 << 20

  init(_ bytes: [UInt8], scope: Scope) {
    self.bytes = bytes
    self.scope = scope
    output.reserveCapacity(bytes.count + bytes.count / 4)
  }

  mutating func render(_ nodes: [Node]) throws(Fault) {
    for node in nodes {
      switch node {
      case .text(let range):
        output += bytes[range]
      case .literal(let content):
        output += content
      case .value(let substitution):
        append(try substitution.rendered(in: scope))
      case .choice(let branches):
        for branch in branches where branch.condition?.holds(in: scope) ?? true {
          try render(branch.body)
          break
        }
      case .loop(let loop, let body):
        try render(loop, body)
      }
    }
  }

  private mutating func append(_ value: Value) {
    if case .text(let text) = value {
      output += text.utf8
    } else {
      output += value.printed.utf8
    }
  }

  private mutating func render(_ loop: Loop, _ body: [Node]) throws(Fault) {
    guard let list = scope[loop.list] else {
      throw Fault(at: loop.offset, "“\(loop.list)” has no value")
    }
    let items = loop.type.items(of: list)
    for index in items.indices {
      rounds += 1
      guard rounds <= Renderer.mostRounds, output.count <= Renderer.mostBytes else {
        throw Fault(
          at: loop.offset,
          "loops within loops make this more than \(Renderer.mostRounds) rounds or "
            + "\(Renderer.mostBytes >> 20) MiB")
      }
      scope.enterLoop(loop.item, at: index, of: items)
      try render(body)
      scope.leaveLoop()
    }
  }
}
