import Documents

/// What a document has given names to, and how large it is with what the names stand for. Nodes are
/// shared, not copied, but whoever walks through them sees each as often as it is named.
struct YAMLAnchors {
  private enum Anchor {
    /// It is being read: an alias for it would be a part of itself.
    case open
    case node(DataNode, size: Int)
  }

  private var named: [String: Anchor] = [:]
  /// Nodes so far.
  private(set) var count = 0
  /// Those among them that an alias or a merge put there.
  private var repeated = 0

  /// More than any settings repeat, and soon walked through.
  static let mostRepeated = 100_000

  mutating func countNode() { count += 1 }

  mutating func open(_ name: String) { named[name] = .open }

  /// - Parameter size: the nodes that it is made of.
  mutating func close(_ name: String, _ node: DataNode, size: Int) {
    named[name] = .node(node, size: size)
  }

  /// - Throws: what is wrong with an alias of this name.
  mutating func node(named name: String) throws(YAMLAliasFault) -> DataNode {
    switch named[name] {
    case nil: throw .unknown
    case .open: throw .partOfItself
    case .node(let node, let size):
      try addRepeated(size)
      return node
    }
  }

  mutating func addRepeated(_ size: Int) throws(YAMLAliasFault) {
    count += size
    repeated += size
    guard repeated <= Self.mostRepeated else { throw .tooMany }
  }
}

enum YAMLAliasFault: Error {
  case unknown
  case partOfItself
  case tooMany

  func message(for name: String) -> String {
    switch self {
    case .unknown: "no anchor “&\(name)” stands before this alias"
    case .partOfItself: "“*\(name)” would be a part of itself"
    case .tooMany:
      "with this, aliases repeat more than \(YAMLAnchors.mostRepeated) values"
    }
  }
}
