import FileSystems
import FileTrees

// Files that the user has moved.

extension Updating {
  /// Finds what is not where the record has it, and that the layout has something new for: where the
  /// layout has it now, then by its content, then by what it has in common with a file of its kind.
  mutating func followTheUser() throws(TargetError) {
    var missing: [Int] = []
    for index in fates.indices where fates[index].ours == .absent {
      guard let base = fates[index].base, let theirs = fates[index].theirs, !theirs.isOnce else {
        continue
      }
      if fates[index].path != fates[index].place, recorded[fates[index].path] == nil,
        case .file = try looking.file(at: fates[index].path)
      {
        try follow(index, to: fates[index].path)
      } else if theirs.blob.id != base.blob {
        missing.append(index)
      }
    }
    if missing.isEmpty { return }
    var search = UserMoves(looking, known: Set(recorded.keys).union(foreign.keys))
    let bases = try bases.contents(
      of: missing.compactMap { index in fates[index].base.map { (fates[index].step, $0) } },
      upTo: UserMoves.mostRead)
    for index in missing {
      guard let base = fates[index].base,
        let path = try search.place(of: base, content: bases[base.blob])
      else { continue }
      try follow(index, to: path)
      remarks.append("“\(base.path)” is now “\(path)”: you have moved it")
    }
  }

  private mutating func follow(_ index: Int, to path: RelativePath) throws(TargetError) {
    fates[index].place = path
    fates[index].path = path
    fates[index].ours = try looking.file(at: path)
    moveAlong(index)
  }

  /// What the user has moved stays in the directory that it is in, wherever that goes.
  mutating func moveAlong(_ index: Int) {
    let place = fates[index].place
    if let parent = place.parent, let directory = directories.destinations[parent],
      let path = try? directory.appending(place.name)
    {
      fates[index].path = path
    }
    let path = fates[index].path
    guard let row = fates[index].row, let given = fates[index].theirs?.path else { return }
    rows[fates[index].step][row].path = path
    rows[fates[index].step][row].given = path == given ? nil : given
  }
}
