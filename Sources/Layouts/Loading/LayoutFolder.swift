import Documents
import FileTrees

/// A layout's folder: its files, wherever they come from.
package struct LayoutFolder: Sendable {
  /// What complaints call the folder: `Templates/staged-docker`, `./mine`.
  package var name: String
  /// The files of the layers, at their paths below the folder.
  package internal(set) var tree = FileTree()
  /// What the files of `tree` number.
  package private(set) var files: [TemplateFile] = []
  /// The git tree id of the folder, as far as it is part of the layout.
  package var digest = ""

  init(name: String) {
    self.name = name
  }

  /// Puts one more file into the folder.
  ///
  /// - Throws: `TreeConflict` as `FileTree.insertFile`.
  mutating func insert(_ file: TemplateFile, at path: RelativePath) throws(TreeConflict) {
    if let number = try tree.insertFile(leaf: files.count, at: path) {
      files[number] = file
    } else {
      files.append(file)
    }
  }

  /// Whether a path leads to what layouts share.
  static func isShared(_ path: RelativePath) -> Bool {
    path.components.first == Manifest.sharedFolder
  }

  /// What complaints call a file of the folder.
  package func displayName(of path: String) -> String {
    Self.displayName(of: path, in: name)
  }

  /// The files of a layer, at their paths below the layer's folder.
  func directory(of layer: Manifest.Layer) -> FileTree.Directory? {
    guard case .directory(let directory)? = tree[layer.folder] else { return nil }
    return directory
  }

  static func displayName(of path: String, in folder: String) -> String {
    let isShared = path.utf8.starts(with: (Manifest.sharedFolder + "/").utf8)
    let folder = isShared ? collection(of: folder) : folder
    return folder.ends(with: "/") ? folder + path : folder + "/" + path
  }

  /// What complaints call the folder that holds a layout's folder.
  package static func collection(of folder: String) -> String {
    var components = folder.parts(between: "/")
    while components.count > 1, components.last == "" { components.removeLast() }
    guard let last = components.popLast(), last != ".", last != "..", last != "" else {
      return folder + "/.."
    }
    if components.isEmpty { return "." }
    return components == [""] ? "/" : components.concatenated(by: "/")
  }
}
