import Documents
import FileSystems
import FileTrees

/// A layout's folder: the names in it, and where the bytes of its files are. Nothing of a file is held.
package struct LayoutFolder: Sendable {
  /// What complaints call the folder: `Templates/staged-docker`, `./mine`.
  package let name: String
  /// The files of the layers, at their paths below the folder.
  package var tree = FileTree()
  /// The blob ids of the manifest, and of what several layouts declare alike, where it is read.
  var manifest: GitObjectID?
  var sharedVariables: GitObjectID?
  private var source: Source

  /// Where the files are that the tree numbers.
  private enum Source: Sendable {
    case binary([EmbeddedFile])
    /// In a folder, or in the one around it where it is shared.
    case disks(Disks)
  }

  private struct Disks: Sendable {
    let own: any ReadableFileSystem
    let collection: (any ReadableFileSystem)?
    var directories: [RelativePath] = []
    /// Each as a name in one of the directories: a path of its own for each would be most of what is
    /// held of a large layout.
    var files: [(directory: Int32, name: String)] = []

    func path(of number: Int) -> RelativePath {
      let (directory, name) = files[number]
      return directories[Int(directory)].appending(checked: name)
    }

    func disk(of number: Int) -> any ReadableFileSystem {
      let directory = directories[Int(files[number].directory)]
      return LayoutFolder.isShared(directory.string) ? collection ?? own : own
    }
  }

  /// A folder on a disk, in which nothing was found yet.
  init(
    name: String, own: any ReadableFileSystem, collection: (any ReadableFileSystem)? = nil
  ) {
    self.name = name
    source = .disks(Disks(own: own, collection: collection))
  }

  /// What the build has found.
  init(_ layout: EmbeddedLayout) {
    name = layout.folder
    let files = layout.files()
    source = .binary(files)
    tree = FileTree(embedded: files, emptyDirectories: layout.emptyDirectories)
  }

  /// Gives a directory that was found a number, and a file in such a one.
  mutating func add(directory: RelativePath) -> Int32 {
    withDisks { disks in
      disks.directories.append(directory)
      return Int32(disks.directories.count - 1)
    }
  }

  mutating func add(file name: String, in directory: Int32) -> Int {
    withDisks { disks in
      disks.files.append((directory, name))
      return disks.files.count - 1
    }
  }

  private mutating func withDisks<Result>(_ body: (inout Disks) -> Result) -> Result {
    guard case .disks(var disks) = source else {
      preconditionFailure("what is in the binary is complete")
    }
    source = .binary([])  // so that there is no other copy
    defer { source = .disks(disks) }
    return body(&disks)
  }

  // MARK: Files

  /// How many files there are.
  package var count: Int {
    switch source {
    case .binary(let files): files.count
    case .disks(let disks): disks.files.count
    }
  }

  /// Where the file with a number is, below the folder.
  package func path(of number: Int) -> String {
    switch source {
    case .binary(let files): files[number].path
    case .disks(let disks): disks.path(of: number).string
    }
  }

  /// Reads a file: its content, where it is no larger than `limit`.
  func file(_ number: Int, upTo limit: Int) throws(FileSystemError) -> LayoutFile {
    switch source {
    case .binary(let files):
      let file = files[number]
      let bytes = file.bytes
      return LayoutFile(
        bytes: bytes.count <= limit ? bytes : nil, size: bytes.count,
        isExecutable: file.isExecutable, isKnownText: file.isText,
        blob: file.blob.flatMap(GitObjectID.init(hexadecimal:)))
    case .disks(let disks):
      let (status, content) = try disks.disk(of: number).load(disks.path(of: number), upTo: limit)
      return LayoutFile(
        bytes: content, size: status.size,
        isExecutable: status.mode & 0o111 != 0)
    }
  }

  /// The git id of what a file holds, as it was read.
  func blob(of file: LayoutFile, _ number: Int) throws(FileSystemError) -> GitObjectID {
    if let known = file.blob { return known }
    if let bytes = file.bytes { return GitObjectID(blob: bytes) }
    switch content(of: number) {
    case .bytes(let bytes): return GitObjectID(blob: bytes)
    case .file(let path, let disk): return try disk.blob(of: path).id
    case .pieces: preconditionFailure("a layout's file is in the binary or on a disk")
    }
  }

  /// The content of a file, to be copied in pieces.
  func content(of number: Int) -> FileContent {
    switch source {
    case .binary(let files): .bytes(files[number].bytes)
    case .disks(let disks): .file(disks.path(of: number), in: disks.disk(of: number))
    }
  }

  // MARK: Names

  /// Whether a path leads to what layouts share.
  static func isShared(_ path: String) -> Bool {
    path.begins(with: "\(Manifest.sharedFolder)/")
  }

  /// What complaints call a file of the folder.
  package func displayName(of path: String) -> String {
    Self.displayName(of: path, in: name)
  }

  /// The files of a layer, at their paths below the layer's folder.
  func directory(of layer: Manifest.Layer) -> FileTree.Directory? {
    guard case .directory(let directory)? = tree[layer.folder] else { return nil }
    return directory
  }

  static func displayName(of path: String, in folder: String) -> String {
    let folder = isShared(path) ? collection(of: folder) : folder
    return folder.ends(with: "/") ? folder + path : folder + "/" + path
  }

  /// What complaints call the folder that holds a layout's folder.
  package static func collection(of folder: String) -> String {
    var components = folder.parts(between: "/")
    while components.count > 1, components.last == "" { components.removeLast() }
    guard let last = components.popLast(), last != ".", last != "..", last != "" else {
      return folder + "/.."
    }
    if components.isEmpty { return "." }
    return components == [""] ? "/" : components.concatenated(by: "/")
  }
}
