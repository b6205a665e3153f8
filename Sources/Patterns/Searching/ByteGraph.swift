/// A pattern as a graph over the bytes of UTF-8, to be walked from its beginning, or from its end.
struct ByteGraph {
  enum Condition: UInt8 {
    case start, end, wordBoundary
  }

  /// Without a condition and bytes it is walked at no cost.
  struct Edge {
    var target: Int32
    var condition: Condition?
    var bytes: ClosedRange<UInt8>?
  }

  /// The edges that leave a node lie together.
  private(set) var edges: [Edge] = []
  private(set) var firstEdge: [Int32] = []
  let entry: Int32
  let exit: Int32
  private(set) var hasConditions = false

  /// - Parameter isReversed: whether it reads texts from their ends.
  init(_ program: [TextPattern.Instruction], isReversed: Bool) {
    var builder = Builder(count: program.count, isReversed: isReversed)
    for (index, instruction) in program.enumerated() {
      switch instruction {
      case .character(let set):
        for sequence in UTF8Ranges.sequences(of: set) {
          builder.add(sequence, from: index, to: index + 1)
        }
      case .start: builder.add(.start, from: index, to: index + 1)
      case .end: builder.add(.end, from: index, to: index + 1)
      case .wordBoundary: builder.add(.wordBoundary, from: index, to: index + 1)
      case .fork(let first, let second):
        builder.add(nil, from: index, to: first)
        builder.add(nil, from: index, to: second)
      case .jump(let target): builder.add(nil, from: index, to: target)
      case .accept: break
      }
    }
    (entry, exit) = isReversed ? (Int32(program.count - 1), 0) : (0, Int32(program.count - 1))
    firstEdge.reserveCapacity(builder.outgoing.count + 1)
    for list in builder.outgoing {
      firstEdge.append(Int32(edges.count))
      edges += list
    }
    firstEdge.append(Int32(edges.count))
    hasConditions = edges.contains { $0.condition != nil }
  }

  var nodeCount: Int { firstEdge.count - 1 }

  func edges(of node: Int32) -> Range<Int> {
    Int(firstEdge[Int(node)])..<Int(firstEdge[Int(node) + 1])
  }

  private struct Builder {
    var outgoing: [[Edge]]
    let isReversed: Bool

    init(count: Int, isReversed: Bool) {
      outgoing = [[Edge]](repeating: [], count: count)
      self.isReversed = isReversed
    }

    mutating func add(_ condition: Condition?, from source: Int, to target: Int) {
      if isReversed {
        let turned: Condition? =
          switch condition {
          case .start: .end
          case .end: .start
          case .wordBoundary, nil: condition
          }
        outgoing[target].append(Edge(target: Int32(source), condition: turned))
      } else {
        outgoing[source].append(Edge(target: Int32(target), condition: condition))
      }
    }

    mutating func add(_ sequence: UTF8Ranges.Sequence, from source: Int, to target: Int) {
      let (first, last) = isReversed ? (target, source) : (source, target)
      let bytes = isReversed ? sequence.reversed() : sequence
      var node = first
      for (index, range) in bytes.enumerated() {
        let next = index == bytes.count - 1 ? last : outgoing.count
        if next == outgoing.count { outgoing.append([]) }
        outgoing[node].append(Edge(target: Int32(next), bytes: range))
        node = next
      }
    }
  }
}
