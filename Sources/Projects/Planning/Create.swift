import Documents
import FileSystems
import FileTrees
import Layouts

/// Why a plan could not be made.
package enum PlanError: Error, Sendable {
  /// The layout or an answer is at fault.
  case layout(Diagnostics)
  case target(TargetError)
  /// Files that a former run has left in conflict.
  case conflicted(Diagnostics)
}

extension Plan {
  /// Renders the layout and decides each of its paths; resolved by the request's policy, and checked.
  /// Nothing is written.
  ///
  /// A project has no base while it is made. Where a record is there that has the layout, the record
  /// is the base: the same request again is a plan of nothing, and any other one is refused. Where it
  /// has other layouts, this one is added to them, with the paths that are free.
  package init(creating request: CreateRequest) throws(PlanError) {
    do throws(TargetError) {
      try request.target.refuseReservedName()
    } catch {
      throw .target(error)
    }
    var warnings = Diagnostics()
    let rendered: RenderedTree
    let nextSteps: [NextStep]
    do throws(Diagnostics) {
      rendered = try request.layout.rendered(with: request.answers, warnings: &warnings)
      nextSteps = try request.layout.nextSteps(
        with: request.answers, directory: request.directory)
    } catch {
      throw .layout(error)
    }
    do throws(TargetError) {
      let creation = try Creation(request, rendered, warnings)
      self = try creation.plan(nextSteps: nextSteps).resolved { change in
        (request.decided[change.path] ?? request.onConflict).decision(on: change)
      }
      try check()
    } catch {
      throw .target(error)
    }
  }
}
