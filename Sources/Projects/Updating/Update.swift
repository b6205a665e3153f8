import Documents
import Layouts

/// What an update of a project would do, and what it follows.
package struct Update: Sendable {
  package internal(set) var plan: Plan
  /// The layouts that change, each from what the record has to what it is to have.
  package internal(set) var layouts: [Followed] = []
  /// All that are followed, as they are now.
  package internal(set) var all: [LayoutVersion] = []
  /// One line each, of what was found and decided.
  package internal(set) var remarks: [String] = []
  /// One line each, of what decided: for who wants to know.
  package internal(set) var details: [String] = []

  package struct Followed: Sendable {
    package var before: LayoutVersion
    package var after: LayoutVersion
    /// What the versions in between have changed, oldest first.
    package var changes: [Manifest.Change]
    package var answersBefore: [JSON.Member]
    package var answers: [JSON.Member]
  }
}

extension Update {
  /// Holds base, ours and theirs against each other. Nothing is written, but for what git merges in a
  /// directory of its own.
  ///
  /// - Throws: the layout or an answer is at fault; the target cannot be read; a file still holds
  ///   the markers of a former run, or of two branches that git has merged.
  package init(_ request: UpdateRequest) throws(PlanError) {
    var updating = try Updating(request)
    try updating.refuseMarkers()
    try updating.render()
    do throws(TargetError) {
      try updating.decideAll()
    } catch {
      throw .target(error)
    }
    try updating.refuseConflictsOfGit()
    do throws(TargetError) {
      self = try updating.update()
      try plan.check()
    } catch {
      throw .target(error)
    }
  }
}
