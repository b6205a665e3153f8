extension GitProgram {
  /// Merges each by itself. git is started only for those in which both sides have changed lines.
  package func merged(_ merges: [Merge]) throws(GitError) -> [Merge.Result] {
    var results: [Merge.Result] = []
    var left: [(index: Int, merge: LineMerge)] = []
    for merge in merges {
      guard let lines = LineMerge(merge) else {
        results.append(.binary)
        continue
      }
      let settled = lines.settled
      // A place for what is still to come.
      results.append(.merged(settled ?? []))
      if settled == nil { left.append((results.count - 1, lines)) }
    }
    guard !left.isEmpty else { return results }
    try session { (session) throws(GitError) in
      var refused: [(index: Int, merge: LineMerge)] = []
      try session.run(left.map(\.merge), knowsZealousDiff3: true) {
        (number, answer) throws(GitError) in
        if left[number].merge.isUnknownOption(answer) { return refused.append(left[number]) }
        results[left[number].index] = try left[number].merge.result(answer)
      }
      try session.run(refused.map(\.merge), knowsZealousDiff3: false) {
        (number, answer) throws(GitError) in
        results[refused[number].index] = try refused[number].merge.result(answer)
      }
    }
    return results
  }
}

extension GitSession {
  /// - Parameter answered: gets the number of a merge, and git's answer.
  fileprivate func run(
    _ merges: [LineMerge], knowsZealousDiff3: Bool,
    answered: (Int, Answer) throws(GitError) -> Void
  ) throws(GitError) {
    func names(_ number: Int) -> [String] {
      ["ours", "base", "theirs"].map { "\(number).\($0)" }
    }
    try run(merges.count) { (number) throws(GitError) in
      let merge = merges[number]
      for (name, content) in zip(names(number), [merge.ours, merge.base, merge.theirs]) {
        try directory.write(content, to: name)
      }
      return Command(
        arguments: merge.arguments(knowsZealousDiff3: knowsZealousDiff3) + names(number),
        surroundings: .none)
    } answered: { (number, answer) throws(GitError) in
      for name in names(number) { directory.remove(name) }
      try answered(number, answer)
    }
  }
}
