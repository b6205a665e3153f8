import FileTrees
import Layouts

/// The verb behind `scaffold new`: a layout and answers, to be written to a target.
package struct CreateRequest: Sendable {
  package var layout: Layout
  package var answers: Answers
  package var target: Target
  package var onConflict: ConflictPolicy
  /// What somebody has decided of single paths.
  package var decided: [RelativePath: ConflictPolicy] = [:]
  /// Where the record says that the layout is.
  package var source: LayoutVersion.Source
  /// What `cd` takes to get to the target, for the commands to run next.
  package var directory: String
  /// How remedies name commands; nil where none is to be named.
  package var words: CommandWords?

  package init(
    layout: Layout, answers: Answers, target: Target, onConflict: ConflictPolicy,
    source: LayoutVersion.Source = .builtIn, directory: String, words: CommandWords? = nil
  ) {
    self.layout = layout
    self.answers = answers
    self.target = target
    self.onConflict = onConflict
    self.source = source
    self.directory = directory
    self.words = words
  }
}
