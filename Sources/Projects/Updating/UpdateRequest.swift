import FileTrees
import Git
import Layouts

/// The verb behind `scaffold update`: a project, its record, and the layouts that it is to follow.
package struct UpdateRequest: Sendable {
  package var target: Target
  package var present: PresentRecord
  package var layouts: [LayoutStep]
  package var onConflict: UpdatePolicy
  /// What somebody has decided of single paths.
  package var decided: [RelativePath: UpdatePolicy] = [:]
  /// What merges contents; nil where there is none.
  package var git: GitProgram?
  /// How the user wants conflicts to be shown.
  package var conflictStyle: @Sendable () -> Merge.Style
  /// What the project's git has of contents with these ids.
  package var objects: ProjectObjects

  package init(
    target: Target, present: PresentRecord, layouts: [LayoutStep], onConflict: UpdatePolicy,
    git: GitProgram?, conflictStyle: @escaping @Sendable () -> Merge.Style = { .merge },
    objects: @escaping ProjectObjects
  ) {
    self.target = target
    self.present = present
    self.layouts = layouts
    self.onConflict = onConflict
    self.git = git
    self.conflictStyle = conflictStyle
    self.objects = objects
  }
}

extension UpdateRequest {
  func policy(for fate: Fate) -> UpdatePolicy {
    decided.isEmpty ? onConflict : decided[fate.path] ?? decided[fate.place] ?? onConflict
  }

  /// Whether markers may be left in some file.
  var leavesMarkers: Bool {
    onConflict == .markers || decided.values.contains(.markers)
  }
}

/// A layout of a project, as it is now.
package struct LayoutStep: Sendable {
  /// Its place in the record.
  package var place: Int
  package var layout: Layout
  /// What the project is to have now.
  package var answers: Answers
  /// What the record has, as far as the layout takes it still; nil where it does not take that.
  package var recordedAnswers: Answers?
  package var source: LayoutVersion.Source

  package init(
    place: Int, layout: Layout, answers: Answers, recordedAnswers: Answers?,
    source: LayoutVersion.Source
  ) {
    self.place = place
    self.layout = layout
    self.answers = answers
    self.recordedAnswers = recordedAnswers
    self.source = source
  }
}
