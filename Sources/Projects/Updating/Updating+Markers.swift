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

  /// - Throws: that a file which is to be written has conflicts of two branches, which git left there:
  ///   merged with more, they would hold conflicts themselves, or twice what was added once.
  mutating func refuseConflictsOfGit() throws(PlanError) {
    var found = Diagnostics()
    do throws(TargetError) {
      for fate in fates where fate.writesOverEdits { try lookForConflicts(in: fate, &found) }
    } catch {
      throw .target(error)
    }
    if found.isEmpty { return }
    found.isExhaustive = true
    found.advise(
      "resolve these, and “git add” them"
        + (request.present.isInConflict ? ", but leave \(Record.path) as it is" : "")
        + "; then run this again")
    throw .conflicted(found)
  }

  private mutating func lookForConflicts(
    in fate: Fate, _ found: inout Diagnostics
  ) throws(TargetError) {
    guard let size = try looking.status(of: fate.place)?.size, size <= Self.mostLookedThrough
    else { return }
    let text = try looking.contents(of: fate.place, limit: Self.mostLookedThrough)
    let lines = ConflictMarkers.conflictsOfMerge(in: text)
    if lines.isEmpty { return }
    if try isExample(fate) { return }
    let name = Printable.text(request.target.displayName(of: fate.place))
    for line in lines {
      found.add(
        Diagnostic(
          "git has left a conflict of two branches here",
          at: SourceLocation(file: name, line: line, column: 1)))
    }
  }

  /// Whether the layout itself has, or had, such lines in the file, as a text on conflicts has.
  private mutating func isExample(_ fate: Fate) throws(TargetError) -> Bool {
    if let theirs = fate.theirs, theirs.blob.size <= Self.mostLookedThrough,
      case .bytes(let given) = try contents.content(
        of: PlannedFile(number: theirs.number, blob: theirs.blob)),
      !ConflictMarkers.conflictsOfMerge(in: given).isEmpty
    {
      return true
    }
    guard let base = fate.base else { return false }
    let before = try bases.contents(of: [(fate.step, base)], upTo: Self.mostLookedThrough)
    return before[base.blob].map { !ConflictMarkers.conflictsOfMerge(in: $0).isEmpty } ?? false
  }
}

extension Fate {
  /// Whether the user has changed what is written anew, or goes elsewhere.
  fileprivate var writesOverEdits: Bool {
    guard case .have = verdict, !takesOver, case .file(let blob, _, _) = ours else { return false }
    return blob != base?.blob && blob != theirs?.blob.id
  }
}
