import Documents

/// A glob over whole paths: `*` and `?` stay within a component, `**` is any number of components.
package struct PathPattern: Sendable {
  package let text: String
  let location: SourceLocation
  private let tokens: [Token]
  /// The path that a pattern without wildcards matches.
  private let literal: [UInt8]?

  private enum Token {
    case byte(UInt8)
    case anyCharacter
    case anyBytes
    /// `**/`: any number of whole components; at the end also what is below.
    case anyComponents
  }

  /// A path to match: its bytes, with `nil` for a placeholder whose text is not known yet.
  typealias Candidate = [UInt8?]

  package init(_ text: String, at location: SourceLocation) {
    self.text = text
    self.location = location
    var tokens: [Token] = []
    let components = text.split(separator: "/", omittingEmptySubsequences: true)
    for (index, component) in components.enumerated() {
      let isLast = index == components.count - 1
      if component == "**" {
        tokens.append(.anyComponents)
        if isLast { tokens.append(.anyBytes) }
        continue
      }
      for byte in component.utf8 {
        switch byte {
        case UInt8(ascii: "*"): tokens.append(.anyBytes)
        case UInt8(ascii: "?"): tokens.append(.anyCharacter)
        default: tokens.append(.byte(byte))
        }
      }
      if !isLast { tokens.append(.byte(UInt8(ascii: "/"))) }
    }
    self.tokens = tokens
    let bytes = tokens.compactMap { token in if case .byte(let byte) = token { byte } else { nil } }
    literal = bytes.count == tokens.count ? bytes : nil
  }

  package func matches(_ path: String) -> Bool {
    if let literal { return path.utf8.elementsEqual(literal) }
    return couldMatch(path.utf8.map { $0 })
  }

  /// Whether some text for the unknown parts of `path` makes it match.
  func couldMatch(_ path: Candidate) -> Bool {
    var known: Set<Int> = []
    return match(0, path, 0, &known)
  }

  /// - Parameter failed: the pairs of positions that are known not to match, so that no pattern
  ///   takes more than the product of both lengths.
  private func match(
    _ token: Int, _ path: Candidate, _ position: Int, _ failed: inout Set<Int>
  ) -> Bool {
    let pair = token * (path.count + 1) + position
    if failed.contains(pair) { return false }
    if advance(token, path, position, &failed) { return true }
    failed.insert(pair)
    return false
  }

  private func advance(
    _ token: Int, _ path: Candidate, _ position: Int, _ failed: inout Set<Int>
  ) -> Bool {
    let slash = UInt8(ascii: "/")
    let isAtEnd = position == path.count
    if !isAtEnd, path[position] == nil {
      // The unknown text is empty from here on, or one more byte of it is taken by the pattern.
      if match(token, path, position + 1, &failed) { return true }
      guard token < tokens.count else { return false }
      switch tokens[token] {
      case .byte(slash): return false
      // No component: the unknown text is for what comes behind.
      case .anyComponents: return match(token + 1, path, position, &failed)
      case .byte, .anyCharacter, .anyBytes: return match(token + 1, path, position, &failed)
      }
    }
    guard token < tokens.count else { return isAtEnd }
    switch tokens[token] {
    case .byte(let byte):
      return !isAtEnd && path[position] == byte && match(token + 1, path, position + 1, &failed)
    case .anyCharacter:
      guard !isAtEnd, path[position] != slash else { return false }
      var next = position + 1
      while next < path.count, let byte = path[next], byte & 0xC0 == 0x80 { next += 1 }
      return match(token + 1, path, next, &failed)
    case .anyBytes:
      if match(token + 1, path, position, &failed) { return true }
      return !isAtEnd && path[position] != slash && match(token, path, position + 1, &failed)
    case .anyComponents:
      if match(token + 1, path, position, &failed) { return true }
      guard let next = path[position...].firstIndex(of: slash) else { return false }
      return match(token, path, next + 1, &failed)
    }
  }
}
