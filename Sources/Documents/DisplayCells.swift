/// How wide text is on a terminal, in cells: columns of its grid. What `Printable` shows as an escape
/// counts as that.
extension String {
  package var cells: Int {
    if isPlainASCII { return utf8.count }
    var count = 0
    for character in self { count += character.cells }
    return count
  }

  /// Whether each byte is a character of one cell.
  private var isPlainASCII: Bool {
    utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }

  /// The text where it fits into so many cells; else as much of it as does with `ellipsis` behind,
  /// whole characters only.
  package func cut(toCells most: Int, ellipsis: String = "…") -> String {
    if utf8.count <= most, isPlainASCII { return self }
    let room = most - ellipsis.cells
    var (used, end) = (0, startIndex)
    for index in indices {
      let width = self[index].cells
      if used + width > most { return self[..<end] + (room < 0 ? "" : ellipsis) }
      used += width
      if used <= room { end = self.index(after: index) }
    }
    return self
  }

  /// With blanks behind it up to so many cells.
  package func padded(toCells least: Int) -> String {
    let count = least - cells
    return count > 0 ? self + String(repeating: " ", count: count) : self
  }
}

extension Character {
  /// 2 for wide letters, emoji and flags, 0 for what only changes the letter before it, else 1.
  package var cells: Int {
    let scalars = unicodeScalars
    let first = scalars[scalars.startIndex]
    if first.value >= 0x20, first.value < 0x7F, utf8.count == 1 { return 1 }
    if scalars.contains(where: \.isUnsafeToPrint) {
      let shown = Printable.text(String(self))
      return shown.cells
    }
    var width = 0
    var isEmoji = false
    for scalar in scalars {
      width += scalar.cells
      // What asks for the picture of a character that has one.
      if scalar.value == 0xFE0F, first.properties.isEmoji { isEmoji = true }
    }
    if isEmoji { return 2 }
    // A picture that others join is one picture.
    return first.value >= 0x80 && first.properties.isEmoji ? min(width, 2) : width
  }
}

extension Unicode.Scalar {
  /// Of the scalar alone.
  fileprivate var cells: Int {
    if value < 0x300 { return 1 }
    // Vowels and finals of Hangul stand within the syllable.
    if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) { return 0 }
    if (0x1F1E6...0x1F1FF).contains(value) { return 2 }
    if WideScalars.contain(self) { return isZeroWidth ? 0 : 2 }
    return isZeroWidth ? 0 : 1
  }

  private var isZeroWidth: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: true
    // These of Arabic, Syriac and Kaithi are seen: they stand before numbers.
    case .format: !isPrependedMark
    default: false
    }
  }

  private var isPrependedMark: Bool {
    switch value {
    case 0x600...0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD: true
    default: false
    }
  }
}
