import Documents
import FileSystems
import FileTrees

/// Finds out what is in a layout's folder: the manifest is read, of the layers the names.
struct FolderScan {
  let fileSystem: any ReadableFileSystem
  let name: String
  /// Pays for what is read.
  var budget: Budget
  /// The folders whose names are known.
  private var scanned: [RelativePath] = []
  /// What a layout cannot hold.
  private(set) var faults = Diagnostics()

  init(_ fileSystem: any ReadableFileSystem, name: String, within budget: Budget) {
    self.fileSystem = fileSystem
    self.name = name
    self.budget = budget
  }

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
            help: "“scaffold list” shows the built-in layouts,"
              + " “scaffold help layouts” tells what one is"))
      }
      return try fileSystem.contents(of: path, limit: Budget().largestTemplate)
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
      return (try fileSystem.contents(of: path, limit: Budget().largestTemplate), file)
    } catch let error as FileSystemError {
      throw Diagnostics(Diagnostic("\(Printable.text(file)): \(error.message)"))
    } catch {
      throw Diagnostics(Diagnostic("\(error)"))
    }
  }

  /// The folder with all that its layers have.
  mutating func folder(
    of layers: [Manifest.Layer],
    in collection: () throws(FileSystemError) -> (any ReadableFileSystem)?
  ) -> LayoutFolder {
    do {
      let shared = try layers.contains(where: \.isShared) ? collection() : nil
      var folder = LayoutFolder(name: name, own: fileSystem, collection: shared)
      for layer in layers { try read(layer, of: shared, into: &folder) }
      return folder
    } catch {
      faults.add(Diagnostic("\(Printable.text(name)): \(error.message)"))
      return LayoutFolder(name: name, own: fileSystem)
    }
  }

  private mutating func read(
    _ layer: Manifest.Layer, of collection: (any ReadableFileSystem)?,
    into folder: inout LayoutFolder
  ) throws(FileSystemError) {
    // What two layers share, or one has of the other, is there once.
    if scanned.contains(where: { layer.folder == $0 || layer.folder.isBelow($0) }) { return }
    guard let disk = layer.isShared ? collection : fileSystem,
      let status = try disk.status(of: layer.folder)
    else { return }
    scanned.append(layer.folder)
    var content = FileTree.Directory()
    if status.kind == .directory {
      content = try directory(layer.folder, of: disk, in: &folder)
    } else {
      faults.add(
        Diagnostic("the layer “\(layer.folder)” is not a folder", at: layer.location))
    }
    do {
      try folder.tree.setDirectory(content, at: layer.folder)
    } catch {
      faults.add(Diagnostic("\(error)", at: layer.location))
    }
  }

  private mutating func directory(
    _ path: RelativePath, of disk: any ReadableFileSystem, in folder: inout LayoutFolder
  ) throws(FileSystemError) -> FileTree.Directory {
    var directory = FileTree.Directory()
    let number = folder.add(directory: path)
    for entry in try disk.entries(of: path) where !Litter.contains(entry.name) && !faults.isFull {
      do {
        try add(entry, to: &directory, numbered: number, at: path, of: disk, in: &folder)
      } catch let error as FileSystemError {
        throw error
      } catch {
        let reason =
          switch error {
          case let error as PathError: "a layout cannot hold this: the name \(error.reason)"
          case let overrun as Overrun: overrun.message(for: "the layout")
          case let conflict as NameConflict:
            "collides with “\(path)/\(conflict.existing)” where letter case or Unicode form is"
              + " ignored"
          default: "\(error)"
          }
        let place = displayName(of: path.string + "/" + Printable.text(entry.name))
        faults.add(Diagnostic("\(place): \(reason)"))
      }
    }
    return directory
  }

  private mutating func add(
    _ entry: DirectoryEntry, to directory: inout FileTree.Directory, numbered number: Int32,
    at parent: RelativePath, of disk: any ReadableFileSystem, in folder: inout LayoutFolder
  ) throws {
    let name = entry.name
    try parent.checkAppending(name)
    guard let kind = try entry.kind ?? disk.status(of: parent.appending(checked: name))?.kind
    else { return }
    try budget.spend(1, on: .entries)
    // Its names are held several times, in trees and for complaints.
    try budget.spend(4 * (parent.string.utf8.count + 1 + name.utf8.count), on: .text)
    switch kind {
    case .directory:
      var taken = try directory.takeDirectory(named: name)
      defer { directory.putBack(taken) }
      taken.directory = try self.directory(
        parent.appending(checked: name), of: disk, in: &folder)
    case .file:
      try directory.insertFile(leaf: folder.add(file: name, in: number), named: name)
    case .link: throw Refusal("a layout cannot hold links")
    case .other: throw Refusal("a layout cannot hold devices, sockets or FIFOs")
    }
  }

  /// Why something cannot be in a layout.
  private struct Refusal: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
  }
}
