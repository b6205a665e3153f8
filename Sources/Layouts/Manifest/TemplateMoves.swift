import Documents
import FileTrees

/// What versions of a layout have moved, looked up by the path that a template had.
package struct TemplateMoves: Sendable {
  private let moves: [Manifest.Move]
  /// The old paths as a tree of names; the first node is the layout's folder.
  private var nodes = [Node()]
  /// What is left to pay for looking up: records are untrusted, and may name as many templates as
  /// they have room for.
  private var budget: Budget

  private struct Node: Sendable {
    /// By the bytes of their names.
    var children: [(name: [UInt8], node: Int)] = []
    /// The moves from here.
    var file: Int?
    var folder: Int?
  }

  /// - Parameter budget: pays for what is looked up.
  init(_ moves: [Manifest.Move], within budget: Budget) {
    self.moves = moves
    self.budget = budget
    for (index, move) in moves.enumerated() {
      var node = 0
      for name in move.old.components { node = child(Array(name.utf8), of: node) }
      if move.isFolder { nodes[node].folder = index } else { nodes[node].file = index }
    }
  }

  /// What a record calls a template by now: `path`, `path:items` or `path:items:repetition` as
  /// `TemplateIdentity.text` has it. Nil where nothing moved.
  ///
  /// - Throws: that looking up has taken more than a project may take.
  package mutating func template(movedFrom recorded: String) throws(Overrun) -> String? {
    if moves.isEmpty { return nil }
    // No path holds a colon.
    let path = recorded.divided(at: ":")?.before ?? recorded
    guard case .end(let end, _) = try follow(path, isFolder: false), end != path else { return nil }
    return end + recorded.dropping(path.utf8.count)
  }

  // MARK: Chains

  /// Where a path leads to.
  enum Way {
    /// - Parameter isExact: whether a move of that very path was on the way.
    case end(String, isExact: Bool)
    /// Through a move that it has come through before.
    case circle
    /// Further than chains may, or to a path that is none.
    case endless
  }

  mutating func follow(_ path: String, isFolder: Bool) throws(Overrun) -> Way {
    var path = path
    var isExact = false
    var passed: [Int] = []
    while let step = try step(from: path, isFolder: isFolder) {
      if passed.contains(step.move) { return .circle }
      passed.append(step.move)
      path = step.path
      isExact = isExact || step.isExact
      if passed.count > Manifest.longestChain || path.utf8.count > PathPattern.longest {
        return .endless
      }
    }
    return .end(path, isExact: isExact)
  }

  /// Whether something below a folder has moved on.
  func leadsOn(fromBelow path: String) -> Bool {
    var node = 0
    for name in path.utf8.split(separator: UInt8(ascii: "/")) {
      guard let next = index(of: Array(name), in: node).found else { return false }
      node = next
    }
    return !nodes[node].children.isEmpty
  }

  /// The move of `path` itself, or else of the innermost folder that it was in.
  private mutating func step(
    from path: String, isFolder: Bool
  ) throws(Overrun) -> (move: Int, path: String, isExact: Bool)? {
    try budget.spend(1 + path.utf8.count / 16, on: .steps)
    let names = path.utf8.split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    var node = 0
    var found: (move: Int, rest: Int)?
    for (count, name) in names.enumerated() {
      guard let next = index(of: Array(name), in: node).found else { break }
      node = next
      if count == names.count - 1 {
        if let move = isFolder ? nodes[node].folder : nodes[node].file {
          return (move, moves[move].new.string, true)
        }
      } else if let move = nodes[node].folder {
        found = (move, count + 1)
      }
    }
    guard let found else { return nil }
    let rest = names[found.rest...].map { String(decoding: Array($0), as: UTF8.self) }
    let moved = [moves[found.move].new.string] + rest
    return (found.move, moved.concatenated(by: "/"), false)
  }

  // MARK: The tree

  private mutating func child(_ name: [UInt8], of parent: Int) -> Int {
    let (found, place) = index(of: name, in: parent)
    if let found { return found }
    nodes.append(Node())
    nodes[parent].children.insert((name, nodes.count - 1), at: place)
    return nodes.count - 1
  }

  /// The child of a name, and the place where it is or would be.
  private func index(of name: [UInt8], in parent: Int) -> (found: Int?, place: Int) {
    let children = nodes[parent].children
    var (low, high) = (0, children.count)
    while low < high {
      let middle = (low + high) / 2
      if children[middle].name.lexicographicallyPrecedes(name) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    let isThere = low < children.count && children[low].name == name
    return (isThere ? children[low].node : nil, low)
  }
}

extension Layout {
  /// What its versions have moved, to follow the files of older projects by.
  package var moves: TemplateMoves { TemplateMoves(manifest.moves, within: limits) }
}
