/// The names in one directory as a careless file system sees them, which ignores letter case and
/// Unicode form.
struct CollidingNames: Sendable {
  /// Sorted; made when a name needs it. (No dictionary: copying a tree with one asks the runtime for
  /// what its keys conform to.)
  private var keys: [CollisionKey] = []
  /// Of all names.
  private var letters = Letters.plain

  /// Remembers a name that is new; returns the one of `children` that it collides with.
  mutating func claim(_ name: String, among children: [FileTree.Child]) -> String? {
    let lettersOfName = Letters(of: name)
    let widest = max(lettersOfName, letters)
    defer { letters = widest }
    if widest == .plain { return nil }
    if keys.isEmpty {
      keys = children.map { CollisionKey(of: $0.name, Letters(of: $0.name)) }.sorted {
        $0.key < $1.key
      }
    }
    let key = CollisionKey(of: name, lettersOfName)
    let index = index(of: key)
    if index < keys.count, keys[index].key == key.key { return keys[index].name }
    keys.insert(key, at: index)
    return nil
  }

  /// Where `key` is among the keys, or belongs.
  private func index(of key: CollisionKey) -> Int {
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if keys[middle].key < key.key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// What names are made of, and so what a careless file system sees in them.
private enum Letters: Int, Comparable {
  /// ASCII without capitals: seen as they are.
  case plain
  case ascii
  case any

  init(of name: String) {
    var result = Letters.plain
    for byte in name.utf8 {
      if byte >= 0x80 {
        self = .any
        return
      }
      if (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) { result = .ascii }
    }
    self = result
  }

  static func < (left: Letters, right: Letters) -> Bool { left.rawValue < right.rawValue }
}

/// A name, and what such a file system sees in it: equal keys collide.
private struct CollisionKey {
  let key: String
  let name: String

  init(of name: String, _ letters: Letters) {
    self.name = name
    key = name.foldedCase(of: letters)
  }
}

extension String {
  /// As a file system sees it that ignores letter case: `ß` is `ss`, `ſ` is `s`.
  fileprivate func foldedCase(of letters: Letters) -> String {
    switch letters {
    case .plain: self
    case .ascii: lowercased()
    case .any: lowercased().uppercased().lowercased()
    }
  }

  /// The name as the most careless file system sees it: letter case ignored, and what HFS+ leaves
  /// out. Equal names (as `String`, which ignores Unicode form) may be one there.
  package var foldedName: String {
    // Nothing of ASCII is left out.
    let letters = Letters(of: self)
    if letters != .any { return foldedCase(of: letters) }
    let seen = PathRules.withoutIgnored(self[...])
    return seen.foldedCase(of: Letters(of: seen))
  }
}
