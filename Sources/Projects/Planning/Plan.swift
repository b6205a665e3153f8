import Documents
import FileSystems
import FileTrees
import Layouts

/// What a run would do: a list of changes against a target. A dry run is a plan that is not
/// committed; preview and commit read the same list.
package struct Plan: Sendable {
  package var target: Target
  /// What the plan is made of.
  package let origin: Origin
  /// Directories before what they hold.
  package private(set) var changes: [Change]
  /// The project's names.
  package let tree: FileTree
  /// The places in `changes` of the files that `tree` numbers.
  private let places: [Int]
  let contents: PlannedContents
  /// The commands to run afterwards, on whatever machine.
  package let nextSteps: [NextStep]
  /// What is no fault of the layout, but probably not meant.
  package let warnings: Diagnostics
  /// What stands in the way.
  package private(set) var conflicts: [Change]
  /// Whether what stands in the way is left as it is while all the rest is done.
  package var leavesConflicts = false

  /// Whether nothing may be written.
  package var isBlocked: Bool { !conflicts.isEmpty && !leavesConflicts }

  package struct Origin: Sendable {
    package var layout: LayoutVersion
    package var answers: Answers
    /// Whether the project is there, and was made from other layouts so far.
    package var isAddition = false
  }

  /// - Parameter places: of the files that `tree` numbers, in `changes`.
  init(
    target: Target, origin: Origin, changes: [Change], tree: FileTree, places: [Int],
    contents: PlannedContents, nextSteps: [NextStep], warnings: Diagnostics
  ) {
    self.target = target
    self.origin = origin
    self.changes = changes
    self.tree = tree
    self.places = places
    self.contents = contents
    self.nextSteps = nextSteps
    self.warnings = warnings
    conflicts = changes.filter { $0.conflict != nil }
  }

  package func change(ofFile number: Int) -> Change { changes[places[number]] }

  /// Whether nothing is to be written.
  package var isDone: Bool { !changes.contains { $0.decision.writes } }

  /// The same plan with other decisions where something stands in the way.
  ///
  /// - Parameter resolve: says what is to become of a conflict; nil where it stays one.
  func resolved(by resolve: (Change) -> Decision?) -> Plan {
    if conflicts.isEmpty { return self }
    var plan = self
    for index in changes.indices where changes[index].conflict != nil {
      guard let decision = resolve(changes[index]) else { continue }
      plan.changes[index].decision = decision
      // Not setuid and the like: they were meant for the content that goes.
      if case .replace = decision, case .file(_, let mode, _) = changes[index].expected {
        plan.changes[index].permissions = .exactly(mode & 0o777)
      }
    }
    plan.conflicts = plan.changes.filter { $0.conflict != nil }
    return plan
  }

  /// Finds out what a commit would only find out half-way; not where conflicts keep it from being
  /// committed at all.
  ///
  /// - Throws: that a directory in which something is to appear may not be written.
  func check() throws(TargetError) {
    if isBlocked || isDone { return }
    for directory in changedDirectories {
      do {
        try target.fileSystem.checkWritable(directory)
      } catch {
        throw .unwritable(error, target)
      }
    }
  }

  /// The directories that are there and get new names, or lose some.
  private var changedDirectories: [RelativePath] {
    // A new target, and the staging of any, appears at the root.
    var result: [RelativePath] = [.root]
    if target.isNew { return result }
    let made = Set(changes.filter { $0.isDirectory && $0.decision == .create }.map(\.path))
    for change in changes where change.decision.writes {
      for path in [change.path, change.origin] {
        guard let parent = path?.parent, !made.contains(parent), result.last != parent else {
          continue
        }
        result.append(parent)
      }
    }
    return result
  }
}
