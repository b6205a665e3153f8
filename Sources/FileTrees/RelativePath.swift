/// A path that stays inside the tree it is resolved in, on every system a project may travel to.
///
/// `init(validating:)` is the only way from a string to a path. Paths compare and sort by their
/// UTF-8 bytes, since that is how most disks tell names apart (Swift's `String` ignores Unicode
/// form).
package struct RelativePath: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The components joined by `/`; empty for `root`.
  package let string: String

  /// The directory that paths are relative to.
  package static let root = RelativePath(unchecked: "")

  init(unchecked string: String) {
    self.string = string
  }

  /// - Throws: `PathError`, which says the first rule that `string` breaks.
  package init(validating string: String) throws(PathError) {
    var string = string
    string.makeContiguousUTF8()
    try PathRules.check(string)
    self.string = string
  }

  package var isRoot: Bool { string.isEmpty }
  package var description: String { string.isEmpty ? "." : string }

  /// Outermost first; none for `root`.
  package var components: [String] {
    var result: [String] = []
    var string = string
    string.withUTF8 { bytes in
      var start = 0
      for end in 0...bytes.count where end == bytes.count || bytes[end] == UInt8(ascii: "/") {
        if start < end {
          let component = UnsafeBufferPointer(rebasing: bytes[start..<end])
          result.append(String(decoding: component, as: UTF8.self))
        }
        start = end + 1
      }
    }
    return result
  }

  /// The last component; empty for `root`.
  package var name: String {
    guard let slash = lastSlash else { return string }
    return String(string[string.utf8.index(after: slash)...])
  }

  /// The directory that holds this path; nil for `root`.
  package var parent: RelativePath? {
    guard !isRoot else { return nil }
    guard let slash = lastSlash else { return .root }
    return RelativePath(unchecked: String(string[..<slash]))
  }

  /// Where the component ends that begins at the byte `start`.
  func endOfComponent(from start: Int) -> Int {
    let end = string.utf8.withContiguousStorageIfAvailable { bytes in
      var end = start
      while end < bytes.count, bytes[end] != UInt8(ascii: "/") { end += 1 }
      return end
    }
    return end ?? start + string.utf8.dropFirst(start).prefix { $0 != UInt8(ascii: "/") }.count
  }

  /// The component whose bytes are those in `range`.
  func component(_ range: Range<Int>) -> String {
    let component = string.utf8.withContiguousStorageIfAvailable { bytes in
      String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }
    return component ?? String(decoding: Array(string.utf8)[range], as: UTF8.self)
  }

  /// The directory whose path is the first `count` bytes.
  func prefix(_ count: Int) -> RelativePath {
    RelativePath(unchecked: String(decoding: string.utf8.prefix(count), as: UTF8.self))
  }

  /// Whether this is `other`, or one of the two is a directory that holds the other.
  package func overlaps(_ other: RelativePath) -> Bool {
    let isShorter = string.utf8.count < other.string.utf8.count
    let (short, long) = isShorter ? (self, other) : (other, self)
    let count = short.string.utf8.count
    guard short.string.order(to: long.string, 0..<count) == .equal else { return false }
    return short.isRoot || long.endOfComponent(from: count) == count
  }

  /// Whether this is a name in `directory`.
  package func isDirectly(in directory: RelativePath) -> Bool {
    let start = directory.isRoot ? 0 : directory.string.utf8.count + 1
    guard string.utf8.count > start, endOfComponent(from: start) == string.utf8.count else {
      return false
    }
    return start == 0
      || directory.string.order(to: string, 0..<start - 1) == .equal
        && string.utf8.dropFirst(start - 1).first == UInt8(ascii: "/")
  }

  private var lastSlash: String.Index? {
    let bytes = string.utf8
    let offset = bytes.withContiguousStorageIfAvailable { $0.lastIndex(of: UInt8(ascii: "/")) }
    guard let offset else { return bytes.lastIndex(of: UInt8(ascii: "/")) }
    return offset.map { bytes.index(bytes.startIndex, offsetBy: $0) }
  }

  /// This path below `directory`. Both are safe, so the whole is; only its length is not checked.
  package func under(_ directory: RelativePath) -> RelativePath {
    if directory.isRoot { return self }
    if isRoot { return directory }
    return RelativePath(unchecked: directory.string.joined(by: UInt8(ascii: "/"), to: string))
  }

  /// - Throws: `PathError` when `component` is not one safe component, or the whole is too long.
  package func appending(_ component: String) throws(PathError) -> RelativePath {
    try PathRules.check(component: component[...])
    if isRoot { try PathRules.checkStart(of: component) }
    let path = RelativePath(unchecked: component).under(self)
    if path.string.utf8.count > PathRules.longestPath {
      throw PathError(
        path: path.string, reason: "is longer than \(PathRules.longestPath) bytes")
    }
    return path
  }

  package static func == (left: RelativePath, right: RelativePath) -> Bool {
    left.string.equalsInBytes(right.string)
  }

  package static func < (left: RelativePath, right: RelativePath) -> Bool {
    left.string.precedesInBytes(right.string)
  }

  package func hash(into hasher: inout Hasher) {
    let isFast: Void? = string.utf8.withContiguousStorageIfAvailable {
      hasher.combine(bytes: UnsafeRawBufferPointer($0))
    }
    // Every path is made contiguous when it is validated; this keeps the promise by itself.
    if isFast == nil { for byte in string.utf8 { hasher.combine(byte) } }
  }
}

/// Why a string is not a safe path: the offending part and the rule it breaks.
package struct PathError: Error, Hashable, Sendable, CustomStringConvertible {
  package var path: String
  package var reason: String

  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  package var description: String { "the path “\(path)” \(reason)" }
}
