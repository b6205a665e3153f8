extension TextPatternParser.Node {
  /// What is known of the bytes that a match holds.
  struct Literals {
    /// All of it, where it is always the same.
    var whole: [UInt8]?
    /// What it holds in any case.
    var longest: [UInt8]
  }

  var literals: Literals {
    switch self {
    case .start, .end, .wordBoundary: return Literals(whole: [], longest: [])
    case .character(let set):
      guard let bytes = set.onlyBytes else { return Literals(whole: nil, longest: []) }
      return Literals(whole: bytes, longest: bytes)
    case .alternatives: return Literals(whole: nil, longest: [])
    case .repetition(let node, let least, let most):
      guard least > 0 else { return Literals(whole: most == 0 ? [] : nil, longest: []) }
      let literals = node.literals
      return Literals(
        whole: least == 1 && most == 1 ? literals.whole : nil, longest: literals.longest)
    case .sequence(let nodes): return Self.literals(of: nodes)
    }
  }

  private static func literals(of nodes: [Self]) -> Literals {
    var longest: [UInt8] = []
    var run: [UInt8] = []
    var isWhole = true
    for node in nodes {
      let literals = node.literals
      if literals.longest.count > longest.count { longest = literals.longest }
      if let whole = literals.whole {
        run += whole
      } else {
        isWhole = false
        run = []
      }
      if run.count > longest.count { longest = run }
    }
    return Literals(whole: isWhole ? run : nil, longest: longest)
  }
}

extension TextPattern.CharacterSet {
  /// The bytes of the only character that it takes.
  fileprivate var onlyBytes: [UInt8]? {
    guard !isInverted, ranges.count == 1, ranges[0].count == 1,
      let scalar = Unicode.Scalar(ranges[0].lowerBound)
    else { return nil }
    return Array(String(Character(scalar)).utf8)
  }
}
