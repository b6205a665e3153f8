/// Finds the name that was probably meant.
package enum Suggestion {
  /// The candidate nearest to `name`, or nil when none is near: at most two edits for every
  /// five characters, and one in shorter names (a swap of neighbours counts as one edit, letter case
  /// does not count). Names that share nothing are never near. Of very many or very long candidates
  /// not all are looked at.
  package static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    guard name.utf8.count <= longestName else { return nil }
    let wanted = Array(name.lowercased())
    var work = 0
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      work += wanted.count * min(candidate.utf8.count, longestName)
      if work > mostWork { break }
      guard candidate.utf8.count <= longestName else { continue }
      let other = Array(candidate.lowercased())
      let limit = max(1, max(wanted.count, other.count) * 2 / 5)
      guard abs(wanted.count - other.count) <= limit else { continue }
      let found = distance(wanted, other)
      if found <= limit, found < max(wanted.count, other.count),
        found < best?.distance ?? .max
      {
        best = (candidate, found)
      }
    }
    return best?.candidate
  }

  private static let longestName = 100
  /// In pairs of characters that are compared.
  private static let mostWork = 200_000

  /// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours.
  static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      for column in 0..<right.count {
        let substitution = last[column] + (left[row] == right[column] ? 0 : 1)
        var cost = min(substitution, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current.append(cost)
      }
      (beforeLast, last) = (last, current)
    }
    return last[right.count]
  }
}
