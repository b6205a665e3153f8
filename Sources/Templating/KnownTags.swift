/// The values and conditions in templates that see the same names, each way of writing one once: most
/// are written again and again, and are looked up by their bytes in place of being parsed.
package struct KnownTags: Sendable {
  private var tags: [Tag] = []
  /// Numbers of tags by the hashes of their bytes, -1 where there is none; a power of two, at most half
  /// of them taken.
  private var slots: [Int] = []

  private struct Tag {
    let bytes: [UInt8]
    let hash: Int
    let content: Content
  }

  enum Content: Sendable {
    case value(Substitution)
    /// Of an `if` or an `elif`, with the names it uses.
    case condition(Expression, names: [String])
  }

  /// More than any layer has, and few enough to hold.
  private static let most = 4096
  /// Of a tag, in bytes.
  private static let longest = 80

  package init() {}

  /// The number of the tag that is remembered next; nil where no more are.
  var nextNumber: Int? { tags.count < Self.most ? tags.count : nil }

  /// Where a tag ends, going by the first `>>`, and the hash of its bytes.
  struct Extent {
    let range: Range<Int>
    fileprivate let hash: Int

    /// - Returns: nil where none ends soon.
    init?(at start: Int, in bytes: [UInt8]) {
      var hash = 0
      var end = start + 2
      let last = min(bytes.count, start + KnownTags.longest) - 1
      while end < last {
        let byte = bytes[end]
        if byte == UInt8(ascii: ">"), bytes[end + 1] == byte {
          range = start..<end + 2
          self.hash = hash & .max
          return
        }
        hash = (hash &* 31) &+ Int(byte)
        end += 1
      }
      return nil
    }
  }

  func content(of extent: Extent, in bytes: [UInt8]) -> Content? {
    guard !slots.isEmpty else { return nil }
    var slot = extent.hash & (slots.count - 1)
    while slots[slot] >= 0 {
      let number = slots[slot]
      if tags[number].hash == extent.hash,
        bytes[extent.range].elementsEqual(tags[number].bytes)
      {
        return tags[number].content
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// - Parameter content: not known yet; a value is numbered `nextNumber`.
  mutating func remember(_ content: Content, of extent: Extent, in bytes: [UInt8]) {
    guard tags.count < Self.most else { return }
    tags.append(Tag(bytes: Array(bytes[extent.range]), hash: extent.hash, content: content))
    if 2 * tags.count <= slots.count { return add(tags.count - 1) }
    slots = [Int](repeating: -1, count: max(16, 2 * slots.count))
    for number in tags.indices { add(number) }
  }

  private mutating func add(_ number: Int) {
    var slot = tags[number].hash & (slots.count - 1)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = number
  }
}

/// What known tags stand for in one scope, worked out where one is first met.
package struct TagValues: Sendable {
  private var values: [Entry?] = []

  struct Entry {
    let text: [UInt8]
    /// What working it out cost, and using it costs.
    let steps: Int
  }

  package init() {}

  subscript(number: Int) -> Entry? {
    get { number < values.count ? values[number] : nil }
    set {
      while values.count <= number { values.append(nil) }
      values[number] = newValue
    }
  }
}
