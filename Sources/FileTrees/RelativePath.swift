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

  /// - Parameter components: of a path that is safe.
  init(joining components: some Sequence<String>) {
    self = components.reduce(.root) { RelativePath(unchecked: $1).under($0) }
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

  /// The component that begins at the byte `start`.
  func component(from start: Int) -> String {
    let bytes = string.utf8
    let first = bytes.index(bytes.startIndex, offsetBy: start)
    return String(
      string[first..<bytes.index(bytes.startIndex, offsetBy: endOfComponent(from: start))])
  }

  /// Whether this is `other`, or one of the two is a directory that holds the other.
  package func overlaps(_ other: RelativePath) -> Bool {
    isRoot || other.isRoot || self == other || isBelow(other) || other.isBelow(self)
  }

  /// - Parameter directory: not the root.
  package func isBelow(_ directory: RelativePath) -> Bool {
    string.begins(with: directory.string, then: UInt8(ascii: "/"))
  }

  /// Whether this is a name in `directory`.
  package func isDirectly(in directory: RelativePath) -> Bool {
    let start = directory.isRoot ? 0 : directory.string.utf8.count + 1
    guard string.utf8.count > start, endOfComponent(from: start) == string.utf8.count else {
      return false
    }
    return start == 0 || isBelow(directory)
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

  /// This path with a name below it for which `checkAppending` has thrown nothing.
  package func appending(checked name: String) -> RelativePath {
    RelativePath(unchecked: name).under(self)
  }

  /// - Throws: `PathError` when `component` is not one safe component, or the whole is too long.
  package func appending(_ component: String) throws(PathError) -> RelativePath {
    try checkAppending(component)
    return RelativePath(unchecked: component).under(self)
  }

  /// - Throws: as `appending`, which it leaves out.
  package func checkAppending(_ component: String) throws(PathError) {
    try PathRules.check(component: component[...])
    if isRoot { try PathRules.checkStart(of: component) }
    if string.utf8.count + 1 + component.utf8.count > PathRules.longestPath + (isRoot ? 1 : 0) {
      throw PathError(
        path: RelativePath(unchecked: component).under(self).string,
        reason: "is longer than \(PathRules.longestPath) bytes")
    }
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
