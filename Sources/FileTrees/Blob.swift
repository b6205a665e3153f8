/// A content's git blob id and its size in bytes.
package struct Blob: Hashable, Sendable {
  package var id: GitObjectID
  package var size: Int

  package init(id: GitObjectID, size: Int) {
    self.id = id
    self.size = size
  }

  package init(of content: [UInt8]) {
    self.init(id: GitObjectID(blob: content), size: content.count)
  }
}
