import FileSystems
import FileTrees

/// One step of a plan: what becomes of a path, and what is there while it is planned.
package struct Change: Sendable {
  package var path: RelativePath
  package var isDirectory: Bool
  /// What the file is to hold; nil for a directory, and for what goes, moves or stays as it is.
  package var file: PlannedFile?
  package var decision: Decision
  /// What it is made with; of what is removed, what it is made with again when that is taken back.
  package var permissions: Permissions
  /// Looked for again when the plan is committed: another kind of thing, another mode or, where the
  /// file is replaced or removed, another content ends the run. Of what is moved, what is at `origin`.
  package var expected: Present
  /// The path that it had before, where it gets another one.
  package var origin: RelativePath?

  init(
    path: RelativePath, isDirectory: Bool, file: PlannedFile? = nil, decision: Decision,
    permissions: Permissions, expected: Present, origin: RelativePath? = nil
  ) {
    self.path = path
    self.isDirectory = isDirectory
    self.file = file
    self.decision = decision
    self.permissions = permissions
    self.expected = expected
    self.origin = origin
  }

  /// In bytes; 0 for a directory.
  package var size: Int { file?.blob.size ?? 0 }

  package var conflict: Conflict? {
    switch decision {
    case .conflict(let conflict): conflict
    case .marked: .bothChanged
    default: nil
    }
  }
}

/// What a file is to hold.
package struct PlannedFile: Sendable {
  /// Its number among the project's files, by which `PlannedContents` has the content.
  package var number: Int
  package var blob: Blob
}
