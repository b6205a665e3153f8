import Documents
import FileSystems
import FileTrees

extension Layout {
  /// The layout as the binary holds it: everything parsed, and packed.
  ///
  /// - Precondition: It comes from a folder.
  /// - Throws: that a large file, of which nothing was read yet, cannot be read.
  package func embedded() throws(FileSystemError) -> EmbeddedLayout {
    guard case .folder(let folder) = content else {
      preconditionFailure("a built-in layout is embedded already")
    }
    let layers = manifest.layers.map { layer in
      var (noFaults, warnings) = (Diagnostics(), Diagnostics())
      var budget = Budget()
      return LayerTemplates(
        parsing: layer, of: manifest, in: folder, spending: &budget, &noFaults, &warnings
      ).packed
    }
    let files = try folder.embeddedFiles()
    return EmbeddedLayout(
      name: name, summary: manifest.summary, digest: digest, manifest: manifest.packed,
      layers: { layers }, files: { files })
  }
}

extension LayoutFolder {
  /// In the order of their numbers.
  fileprivate func embeddedFiles() throws(FileSystemError) -> [EmbeddedFile] {
    var result: [(number: Int, file: EmbeddedFile)] = []
    for entry in tree.entries {
      guard let number = entry.leaf else { continue }
      let file = files[number]
      let bytes: [UInt8] =
        if case .stored(let path, let size, let fileSystem) = file.storage {
          try fileSystem.contents(of: path, limit: size)
        } else {
          file.bytes ?? []
        }
      let hasTag = zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: "<") && $0 == $1 }
      let embedded = EmbeddedFile(
        entry.path.string, isExecutable: file.isExecutable,
        // Of a content that rendering may change, the id is not known yet.
        blob: hasTag ? nil : GitObjectID(blob: bytes).description, EmbeddedFile.Encoding(bytes))
      result.append((number, embedded))
    }
    return result.sorted { $0.number < $1.number }.map(\.file)
  }
}
