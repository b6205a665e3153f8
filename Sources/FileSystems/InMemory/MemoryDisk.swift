import FileTrees

/// The whole of a disk in memory, and the rules of Linux by which names are found in it.
struct MemoryDisk {
  static let rootInode = 1

  var nodes: [Int: MemoryNode]
  var lockedInodes: Set<Int> = []
  var umask: UInt16 = 0o022
  var options: InMemoryFileSystem.Options
  private var lastInode = rootInode

  init(options: InMemoryFileSystem.Options) {
    self.options = options
    nodes = [
      Self.rootInode: MemoryNode(
        content: .directory([:]), mode: 0o755, isOwned: true)
    ]
  }

  /// Where a path leads: a name in a directory, and what is there now. The root of a file system is
  /// the name `.` in itself.
  struct Place {
    var directory: Int
    var name: String
    var inode: Int?
    var isRoot = false
  }

  func place(of path: RelativePath, from root: Int) throws(SystemError) -> Place {
    guard let parent = path.parent else {
      return Place(directory: root, name: ".", inode: root, isRoot: true)
    }
    var directory = root
    for component in parent.components {
      guard let next = try entries(of: directory)[key(component)]?.inode else { throw .notFound }
      if nodes[next]?.kind != .directory { throw .notADirectory }
      directory = next
    }
    let name = path.name
    return Place(
      directory: directory, name: name, inode: try entries(of: directory)[key(name)]?.inode)
  }

  func existing(_ path: RelativePath, from root: Int) throws(SystemError) -> Int {
    guard let inode = try place(of: path, from: root).inode else { throw .notFound }
    return inode
  }

  /// The directory at `path`, whose own permissions do not matter.
  func directory(_ path: RelativePath, from root: Int) throws(SystemError) -> Int {
    let inode = try existing(path, from: root)
    guard nodes[inode]?.kind == .directory else { throw .notADirectory }
    return inode
  }

  func key(_ name: String) -> EntryKey {
    EntryKey(name, ignoresCase: options.ignoresCase)
  }

  /// Looks names up in a directory, for which one must be allowed to search it.
  func entries(of inode: Int) throws(SystemError) -> [EntryKey: MemoryEntry] {
    guard let node = nodes[inode] else { throw .notFound }
    guard case .directory(let entries) = node.content else { throw .notADirectory }
    try check(.search, inode)
    return entries
  }

  /// What one may be allowed to do; the raw value is the bit for “others”.
  enum Access: UInt16 {
    case read = 0o4
    case write = 0o2
    case search = 0o1
  }

  func check(_ access: Access, _ inode: Int) throws(SystemError) {
    guard let node = nodes[inode] else { throw .notFound }
    let bit = node.isOwned ? access.rawValue << 6 : access.rawValue
    if !options.isSuperuser && node.mode & bit == 0 { throw .permissionDenied }
  }

  // MARK: Changes

  /// Adds a node under a name that is free.
  mutating func add(_ node: MemoryNode, at place: Place) throws(SystemError) {
    if place.inode != nil { throw .alreadyExists }
    try check(.write, place.directory)
    if let limit = options.nodeLimit, nodes.count >= limit { throw .noSpace }
    lastInode += 1
    nodes[lastInode] = node
    enter(place.name, as: lastInode, in: place.directory)
  }

  /// Puts a name into a directory, or takes it out.
  mutating func enter(_ name: String, as inode: Int?, in directory: Int) {
    guard case .directory(var entries) = nodes[directory]?.content else { return }
    entries[key(name)] = inode.map { MemoryEntry(name: name, inode: $0) }
    nodes[directory]?.content = .directory(entries)
  }

  /// One name less; the last one takes the node with it.
  mutating func dropName(of inode: Int) {
    guard let names = nodes[inode]?.names else { return }
    if names > 1 {
      nodes[inode]?.names = names - 1
    } else {
      nodes[inode] = nil
    }
  }

  /// The bytes that may still be written.
  var freeSpace: Int {
    guard let capacity = options.capacity else { return .max }
    return capacity - nodes.values.reduce(0) { $0 + $1.size }
  }
}
