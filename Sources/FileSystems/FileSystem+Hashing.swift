import FileTrees

extension FileSystem {
  /// What is held in memory of a file whose blob id is worked out.
  private static var mostHeld: Int { 1 << 20 }
  /// How often a file is read anew that changes meanwhile.
  private static var attempts: Int { 3 }

  /// The git blob id and the size of the file at `path`, whatever its size is.
  ///
  /// - Throws: `EBUSY` when the file changes each time that it is read.
  package func blob(of path: RelativePath) throws(FileSystemError) -> (id: GitObjectID, size: Int) {
    do {
      let content = try contents(of: path, limit: Self.mostHeld)
      return (GitObjectID(blob: content), content.count)
    } catch {
      if SystemError(code: error.code) != .fileTooLarge { throw error }
    }
    for _ in 0..<Self.attempts {
      // Git's name for a content begins with its size.
      guard let size = try status(of: path)?.size else { break }
      var hash = GitObjectID.BlobHash(size: size)
      try read(path) { (piece: Span<UInt8>) throws(FileSystemError) in
        piece.withUnsafeBufferPointer { hash.append(Array($0)) }
      }
      if let id = hash.id { return (id, size) }
    }
    throw FileSystemError(.read, path, SystemError.resourceBusy.code)
  }
}
