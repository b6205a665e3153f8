import FileSystems
import FileTrees

/// A content's size in bytes and its git blob id.
struct Blob: Hashable, Sendable {
  var id: GitObjectID
  var size: Int

  init(of content: FileContent) throws(FileSystemError) {
    let bytes: [UInt8]
    switch content {
    case .bytes(let held): bytes = held
    case .file(let path, let fileSystem): bytes = try fileSystem.contents(of: path, limit: .max)
    }
    id = GitObjectID(blob: bytes)
    size = bytes.count
  }
}
