import Documents
import FileSystems
import FileTrees

extension Layout {
  /// A layout that the build put into the binary. Nothing is parsed, and nothing can be wrong.
  package init(embedded layout: EmbeddedLayout) {
    self.init(
      manifest: Manifest(unpacking: layout.manifest), source: .builtIn, digest: layout.digest,
      content: .embedded(layers: layout.layers(), files: layout.files()))
  }

  /// The layout in a folder. Only the manifest and the layers it names are read: the folder may be
  /// a repository with other things in it.
  ///
  /// - Parameters:
  ///   - fileSystem: rooted at the folder.
  ///   - name: the folder as the user wrote it, for complaints.
  ///   - folderName: the folder's own name, where `name` may not end with it.
  ///   - budget: pays for reading and for checking, each by itself.
  ///   - collection: the folder that holds this one, asked for when a layer is shared.
  /// - Throws: every fault of the layout, manifest and templates.
  package init(
    folder fileSystem: any ReadableFileSystem, name: String, folderName: String? = nil,
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
      manifest: reading.manifest, source: .folder(name), digest: folder.digest,
      content: .folder(folder))
    self.folderName = folderName ?? LayoutFolder.lastComponent(of: name)
    warnings = reading.warnings
    if reading.variablesAreSound {
      faults.add(
        folder.check(against: manifest, isComplete: isComplete, budget, &warnings))
    }
    try faults.throwIfAny()
    warnings = warnings.sorted()
  }
}

/// What desktops, editors and interpreters leave behind: never part of a layout, whatever it is.
enum Litter {
  private static let names: Set<String> = [
    ".DS_Store", "Thumbs.db", "desktop.ini", "__pycache__",
  ]

  /// Copies of Emacs and its kin (`x~`, `#x#`), its locks (`.#x`), and what Vim swaps to (`.x.swp`,
  /// `.x.swo` …).
  static func contains(_ name: String) -> Bool {
    let bytes = name.utf8
    if names.contains(name) || bytes.last == UInt8(ascii: "~") || bytes.starts(with: ".#".utf8) {
      return true
    }
    if bytes.first == UInt8(ascii: "#"), bytes.last == UInt8(ascii: "#") { return bytes.count > 2 }
    let ending = bytes.suffix(4)
    return bytes.first == UInt8(ascii: ".") && bytes.count > 5 && ending.starts(with: ".sw".utf8)
      && (UInt8(ascii: "a")...UInt8(ascii: "p")).contains(ending.last ?? 0)
  }
}

/// Reads a layout's folder from a file system.
private struct FolderReader {
  let fileSystem: any ReadableFileSystem
  let name: String

  func displayName(of path: String) -> String {
    LayoutFolder.displayName(of: path, in: name)
  }

  func manifest() throws(Diagnostics) -> [UInt8] {
    do {
      let path = try RelativePath.root.appending(Manifest.fileName)
      guard try fileSystem.status(of: path) != nil else {
        throw Diagnostics(
          Diagnostic(
            "“\(Printable.text(name))” is not a layout: it has no \(Manifest.fileName)",
            help: "“scaffold list” shows the built-in layouts"))
      }
      return try fileSystem.contents(of: path, limit: TemplateFile.largestTemplate)
    } catch let error as FileSystemError {
      throw Diagnostics(Diagnostic("\(Printable.text(name)): \(error.message)"))
    } catch let error as Diagnostics {
      throw error
    } catch {
      throw Diagnostics(Diagnostic("\(error)"))
    }
  }

  /// What the layouts of the folder around this one declare alike; nil where there is no such file.
  func sharedVariables(
    in collection: () throws(FileSystemError) -> (any ReadableFileSystem)?
  ) throws(Diagnostics) -> SharedVariables.Source? {
    let file = displayName(of: SharedVariables.fileName)
    do {
      let path = try RelativePath(validating: SharedVariables.fileName)
      guard let fileSystem = try collection(), try fileSystem.status(of: path) != nil else {
        return nil
      }
      return (try fileSystem.contents(of: path, limit: TemplateFile.largestTemplate), file)
    } catch let error as FileSystemError {
      throw Diagnostics(Diagnostic("\(Printable.text(file)): \(error.message)"))
    } catch {
      throw Diagnostics(Diagnostic("\(error)"))
    }
  }

