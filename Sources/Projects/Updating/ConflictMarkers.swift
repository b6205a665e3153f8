/// The marks that git leaves around what two sides have changed, as an update has it leave them.
enum ConflictMarkers {
  /// How they call the user's side.
  static let ours = "yours"

  /// The lines, from 1, that begin a conflict: `<`, seven of them or more, and the user's label.
  static func lines(in text: [UInt8]) -> [Int] {
    var lines: [Int] = []
    var number = 1
    var start = 0
    for end in 0...text.count where end == text.count || text[end] == UInt8(ascii: "\n") {
      if isBeginning(text[start..<end]) { lines.append(number) }
      number += 1
      start = end + 1
      if start > text.count { break }
    }
    return lines
  }

  private static func isBeginning(_ line: ArraySlice<UInt8>) -> Bool {
    let rest = line.drop { $0 == UInt8(ascii: "<") }
    guard line.count - rest.count >= 7 else { return false }
    let label = rest.last == UInt8(ascii: "\r") ? rest.dropLast() : rest
    return label.elementsEqual(" \(ours)".utf8)
  }
}
