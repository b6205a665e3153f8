import Documents
import FileSystems
import FileTrees

extension Layout {
  /// A layout that the build put into the binary. Nothing is parsed, and nothing can be wrong.
  package init(embedded layout: EmbeddedLayout) {
    self.init(
      manifest: Manifest(packed: layout.manifest), reference: .builtIn(layout.name),
      digest: layout.digest,
      content: .embedded(layers: layout.layers(), files: layout.files()))
  }

  /// The layout in a folder. Only the manifest and the layers it names are read: the folder may be
  /// a repository with other things in it.
  ///
  /// - Parameters:
  ///   - fileSystem: rooted at the folder.
  ///   - name: the folder as the user wrote it, for complaints.
  ///   - budget: pays for reading and for checking, each by itself.
  ///   - collection: the folder that holds this one, asked for when a layer is shared.
  /// - Throws: every fault of the layout, manifest and templates.
  package init(
    folder fileSystem: any ReadableFileSystem, name: String,
    within budget: Budget = Budget(),
    in collection: @escaping () throws(FileSystemError) -> (any ReadableFileSystem)? = { () in nil }
  ) throws(Diagnostics) {
    let reader = FolderReader(fileSystem: fileSystem, name: name)
    let bytes = try reader.manifest()
    let reading = try ManifestReader.readCollecting(
      bytes, file: reader.displayName(of: Manifest.fileName)
    ) { () throws(Diagnostics) in try reader.sharedVariables(in: collection) }
    var faults = reading.faults
    var folderFaults = Diagnostics()
    let folder = try reader.folder(
      for: reading, in: collection, bytes, budget, &folderFaults)
    // A manifest at fault may lack a layer, a folder at fault a file.
    let isComplete = folderFaults.isEmpty && reading.layersAreSound
    faults.add(folderFaults)
    self.init(
      manifest: reading.manifest, reference: .folder(name), digest: folder.digest,
      content: .folder(folder))
    warnings = reading.warnings
    if reading.variablesAreSound {
      faults.add(
        folder.check(against: manifest, isComplete: isComplete, budget, &warnings))
    }
    try faults.throwIfAny()
    warnings = warnings.sorted()
  }
}
