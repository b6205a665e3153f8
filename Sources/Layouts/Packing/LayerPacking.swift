import Documents
import FileSystems
import FileTrees
import Templating

extension Layout {
  /// The layout as the binary holds it: everything parsed, and packed.
  ///
  /// - Precondition: It comes from a folder.
  /// - Throws: that a large file, of which nothing was read yet, cannot be read.
  package func embedded() throws(FileSystemError) -> EmbeddedLayout {
    guard case .folder(let folder) = content else {
      preconditionFailure("a built-in layout is embedded already")
    }
    let (manifest, layers) = packed(in: folder)
    let files = try folder.embeddedFiles()
    return EmbeddedLayout(
      name: name, summary: self.manifest.summary, digest: digest, manifest: manifest,
      layers: { layers }, files: { files })
  }

  private func packed(in folder: LayoutFolder) -> (manifest: String, layers: [String]) {
    var writer = PackedWriter()
    manifest.pack(into: &writer)
    let layers = manifest.layers.map { layer in
      var (noFaults, warnings) = (Diagnostics(), Diagnostics())
      var budget = Budget()
      var writer = PackedWriter()
      LayerTemplates(
        parsing: layer, of: manifest, in: folder, spending: &budget, &noFaults, &warnings
      ).pack(into: &writer)
      return writer.text
    }
    return (writer.text, layers)
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

extension LayerTemplates {
  fileprivate func pack(into writer: inout PackedWriter) {
    writer.write(source)
    writer.write(nodes) { $0.pack(into: &$1) }
  }

  /// - Parameter files: those of the layout, in the order of their numbers.
  init(unpacking text: String, files: [EmbeddedFile]) {
    var reader = PackedReader(text)
    self.init(
      source: reader.string(),
      nodes: (0..<reader.integer()).map { _ in Node(unpacking: &reader, files) })
  }
}

extension LayerTemplates.Node {
  fileprivate func pack(into writer: inout PackedWriter) {
    writer.write(name)
    writer.write(nameTemplate) { $0.pack(into: &$1, includingText: true) }
    writer.write(path)
    writer.write(note) { $0.pack(into: &$1, includingText: true) }
    writer.write(source)
    switch kind {
    case .directory(let children):
      writer.write(true)
      writer.write(children) { $0.pack(into: &$1) }
    case .file(_, let number, let content):
      writer.write(false)
      writer.write(number)
      switch content {
      case .bytes: writer.write(0)
      case .undecided: writer.write(1)
      case .template(let template):
        writer.write(2)
        template.pack(into: &writer, includingText: false)
      }
    }
  }

  fileprivate init(unpacking reader: inout PackedReader, _ files: [EmbeddedFile]) {
    name = reader.string()
    nameTemplate = reader.flag() ? Template(unpacking: &reader) : nil
    path = reader.string()
    note = reader.flag() ? Template(unpacking: &reader) : nil
    source = reader.string()
    if reader.flag() {
      kind = .directory(
        (0..<reader.integer()).map { _ in LayerTemplates.Node(unpacking: &reader, files) })
      return
    }
    let number = reader.integer()
    let file = TemplateFile(
      storage: .embedded(files[number]), isExecutable: files[number].isExecutable)
    switch reader.integer() {
    case 0: kind = .file(file, number: number, .bytes)
    case 1: kind = .file(file, number: number, .undecided)
    default:
      let location = SourceLocation(file: source, line: 1, column: 1)
      let template = Template(unpacking: &reader, of: file.bytes ?? [], at: location)
      kind = .file(file, number: number, .template(template))
    }
  }
}
