import Documents
import FileTrees
import Templating

/// A layout that can be rendered: its manifest and its layers.
package struct Layout: Sendable {
  package let manifest: Manifest
  package let reference: LayoutReference
  /// The git tree id of the layout's folder.
  package let digest: String
  let content: Content
  /// What is no fault, but probably not meant; nothing for a built-in layout.
  package internal(set) var warnings = Diagnostics()

  /// Where the templates of the layers come from.
  enum Content: Sendable {
    /// They are parsed when they are needed.
    case folder(LayoutFolder)
    /// The build has parsed them: one packed text for each layer of the manifest.
    case embedded(layers: [String], files: [EmbeddedFile])
  }

  /// Names that begin so are scaffold's own, in a target as in a layout.
  package static let reservedPrefix = ".scaffold"

  /// Whether some file system takes `name` for one of scaffold's own.
  package static func isReserved(_ name: String) -> Bool {
    // Nothing but a dot becomes one, and what is left out before it is no ASCII.
    guard let first = name.utf8.first, first == UInt8(ascii: ".") || first >= 0x80 else {
      return false
    }
    return name.foldedName.begins(with: reservedPrefix)
  }

  /// The project's record, which a layout's files may not be and `<<TREE>>` draws.
  package static let recordName = ".scaffold.json"
  package static let recordNote = "How this project was generated; commit it"

  package var name: String { manifest.name }

  /// The templates of a layer of the manifest.
  ///
  /// - Throws: every fault of the layer's templates.
  func templates(ofLayer index: Int) throws(Diagnostics) -> LayerTemplates {
    switch content {
    case .folder(let folder):
      var faults = Diagnostics()
      var known = Diagnostics()
      // All layers together were within a budget when the layout was checked.
      var budget = Budget()
      let templates = LayerTemplates(
        parsing: manifest.layers[index], of: manifest, in: folder, spending: &budget, &faults,
        &known)
      try faults.throwIfAny()
      return templates
    case .embedded(let layers, let files):
      return LayerTemplates(packed: layers[index], files: files)
    }
  }
}
