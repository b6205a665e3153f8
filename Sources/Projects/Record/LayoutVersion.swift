import Layouts

/// Which layout a project was made from, as its record keeps it.
package struct LayoutVersion: Hashable, Sendable {
  package var name: String
  package var version: String
  /// The git tree id of the layout's folder.
  package var digest: String
  package var source: Source

  package enum Source: Hashable, Sendable {
    case builtIn
    /// A folder's way from the project, where one repository holds both: its first component is `.`
    /// or `..`. Else its name alone: the way to it differs from person to person, and tells of
    /// machines.
    case folder(String)

    private static let folderPrefix = "folder:"

    package init?(_ text: String) {
      if text == "built-in" {
        self = .builtIn
      } else if text.begins(with: Self.folderPrefix) {
        self = .folder(text.dropping(Self.folderPrefix.utf8.count))
      } else {
        return nil
      }
    }

    package var text: String {
      switch self {
      case .builtIn: "built-in"
      case .folder(let folder): Self.folderPrefix + folder
      }
    }
  }

  package init(name: String, version: String, digest: String, source: Source) {
    self.name = name
    self.version = version
    self.digest = digest
    self.source = source
  }

  /// - Parameter digest: of the layout, when all of it was read.
  package init(of layout: Layout, digest: String, source: Source) {
    self.init(
      name: layout.name, version: layout.manifest.version, digest: digest, source: source)
  }
}
