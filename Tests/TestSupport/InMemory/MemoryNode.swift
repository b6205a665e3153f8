import FileSystems

/// A file, a directory or a link in memory, however many names it has.
struct MemoryNode {
  enum Content {
    case file([UInt8])
    case directory([EntryKey: MemoryEntry])
    case link(target: String)
    case other
  }

  var content: Content
  var mode: UInt16
  var isOwned: Bool
  /// Hard links. It is gone when it has none.
  var names = 1

  var kind: FileStatus.Kind {
    switch content {
    case .file: .file
    case .directory: .directory
    case .link: .link
    case .other: .other
    }
  }

  var size: Int {
    if case .file(let bytes) = content { bytes.count } else { 0 }
  }
}

/// A name in a directory: as it was given, and what it names.
struct MemoryEntry {
  var name: String
  var inode: Int
}

/// What two names of one directory may not have alike.
enum EntryKey: Hashable {
  case bytes([UInt8])
  /// Letter case and Unicode form ignored (the latter by `String`'s own equality).
  case folded(String)

  init(_ name: String, ignoresCase: Bool) {
    self =
      ignoresCase
      ? .folded(name.lowercased().uppercased().lowercased()) : .bytes(Array(name.utf8))
  }
}
