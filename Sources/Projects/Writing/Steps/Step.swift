import FileTrees

/// One change of a transaction: how it is made, and how it is taken back. That it is made can be
/// told by looking at the disk, so that either can be gone on with by another run.
protocol Step {
  var path: RelativePath { get }

  /// Whether the change is still to be made; nil where that cannot be told.
  func isPending(_ bench: Bench) throws -> Bool?

  /// Makes the change; does nothing when it is made.
  func publish(_ bench: Bench) throws

  /// Looks whether the change is on the disk, which may have said so only.
  func isKept(_ bench: Bench) throws -> Bool

  /// Takes the change back; does nothing when it is not made. What the user changed since stays.
  func undo(_ bench: Bench) throws -> Undoing

  /// To be asked when a change that a dead run had made is completed: where a file that the user
  /// changed since gets a copy of what it held before.
  func save(_ bench: Bench) throws -> Target.Saved?
}

extension Step {
  func save(_ bench: Bench) throws -> Target.Saved? { nil }
}

/// What became of a change that was to be taken back.
enum Undoing {
  /// It was not made, or is taken back already.
  case nothing
  /// What was there before is there again.
  case putBack(RelativePath)
  /// What was made is gone.
  case removed(RelativePath)
  /// The user changed it since.
  case stayed(RelativePath)
  /// The same, and what was there before is beside it.
  case saved(Target.Saved)
}

extension [Undoing] {
  /// The files that the user changed, with what was there before beside them.
  var saved: [Target.Saved] {
    compactMap { if case .saved(let saved) = $0 { saved } else { nil } }
  }
}
