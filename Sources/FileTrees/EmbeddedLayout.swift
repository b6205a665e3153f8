/// A built-in layout, as the build has read and checked it. What a list of layouts shows is at hand at
/// once; the rest comes when it is asked for.
package struct EmbeddedLayout: Sendable {
  package var name: String
  /// What complaints call the folder that it was read from.
  package var folder: String
  /// As the manifest has it.
  package var summary: String
  /// The git tree id of the layout's folder.
  package var digest: String
  /// The manifest, packed by `Layouts`.
  package var manifest: String
  /// The files of the layers, in the order of their tree.
  package var files: @Sendable () -> [EmbeddedFile]
  /// Directories of the layers that hold no file, which git has none of.
  package var emptyDirectories: [String]

  package init(
    name: String, folder: String, summary: String, digest: String, manifest: String,
    files: @escaping @Sendable () -> [EmbeddedFile], emptyDirectories: [String] = []
  ) {
    self.name = name
    self.folder = folder
    self.summary = summary
    self.digest = digest
    self.manifest = manifest
    self.files = files
    self.emptyDirectories = emptyDirectories
  }
}

extension FileTree {
  /// The tree of embedded files, which have their places among them as numbers.
  package init(embedded files: [EmbeddedFile], emptyDirectories: [String]) {
    do throws(TreeConflict) {
      for (number, file) in files.enumerated() {
        try insertFile(leaf: number, at: RelativePath(unchecked: file.path))
      }
      for path in emptyDirectories { try insertDirectory(at: RelativePath(unchecked: path)) }
    } catch {
      preconditionFailure("“\(error.path)” was valid when the build read it")
    }
  }
}
