import FileSystems
import FileTrees

/// What a test compares: everything below a directory, by path.
package typealias Snapshot = [RelativePath: SnapshotEntry]

/// One file or directory of a snapshot.
package struct SnapshotEntry: Hashable, Sendable, CustomStringConvertible {
  package var kind: FileStatus.Kind
  package var mode: UInt16
  /// A file's bytes, empty for anything else.
  package var content: [UInt8]

  package init(kind: FileStatus.Kind, mode: UInt16, content: [UInt8] = []) {
    self.kind = kind
    self.mode = mode
    self.content = content
  }

  package var description: String {
    let text = kind == .file ? " “\(String(decoding: content.prefix(80), as: UTF8.self))”" : ""
    return "\(kind) \(String(mode, radix: 8))\(text)"
  }
}

extension ReadableFileSystem {
  /// Everything below the root as it is now. It needs to be allowed to read it.
  package func snapshot() throws -> Snapshot {
    var entries: Snapshot = [:]
    try walk { path, status in
      let content = status.kind == .file ? try contents(of: path) : []
      entries[path] = SnapshotEntry(kind: status.kind, mode: status.mode, content: content)
    }
    return entries
  }

  /// Calls `visit` for everything below `directory`; links are visited, not followed.
  package func walk(
    _ directory: RelativePath = .root, _ visit: (RelativePath, FileStatus) throws -> Void
  ) throws {
    for name in try list(directory) {
      let path = try directory.appending(name)
      // What has gone since the names were read is not there to be visited.
      guard let status = try status(of: path) else { continue }
      try visit(path, status)
      if status.kind == .directory { try walk(path, visit) }
    }
  }
}
