import Documents
import Templating

/// The files of a project, held against the globs of its layout.
struct GlobTargets {
  private let origins: [Origin]
  private let declarations: Declarations
  /// What each could be with other values, once that is asked for.
  private var candidates: [PathPattern.Candidate?]

  init(_ origins: [Origin], _ declarations: Declarations) {
    self.origins = origins
    self.declarations = declarations
    candidates = [PathPattern.Candidate?](repeating: nil, count: origins.count)
  }

  /// The first file that `pattern` could match with other values, where it matches none.
  mutating func escaping(
    _ pattern: PathPattern, spending budget: inout Budget
  ) throws(Overrun) -> Origin? {
    for origin in origins
    where try pattern.matches(origin.path.string, in: origin.scope, spending: &budget) {
      return nil
    }
    for (index, origin) in origins.enumerated() {
      let candidate: PathPattern.Candidate
      if let known = candidates[index] {
        candidate = known
      } else {
        try budget.spend(1 + origin.template.utf8.count / 4, on: .steps)
        candidate = LayerTemplates.candidate(
          for: origin.template, declarations.inLayer(origin.layer))
        candidates[index] = candidate
      }
      if try pattern.couldMatch(candidate, spending: &budget) { return origin }
    }
    return nil
  }
}
