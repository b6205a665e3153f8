import FileSystems

extension FileContent {
  /// The pieces in one.
  package static func whole(
    _ pieces: (@escaping (UnsafeRawBufferPointer) -> Bool) -> Void
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    pieces { piece in
      bytes += piece
      return true
    }
    return bytes
  }
}
