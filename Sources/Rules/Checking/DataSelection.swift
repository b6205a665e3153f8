import DataFiles
import Documents

/// What a selector leads to.
struct SelectedNode {
  var node: DataNode
  /// The keys on the way, with dots between them.
  var path: String
  /// Where its key stands; nil for what has none.
  var keyOffset: Int?

  /// Where a finding about it stands: an empty value is nowhere.
  var offset: Int {
    if case .null = node.value, let keyOffset { return keyOffset }
    return node.offset
  }
}

extension DataSelector {
  /// - Parameter captures: take the place of `{CAPTURE}` in keys.
  func selected(
    in documents: [DataNode], _ captures: Captures, spending budget: inout Budget
  ) throws(Overrun) -> [SelectedNode] {
    var selected = documents.map { SelectedNode(node: $0, path: "") }
    for step in steps {
      var next: [SelectedNode] = []
      for one in selected {
        try budget.spend(1, on: .steps)
        switch step {
        case .every: next += one.children
        case .keys(let keys): for key in keys { next += one.children(named: captures.fill(key)) }
        }
      }
      try budget.spend(next.count, on: .steps)
      selected = next
    }
    return selected
  }
}

extension SelectedNode {
  /// The values of a map, the items of a list.
  var children: [SelectedNode] {
    switch node.value {
    case .map(let members): members.map(child)
    case .list(let items):
      items.enumerated().map { SelectedNode(node: $1, path: below(String($0))) }
    case .null, .scalar: []
    }
  }

  /// A list of texts `K=V` has keys, too: compose takes either.
  func children(named key: String) -> [SelectedNode] {
    switch node.value {
    case .map(let members): return members.filter { $0.key == key }.map(child)
    case .list(let items):
      if let index = Int(key), items.indices.contains(index) {
        return [SelectedNode(node: items[index], path: below(key))]
      }
      return members.filter { $0.key == key }.map(child)
    case .null, .scalar: return []
    }
  }

  /// Of a map, or of a list of texts `K=V`.
  var members: [DataNode.Member] {
    switch node.value {
    case .map(let members): members
    case .list(let items): items.compactMap(\.member)
    case .null, .scalar: []
    }
  }

  /// Its text, or those of a list's items; empty for nothing.
  var scalars: [SelectedNode] {
    switch node.value {
    case .null, .scalar: [self]
    case .list: children.filter { $0.node.text != nil }
    case .map: []
    }
  }

  private func child(_ member: DataNode.Member) -> SelectedNode {
    SelectedNode(node: member.node, path: below(member.key), keyOffset: member.keyOffset)
  }

  private func below(_ key: String) -> String { path.isEmpty ? key : path + "." + key }
}

extension DataNode {
  /// A text `K=V` as a key and its value; a text without `=` is a key without one.
  fileprivate var member: Member? {
    guard case .scalar(let text, let isQuoted) = value else { return nil }
    guard let (key, rest) = text.divided(at: "=") else {
      return Member(text, at: offset, DataNode(.null, at: offset))
    }
    // Behind the quote, the key and the sign.
    let start = offset + (isQuoted ? 1 : 0) + key.utf8.count + 1
    return Member(key, at: offset, DataNode(.scalar(rest, isQuoted: isQuoted), at: start))
  }
}
