import Documents
import FileTrees
import Layouts

extension Plan {
  /// Gives a project that is there its record, and writes nothing else. What the record says is what the
  /// layout gives: a file that differs counts as edited from then on, and one that is not there as
  /// removed by its owner, which no check misses.
  ///
  /// Where a record has other layouts, this one is added to it.
  ///
  /// - Parameters:
  ///   - fit: what was found of the project in `target`.
  ///   - source: where the record says that the layout is.
  package init(
    adopting fit: Fit, in target: Target, source: LayoutVersion.Source = .builtIn
  ) throws(PlanError) {
    do throws(TargetError) {
      try target.refuseReservedName()
      let request = CreateRequest(
        layout: fit.layout, answers: fit.answers, target: target, onConflict: .keep,
        source: source, directory: "")
      if let present = try target.record(upTo: fit.layout.limits.largestRecord),
        present.record.layouts.contains(where: { $0.layout.name == fit.layout.name })
      {
        throw .isAdopted(fit.layout.name, target)
      }
      self = try Creation(
        request, fit.rendered, fit.warnings, without: Set(fit.comparison.missing)
      ).planOfRecord()
      try check()
    } catch {
      throw .target(error)
    }
  }
}

extension TargetError {
  fileprivate static func isAdopted(_ layout: String, _ target: Target) -> TargetError {
    .refused(
      "“\(Printable.text(target.displayName))” has a record of the layout"
        + " “\(Printable.text(layout))” already",
      help: "scaffold update brings it to this version, and gives it other answers; to adopt it"
        + " anew, remove \(Layout.recordName) first")
  }
}

extension Creation {
  /// A plan that writes the record alone.
  fileprivate func planOfRecord() throws(TargetError) -> Plan {
    let looking = try Looking(target)
    let change = try changeOfRecord(numbered: 0, try looking.file(at: Record.path))
    var tree = FileTree()
    do {
      _ = try tree.insertFile(leaf: 0, note: Layout.recordNote, at: Record.path)
    } catch {
      preconditionFailure("nothing else is in the tree")
    }
    var contents = PlannedContents()
    _ = contents.add(.bytes(record))
    return Plan(
      target: target, origin: origin, changes: [change], tree: tree, places: [0],
      contents: contents, nextSteps: [], warnings: warnings)
  }
}
