import Documents
import FileSystems
import FileTrees
import Layouts

/// What a project remembers of its making, in `.scaffold.json`: for each layout its version, the
/// answers, and of each file the template, the mode and the git blob id of what the layout gave it.
/// The same request is known by it.
package struct Record: Sendable {
  package static let path = RelativePath.root.adding(Layout.recordName)

  /// More bytes than this are not read.
  package static let limit = Budget().largestRecord

  package var layouts: [Entry]

  /// A layout's part of the project.
  package struct Entry: Sendable {
    package var layout: LayoutVersion
    /// What was asked or given, in the manifest's order: texts, integers, flags and lists of them.
    package var answers: [JSON.Member]
    /// In the order of the tree.
    package var files: [File]
    /// Whether the last update left something undone because something was in its way.
    package var isUnfinished = false
    /// Whether it was read as a run has written it, every byte of it.
    package var isIntact = false
  }

  package struct File: Hashable, Sendable {
    package var path: RelativePath
    package var permissions: Permissions
    package var blob: GitObjectID
    /// The template's place in its layout (`Layouts.TemplateIdentity`); nil in a record of version 1.
    package var template: String?
    /// The path that the layout gives the file, where the user has moved it to `path`.
    package var given: RelativePath?
    /// Whether an update left conflict markers in it.
    package var isMarked = false
    /// Whether the project was adopted without it, so that nobody misses it.
    package var isAbsent = false
    /// How the content of `blob` is had, where it never was in the project: what a merge has left.
    package var origin: Origin?

    /// A content that was in the project, and what makes the other one of it.
    package struct Origin: Hashable, Sendable {
      package var blob: GitObjectID
      package var delta: TextDelta
    }
  }
}

extension Record {
  /// Whether both are of one request: the same layouts, answers and files. Where a layout's folder is
  /// has no part in it, nor have templates, which not every record knows, nor where the user has moved
  /// a file and whether markers are in it, nor the order of keys, which formatters change.
  func isSame(as other: Record) -> Bool {
    layouts.count == other.layouts.count
      && zip(layouts, other.layouts).allSatisfy { $0.isSame(as: $1) }
  }

  /// By their bytes: a value in another Unicode form is another one.
  static func areEqual(_ answers: [JSON.Member], _ others: [JSON.Member]) -> Bool {
    func sorted(_ answers: [JSON.Member]) -> [UInt8] {
      JSON.object(answers.sorted { $0.key < $1.key }).prettyBytes
    }
    return sorted(answers) == sorted(others)
  }
}

extension Record.File {
  /// Where the layout has put the file, wherever it is now.
  package var givenPath: RelativePath { given ?? path }
}

extension Record.Entry {
  func isSame(as other: Record.Entry) -> Bool {
    guard layout.name == other.layout.name, layout.version == other.layout.version,
      layout.digest == other.layout.digest, Record.areEqual(answers, other.answers),
      files.count == other.files.count, isUnfinished == other.isUnfinished
    else { return false }
    // Most often they are the very same.
    if files == other.files { return true }
    return zip(sortedFiles, other.sortedFiles).allSatisfy { file, other in
      file.givenPath == other.givenPath && file.permissions == other.permissions
        && file.blob == other.blob
    }
  }

  private var sortedFiles: [Record.File] { files.sorted { $0.givenPath < $1.givenPath } }
}
