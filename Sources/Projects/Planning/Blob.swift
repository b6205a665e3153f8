import FileSystems
import FileTrees

/// A content's git blob id and its size in bytes.
package struct Blob: Hashable, Sendable {
  package var id: GitObjectID
  package var size: Int

  /// - Parameter id: the id, where it is known.
  init(of content: FileContent, id known: GitObjectID? = nil) throws(FileSystemError) {
    switch content {
    case .bytes(let bytes):
      id = known ?? GitObjectID(blob: bytes)
      size = bytes.count
    case .file(let path, let fileSystem):
      (id, size) = try fileSystem.blob(of: path)
    }
  }
}
