import Documents
import FileTrees
import Templating

/// A layout that can be rendered: its manifest and the folders of its layers.
package struct Layout: Sendable {
  package enum Source: Hashable, Sendable {
    case builtIn
    /// As the user named it.
    case folder(String)
  }

  package let manifest: Manifest
  package let source: Source
  /// The git tree id of the layout's folder.
  package var digest: String { folder.digest }
  let folder: LayoutFolder

  /// Names that begin so are scaffold's own, in a target as in a layout.
  package static let reservedPrefix = ".scaffold"

  /// Whether some file system takes `name` for one of scaffold's own.
  static func isReserved(_ name: String) -> Bool {
    // Nothing but a dot becomes one.
    name.utf8.first == UInt8(ascii: ".") && name.lowercased().hasPrefix(reservedPrefix)
  }

  /// The project's record; see `Projects.Record`.
  package static let recordName = ".scaffold.json"
  package static let recordNote = "How this project was generated; commit it"

  package var name: String { manifest.name }

  /// What `--layout` takes for it.
  package var reference: String {
    switch source {
    case .builtIn: name
    case .folder(let folder): folder
    }
  }

  /// The files of a layer, at their paths below the layer's folder.
  func files(of layer: Manifest.Layer) -> FileTree<TemplateFile>.Directory? {
    guard case .directory(let directory)? = folder.files[layer.folder] else { return nil }
    return directory
  }
}
