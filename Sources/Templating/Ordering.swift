import Documents

extension ArraySlice<UInt8> {
  /// Puts the pieces of a text in the order in which isort and ruff put imports, each once: numbers
  /// as numbers, letter case only where nothing else differs, and among bare names constants before
  /// classes before the rest.
  ///
  /// - Parameter separator: between the pieces; nil where these are lines, and then a line that is
  ///   indented deeper than the first, is blank or begins with a closing bracket stays with the one
  ///   above it.
  /// - Returns: what it took, in steps of a `Budget`.
  mutating func sortPieces(between separator: Separator) -> Int {
    var pieces = separator.map(pieces(between:)) ?? entries()
    guard !pieces.isEmpty else { return 0 }
    let endsWithLine = separator == nil && last == UInt8(ascii: "\n")
    let keys = pieces.map(SortKey.init)
    let order = keys.indices.sorted { keys[$0] < keys[$1] }
    pieces = order.map { pieces[$0] }
    var result: [UInt8] = []
    result.reserveCapacity(count)
    var previous: ArraySlice<UInt8>?
    for piece in pieces where piece != previous {
      if previous != nil { result += separator ?? [UInt8(ascii: "\n")] }
      result += piece
      previous = piece
    }
    if endsWithLine { result.append(UInt8(ascii: "\n")) }
    let steps = count / 4 + pieces.count * (Int.bitWidth - pieces.count.leadingZeroBitCount)
    replaceSubrange(indices, with: result)
    return steps
  }

  /// Without the empty ones.
  private func pieces(between separator: [UInt8]) -> [ArraySlice<UInt8>] {
    var pieces: [ArraySlice<UInt8>] = []
    var (start, index) = (startIndex, startIndex)
    while index + separator.count <= endIndex {
      if self[index..<index + separator.count].elementsEqual(separator) {
        pieces.append(self[start..<index])
        index += separator.count
        start = index
      } else {
        index += 1
      }
    }
    pieces.append(self[start...])
    return pieces.filter { !$0.isEmpty }
  }

  /// Lines with those that stay with them, without the last line end of each.
  private func entries() -> [ArraySlice<UInt8>] {
    let text = last == UInt8(ascii: "\n") ? dropLast() : self
    guard !text.isEmpty else { return [] }
    var entries: [ArraySlice<UInt8>] = []
    var indentation: Int?
    for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      let content = line.drop(while: \.isBlank)
      let depth = content.startIndex - line.startIndex
      if let indentation, depth > indentation || content.first?.staysWithLineAbove ?? true {
        entries[entries.count - 1] = text[entries[entries.count - 1].startIndex..<line.endIndex]
      } else {
        indentation = indentation ?? depth
        entries.append(line)
      }
    }
    return entries
  }
}

extension UInt8 {
  /// Whether it is a closing bracket, or the line end of a blank line.
  fileprivate var staysWithLineAbove: Bool {
    self == UInt8(ascii: ")") || self == UInt8(ascii: "]") || self == UInt8(ascii: "}")
      || isLineEnd
  }
}

/// What an entry is put in order by.
private struct SortKey: Comparable {
  /// Constants, classes, the rest.
  let rank: Int
  /// Runs of digits, and what stands between them in small letters.
  let natural: [Part]
  let bytes: ArraySlice<UInt8>

  enum Part: Comparable {
    case number([UInt8])
    case text([UInt8])

    static func < (left: Part, right: Part) -> Bool {
      switch (left, right) {
      case (.number(let left), .number(let right)):
        left.count == right.count ? left.lexicographicallyPrecedes(right) : left.count < right.count
      case (.text(let left), .text(let right)): left.lexicographicallyPrecedes(right)
      case (.number(let left), .text(let right)), (.text(let left), .number(let right)):
        left.lexicographicallyPrecedes(right)
      }
    }
  }

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    rank = Self.rank(of: bytes)
    var parts: [Part] = []
    var rest = bytes
    while let first = rest.first {
      let run = rest.prefix { $0.isDigit == first.isDigit }
      rest = rest[run.endIndex...]
      if first.isDigit {
        parts.append(.number(Array(run.drop { $0 == UInt8(ascii: "0") })))
      } else {
        parts.append(.text(run.map { $0.isCapital ? $0 + 0x20 : $0 }))
      }
    }
    natural = parts
  }

  /// - Parameter bytes: a name alone, quotes and a comma aside, or something else.
  private static func rank(of bytes: ArraySlice<UInt8>) -> Int {
    func isAround(_ byte: UInt8) -> Bool {
      byte.isBlank || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
        || byte == UInt8(ascii: ",")
    }
    var name = bytes.drop(while: isAround)
    while let last = name.last, isAround(last) { name.removeLast() }
    guard let first = name.first, first.isCapital, name.allSatisfy({ $0.isInName || $0.isInWord })
    else { return 2 }
    return name.count > 1 && name.allSatisfy(\.isInName) ? 0 : 1
  }

  static func < (left: SortKey, right: SortKey) -> Bool {
    if left.rank != right.rank { return left.rank < right.rank }
    if left.natural != right.natural {
      return left.natural.lexicographicallyPrecedes(right.natural)
    }
    return left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

extension [UInt8] {
  /// Whether every line from the one that holds `start` is at most `width` characters wide.
  func fits(_ width: Width, from start: Int) -> Bool {
    let lineStart = self[..<start].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    var columns = 0
    for byte in self[lineStart...] {
      if byte.isLineEnd {
        columns = 0
      } else if byte & 0xC0 != 0x80 {
        columns += 1
        if columns > width { return false }
      }
    }
    return true
  }
}
