/// A map that is being read: members in their order, each found by its key in constant time.
struct MapBuilder {
  private(set) var members: [DataNode.Member] = []
  /// Where each key stands in `members`; empty as long as there are few, which are looked through.
  private var places: [String: Int] = [:]

  private static let few = 8

  func index(of key: String) -> Int? {
    if !places.isEmpty { return places[key] }
    return members.firstIndex { $0.key == key }
  }

  mutating func replaceNode(at index: Int, with node: DataNode) {
    members[index].node = node
  }

  /// - Returns: the index of the member that has this key already, which stays as it is; else nil.
  mutating func add(_ key: String, at offset: Int, _ node: DataNode) -> Int? {
    if let index = index(of: key) { return index }
    members.append(DataNode.Member(key, at: offset, node))
    if !places.isEmpty {
      places[key] = members.count - 1
    } else if members.count > Self.few {
      for (index, member) in members.enumerated() { places[member.key] = index }
    }
    return nil
  }
}
