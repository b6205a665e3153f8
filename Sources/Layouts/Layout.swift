import Documents
import FileTrees

/// A layout that can be rendered: its manifest, and the folder with its layers.
package struct Layout: Sendable {
  package let manifest: Manifest
  package let reference: LayoutReference
  let folder: LayoutFolder
  /// Whether the contents of its files are known to be without fault. Else they are checked in the same
  /// pass in which they are rendered.
  package internal(set) var isChecked: Bool
  /// The git tree id of the layout's folder; empty until all of it was read.
  package internal(set) var digest: String
  /// What is no fault, but probably not meant; nothing for a built-in layout.
  package internal(set) var warnings = Diagnostics()
  /// What the layout, its projects and their records are held to.
  package var limits: Budget { reading.unspent }
  /// What is left to pay for reading and for checking contents.
  let reading: Budget
  let checking: Budget

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

  /// Whether some component of `path` is such a name.
  package static func isReserved(_ path: RelativePath) -> Bool {
    // Most paths have no component that begins so.
    var isBeginning = true
    for byte in path.string.utf8 {
      if isBeginning, byte == UInt8(ascii: ".") || byte >= 0x80 {
        return path.components.contains { isReserved($0) }
      }
      isBeginning = byte == UInt8(ascii: "/")
    }
    return false
  }

  /// The project's record, which a layout's files may not be and `<<TREE>>` draws.
  package static let recordName = ".scaffold.json"
  package static let recordNote = "How this project was generated; commit it"

  package var name: String { manifest.name }
}
