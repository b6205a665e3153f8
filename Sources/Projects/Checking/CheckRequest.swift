import Documents
import FileSystems
import FileTrees
import Git
import Layouts
import Rules

/// The verb behind `scaffold check`: a project, its record, and the layouts whose rules hold for it.
package struct CheckRequest {
  package var target: Target
  /// Nil where the project has none, and is held against a layout alone.
  package var record: CheckedRecord?
  package var layouts: [CheckedLayout]
  /// Whether edited files are told as well, and private ones that are missing.
  package var isStrict: Bool
  /// Pays for what each layout's rules look at.
  package var budget: Budget
  package var words: CommandWords
  /// Whether the disk tells which files are programs, nil where nobody knows; asked where modes are
  /// not what they should be.
  package var keepsModes: @Sendable () -> Bool?
  /// What the project's git has of contents with these ids.
  package var objects: ProjectObjects
  /// Whether what can be made of what is missing was just made.
  private(set) var isFixed = false

  package init(
    target: Target, record: CheckedRecord?, layouts: [CheckedLayout], isStrict: Bool,
    spending budget: Budget = Budget(), words: CommandWords,
    keepsModes: @escaping @Sendable () -> Bool? = { nil },
    objects: @escaping ProjectObjects = { (_) throws(GitError) in [:] }
  ) {
    self.target = target
    self.record = record
    self.layouts = layouts
    self.isStrict = isStrict
    self.budget = budget
    self.words = words
    self.keepsModes = keepsModes
    self.objects = objects
  }

  /// The same, once what can be made was made.
  package var afterFixing: CheckRequest {
    var request = self
    request.isFixed = true
    return request
  }
}

/// A layout that a project is held against.
package struct CheckedLayout {
  /// Its place in the record; nil where the project has none.
  package var place: Int?
  /// Nil where it is not to be found here.
  package var layout: Layout?
  /// The layout's rules: one book for all projects of a run.
  package var book: RuleBook?
  /// Nil where the layout does not take what the record has; `faults` says why.
  package var answers: Answers?
  package var faults: Diagnostics

  package init(
    place: Int?, layout: Layout?, book: RuleBook?, answers: Answers?,
    faults: Diagnostics = Diagnostics()
  ) {
    self.place = place
    self.layout = layout
    self.book = book
    self.answers = answers
    self.faults = faults
  }
}
