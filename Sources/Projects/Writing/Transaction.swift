import Documents
import FileSystems
import FileTrees

/// Changes to an existing target, all or none.
///
/// Everything is staged first; then the journal appears by a move within the staging directory, and
/// from there on the steps are published one by one, in order. An error turns the direction, which
/// takes no room on the disk, and takes them back. A run that dies leaves its staging directory
/// (`StagingContent` lists the names); the next run reads from it what is to be done:
///
/// ```
/// no seal, or half of it        nothing was done yet                      remove
/// seal, no plan                 preparations only, or a clean-up          remove
/// seal, forward, no plan        all was done, the clean-up was not        remove
/// seal, forward, plan           publish what is still in new-…, if any    TargetRecovery
/// seal, plan, no forward        take back what is no longer in new-…      TargetRecovery
/// anything else                 not a staging directory of ours           leave alone
/// ```
///
/// While it is being made, `plan.tmp` tells the second row from the third. `new-…` has a file for each
/// step but those that make directories: what is to be published, or an empty marker where nothing is,
/// which goes when the step is done. The first step whose file is still there is the frontier: steps
/// before it are done, steps after it are not, and it may be half done.
///
/// At the end the directory becomes `.scaffold-undo` (`UndoDirectory`), by which all can be taken back.
///
/// Before each step and before anything is taken back, `new-…` is looked for under the name that
/// only this run knows: when another run took the directory over, this one touches nothing more.
struct Transaction {
  let bench: Bench
  let steps: [any Step]

  /// The name that staging directories of existing targets are for.
  static let name = "."

  /// The number of the first step that is not made, or may be half made.
  func frontier() throws -> Int {
    try steps.firstIndex { try $0.isPending(bench) == true } ?? steps.count
  }

  /// Takes all changes back, last first.
  ///
  /// - Returns: what became of each.
  func undo() throws -> [Undoing] {
    let frontier = try frontier()
    return try steps.prefix(frontier + 1).reversed().map { try $0.undo(bench) }
  }

  /// Makes the changes that a dead run had not made.
  func complete() throws -> [Target.Saved] {
    let frontier = try frontier()
    if frontier < steps.count {
      // Directories leave no trace of having been made; those right before the frontier may not be.
      let done = try steps[..<frontier].lastIndex { try $0.isPending(bench) != nil } ?? -1
      for step in steps[(done + 1)...] { try step.publish(bench) }
    }
    return try steps.compactMap { try $0.save(bench) }
  }
}
