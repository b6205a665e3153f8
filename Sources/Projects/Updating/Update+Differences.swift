import FileSystems
import FileTrees
import Git

extension Update {
  /// In bytes; what is larger is compared by nobody.
  private static let mostCompared = 16 << 20

  /// What a run changes in files, and what it makes and removes.
  package func differences() throws(TargetError) -> [Difference] {
    var contents = plan.contents
    let looking = try Looking(plan.target)
    let origins = Set(plan.changes.lazy.compactMap(\.origin))
    var differences: [Difference] = []
    for change in plan.changes where change.decision.writes && !change.isDirectory {
      if change.path == Record.path || change.decision == .remove && origins.contains(change.path) {
        continue
      }
      let before = change.origin ?? change.path
      let old = try side(of: before, looking)
      var new: Difference.Side?
      if let file = change.file {
        guard let content = try bytes(of: contents.content(of: file), file) else { continue }
        new = Difference.Side(
          path: change.path, content: content,
          isExecutable: change.permissions.isExecutable)
      } else if change.decision == .move {
        new = old
        new?.path = change.path
      }
      if old != nil || new != nil { differences.append(Difference(old: old, new: new)) }
    }
    return differences
  }

  /// A file of the project; nil where none is, or one that is too large.
  private func side(
    of path: RelativePath, _ looking: Looking
  ) throws(TargetError) -> Difference.Side? {
    guard let status = try looking.status(of: path), status.kind == .file,
      status.size <= Self.mostCompared
    else { return nil }
    return Difference.Side(
      path: path, content: try looking.contents(of: path, limit: Self.mostCompared),
      isExecutable: status.mode & 0o100 != 0)
  }

  private func bytes(
    of content: FileContent, _ file: PlannedFile
  ) throws(TargetError) -> [UInt8]? {
    guard file.blob.size <= Self.mostCompared else { return nil }
    switch content {
    case .bytes(let bytes): return bytes
    case .file(let path, let disk):
      return try? disk.contents(of: path, limit: Self.mostCompared)
    case .pieces(let give):
      var bytes: [UInt8] = []
      give { piece in
        bytes.append(contentsOf: piece)
        return true
      }
      return bytes
    }
  }
}
