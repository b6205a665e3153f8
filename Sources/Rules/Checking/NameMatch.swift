import Documents

/// Holds a name against a part of a glob. Captures and `*` take the shortest text that lets the rest
/// match.
struct NameMatch {
  private let parts: [NamePart]
  private let name: [UInt8]
  private(set) var captures: Captures
  /// Whether the text of a capture has the form that it is to have.
  private let accepts: (String, String) -> Bool
  /// The pairs of positions that are known not to match; nil where that depends on what was captured.
  private var failed: Set<Int>?
  /// How many pairs were looked at.
  private(set) var steps = 0

  init(
    _ parts: [NamePart], _ name: String, with captures: Captures,
    accepts: @escaping (String, String) -> Bool
  ) {
    self.parts = parts
    self.name = Array(name.utf8)
    self.captures = captures
    self.accepts = accepts
    var open: [String] = []
    var isRepeated = false
    for case .capture(let name) in parts where captures[name] == nil {
      if open.contains(name) { isRepeated = true }
      open.append(name)
    }
    failed = isRepeated ? nil : []
  }

  mutating func matches() -> Bool { match(0, 0) }

  private mutating func match(_ part: Int, _ position: Int) -> Bool {
    steps += 1
    guard part < parts.count else { return position == name.count }
    switch parts[part] {
    case .literal(let bytes):
      return name[position...].starts(with: bytes) && match(part + 1, position + bytes.count)
    case .anyCharacter:
      guard position < name.count else { return false }
      var next = position + 1
      while next < name.count, name[next] & 0xC0 == 0x80 { next += 1 }
      return match(part + 1, next)
    case .anyText:
      if part + 1 == parts.count { return true }
      return remembering(part, position) { match in
        for end in position...match.name.count where match.match(part + 1, end) { return true }
        return false
      }
    case .capture(let name):
      if let text = captures[name] {
        let bytes = Array(text.utf8)
        return self.name[position...].starts(with: bytes)
          && match(part + 1, position + bytes.count)
      }
      return remembering(part, position) { $0.capture(name, part, position) }
    }
  }

  private mutating func capture(_ name: String, _ part: Int, _ start: Int) -> Bool {
    var end = start + 1
    while end <= self.name.count {
      defer { end += 1 }
      // Not within a character.
      if end < self.name.count, self.name[end] & 0xC0 == 0x80 { continue }
      if part + 1 < parts.count, case .literal(let next) = parts[part + 1],
        !self.name[end...].starts(with: next)
      {
        continue
      }
      if part + 1 == parts.count, end < self.name.count { continue }
      let text = String(decoding: self.name[start..<end], as: UTF8.self)
      guard accepts(name, text) else { continue }
      captures[name] = text
      if match(part + 1, end) { return true }
      captures[name] = nil
    }
    return false
  }

  private mutating func remembering(
    _ part: Int, _ position: Int, _ body: (inout NameMatch) -> Bool
  ) -> Bool {
    let pair = part * (name.count + 1) + position
    if failed?.contains(pair) == true { return false }
    if body(&self) { return true }
    failed?.insert(pair)
    return false
  }
}
