import Documents
import FileSystems
import FileTrees
import Layouts

/// What a run would do: a list of changes against a target. A dry run is a plan that is not
/// committed; preview and commit read the same list.
package struct Plan: Sendable {
  package var target: Target
  /// Directories before what they hold.
  package var changes: [Change]
  /// The project's tree.
  package var tree: FileTree
  /// Where in `changes` the files are that `tree` numbers.
  package var places: [Int]
  /// What is no fault of the layout, but probably not meant.
  package var warnings = Diagnostics()

  /// What stands in the way.
  package var conflicts: [Change] {
    changes.filter { if case .conflict = $0.action { true } else { false } }
  }

  /// The directories that are there and get new names.
  private var changedDirectories: [RelativePath] {
    // A new target, and the staging of any, appears at the root.
    var result: [RelativePath] = [.root]
    if target.isNew { return result }
    let present = Set(changes.filter { $0.expectation == .directory }.map(\.path))
    for change in changes where change.action == .create || change.action == .replace {
      if let parent = change.path.parent, present.contains(parent), result.last != parent {
        result.append(parent)
      }
    }
    return result
  }

  /// What a commit would only find out half-way.
  ///
  /// - Throws: that a directory in which something is to appear may not be written.
  func checkWritable() throws(TargetError) {
    for directory in changedDirectories {
      do {
        try target.fileSystem.checkWritable(directory)
      } catch {
        throw .unwritable(error, target)
      }
    }
  }

  package var summary: Summary {
    var summary = Summary()
    for change in changes {
      switch change.node {
      case .directory: summary.directories += 1
      case .file:
        summary.files += 1
        summary.bytes += change.size
      }
    }
    return summary
  }

  /// Sizes of the project's whole tree.
  package struct Summary: Hashable, Sendable {
    package var files = 0
    package var directories = 0
    package var bytes = 0
  }
}

/// One step of a plan: what happens at a path, and what it expects to find there.
package struct Change: Sendable {
  package enum Node: Sendable {
    case directory
    case file(FileContent)
  }

  package enum Action: Hashable, Sendable {
    case create
    /// Takes the place of a file that differs.
    case replace
    /// Is there already, with the same content.
    case unchanged
    /// Differs and stays, since the user said so.
    case keep
    /// Differs, or is of another kind; the reason.
    case conflict(String)

    /// How JSON names it.
    package var keyword: String {
      switch self {
      case .create: "create"
      case .replace: "replace"
      case .unchanged: "unchanged"
      case .keep: "keep"
      case .conflict: "conflict"
      }
    }
  }

  /// What is at the path when the plan is made; held against the disk again at commit.
  package enum Expectation: Hashable, Sendable {
    case absent
    case directory
    case file(GitObjectID, mode: UInt16)
    /// A link, a device, or a node of another kind: never touched.
    case other
  }

  package var path: RelativePath
  package var node: Node
  package var action: Action
  package var permissions: Permissions
  /// The size of the content in bytes; 0 for a directory.
  package var size: Int
  /// The git blob id of the content; nil for a directory.
  package var blob: GitObjectID?
  package var expectation: Expectation

  static let isOthers = "the file belongs to another user"

  package var isDirectory: Bool {
    if case .directory = node { true } else { false }
  }
}

/// What happens to a file that is there and differs.
package enum ConflictPolicy: String, CaseIterable, Sendable {
  case fail
  case keep
  case replace
}
