import Documents

/// A text in which git has left the two sides of conflicts, in any of its styles.
///
/// Each side keeps its lines where they are: those of the other side, of the base and of the markers are
/// blank in it, so that a fault of a side is told by its place in the whole text.
struct ConflictedText {
  private(set) var ours: [UInt8] = []
  private(set) var theirs: [UInt8] = []
  /// What both come from, in the style diff3; nil where a conflict does not say it. (In zdiff3 lines
  /// that both sides have alike have left the conflict, and may stand here twice.)
  private(set) var base: [UInt8]? = []
  /// The lines, from 1, at which conflicts begin.
  private(set) var beginnings: [Int] = []

  /// - Returns: nil where there are no markers.
  /// - Throws: that markers do not belong together, as where some were removed by hand.
  init?(_ text: [UInt8], file: String) throws(Diagnostic) {
    guard Self.mayHaveMarkers(text) else { return nil }
    var part = Part.common
    var hasMarkers = false
    var line = 1
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? text.count
      if let marker = Self.marker(text[start..<end]) {
        hasMarkers = true
        guard let next = part.next(at: marker) else {
          throw Diagnostic(
            "this conflict marker is not in its place",
            at: SourceLocation(file: file, line: line, column: 1))
        }
        if next == .ours { beginnings.append(line) }
        if part == .ours, next == .theirs { base = nil }
        part = next
        add(text[start..<end], to: nil)
      } else {
        add(text[start..<end], to: part)
      }
      (start, line) = (end, line + 1)
    }
    guard part == .common else {
      throw Diagnostic(
        "the conflict that begins here has no end",
        at: SourceLocation(file: file, line: beginnings.last ?? 1, column: 1))
    }
    if !hasMarkers { return nil }
  }

  /// Whether a line begins as markers do. None of a whole record does, and nothing of it is copied.
  private static func mayHaveMarkers(_ text: [UInt8]) -> Bool {
    text.withUnsafeBufferPointer { bytes in
      var before = UInt8(ascii: "\n")
      for byte in bytes {
        if before == UInt8(ascii: "\n") {
          switch byte {
          case UInt8(ascii: "<"), UInt8(ascii: "|"), UInt8(ascii: "="), UInt8(ascii: ">"):
            return true
          default: break
          }
        }
        before = byte
      }
      return false
    }
  }

  private enum Part {
    case common, ours, base, theirs

    /// What follows a marker here; nil where it cannot be.
    func next(at marker: UInt8) -> Part? {
      switch (self, marker) {
      case (.common, UInt8(ascii: "<")): .ours
      case (.ours, UInt8(ascii: "|")): .base
      case (.ours, UInt8(ascii: "=")), (.base, UInt8(ascii: "=")): .theirs
      case (.theirs, UInt8(ascii: ">")): .common
      default: nil
      }
    }
  }

  /// The sign of a line that is a marker: seven of it, and a label behind a blank. Longer ones are of
  /// conflicts within a base that git has merged itself.
  private static func marker(_ line: ArraySlice<UInt8>) -> UInt8? {
    guard line.count >= size, let sign = line.first, "<|=>".utf8.contains(sign),
      line.prefix(size).allSatisfy({ $0 == sign })
    else { return nil }
    switch line.dropFirst(size).first {
    case nil, UInt8(ascii: " "), UInt8(ascii: "\r"), UInt8(ascii: "\n"): return sign
    default: return nil
    }
  }

  private static let size = 7

  /// - Parameter part: the one that has the line; nil for a marker.
  private mutating func add(_ line: ArraySlice<UInt8>, to part: Part?) {
    let end = line.last == UInt8(ascii: "\n") ? line.suffix(1) : ArraySlice()
    ours += part == .common || part == .ours ? line : end
    theirs += part == .common || part == .theirs ? line : end
    base? += part == .common || part == .base ? line : end
  }
}
