import FileSystems
import FileTrees

/// What tests arrange, which no operation of a `FileSystem` can.
extension InMemoryFileSystem {
  /// A disk that holds `files`: text by path, parents included. A path that ends in `/` is an empty
  /// directory.
  package convenience init(
    _ files: [String: String], _ options: Options = Options()
  ) throws {
    self.init(options)
    for (path, text) in files {
      if path.utf8.last == UInt8(ascii: "/") {
        try createDirectories(to: RelativePath(validating: String(path.dropLast())))
        continue
      }
      let path = try RelativePath(validating: path)
      if let parent = path.parent { try createDirectories(to: parent) }
      try createFile(path, .regular, .bytes(Array(text.utf8)))
    }
  }

  /// The mode bits that new files and directories do not get; 022 at first.
  package var umask: UInt16 {
    get { storage.disk.withLock { $0.umask } }
    set { storage.disk.withLock { $0.umask = newValue } }
  }

  /// The kind of disk, from now on.
  package var options: Options {
    get { storage.disk.withLock { $0.options } }
    set { storage.disk.withLock { $0.options = newValue } }
  }

  /// Makes a symbolic link, which may lead nowhere.
  package func createLink(
    _ path: RelativePath, to target: String
  ) throws(FileSystemError) {
    try add(.link(target: target), mode: 0o777, at: path)
  }

  /// Makes something that is neither a file nor a directory nor a link.
  package func createOther(_ path: RelativePath) throws(FileSystemError) {
    try add(.other, mode: 0o644, at: path)
  }

  /// Changes the permission bits of what is at `path`.
  package func setMode(_ mode: UInt16, of path: RelativePath) throws(FileSystemError) {
    try perform(.status, path) { (disk, root) throws(SystemError) in
      disk.nodes[try disk.existing(path, from: root)]?.mode = mode
    }
  }

  /// Gives what is at `path` to this user or to another.
  package func setOwned(_ isOwned: Bool, _ path: RelativePath) throws(FileSystemError) {
    try perform(.status, path) { (disk, root) throws(SystemError) in
      disk.nodes[try disk.existing(path, from: root)]?.isOwned = isOwned
    }
  }

  /// Does the first step of a move on a disk that needs two.
  func beginMove(_ path: RelativePath, to other: RelativePath) throws(FileSystemError) {
    try perform(.move, path, to: other) { (disk, root) throws(SystemError) in
      if disk.options.hasExclusiveRename { return }
      try disk.beginMove(path, to: other, from: root)
    }
  }

  private func add(
    _ content: MemoryNode.Content, mode: UInt16, at path: RelativePath
  ) throws(FileSystemError) {
    try perform(.createFile, path) { (disk, root) throws(SystemError) in
      let place = try disk.place(of: path, from: root)
      try disk.add(MemoryNode(content: content, mode: mode, isOwned: true), at: place)
    }
  }
}
