import FileSystems
import FileTrees

/// A content's size in bytes and its git blob id.
struct Blob: Hashable, Sendable {
  var id: GitObjectID
  var size: Int

  /// - Parameter id: the id, where it is known.
  init(of content: FileContent, id known: GitObjectID? = nil) throws(FileSystemError) {
    let bytes: [UInt8]
    switch content {
    case .bytes(let held): bytes = held
    case .file(let path, let fileSystem): bytes = try fileSystem.contents(of: path, limit: .max)
    }
    id = known ?? GitObjectID(blob: bytes)
    size = bytes.count
  }
}
