import Documents

/// A graph made deterministic where texts lead: each state is a set of nodes, worked out when it is
/// first met and then looked up. What is kept is bounded: full, it begins anew, so that at worst
/// each byte costs what following all nodes of the graph does.
///
/// Whether a state accepts depends on the byte behind it (`$`, `\b`), so that it is told with the
/// step over that byte; behind the last one is the end.
final class LazyAutomaton {
  typealias State = Int32

  private let graph: ByteGraph
  /// Whether a match may begin anywhere.
  private let isUnanchored: Bool

  /// Bytes that no edge tells apart share a column of the table; the last column is the end.
  private let columns: [UInt8]
  private let columnCount: Int
  private var representatives: [UInt8]

  /// By state and column: the next state, doubled, and one more where the state accepts before that
  /// byte; `unknown` where it was not worked out.
  private var table: [Int32] = []
  private static let unknown: Int32 = -1

  private struct Key: Hashable {
    var nodes: [Int32]
    var before: Before
  }

  /// What stands before the byte at hand.
  private enum Before: UInt8 {
    case nothing, word, other
  }

  private var keys: [Key] = []
  private var numbers: [Key: State] = [:]
  /// Of nodes in all states, and cells of the table.
  private var kept = 0
  private static let mostKept = 1 << 18

  /// Marks of the nodes that were reached, by time, so that none is cleared.
  private var reached: [UInt32]
  private var time: UInt32 = 0
  private var pending: [Int32] = []

  init(_ graph: ByteGraph, isUnanchored: Bool) {
    self.graph = graph
    self.isUnanchored = isUnanchored
    // Where a new column begins.
    var isStart = [Bool](repeating: false, count: 257)
    for edge in graph.edges {
      guard let bytes = edge.bytes else { continue }
      isStart[Int(bytes.lowerBound)] = true
      isStart[Int(bytes.upperBound) + 1] = true
    }
    if graph.edges.contains(where: { $0.condition == .wordBoundary }) {
      for byte in 0...255 where byte == 0 || Self.isWord(byte) != Self.isWord(byte - 1) {
        isStart[byte] = true
      }
    }
    var columns = [UInt8](repeating: 0, count: 256)
    var representatives: [UInt8] = []
    for byte in 0...255 {
      if byte == 0 || isStart[byte] { representatives.append(UInt8(byte)) }
      columns[byte] = UInt8(representatives.count - 1)
    }
    self.columns = columns
    self.representatives = representatives
    columnCount = representatives.count + 1
    reached = [UInt32](repeating: 0, count: graph.nodeCount)
    forget()
  }