  /// The layers' files, with a complaint for each that a layout cannot hold.
  func folder(
    for reading: ManifestReader.Reading,
    in collection: () throws(FileSystemError) -> (any ReadableFileSystem)?,
    _ bytes: [UInt8], _ budget: Budget, _ diagnostics: inout Diagnostics
  ) throws(Diagnostics) -> LayoutFolder {
    var folder = LayoutFolder(name: name)
    var seen: Set<RelativePath> = []
    var budget = budget
    for layer in reading.manifest.layers where seen.insert(layer.folder).inserted {
      do {
        guard let fileSystem = try layer.isShared ? collection() : fileSystem,
          let status = try fileSystem.status(of: layer.folder)
        else { continue }
        try folder.tree.insertDirectory(at: layer.folder)
        guard status.kind == .directory else {
          diagnostics.add(
            Diagnostic("the layer “\(layer.folder)” is not a folder", at: layer.location))
          continue
        }
        try read(layer.folder, of: fileSystem, into: &folder, spending: &budget, &diagnostics)
      } catch let error as FileSystemError {
        diagnostics.add(Diagnostic("\(Printable.text(name)): \(error.message)"))
      } catch {
        diagnostics.add(Diagnostic("\(error)", at: layer.location))
      }
    }
    if diagnostics.isEmpty {
      folder.digest = try digest(of: folder, bytes, reading.sharedVariables)
    }
    return folder
  }

  private func read(
    _ directory: RelativePath, of fileSystem: any ReadableFileSystem,
    into folder: inout LayoutFolder, spending budget: inout Budget,
    _ diagnostics: inout Diagnostics
  ) throws(FileSystemError) {
    for entry in try fileSystem.list(directory)
    where !Litter.contains(entry) && !diagnostics.isFull {
      func complain(_ reason: String) {
        let place = displayName(of: directory.string + "/" + Printable.text(entry))
        diagnostics.add(Diagnostic("\(place): \(reason)"))
      }
      let path: RelativePath
      do {
        path = try directory.appending(entry)
      } catch {
        complain("a layout cannot hold this: the name \(error.reason)")
        continue
      }
      guard let status = try fileSystem.status(of: path) else { continue }
      do {
        try budget.spend(1, on: .entries)
        // Its names are held several times, in trees and for complaints.
        try budget.spend(4 * path.string.utf8.count, on: .text)
        switch status.kind {
        case .directory:
          try folder.tree.insertDirectory(at: path)
          try read(path, of: fileSystem, into: &folder, spending: &budget, &diagnostics)
        case .file:
          try budget.spend(status.size, on: .content)
          let file = try template(at: path, status, of: fileSystem)
          if case .bytes(let bytes) = file.content { try budget.spend(bytes.count, on: .text) }
          try folder.insert(file, at: path)
        case .link: complain("a layout cannot hold links")
        case .other: complain("a layout cannot hold devices, sockets or FIFOs")
        }
      } catch let error as FileSystemError {
        throw error
      } catch let conflict as TreeConflict {
        complain(
          "collides with “\(conflict.existing)” where letter case or Unicode form is ignored")
      } catch let overrun as Overrun {
        complain(overrun.message(for: "the layout"))
      } catch {
        complain("\(error)")
      }
    }
  }

  private func template(
    at path: RelativePath, _ status: FileStatus, of fileSystem: any ReadableFileSystem
  ) throws(FileSystemError) -> TemplateFile {
    let isExecutable = status.mode & 0o111 != 0
    if status.size > TemplateFile.largestTemplate {
      return TemplateFile(
        content: .stored(path, size: status.size, in: fileSystem), isExecutable: isExecutable)
    }
    let bytes = try fileSystem.contents(of: path, limit: TemplateFile.largestTemplate)
    var file = TemplateFile(content: .bytes(bytes), isExecutable: isExecutable)
    if bytes.count > TemplateFile.largestKept, !file.isText(bytes) {
      file.content = .stored(path, size: bytes.count, in: fileSystem)
    }
    return file
  }

  private func digest(
    of folder: LayoutFolder, _ manifest: [UInt8], _ sharedVariables: [UInt8]?
  ) throws(Diagnostics) -> String {
    var all = folder
    do {
      let path = try RelativePath.root.appending(Manifest.fileName)
      try all.insert(TemplateFile(content: .bytes(manifest), isExecutable: false), at: path)
      if let sharedVariables {
        let file = TemplateFile(content: .bytes(sharedVariables), isExecutable: false)
        try all.insert(file, at: RelativePath(validating: SharedVariables.fileName))
      }
    } catch {
      throw Diagnostics(Diagnostic("a layer cannot have the manifest's name"))
    }
    var failure: FileSystemError?
    let id = GitObjectID(tree: all.tree.root) { number in
      let file = all.files[number]
      return (blobID(of: file, &failure), file.isExecutable)
    }
    if let failure { throw Diagnostics(Diagnostic("\(Printable.text(name)): \(failure.message)")) }
    return id.description
  }

  private func blobID(of file: TemplateFile, _ failure: inout FileSystemError?) -> GitObjectID {
    if let bytes = file.bytes { return GitObjectID(blob: bytes) }
    guard case .stored(let path, _, let fileSystem) = file.content else {
      return GitObjectID(blob: [])
    }
    do {
      return try fileSystem.blob(of: path).id
    } catch {
      failure = error
      return GitObjectID(blob: [])
    }
  }
}
