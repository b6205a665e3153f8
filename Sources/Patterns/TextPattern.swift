import Documents

/// A regular expression that a value matches as a whole.
///
/// It is simulated as an automaton that is in all of its states at once: matching takes at most the
/// product of both lengths, whatever the expression, and no stack.
package struct TextPattern: Sendable {
  let program: [Instruction]
  /// Bytes that every text has in which the pattern is found: the longest that were seen.
  let literal: [UInt8]

  enum Instruction: Sendable {
    /// Takes one character.
    case character(CharacterSet)
    case start
    case end
    case wordBoundary
    /// Goes on at both places.
    case fork(Int, Int)
    case jump(Int)
    case accept
  }

  /// - Parameter captures: what `{NAME}` stands for, as it is; without it a `{` repeats something.
  /// - Throws: the rule of the documented subset that `text` breaks.
  package init(
    parsing text: String, captures: ((String) -> String?)? = nil
  ) throws(Fault) {
    var names: [String] = []
    try self.init(parsing: text, captures: captures, names: &names)
  }

  /// - Parameter names: gets the captures that stand in the text.
  package init(
    parsing text: String, captures: ((String) -> String?)?, names: inout [String]
  ) throws(Fault) {
    var parser = TextPatternParser(text, captures: captures)
    var compiler = TextPatternCompiler()
    let node = try parser.parse()
    try compiler.append(node)
    names = parser.captureNames
    literal = node.literals.longest
    program = compiler.program + [.accept]
  }

  /// Why a text is no pattern.
  package struct Fault: Error {
    /// Words that follow the pattern.
    package var message: String

    package static let help =
      "patterns are made of characters, “.”, classes such as [a-z0-9_], \\d, \\w, \\s, \\b, groups"
      + " in parentheses, “|”, and “?”, “*”, “+” or {1,3} behind what is repeated"
  }

  /// - Throws: that finding out takes too long.
  package func matches(_ text: String, spending budget: inout Budget) throws(Overrun) -> Bool {
    try budget.spend(program.count, on: .steps)
    var states = States(program)
    var rest = text.unicodeScalars.makeIterator()
    var (last, next) = (nil as Unicode.Scalar?, rest.next())
    states.enter(0, between: last, and: next)
    while let scalar = next {
      try budget.spend(states.steps, on: .steps)
      let present = states.take()
      if present.isEmpty { return false }
      (last, next) = (scalar, rest.next())
      for state in present {
        if case .character(let set) = program[state], set.contains(scalar) {
          states.enter(state + 1, between: last, and: next)
        }
      }
    }
    return states.isAccepting
  }

  /// The instructions at which the automaton waits.
  private struct States {
    private let program: [Instruction]
    private var waiting: [Int] = []
    /// When each instruction was last reached.
    private var reached: [Int]
    private var time = 0
    private var pending: [Int] = []
    private(set) var isAccepting = false
    /// How many instructions were reached since the last `take`, and one.
    private(set) var steps = 1

    init(_ program: [Instruction]) {
      self.program = program
      reached = [Int](repeating: -1, count: program.count)
    }

    /// The instructions that wait for a character; none does any more.
    mutating func take() -> [Int] {
      defer {
        waiting = []
        time += 1
        steps = 1
        isAccepting = false
      }
      return waiting
    }

    /// Goes from `state` as far as it goes without a character.
    ///
    /// - Parameters:
    ///   - last: the character that was taken last; nil at the beginning.
    ///   - next: nil at the end.
    mutating func enter(
      _ state: Int, between last: Unicode.Scalar?, and next: Unicode.Scalar?
    ) {
      pending.append(state)
      while let state = pending.popLast() {
        guard reached[state] != time else { continue }
        reached[state] = time
        steps += 1
        switch program[state] {
        case .character: waiting.append(state)
        case .start: if last == nil { pending.append(state + 1) }
        case .end: if next == nil { pending.append(state + 1) }
        case .wordBoundary:
          let isInWord = last.map(CharacterSet.word.contains) ?? false
          if isInWord != (next.map(CharacterSet.word.contains) ?? false) {
            pending.append(state + 1)
          }
        case .fork(let first, let second): pending += [second, first]
        case .jump(let target): pending.append(target)
        case .accept: isAccepting = true
        }
      }
    }
  }
}