  private static func isWord(_ byte: Int) -> Bool {
    switch UInt8(byte) {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// The state at the beginning of a text.
  static let beginning: State = 0
  /// From which nothing is found any more.
  static let dead: State = 1

  private func forget() {
    keys = []
    numbers = [:]
    table = []
    kept = 0
    _ = add(Key(nodes: [graph.entry], before: .nothing))
    _ = add(Key(nodes: [], before: .other))
  }

  private func add(_ key: Key) -> State {
    let number = State(keys.count)
    keys.append(key)
    numbers[key] = number
    table.append(contentsOf: repeatElement(Self.unknown, count: columnCount))
    kept += columnCount + key.nodes.count + 8
    return number
  }

  /// Where a search stopped.
  enum Stop {
    /// At the end of the bytes; or in the dead state.
    case end
    /// Where a state accepts: how many bytes were taken before.
    case accepted(Int)
  }

  /// Walks over bytes from `state`, which is in no other use meanwhile, and stops where it accepts.
  ///
  /// - Parameters:
  ///   - position: how many bytes were taken before; gets how many are then. One step over the end
  ///     makes it one more than there are bytes.
  ///   - limit: behind so many bytes nobody asks for an end any more; nil for all of them.
  ///   - isBackwards: whether the last byte comes first.
  /// - Throws: that working out states takes more than what is left.
  func run(
    _ state: inout State, over bytes: UnsafeBufferPointer<UInt8>, from position: inout Int,
    isBackwards: Bool = false, upTo limit: Int? = nil, spending budget: inout Budget
  ) throws(Overrun) -> Stop {
    let count = bytes.count
    let limit = limit ?? count
    while true {
      // Known steps first, on plain memory.
      let accepted = columns.withUnsafeBufferPointer { columns in
        table.withUnsafeBufferPointer { table -> Bool? in
          let width = columnCount
          var (current, place) = (Int(state), position)
          defer { (state, position) = (State(current), place) }
          while place <= limit {
            if current == Int(Self.dead), !isUnanchored { return false }
            let column: Int
            if place == count {
              column = width - 1
            } else {
              column = Int(columns[Int(bytes[isBackwards ? count - 1 - place : place])])
            }
            let cell = table[current * width + column]
            if cell == Self.unknown { return nil }
            current = Int(cell >> 1)
            place += 1
            if cell & 1 != 0 { return true }
          }
          return false
        }
      }
      switch accepted {
      case true: return .accepted(position - 1)
      case false: return .end
      case nil:
        let column =
          position == count
          ? columnCount - 1
          : Int(columns[Int(bytes[isBackwards ? count - 1 - position : position])])
        state = try workOut(state, column, spending: &budget)
      }
    }
  }

  /// The state in which a text is looked at from behind `byte`; nil stands for its beginning.
  func state(after byte: UInt8?) -> State {
    guard graph.hasConditions, let byte else { return Self.beginning }
    let key = Key(nodes: [graph.entry], before: Self.isWord(Int(byte)) ? .word : .other)
    return numbers[key] ?? add(key)
  }

  /// Fills a cell of the table.
  ///
  /// - Returns: the number of `state`, which may be another one then.
  private func workOut(
    _ state: State, _ column: Int, spending budget: inout Budget
  ) throws(Overrun) -> State {
    let key = keys[Int(state)]
    let isEnd = column == columnCount - 1
    let byte: UInt8? = isEnd ? nil : representatives[column]
    let present = follow(key.nodes, after: key.before, before: byte)
    let accepts = present.contains(graph.exit)
    var next: [Int32] = []
    time += 1
    var steps = present.count + 1
    if let byte {
      for node in present {
        for index in graph.edges(of: node) {
          steps += 1
          let edge = graph.edges[index]
          guard let bytes = edge.bytes, bytes.contains(byte), mark(edge.target) else { continue }
          next.append(edge.target)
        }
      }
      if isUnanchored, mark(graph.entry) { next.append(graph.entry) }
      next.sort()
    }
    try budget.spend(steps, on: .steps)
    var state = state
    if kept > Self.mostKept {
      forget()
      state = numbers[key] ?? add(key)
    }
    // Where nothing asks what stands before, it is all one.
    let before: Before =
      !graph.hasConditions || next.isEmpty
      ? .other : byte.map { Self.isWord(Int($0)) ? .word : .other } ?? .other
    let nextKey = Key(nodes: next, before: before)
    let number = numbers[nextKey] ?? add(nextKey)
    table[Int(state) * columnCount + column] = number << 1 | (accepts ? 1 : 0)
    return state
  }

  private func mark(_ node: Int32) -> Bool {
    if reached[Int(node)] == time { return false }
    reached[Int(node)] = time
    return true
  }

  /// The nodes, and those that are reached from them without a byte.
  private func follow(_ nodes: [Int32], after before: Before, before byte: UInt8?) -> [Int32] {
    time += 1
    var present: [Int32] = []
    let isInWord = before == .word
    let isBeforeWord = byte.map { Self.isWord(Int($0)) } ?? false
    pending += nodes
    while let node = pending.popLast() {
      guard mark(node) else { continue }
      present.append(node)
      for index in graph.edges(of: node) {
        let edge = graph.edges[index]
        if edge.bytes != nil { continue }
        let holds =
          switch edge.condition {
          case nil: true
          case .start: before == .nothing
          case .end: byte == nil
          case .wordBoundary: isInWord != isBeforeWord
          }
        if holds { pending.append(edge.target) }
      }
    }
    return present
  }
}
