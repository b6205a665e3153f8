import Documents
import FileTrees
import Git

extension Updating {
  /// What conflict markers call the user's side.
  static let labelOfOurs = "yours"

  /// In bytes; what is larger was not merged.
  static let mostLookedThrough = 32 << 20

  /// - Throws: that a file still holds the markers of a former run.
  func refuseMarkers() throws(PlanError) {
    var found = Diagnostics()
    do throws(TargetError) {
      try lookForMarkers(&found)
    } catch {
      throw .target(error)
    }
    if found.isEmpty { return }
    found.isExhaustive = true
    found.advise(
      "resolve them as you do after a merge: take the lines that are to stay, and the markers out")
    throw .conflicted(found)
  }

  private func lookForMarkers(_ found: inout Diagnostics) throws(TargetError) {
    for step in request.layouts {
      for file in request.present.record.layouts[step.place].files where file.isMarked {
        guard case .file = try looking.file(at: file.path),
          let text = try? looking.contents(of: file.path, limit: Self.mostLookedThrough)
        else { continue }
        let lines = ConflictMarkers.beginnings(in: text, label: Self.labelOfOurs)
        if lines.isEmpty { continue }
        let name = Printable.text(request.target.displayName(of: file.path))
        let places = lines.map { String($0) }.concatenated(by: ", ")
        found.add(
          Diagnostic(
            "\(name): the conflict of the last update is not resolved"
              + " (line\(lines.count == 1 ? "" : "s") \(places))"))
      }
    }
  }
}
