import Documents
import FileSystems
import FileTrees
import Layouts

/// Where a project goes.
package struct Target: Sendable {
  /// Rooted at the target itself when it exists, else at the nearest directory above it that does.
  package var fileSystem: any FileSystem
  /// The absent components; `root` when the target exists.
  package var path: RelativePath
  /// As the user wrote it, for messages.
  package var displayName: String
  /// Of a target that exists, the directories above it that the user named, innermost first.
  package var above: @Sendable () -> [Above]

  package init(
    fileSystem: any FileSystem, path: RelativePath, displayName: String,
    above: @escaping @Sendable () -> [Above] = { [] }
  ) {
    self.fileSystem = fileSystem
    self.path = path
    self.displayName = displayName
    self.above = above
  }

  /// A directory above a target, and the name in it that leads to the target: where the run that
  /// made the target may have left its staging directory.
  package struct Above: Sendable {
    package var fileSystem: any FileSystem
    package var name: String

    package init(fileSystem: any FileSystem, name: String) {
      self.fileSystem = fileSystem
      self.name = name
    }
  }

  package var isNew: Bool { !path.isRoot }

  /// How messages name what is at `path` below the target.
  package func displayName(of path: RelativePath) -> String {
    if path.isRoot { return displayName }
    if displayName == "." { return path.string }
    return displayName.ends(with: "/")
      ? displayName + path.string : displayName + "/" + path.string
  }
}

extension Target {
  /// A project of such a name would be taken for the traces of a run.
  func refuseReservedName() throws(TargetError) {
    let last = displayName.dividedAtLast("/")?.behind ?? displayName
    for name in path.components + [last] where Layout.isReserved(name) {
      throw .refused(
        "“\(Printable.text(name))” is a name of scaffold's own (“\(Layout.reservedPrefix)…”)",
        help: "choose another directory")
    }
  }

  /// How messages name the staging directory at `path`, which stands beside a new target.
  func displayName(ofStaging path: RelativePath) -> String {
    guard isNew else { return displayName(of: path) }
    let above = displayName.utf8.count - self.path.string.utf8.count
    guard above > 0 else { return path.string }
    return String(decoding: displayName.utf8.prefix(above), as: UTF8.self) + path.string
  }
}