extension TextPattern {
  /// The characters that one place of a pattern takes.
  struct CharacterSet: Sendable {
    var ranges: [ClosedRange<UInt32>]
    /// Whether it takes all others instead.
    var isInverted = false

    func contains(_ scalar: Unicode.Scalar) -> Bool {
      for range in ranges where range.contains(scalar.value) { return !isInverted }
      return isInverted
    }

    static let any = CharacterSet(ranges: [], isInverted: true)
    static let digits = CharacterSet(ranges: [0x30...0x39])
    /// Letters and digits of ASCII, and `_`.
    static let word = CharacterSet(ranges: [0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x5F...0x5F])
    static let blanks = CharacterSet(ranges: [0x20...0x20, 0x09...0x0D])

    init(ranges: [ClosedRange<UInt32>], isInverted: Bool = false) {
      self.ranges = ranges
      self.isInverted = isInverted
    }

    init(_ scalar: Unicode.Scalar) {
      ranges = [scalar.value...scalar.value]
    }
  }
}

/// Turns a parsed pattern into instructions.
struct TextPatternCompiler {
  private(set) var program: [TextPattern.Instruction] = []

  /// Repetitions are written out; no pattern that people read is longer.
  static let longestProgram = 5000

  /// Counts parts of patterns, since repetitions of nothing give no instructions.
  private var parts = 0

  mutating func append(_ node: TextPatternParser.Node) throws(TextPattern.Fault) {
    parts += 1
    guard parts <= Self.longestProgram else { throw tooLong }
    switch node {
    case .character(let set): try write(.character(set))
    case .start: try write(.start)
    case .end: try write(.end)
    case .wordBoundary: try write(.wordBoundary)
    case .sequence(let nodes):
      for node in nodes { try append(node) }
    case .alternatives(let nodes): try append(alternatives: nodes)
    case .repetition(let node, let least, let most):
      for _ in 0..<least { try append(node) }
      if let most {
        try append(node, upTo: most - least)
      } else {
        try appendAnyNumber(of: node)
      }
    }
  }

  private mutating func write(
    _ instruction: TextPattern.Instruction
  ) throws(TextPattern.Fault) {
    guard program.count < Self.longestProgram else { throw tooLong }
    program.append(instruction)
  }

  private var tooLong: TextPattern.Fault {
    TextPattern.Fault(message: "is too long with its repetitions written out")
  }

  private mutating func append(
    alternatives nodes: [TextPatternParser.Node]
  ) throws(TextPattern.Fault) {
    var jumps: [Int] = []
    for (index, node) in nodes.enumerated() {
      let isLast = index == nodes.count - 1
      let fork = program.count
      if !isLast { try write(.fork(0, 0)) }
      try append(node)
      if isLast { break }
      jumps.append(program.count)
      try write(.jump(0))
      program[fork] = .fork(fork + 1, program.count)
    }
    for jump in jumps { program[jump] = .jump(program.count) }
  }

  private mutating func append(
    _ node: TextPatternParser.Node, upTo count: Int
  ) throws(TextPattern.Fault) {
    var forks: [Int] = []
    for _ in 0..<count {
      forks.append(program.count)
      try write(.fork(0, 0))
      try append(node)
    }
    for fork in forks { program[fork] = .fork(fork + 1, program.count) }
  }

  private mutating func appendAnyNumber(
    of node: TextPatternParser.Node
  ) throws(TextPattern.Fault) {
    let fork = program.count
    try write(.fork(0, 0))
    try append(node)
    try write(.jump(fork))
    program[fork] = .fork(fork + 1, program.count)
  }
}
