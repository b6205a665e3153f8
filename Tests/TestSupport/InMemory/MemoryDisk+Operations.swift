import FileSystems
import FileTrees

/// The operations, each with the checks that Linux makes, in its order.
extension MemoryDisk {
  func list(_ path: RelativePath, from root: Int) throws(SystemError) -> [String] {
    let inode = try directory(path, from: root)
    try check(.read, inode)
    guard case .directory(let entries) = nodes[inode]?.content else { throw .notADirectory }
    return entries.values.map(\.name).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  func read(_ path: RelativePath, from root: Int) throws(SystemError) -> [UInt8] {
    let inode = try existing(path, from: root)
    guard let node = nodes[inode] else { throw .notFound }
    if node.kind != .link { try check(.read, inode) }
    switch node.content {
    case .file(let bytes): return bytes
    case .directory: throw .isDirectory
    case .link: throw .linkInPath
    case .other: throw .invalidArgument
    }
  }

  mutating func createDirectory(
    _ path: RelativePath, _ permissions: Permissions = .executable, from root: Int
  ) throws(SystemError) {
    let place = try place(of: path, from: root)
    try add(
      MemoryNode(content: .directory([:]), mode: mode(of: permissions), isOwned: true), at: place)
  }

  private func mode(of permissions: Permissions) -> UInt16 {
    permissions.ignoresUmask ? permissions.bits : permissions.bits & ~umask
  }

  /// - Returns: The new file's inode, for `write`.
  mutating func createFile(
    _ path: RelativePath, _ permissions: Permissions, from root: Int
  ) throws(SystemError) -> Int {
    let place = try place(of: path, from: root)
    try add(MemoryNode(content: .file([]), mode: mode(of: permissions), isOwned: true), at: place)
    return try existing(path, from: root)
  }

  /// Appends to a file that was just created.
  mutating func write(_ bytes: [UInt8], to inode: Int) throws(SystemError) {
    // The file may have been removed meanwhile; the bytes go nowhere then, as on a disk.
    guard case .file(let content) = nodes[inode]?.content else { return }
    if bytes.count > freeSpace { throw SystemError(code: options.fullErrors.file) }
    nodes[inode]?.content = .file(content + bytes)
  }

  mutating func link(
    _ path: RelativePath, as other: RelativePath, from root: Int
  ) throws(SystemError) {
    let source = try place(of: path, from: root)
    let target = try place(of: other, from: root)
    guard let inode = source.inode else { throw .notFound }
    if target.inode != nil { throw .alreadyExists }
    try check(.write, target.directory)
    if nodes[inode]?.kind == .directory { throw .notPermitted }
    if let code = options.linkError { throw SystemError(code: code) }
    if options.linksShareInode {
      enter(target.name, as: inode, in: target.directory)
      nodes[inode]?.names += 1
    } else if let node = nodes[inode] {
      try add(node, at: target)
    }
  }

  mutating func remove(_ path: RelativePath, from root: Int) throws(SystemError) {
    let place = try place(of: path, from: root)
    if place.isRoot { throw .resourceBusy }
    guard let inode = place.inode else { throw .notFound }
    try check(.write, place.directory)
    if case .directory(let entries) = nodes[inode]?.content, !entries.isEmpty {
      throw .directoryNotEmpty
    }
    try checkSticky(inode, in: place.directory)
    enter(place.name, as: nil, in: place.directory)
    if options.hidesRemovedFiles, nodes[inode]?.kind == .file,
      !place.name.utf8.starts(with: ".fuse_".utf8)
    {
      hide(inode, in: place.directory)
    } else {
      dropName(of: inode)
    }
  }

  /// In a sticky directory one removes and moves only what one owns.
  private func checkSticky(_ inode: Int, in directory: Int) throws(SystemError) {
    guard let above = nodes[directory], let node = nodes[inode] else { return }
    if above.mode & 0o1000 != 0, !above.isOwned, !node.isOwned, !options.isSuperuser {
      throw .notPermitted
    }
  }

  mutating func move(
    _ path: RelativePath, to other: RelativePath, replacing: Bool, from root: Int
  ) throws(SystemError) {
    if path.isRoot { throw .resourceBusy }
    if other.isRoot { throw replacing ? .resourceBusy : .alreadyExists }
    let source = try place(of: path, from: root)
    let target = try place(of: other, from: root)
    guard let inode = source.inode else { throw .notFound }
    if target.inode != nil && !replacing { throw .alreadyExists }
    if isDirectory(inode, atOrAbove: target.directory) { throw .invalidArgument }
    if let taken = target.inode, isDirectory(taken, atOrAbove: source.directory) {
      throw .directoryNotEmpty
    }
    if target.inode != inode { try checkMove(of: inode, from: source, to: target) }
    if !replacing, !options.hasExclusiveRename {
      return try moveInTwoSteps(path, to: other, from: root)
    }
    if !options.movesArrive, let taken = target.inode, taken != inode {
      // What was in its place stays.
      enter(source.name, as: nil, in: source.directory)
      nodes[inode] = nil
      return
    }
    // Where letter case is ignored, a move may only spell the name anew.
    let isSameEntry =
      source.directory == target.directory && key(source.name) == key(target.name)
    enter(source.name, as: nil, in: source.directory)
    if let taken = target.inode, !isSameEntry { dropName(of: taken) }
    enter(target.name, as: inode, in: target.directory)
  }

  /// A second name for a file, an empty directory for a directory.
  mutating func beginMove(
    _ path: RelativePath, to other: RelativePath, from root: Int
  ) throws(SystemError) {
    if nodes[try existing(path, from: root)]?.kind == .directory {
      try createDirectory(other, from: root)
    } else {
      try link(path, as: other, from: root)
    }
  }

  private mutating func moveInTwoSteps(
    _ path: RelativePath, to other: RelativePath, from root: Int
  ) throws(SystemError) {
    let source = try place(of: path, from: root)
    guard let inode = source.inode else { throw .notFound }
    try beginMove(path, to: other, from: root)
    do {
      if nodes[inode]?.kind == .directory {
        try move(path, to: other, replacing: true, from: root)
      } else {
        enter(source.name, as: nil, in: source.directory)
        dropName(of: inode)
      }
    } catch {
      try? remove(other, from: root)
      throw error
    }
  }

  private func checkMove(
    of inode: Int, from source: Place, to target: Place
  ) throws(SystemError) {
    try check(.write, source.directory)
    try check(.write, target.directory)
    try checkSticky(inode, in: source.directory)
    if let taken = target.inode { try checkSticky(taken, in: target.directory) }
    let isDirectory = nodes[inode]?.kind == .directory
    let taken = target.inode.flatMap { nodes[$0] }
    if let taken, (taken.kind == .directory) != isDirectory {
      throw isDirectory ? .notADirectory : .isDirectory
    }
    if isDirectory && source.directory != target.directory { try check(.write, inode) }
    guard case .directory(let entries) = taken?.content else { return }
    if !entries.isEmpty { throw .directoryNotEmpty }
    if let code = options.emptyDirectoryError { throw SystemError(code: code) }
  }

  /// Whether `inode` is the directory `other` or holds it, at any depth.
  private func isDirectory(_ inode: Int, atOrAbove other: Int) -> Bool {
    if inode == other { return true }
    guard case .directory(let entries) = nodes[inode]?.content else { return false }
    return entries.values.contains { isDirectory($0.inode, atOrAbove: other) }
  }
}
