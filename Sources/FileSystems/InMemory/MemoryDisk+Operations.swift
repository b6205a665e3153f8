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

  mutating func createDirectory(_ path: RelativePath, from root: Int) throws(SystemError) {
    let place = try place(of: path, from: root)
    try add(
      MemoryNode(content: .directory([:]), mode: 0o777 & ~umask, isOwned: true), at: place)
  }

  /// - Returns: The new file's inode, for `write`.
  mutating func createFile(
    _ path: RelativePath, _ permissions: Permissions, from root: Int
  ) throws(SystemError) -> Int {
    let place = try place(of: path, from: root)
    let mode = permissions.ignoresUmask ? permissions.bits : permissions.bits & ~umask
    try add(MemoryNode(content: .file([]), mode: mode, isOwned: true), at: place)
    return try existing(path, from: root)
  }

  /// Appends to a file that was just created.
  mutating func write(_ bytes: [UInt8], to inode: Int) throws(SystemError) {
    // The file may have been removed meanwhile; the bytes go nowhere then, as on a disk.
    guard case .file(let content) = nodes[inode]?.content else { return }
    if bytes.count > freeSpace { throw .noSpace }
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
    enter(target.name, as: inode, in: target.directory)
    nodes[inode]?.names += 1
  }

  mutating func remove(_ path: RelativePath, from root: Int) throws(SystemError) {
    let place = try place(of: path, from: root)
    if place.isRoot { throw .resourceBusy }
    guard let inode = place.inode else { throw .notFound }
    try check(.write, place.directory)
    if case .directory(let entries) = nodes[inode]?.content, !entries.isEmpty {
      throw .directoryNotEmpty
    }
    enter(place.name, as: nil, in: place.directory)
    dropName(of: inode)
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
    // Where letter case is ignored, a move may only spell the name anew.
    let isSameEntry =
      source.directory == target.directory && key(source.name) == key(target.name)
    enter(source.name, as: nil, in: source.directory)
    if let taken = target.inode, !isSameEntry { dropName(of: taken) }
    enter(target.name, as: inode, in: target.directory)
  }

  private func checkMove(
    of inode: Int, from source: Place, to target: Place
  ) throws(SystemError) {
    try check(.write, source.directory)
    try check(.write, target.directory)
    let isDirectory = nodes[inode]?.kind == .directory
    let taken = target.inode.flatMap { nodes[$0] }
    if let taken, (taken.kind == .directory) != isDirectory {
      throw isDirectory ? .notADirectory : .isDirectory
    }
    if isDirectory && source.directory != target.directory { try check(.write, inode) }
    if case .directory(let entries) = taken?.content, !entries.isEmpty {
      throw .directoryNotEmpty
    }
  }

  /// Whether `inode` is the directory `other` or holds it, at any depth.
  private func isDirectory(_ inode: Int, atOrAbove other: Int) -> Bool {
    if inode == other { return true }
    guard case .directory(let entries) = nodes[inode]?.content else { return false }
    return entries.values.contains { isDirectory($0.inode, atOrAbove: other) }
  }
}
