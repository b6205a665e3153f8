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
    let newline = UInt8(ascii: "\n")
    let lineEnd = firstIndex(of: newline).map { $0 > startIndex && self[$0 - 1].isLineEnd }
    let joint = separator ?? (lineEnd == true ? [UInt8(ascii: "\r"), newline] : [newline])
    let endsWithLine = separator == nil && last == newline
    var pieces = separator.map(pieces(between:)) ?? entries(endingIn: joint)
    guard !pieces.isEmpty else { return 0 }
    let ranks = pieces.map(\.rankAmongNames)
    let order = pieces.indices.sorted { left, right in
      ranks[left] == ranks[right]
        ? pieces[left].naturallyPrecedes(pieces[right]) : ranks[left] < ranks[right]
    }
    pieces = order.map { pieces[$0] }
    var result: [UInt8] = []
    result.reserveCapacity(count)
    var previous: ArraySlice<UInt8>?
    for piece in pieces where piece != previous {
      if previous != nil { result += joint }
      result += piece
      previous = piece
    }
    if endsWithLine { result += joint }
    let rounds = Int.bitWidth - pieces.count.leadingZeroBitCount
    let steps = count * rounds / 4 + pieces.count * rounds
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
  private func entries(endingIn lineEnd: [UInt8]) -> [ArraySlice<UInt8>] {
    let text = last == UInt8(ascii: "\n") ? dropLast() : self
    guard !isEmpty else { return [] }
    var entries: [ArraySlice<UInt8>] = []
    var indentation: Int?
    for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      let content = line.drop(while: \.isBlank)
      let depth = content.startIndex - line.startIndex
      let end =
        lineEnd.count > 1 && line.last?.isLineEnd == true ? line.endIndex - 1 : line.endIndex
      if let indentation, depth > indentation || content.first?.staysWithLineAbove ?? true {
        entries[entries.count - 1] = text[entries[entries.count - 1].startIndex..<end]
      } else {
        indentation = indentation ?? depth
        entries.append(text[line.startIndex..<end])
      }
    }
    return entries
  }

  /// Constants, classes, the rest: a name alone, quotes and a comma aside, or something else.
  fileprivate var rankAmongNames: Int {
    func isAround(_ byte: UInt8) -> Bool {
      byte.isBlank || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
        || byte == UInt8(ascii: ",")
    }
    var name = drop(while: isAround)
    while let last = name.last, isAround(last) { name.removeLast() }
    guard let first = name.first, first.isCapital, name.allSatisfy({ $0.isInName || $0.isInWord })
    else { return 2 }
    return name.count > 1 && name.allSatisfy(\.isInName) ? 0 : 1
  }

  /// Digits that stand at one place in both are compared as numbers, all else by bytes, letter case
  /// last.
  fileprivate func naturallyPrecedes(_ other: ArraySlice<UInt8>) -> Bool {
    var (left, right) = (self, other)
    while let first = left.first, let second = right.first {
      if first.isDigit, second.isDigit {
        let (number, otherNumber) = (left.takeNumber(), right.takeNumber())
        if number.count != otherNumber.count { return number.count < otherNumber.count }
        if number != otherNumber { return number.lexicographicallyPrecedes(otherNumber) }
      } else {
        if first.inSmall != second.inSmall { return first.inSmall < second.inSmall }
        left.removeFirst()
        right.removeFirst()
      }
    }
    if left.isEmpty != right.isEmpty { return left.isEmpty }
    return lexicographicallyPrecedes(other)
  }

  /// The digits at the beginning, without leading zeros.
  private mutating func takeNumber() -> ArraySlice<UInt8> {
    let digits = prefix(while: \.isDigit)
    self = self[digits.endIndex...]
    return digits.drop { $0 == UInt8(ascii: "0") }
  }
}

extension UInt8 {
  /// Whether it is a closing bracket, or the line end of a blank line.
  fileprivate var staysWithLineAbove: Bool {
    self == UInt8(ascii: ")") || self == UInt8(ascii: "]") || self == UInt8(ascii: "}")
      || isLineEnd
  }

  fileprivate var inSmall: UInt8 { isCapital ? self + 0x20 : self }
}

extension [UInt8] {
  /// Whether every line from the one that holds `start` is at most `width` characters wide.
  func fits(_ width: Width, from start: Int) -> Bool {
    // A line that holds more before `start` than that many characters can have is too wide anyway.
    let earliest = Swift.max(0, start - 4 * width - 4)
    let lineEnd = self[earliest..<start].lastIndex(of: UInt8(ascii: "\n"))
    if lineEnd == nil, earliest > 0 { return false }
    var columns = 0
    for byte in self[(lineEnd.map { $0 + 1 } ?? 0)...] {
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
