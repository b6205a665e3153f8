import Documents
import FileSystems
import FileTrees

extension Layout {
  /// The layout as the binary holds it: the manifest parsed and packed, the files as they are.
  ///
  /// - Precondition: It comes from a folder, and was checked.
  /// - Throws: that a file cannot be read.
  package func embedded() throws(FileSystemError) -> EmbeddedLayout {
    precondition(!reference.isBuiltIn, "a built-in layout is embedded already")
    var files: [EmbeddedFile] = []
    var emptyDirectories: [String] = []
    for entry in folder.tree.entries {
      guard let number = entry.leaf else {
        if case .directory(let directory)? = folder.tree[entry.path], directory.children.isEmpty {
          emptyDirectories.append(entry.path.string)
        }
        continue
      }
      let file = try folder.file(number, upTo: .max)
      files.append(EmbeddedFile(entry.path.string, file))
    }
    let all = files
    return EmbeddedLayout(
      name: name, folder: folder.name, summary: manifest.summary, digest: digest,
      manifest: manifest.packed,
      files: { all }, emptyDirectories: emptyDirectories)
  }
}

extension EmbeddedFile {
  fileprivate init(_ path: String, _ file: LayoutFile) {
    let bytes = file.bytes ?? []
    let hasTag = zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: "<") && $0 == $1 }
    self.init(
      path, isExecutable: file.isExecutable,
      // Of a content that rendering may change, the id is not known yet.
      blob: hasTag ? nil : GitObjectID(blob: bytes).description, EmbeddedFile.Encoding(bytes))
  }
}
