import Documents
import FileSystems
import FileTrees

/// Reads a layout's folder from a file system.
struct FolderReader {
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
          if case .bytes(let bytes) = file.storage { try budget.spend(bytes.count, on: .text) }
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
        storage: .stored(path, size: status.size, in: fileSystem), isExecutable: isExecutable)
    }
    let bytes = try fileSystem.contents(of: path, limit: TemplateFile.largestTemplate)
    var file = TemplateFile(storage: .bytes(bytes), isExecutable: isExecutable)
    if bytes.count > TemplateFile.largestKept, !file.isText(bytes) {
      file.storage = .stored(path, size: bytes.count, in: fileSystem)
    }
    return file
  }

  private func digest(
    of folder: LayoutFolder, _ manifest: [UInt8], _ sharedVariables: [UInt8]?
  ) throws(Diagnostics) -> String {
    var all = folder
    do {
      let path = try RelativePath.root.appending(Manifest.fileName)
      try all.insert(TemplateFile(storage: .bytes(manifest), isExecutable: false), at: path)
      if let sharedVariables {
        let file = TemplateFile(storage: .bytes(sharedVariables), isExecutable: false)
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
    guard case .stored(let path, _, let fileSystem) = file.storage else {
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
