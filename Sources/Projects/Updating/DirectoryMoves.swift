import FileTrees

/// The directories that move as wholes, with what the user has put into them: those whose recorded
/// files, and directories, all go to one other directory. A directory that keeps one of them, loses
/// one, or has them go to different places stays where it is; so does the root, and nothing moves
/// there that is not the layout's.
struct DirectoryMoves {
  private(set) var destinations: [RelativePath: RelativePath] = [:]

  /// - Parameter files: recorded paths, and where each goes; nil where it is no more.
  init(_ files: some Sequence<(from: RelativePath, to: RelativePath?)>) {
    guard files.contains(where: { $0.to != nil && $0.to != $0.from }) else { return }
    /// Where what is in a directory goes; `stays` where that is not one place.
    var votes: [RelativePath: Vote] = [:]
    for (from, to) in files {
      guard let directory = from.parent, !directory.isRoot else { continue }
      votes[directory, default: .none].add(to?.parent)
      // Directories that hold nothing but directories are asked as well.
      var above = directory.parent
      while let path = above, !path.isRoot, votes[path] == nil {
        votes[path] = Vote.none
        above = path.parent
      }
    }
    // What is inside comes first: no path is longer than what is below it.
    for directory in votes.keys.sorted(by: { $0.string.utf8.count > $1.string.utf8.count }) {
      var destination: RelativePath?
      if case .one(let one)? = votes[directory], one != directory, !one.isRoot {
        destination = one
        destinations[directory] = one
      }
      guard let above = directory.parent, !above.isRoot else { continue }
      votes[above, default: .none].add(destination?.parent)
    }
  }

  private enum Vote {
    case none
    case one(RelativePath)
    case several

    mutating func add(_ destination: RelativePath?) {
      switch (self, destination) {
      case (.none, let destination?): self = .one(destination)
      case (.one(let one), let destination?) where one == destination: break
      default: self = .several
      }
    }
  }
}
