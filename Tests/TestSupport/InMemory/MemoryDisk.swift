import FileSystems
import FileTrees

/// The whole of a disk in memory, and the rules of Linux by which names are found in it.
struct MemoryDisk {
  static let rootInode = 1

  var nodes: [Int: MemoryNode]
  var locks: Set<HeldLock> = []
  var umask: UInt16 = 0o022
  var options: InMemoryFileSystem.Options
  private var lastInode = rootInode
  private var operations = 0
  /// Names that removed files have left, and after how many operations they go.
  private var hidden: [(directory: Int, name: String, until: Int)] = []

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

  // MARK: What is shown

  /// Who runs the tests, and somebody else.
  private static let users = (own: UInt32(1000), other: UInt32(2000))

  /// After how many operations what does not hold still is another one.
  private static let era = 60

  func status(of inode: Int, device: UInt64) throws(SystemError) -> FileStatus {
    guard let node = nodes[inode] else { throw .notFound }
    let era = operations / Self.era
    let owner = options.shownOwner ?? (node.isOwned ? Self.users.own : Self.users.other)
    return FileStatus(
      kind: node.kind, mode: options.shownMode ?? node.mode,
      size: node.size + (node.names > 1 ? options.linkedSizeExcess : 0),
      identity: FileIdentity(
        device: device, inode: UInt64(inode + (options.inodesChange ? era << 32 : 0))),
      owner: owner + (options.ownersChange ? UInt32(era) : 0),
      isOwned: owner == Self.users.own && !(options.ownersChange && era > 0))
  }

  /// A time that no other directory has.
  func birth(of inode: Int) -> Int64? {
    options.hasBirthTimes ? Int64(inode) * 1_000 : nil
  }

  // MARK: Changes

  /// Notes that an operation begins, and forgets hidden names whose time has come.
  mutating func tick() {
    operations += 1
    while let first = hidden.first, first.until <= operations {
      hidden.removeFirst()
      guard case .directory(let entries) = nodes[first.directory]?.content,
        let inode = entries[key(first.name)]?.inode
      else { continue }
      enter(first.name, as: nil, in: first.directory)
      dropName(of: inode)
    }
  }

  /// Leaves a hidden name where a file was removed.
  mutating func hide(_ inode: Int, in directory: Int) {
    let name = ".fuse_hidden\(operations)"
    enter(name, as: inode, in: directory)
    hidden.append((directory, name, operations + 10))
  }

  /// Adds a node under a name that is free.
  mutating func add(_ node: MemoryNode, at place: Place) throws(SystemError) {
    if place.inode != nil { throw .alreadyExists }
    try check(.write, place.directory)
    if let limit = options.nodeLimit, nodes.count >= limit {
      let (file, directory) = options.fullErrors
      throw SystemError(code: node.kind == .directory ? directory : file)
    }
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

/// Who holds the lock on which directory. Clients do not hear of each other's.
struct HeldLock: Hashable {
  var inode: Int
  var client: Int
}
