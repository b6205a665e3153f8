import Documents
import Templating

/// The files of a project, held against the globs of its layout.
struct GlobTargets {
  private let entries: [PlacedEntry]
  private let declarations: Declarations
  /// What each could be with other values, once that is asked for.
  private var candidates: [PathPattern.Candidate?]

  init(_ entries: [PlacedEntry], _ declarations: Declarations) {
    self.entries = entries
    self.declarations = declarations
    candidates = [PathPattern.Candidate?](repeating: nil, count: entries.count)
  }

  /// The first file that `pattern` could match with other values, where it matches none.
  mutating func escaping(
    _ pattern: PathPattern, spending budget: inout Budget
  ) throws(Overrun) -> PlacedEntry? {
    for entry in entries
    where try pattern.matches(entry.path.string, in: entry.scope, spending: &budget) {
      return nil
    }
    for (index, entry) in entries.enumerated() {
      let candidate: PathPattern.Candidate
      if let known = candidates[index] {
        candidate = known
      } else {
        try budget.spend(1 + entry.template.utf8.count / 4, on: .steps)
        candidate = PathPattern.candidate(
          for: entry.template, declarations.inLayer(entry.layer))
        candidates[index] = candidate
      }
      if try pattern.couldMatch(candidate, spending: &budget) { return entry }
    }
    return nil
  }
}
