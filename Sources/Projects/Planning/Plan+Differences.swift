import FileSystems
import FileTrees
import Git

/// What a plan changes in files, and what it makes and removes.
package struct PlannedDifferences: Sendable {
  package fileprivate(set) var files: [Difference] = []
  /// What nobody compares.
  package fileprivate(set) var tooLarge: [RelativePath] = []
}

extension Plan {
  /// In bytes; what is larger is compared by nobody.
  private static let mostCompared = 16 << 20

  /// - Parameter withRecord: whether that of the project's making is among them.
  package func differences(withRecord: Bool) throws(TargetError) -> PlannedDifferences {
    var contents = contents
    let looking = try Looking(target)
    let origins = Set(changes.lazy.compactMap(\.origin))
    var result = PlannedDifferences()
    for change in changes where change.decision.writes && !change.isDirectory {
      if change.path == Record.path && !withRecord { continue }
      if change.decision == .remove && origins.contains(change.path) { continue }
      if let difference = try difference(of: change, looking, &contents) {
        if difference.old != nil || difference.new != nil { result.files.append(difference) }
      } else {
        result.tooLarge.append(change.path)
      }
    }
    return result
  }

  /// What is at the path of a file, and what the plan would have there, whatever is decided; nil where
  /// the plan has no content for it, or one that is too large.
  package func difference(at path: RelativePath) throws(TargetError) -> Difference? {
    guard let change = changes.first(where: { $0.path == path && $0.file != nil }) else {
      return nil
    }
    var contents = contents
    return try difference(of: change, Looking(target), &contents)
  }

  /// Nil where one side is too large.
  private func difference(
    of change: Change, _ looking: Looking, _ contents: inout PlannedContents
  ) throws(TargetError) -> Difference? {
    var old: Difference.Side?
    let before = change.origin ?? change.path
    if let status = try looking.status(of: before), status.kind == .file {
      if status.size > Self.mostCompared { return nil }
      old = Difference.Side(
        path: before, content: try looking.contents(of: before, limit: Self.mostCompared),
        isExecutable: status.mode & 0o100 != 0)
    }
    var new: Difference.Side?
    if let file = change.file {
      guard let content = try Self.bytes(of: contents.content(of: file), file) else { return nil }
      new = Difference.Side(
        path: change.path, content: content, isExecutable: change.permissions.isExecutable)
    } else if change.decision == .move {
      new = old
      new?.path = change.path
    }
    return Difference(old: old, new: new)
  }

  private static func bytes(
    of content: FileContent, _ file: PlannedFile
  ) throws(TargetError) -> [UInt8]? {
    guard file.blob.size <= mostCompared else { return nil }
    switch content {
    case .bytes(let bytes): return bytes
    case .file(let path, let disk):
      return try? disk.contents(of: path, limit: mostCompared)
    case .pieces(let give):
      var bytes: [UInt8] = []
      give { piece in
        bytes.append(contentsOf: piece)
        return true
      }
      return bytes
    }
  }

  /// What the file at `path` is to hold; nil where the plan has none there.
  ///
  /// - Throws: that the layout is not any more what it was when the plan was made.
  package func content(ofFileAt path: RelativePath) throws(TargetError) -> FileContent? {
    guard let file = changes.first(where: { $0.path == path })?.file else { return nil }
    var contents = contents
    return try contents.content(of: file)
  }
}
