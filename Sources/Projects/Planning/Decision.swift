/// What becomes of a path, and why.
package enum Decision: Hashable, Sendable {
  case create
  /// Takes the place of a file that differs.
  case replace
  /// The user and the layout have both changed the file: it gets what both have done.
  case merge
  /// The same, where both have changed the same lines: they stand in it between markers, which begin
  /// in these lines, from 1.
  case marked(lines: [Int])
  /// Goes with all that it is from its `origin` to its path, where nothing is.
  case move
  /// A file, or a directory that is empty by then.
  case remove
  /// Is there already, or gone on all sides.
  case unchanged
  case keep(Reason)
  case conflict(Conflict)

  /// Why what the user has stays as it is.
  package enum Reason: String, Sendable {
    /// Changed since the layout wrote it.
    case edited
    /// Removed since the layout wrote it, which has the same for it still.
    case removed
    /// Removed, and the layout has something else for it now.
    case removedAndChanged = "removed-and-changed"
    /// Changed, and the layout has nothing for it any more.
    case dropped
    /// Never the layout's.
    case own
    /// Differs from what the layout has, and was to be kept.
    case chosen
  }

  /// How JSON names it.
  package var keyword: String {
    switch self {
    case .create: "create"
    case .replace: "replace"
    case .merge: "merge"
    case .marked: Self.conflictKeyword
    case .move: "move"
    case .remove: "remove"
    case .unchanged: "unchanged"
    case .keep: "keep"
    case .conflict: Self.conflictKeyword
    }
  }

  private static let conflictKeyword = "conflict"

  /// Whether something is to be written.
  package var writes: Bool {
    switch self {
    case .create, .replace, .merge, .marked, .move, .remove: true
    case .unchanged, .keep, .conflict: false
    }
  }
}

/// The truth table of files: a pure function of the three sides.
///
/// ```
/// base  ours  theirs      base  ours  theirs
/// A     A     A  unchanged       A     –     A  keep (removed)
/// A     A     B  replace         A     –     B  keep (removed and changed)
/// A     B     A  keep (edited)   A     –     –  unchanged
/// A     B     B  unchanged       –     –     B  create
/// A     B     C  merge           –     B     B  unchanged
/// A     A     –  remove          –     B     C  conflict
/// A     B     –  keep (dropped)  –     B     –  keep (own)
/// ```
///
/// Whatever is there and is no file is a conflict.
func decide(_ sides: Sides) -> Decision {
  switch sides.ours {
  case .directory: return .conflict(.wrongKind(.directory, forDirectory: false))
  case .other(let kind): return .conflict(.wrongKind(kind, forDirectory: false))
  case .unsettled: return .conflict(.unsettled)
  case .absent:
    guard sides.base != nil else { return sides.theirs == nil ? .unchanged : .create }
    guard sides.theirs != nil else { return .unchanged }
    return .keep(sides.theirs == sides.base ? .removed : .removedAndChanged)
  case .file(let ours, _, _):
    if ours == sides.theirs { return .unchanged }
    guard let base = sides.base else {
      return sides.theirs == nil ? .keep(.own) : .conflict(.differs)
    }
    guard let theirs = sides.theirs else { return ours == base ? .remove : .keep(.dropped) }
    if theirs == base { return .keep(.edited) }
    return ours == base ? .replace : .merge
  }
}

/// What becomes of the path of a directory that a project has.
///
/// - Parameter isMade: whether it was made before; who removed it since, or a clone in which it was
///   empty, has it no more.
func decide(directory ours: Present, isMade: Bool) -> Decision {
  switch ours {
  case .absent: isMade ? .keep(.removed) : .create
  case .directory: .unchanged
  case .file, .unsettled: .conflict(.wrongKind(.file, forDirectory: true))
  case .other(let kind): .conflict(.wrongKind(kind, forDirectory: true))
  }
}
