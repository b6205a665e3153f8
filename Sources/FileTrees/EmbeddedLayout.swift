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
  ///
  /// - Parameter files: in the order of a tree, each with a safe path, and none that collide.
  package init(embedded files: [EmbeddedFile], emptyDirectories: [String]) {
    var rest = files.indices
    root = Directory(embedded: files, &rest)
    for path in emptyDirectories {
      do {
        try insertDirectory(at: RelativePath(unchecked: path))
      } catch {
        preconditionFailure("“\(path)” was valid when the build read it")
      }
    }
  }
}

extension FileTree.Directory {
  /// - Parameters:
  ///   - rest: the places of the files from the first one in this directory on; afterwards from the
  ///     first one behind it.
  ///   - path: the directory's own.
  fileprivate init(
    embedded files: [EmbeddedFile], _ rest: inout Range<Int>, at path: RelativePath = .root
  ) {
    let start = path.isRoot ? 0 : path.string.utf8.count + 1
    while let number = rest.first {
      let file = RelativePath(unchecked: files[number].path)
      guard path.isRoot || file.isBelow(path) else { return }
      let name = file.component(from: start)
      let child = RelativePath(unchecked: name).under(path)
      if child.string.utf8.count == file.string.utf8.count {
        append(.file(FileTree.File(leaf: number)), named: name)
        rest = rest.dropFirst()
      } else {
        append(
          .directory(FileTree.Directory(embedded: files, &rest, at: child)), named: name)
      }
    }
  }
}
