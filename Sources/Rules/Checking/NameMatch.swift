import Documents
import Patterns

/// Holds a name against a part of a glob. Captures and `*` take the shortest text that lets the
/// rest match.
struct NameMatch {
  private let parts: [NamePart]
  private let name: [UInt8]
  private(set) var captures: Captures
  private let forms: CaptureForms
  /// The pairs of positions that are known not to match; nil where that depends on what was
  /// captured.
  private var failed: Set<Int>?
  private var budget = Budget()

  init(_ parts: [NamePart], _ name: String, with captures: Captures, _ forms: CaptureForms) {
    self.parts = parts
    self.name = Array(name.utf8)
    self.captures = captures
    self.forms = forms
    var open: [String] = []
    var isRepeated = false
    for case .capture(let name) in parts where captures[name] == nil {
      if open.contains(name) { isRepeated = true }
      open.append(name)
    }
    failed = isRepeated ? nil : []
  }

  /// Whether it matches; `captures` are those of the name, too, then.
  mutating func matches(spending budget: inout Budget) throws(Overrun) -> Bool {
    swap(&self.budget, &budget)
    defer { swap(&self.budget, &budget) }
    return try match(0, 0)
  }

  private mutating func match(_ part: Int, _ position: Int) throws(Overrun) -> Bool {
    try budget.spend(1, on: .steps)
    guard part < parts.count else { return position == name.count }
    switch parts[part] {
    case .literal(let bytes): return try match(bytes, part, position)
    case .anyCharacter:
      guard position < name.count else { return false }
      var next = position + 1
      while next < name.count, isWithinCharacter(next) { next += 1 }
      return try match(part + 1, next)
    case .anyText, .capture:
      if case .capture(let capture) = parts[part], let text = captures[capture] {
        return try match(Array(text.utf8), part, position)
      }
      let pair = part * (name.count + 1) + position
      if failed?.contains(pair) == true { return false }
      for end in try ends(of: parts[part], from: position) where isPlausible(part + 1, end) {
        if case .capture(let capture) = parts[part] {
          captures[capture] = String(decoding: name[position..<end], as: UTF8.self)
        }
        if try match(part + 1, end) { return true }
        if case .capture(let capture) = parts[part] { captures[capture] = nil }
      }
      failed?.insert(pair)
      return false
    }
  }

  private mutating func match(
    _ bytes: [UInt8], _ part: Int, _ position: Int
  ) throws(Overrun) -> Bool {
    guard name[position...].starts(with: bytes) else { return false }
    return try match(part + 1, position + bytes.count)
  }

  /// Where a text of any length may end that begins at `start`.
  private mutating func ends(of part: NamePart, from start: Int) throws(Overrun) -> [Int] {
    guard case .capture(let capture) = part else { return Array(start...name.count) }
    guard let form = forms[capture] else {
      return (start..<name.count).map { $0 + 1 }.filter { !isWithinCharacter($0) }
    }
    let ends = try name.withUnsafeBufferPointer { bytes throws(Overrun) in
      try form.ends(in: UnsafeBufferPointer(rebasing: bytes[start...]), spending: &budget)
    }
    return ends.map { start + $0 }.filter { $0 > start }
  }

  /// Whether what follows can match at all, as far as its first bytes tell.
  private func isPlausible(_ part: Int, _ position: Int) -> Bool {
    guard part < parts.count else { return position == name.count }
    guard case .literal(let bytes) = parts[part] else { return true }
    return name[position...].starts(with: bytes)
  }

  private func isWithinCharacter(_ position: Int) -> Bool {
    position < name.count && name[position] & 0xC0 == 0x80
  }
}

/// The forms that captures are to have, by their names.
struct CaptureForms {
  private let searches: [(capture: String, search: TextSearch)]

  init(_ searches: [(capture: String, search: TextSearch)]) {
    self.searches = searches
  }

  /// Nil for any text.
  subscript(capture: String) -> TextSearch? {
    searches.first { $0.capture == capture }?.search
  }
}
