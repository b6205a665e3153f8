import Documents
import Templating

/// A glob over whole paths: `*` and `?` stay within a component, `**` is any number of components.
/// It may hold placeholders, as the names of a layer may: what they give is no wildcard.
package struct PathPattern: Sendable {
  /// In bytes: longer ones match no path.
  static let longest = 1024

  package let text: String
  let location: SourceLocation
  /// Nil for a glob without placeholders.
  let template: Template?
  /// With any text in the place of each placeholder.
  private let glob: Glob

  /// - Parameter template: of `text`, when that holds placeholders.
  package init(_ text: String, at location: SourceLocation, _ template: Template? = nil) {
    self.text = text
    self.location = location
    self.template = template
    var symbols: [Glob.Symbol] = []
    for piece in template?.nameParts ?? [.text(Array(text.utf8))] {
      switch piece {
      case .text(let bytes): symbols += bytes.map(Glob.Symbol.written)
      case .value: symbols.append(.unknown)
      }
    }
    glob = Glob(symbols)
  }

  /// - Parameters:
  ///   - scope: of the file; without the item of a list that the glob speaks of, it does not match.
  ///   - budget: pays for it.
  /// - Throws: that finding out takes more than what is left.
  package func matches(
    _ path: String, in scope: Scope, spending budget: inout Budget
  ) throws(Overrun) -> Bool {
    guard let template else { return try glob.matches(path, spending: &budget) }
    guard template.names.allSatisfy({ scope[$0] != nil }) else { return false }
    var symbols: [Glob.Symbol] = []
    for piece in template.nameParts {
      switch piece {
      case .text(let bytes): symbols += bytes.map(Glob.Symbol.written)
      case .value(let value):
        // A value that cannot be written, or is longer than any path, is in none.
        guard
          let bytes = try? value.rendered(
            in: scope, upTo: Self.longest, "a glob", spending: &budget)
        else {
          try budget.spend(1, on: .steps)
          return false
        }
        symbols += bytes.map(Glob.Symbol.value)
      }
    }
    try budget.spend(1 + symbols.count / 4, on: .steps)
    return try Glob(symbols).matches(path, spending: &budget)
  }

  /// A path to match: its bytes, with `nil` for a placeholder whose text is not known yet.
  typealias Candidate = [UInt8?]

  /// `a/<<NAME|snake>>.py` as `a/`, unknown, `.py`; all unknown where a placeholder is at fault.
  static func candidate(for path: String, _ declarations: Declarations) -> Candidate {
    guard path.utf8.contains(UInt8(ascii: "<")) else { return path.utf8.map { $0 } }
    guard let parts = Template.parts(ofName: path, declarations: declarations) else {
      return path.utf8.split(separator: UInt8(ascii: "/")).map { _ in [nil] }
        .joined(separator: [UInt8(ascii: "/")]).map { $0 }
    }
    return parts.flatMap { part -> Candidate in
      if case .text(let bytes) = part { bytes } else { [nil] }
    }
  }

  /// `a/<<NAME|snake>>.py` as `a/*.py`.
  static func glob(for path: String, _ declarations: Declarations) -> String {
    String(
      decoding: candidate(for: path, declarations).map { $0 ?? UInt8(ascii: "*") }, as: UTF8.self)
  }

  /// Whether some text for the unknown parts of the glob and of `path` makes it match.
  ///
  /// - Throws: that finding out takes more than what is left.
  func couldMatch(_ path: Candidate, spending budget: inout Budget) throws(Overrun) -> Bool {
    try glob.couldMatch(path, spending: &budget)
  }
}

/// What a pattern looks for, in tokens.
private struct Glob: Sendable {
  /// A byte of a pattern, or a part of it that is not known.
  enum Symbol {
    /// As the manifest has it: `*` and `?` are wildcards.
    case written(UInt8)
    case value(UInt8)
    case unknown
  }

  private enum Token {
    case byte(UInt8)
    case anyCharacter
    case anyBytes
    /// `**/`: any number of whole components; at the end also what is below.
    case anyComponents
  }

  private let tokens: [Token]
  /// The path that a pattern without wildcards matches.
  private let literal: [UInt8]?

  init(_ symbols: [Symbol]) {
    var tokens: [Token] = []
    let components = symbols.split { symbol in
      if case .written(UInt8(ascii: "/")) = symbol { true } else { false }
    }
    for (index, component) in components.enumerated() {
      let isLast = index == components.count - 1
      let isAny = component.allSatisfy { symbol in
        if case .written(UInt8(ascii: "*")) = symbol { true } else { false }
      }
      if isAny, component.count == 2 {
        tokens.append(.anyComponents)
        if isLast { tokens.append(.anyBytes) }
        continue
      }
      for symbol in component {
        switch symbol {
        case .written(UInt8(ascii: "*")), .unknown: tokens.append(.anyBytes)
        case .written(UInt8(ascii: "?")): tokens.append(.anyCharacter)
        case .written(let byte), .value(let byte): tokens.append(.byte(byte))
        }
      }
      if !isLast { tokens.append(.byte(UInt8(ascii: "/"))) }
    }
    self.tokens = tokens
    let bytes = tokens.compactMap { token in if case .byte(let byte) = token { byte } else { nil } }
    literal = bytes.count == tokens.count ? bytes : nil
  }

  func matches(_ path: String, spending budget: inout Budget) throws(Overrun) -> Bool {
    if let literal {
      try budget.spend(1, on: .steps)
      return path.utf8.elementsEqual(literal)
    }
    return try couldMatch(path.utf8.map { $0 }, spending: &budget)
  }

  func couldMatch(
    _ path: PathPattern.Candidate, spending budget: inout Budget
  ) throws(Overrun) -> Bool {
    var known: Set<Int> = []
    let matches = match(0, path, 0, &known)
    try budget.spend(1 + known.count, on: .steps)
    return matches
  }

  /// - Parameter failed: the pairs of positions that are known not to match, so that no pattern
  ///   takes more than the product of both lengths.
  private func match(
    _ token: Int, _ path: PathPattern.Candidate, _ position: Int, _ failed: inout Set<Int>
  ) -> Bool {
    let pair = token * (path.count + 1) + position
    if failed.contains(pair) { return false }
    if advance(token, path, position, &failed) { return true }
    failed.insert(pair)
    return false
  }

  private func advance(
    _ token: Int, _ path: PathPattern.Candidate, _ position: Int, _ failed: inout Set<Int>
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
