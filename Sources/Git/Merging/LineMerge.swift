import Documents

/// A merge of lines alone, which git makes, and how its result becomes a text again.
struct LineMerge {
  let base: [UInt8]
  let ours: [UInt8]
  let theirs: [UInt8]
  private let form: TextForm
  private let markers: ConflictMarkers
  private let merge: Merge

  /// Nil where a content is no text.
  init?(_ merge: Merge) {
    let texts = [merge.base, merge.ours, merge.theirs]
    // git looks at the first 8000 bytes only.
    guard !texts.contains(where: { $0.contains(0) }) else { return nil }
    form = TextForm(
      base: TextForm(of: merge.base), ours: TextForm(of: merge.ours),
      theirs: TextForm(of: merge.theirs))
    base = form.lines(of: merge.base)
    ours = form.lines(of: merge.ours)
    theirs = form.lines(of: merge.theirs)
    markers = ConflictMarkers(absentFrom: texts)
    self.merge = merge
  }

  /// The result where git is not needed for it.
  var settled: [UInt8]? {
    if ours == base { return form.text(of: theirs) }
    if theirs == base || ours == theirs { return form.text(of: ours) }
    return nil
  }

  /// What git is called with, but for the names of files.
  ///
  /// - Parameter knowsZealousDiff3: git does since 2.35.
  func arguments(knowsZealousDiff3: Bool) -> [String] {
    var arguments = ["merge-file", "-p", "-q", "--marker-size=\(markers.size)"]
    // Without a base there is nothing to show of it, and the sides are compared with each other.
    switch base.isEmpty ? .merge : merge.style {
    case .merge: break
    case .zdiff3 where knowsZealousDiff3: arguments.append("--zdiff3")
    case .diff3, .zdiff3: arguments.append("--diff3")
    }
    for label in [merge.labels.ours, merge.labels.base, merge.labels.theirs] {
      arguments += ["-L", Printable.text(label)]
    }
    return arguments
  }

  /// Whether git said that it does not know an option.
  func isUnknownOption(_ answer: GitSession.Answer) -> Bool {
    merge.style == .zdiff3 && answer.end == .exit(129)
  }

  func result(_ answer: GitSession.Answer) throws(GitError) -> Merge.Result {
    switch answer.end {
    case .exit(0):
      return .merged(form.text(of: answer.output))
    case .exit(1...127):
      // The number of conflicts, or something that went wrong: conflicts are there to be seen.
      let lines = markers.beginnings(in: answer.output)
      if lines.isEmpty { throw answer.failure(of: "merge-file") }
      let endsInConflict = markers.end(answer.output)
      return .conflict(form.text(of: answer.output, keepsLastEnd: endsInConflict), lines: lines)
    default:
      throw answer.failure(of: "merge-file")
    }
  }
}
