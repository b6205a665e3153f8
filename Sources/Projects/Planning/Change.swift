import FileSystems
import FileTrees

/// One step of a plan: what becomes of a path, and what is there while it is planned.
package struct Change: Sendable {
  package var path: RelativePath
  /// What the file is to hold; nil for a directory.
  package var file: PlannedFile?
  package var decision: Decision
  /// What it is made with.
  package var permissions: Permissions
  /// Looked for again when the plan is committed: another kind of thing, another mode or, where the
  /// file is replaced, another content ends the run.
  package var expected: Present

  package var isDirectory: Bool { file == nil }

  /// In bytes; 0 for a directory.
  package var size: Int { file?.blob.size ?? 0 }

  package var conflict: Conflict? {
    if case .conflict(let conflict) = decision { conflict } else { nil }
  }
}

/// What a file is to hold.
package struct PlannedFile: Sendable {
  /// Its number among the project's files, by which `PlannedContents` has the content.
  package var number: Int
  package var blob: Blob
}
