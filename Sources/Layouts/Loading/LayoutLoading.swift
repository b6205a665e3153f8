import Documents
import FileSystems
import FileTrees

extension Layout {
  /// A layout that the build put into the binary. Nothing can be wrong.
  package init(embedded layout: EmbeddedLayout) {
    self.init(
      manifest: Manifest(packed: layout.manifest), reference: .builtIn(layout.name),
      folder: LayoutFolder(layout), isChecked: true, digest: layout.digest, reading: Budget(),
      checking: Budget())
  }

  /// The layout in a folder, all of it checked; the parameters are those of `init(scanning:)`.
  ///
  /// - Throws: every fault of the layout, manifest and templates.
  package init(
    folder fileSystem: any ReadableFileSystem, name: String, within budget: Budget = Budget(),
    in collection: @escaping () throws(FileSystemError) -> (any ReadableFileSystem)? = { () in nil }
  ) throws(Diagnostics) {
    self = try Layout(scanning: fileSystem, name: name, within: budget, in: collection).checked()
  }

  /// The layout in a folder. Only the manifest and the layers it names are looked at: the folder may be
  /// a repository with other things in it. What its files hold is not read yet.
  ///
  /// - Parameters:
  ///   - fileSystem: rooted at the folder.
  ///   - name: the folder as the user wrote it, for complaints.
  ///   - budget: pays for reading and for checking, each by itself.
  ///   - collection: the folder that holds this one, asked for when a layer is shared.
  /// - Throws: every fault of the layout, where its manifest or a name is at fault.
  package init(
    scanning fileSystem: any ReadableFileSystem, name: String, within budget: Budget = Budget(),
    in collection: @escaping () throws(FileSystemError) -> (any ReadableFileSystem)? = { () in nil }
  ) throws(Diagnostics) {
    var scan = FolderScan(fileSystem, name: name, within: budget)
    let bytes = try scan.manifest()
    let reading = try ManifestReader.readCollecting(
      bytes, file: scan.displayName(of: Manifest.fileName)
    ) { [scan] () throws(Diagnostics) in try scan.sharedVariables(in: collection) }
    var folder = scan.folder(of: reading.manifest.layers, in: collection)
    folder.manifest = GitObjectID(blob: bytes)
    folder.sharedVariables = reading.sharedVariables.map { GitObjectID(blob: $0) }
    var faults = reading.faults
    faults.add(scan.faults)
    // A manifest at fault may lack a layer, a folder at fault a file.
    let isComplete = scan.faults.isEmpty && reading.layersAreSound
    var warnings = reading.warnings
    var checking = budget
    if reading.variablesAreSound {
      let check = NameCheck(
        folder, of: reading.manifest, isComplete: isComplete, within: budget)
      faults.add(check.faults)
      warnings.add(check.warnings)
      checking = check.budget
    }
    self.init(
      manifest: reading.manifest, reference: .folder(name), folder: folder, isChecked: false,
      digest: "", warnings: warnings.sorted(), reading: scan.budget, checking: checking)
    guard !faults.isEmpty else { return }
    if reading.variablesAreSound {
      do {
        _ = try checked()
      } catch {
        faults.add(error)
      }
    }
    throw faults.sorted()
  }
}

extension Layout {
  /// The digest of the layout as it is now. The files of a folder are read for it, and neither checked
  /// nor rendered.
  ///
  /// - Returns: nil where one cannot be read, or they are more than a layout may have. (Rendering says
  ///   what is wrong.)
  package var presentDigest: String? {
    if isChecked { return digest }
    var budget = reading
    var sources: [(id: GitObjectID, isExecutable: Bool)] = []
    do {
      for number in 0..<folder.count {
        let file = try folder.file(number, upTo: budget.largestTemplate)
        try budget.spend(file.size, on: .content)
        sources.append((try folder.blob(of: file, number), file.isExecutable))
      }
    } catch {
      return nil
    }
    return digest { sources[$0] }
  }

  /// The git tree id of the layout's folder, as far as it is part of the layout.
  ///
  /// - Parameter blob: content and executable bit of the file with a number.
  func digest(
    _ blob: (Int) -> (id: GitObjectID, isExecutable: Bool)
  ) -> String {
    var tree = folder.tree
    let extra = [
      (Manifest.fileName, folder.manifest), (SharedVariables.fileName, folder.sharedVariables),
    ]
    for (number, (name, id)) in extra.enumerated() where id != nil {
      do {
        try tree.insertFile(
          leaf: folder.count + number, at: RelativePath(validating: name))
      } catch {
        // A layer cannot have the manifest's name.
      }
    }
    return GitObjectID(tree: tree.root) { number in
      if number < folder.count { return blob(number) }
      return (extra[number - folder.count].1 ?? GitObjectID(blob: []), false)
    }.description
  }
}
