import FileTrees

extension ReadableFileSystem {
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
    if let status = try status(of: path), let blob = try blob(of: path, shown: status.size) {
      return blob
    }
    throw FileSystemError(.read, path, SystemError.resourceBusy.code)
  }

  /// The blob id of the first `size` bytes of a file, read piece by piece; nil when it has fewer.
  package func blobID(of path: RelativePath, size: Int) throws(FileSystemError) -> GitObjectID? {
    try blobHash(of: path, size: size).id
  }

  /// The blob id of all of a file, read piece by piece; nil while somebody writes it.
  ///
  /// - Parameter shown: the size that the disk shows. What is read counts: gocryptfs shows another
  ///   size for a while when the file was just linked.
  package func blobID(of path: RelativePath, shown: Int) throws(FileSystemError) -> GitObjectID? {
    try blob(of: path, shown: shown)?.id
  }

  private func blob(
    of path: RelativePath, shown: Int
  ) throws(FileSystemError) -> (id: GitObjectID, size: Int)? {
    // Git's name for a content begins with its size.
    var size = shown
    for _ in 0..<Self.attempts {
      let (id, read) = try blobHash(of: path, size: size)
      if read == size, let id { return (id, size) }
      size = read
    }
    return nil
  }

  /// The id of the first `size` bytes, and how many bytes the file has.
  private func blobHash(
    of path: RelativePath, size: Int
  ) throws(FileSystemError) -> (id: GitObjectID?, read: Int) {
    var hash = GitObjectID.BlobHash(size: size)
    var count = 0
    try read(path) { (piece: Span<UInt8>) throws(FileSystemError) in
      let part = min(piece.count, max(0, size - count))
      count += piece.count
      if part > 0 {
        piece.extracting(0..<part).withUnsafeBytes { hash.append($0) }
      }
    }
    return (hash.id, count)
  }
}
