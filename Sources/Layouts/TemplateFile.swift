import FileSystems
import FileTrees

/// A file of a layer, as it stands in the layout.
package struct TemplateFile: Sendable {
  package enum Content: Sendable {
    case embedded(EmbeddedFile)
    case bytes([UInt8])
    /// Too large to be a template; copied by streaming.
    case stored(RelativePath, size: Int, in: any FileSystem)
  }

  package var content: Content
  package var isExecutable: Bool

  /// A larger file is no template.
  static let largestTemplate = 4 << 20

  /// Whether `bytes`, the file's own, can be a template: UTF-8 without a NUL.
  func isText(_ bytes: [UInt8]) -> Bool {
    if case .embedded(let file) = content, case .text = file.content { return true }
    return !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
  }

  /// The blob id that the build worked out: of a content that rendering leaves as it is.
  var embeddedBlob: GitObjectID? {
    guard case .embedded(let file) = content else { return nil }
    return file.blob.flatMap(GitObjectID.init(hexadecimal:))
  }

  /// The bytes, unless the file is too large to be a template.
  package var bytes: [UInt8]? {
    switch content {
    case .embedded(let file): file.bytes
    case .bytes(let bytes): bytes
    case .stored: nil
    }
  }
}

/// A layout's folder: its files, wherever they come from.
package struct LayoutFolder: Sendable {
  /// What complaints call the folder: `Templates/staged-docker`, `./mine`.
  package var name: String
  /// The files of the layers, by their path below the folder.
  package var files: FileTree<TemplateFile>
  /// The git tree id of the folder, as far as it is part of the layout.
  package var digest: String

  /// Whether a path leads to what layouts share.
  static func isShared(_ path: RelativePath) -> Bool {
    path.components.first == Manifest.sharedFolder
  }

  /// What complaints call a file of the folder.
  package func displayName(of path: String) -> String {
    Self.displayName(of: path, in: name)
  }

  /// The files of a layer, at their paths below the layer's folder.
  func files(of layer: Manifest.Layer) -> FileTree<TemplateFile>.Directory? {
    guard case .directory(let directory)? = files[layer.folder] else { return nil }
    return directory
  }

  static func displayName(of path: String, in folder: String) -> String {
    let isShared = path.utf8.starts(with: (Manifest.sharedFolder + "/").utf8)
    let folder = isShared ? collection(of: folder) : folder
    return folder.hasSuffix("/") ? folder + path : folder + "/" + path
  }

  /// What complaints call the folder that holds a layout's folder.
  package static func collection(of folder: String) -> String {
    var components = folder.split(separator: "/", omittingEmptySubsequences: false)
    while components.count > 1, components.last == "" { components.removeLast() }
    guard let last = components.popLast(), last != ".", last != "..", last != "" else {
      return folder + "/.."
    }
    if components.isEmpty { return "." }
    return components == [""] ? "/" : components.joined(separator: "/")
  }
}
