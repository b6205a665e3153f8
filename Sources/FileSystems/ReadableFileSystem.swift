import FileTrees

/// A directory and everything below it, to be read: what a layout needs of where it comes from.
///
/// Paths are relative to the directory that the file system is rooted at. No call follows a
/// symbolic link, in any component: a link in the middle of a path is an error (`ENOTDIR` or
/// `ELOOP`), so that a link swapped in half-way leads nowhere.
package protocol ReadableFileSystem: Sendable {
  /// What is at `path`, or nil when nothing is (also when a parent is absent). A link is reported
  /// as a link.
  func status(of path: RelativePath) throws(FileSystemError) -> FileStatus?

  /// The names in the directory at `path`, sorted by their bytes. Names that are not UTF-8 are an
  /// error (`EILSEQ`).
  func list(_ path: RelativePath) throws(FileSystemError) -> [String]

  /// The same names, each with what it is, where the disk says so with the names.
  func entries(of path: RelativePath) throws(FileSystemError) -> [DirectoryEntry]

  /// The file at `path`: what it is, and its content. That is nil for one with more than `limit` bytes,
  /// and may be for one with a NUL, which is no text. Fails as `read` does.
  func load(
    _ path: RelativePath, upTo limit: Int
  ) throws(FileSystemError) -> (status: FileStatus, content: [UInt8]?)

  /// Hands the content of the file at `path` to `body` in pieces, in order; not at all when it is
  /// empty. A link (`ELOOP`), a directory (`EISDIR`), a FIFO or a device (`EINVAL`) is an error, and
  /// none of them is waited for.
  func read(
    _ path: RelativePath, _ body: (Span<UInt8>) throws(FileSystemError) -> Void
  ) throws(FileSystemError)
}

/// A name in a directory.
package struct DirectoryEntry: Sendable {
  package var name: String
  /// Nil where it is to be asked for.
  package var kind: FileStatus.Kind?

  package init(name: String, kind: FileStatus.Kind?) {
    self.name = name
    self.kind = kind
  }
}

extension ReadableFileSystem {
  package func entries(of path: RelativePath) throws(FileSystemError) -> [DirectoryEntry] {
    try list(path).map { DirectoryEntry(name: $0, kind: nil) }
  }

  package func load(
    _ path: RelativePath, upTo limit: Int
  ) throws(FileSystemError) -> (status: FileStatus, content: [UInt8]?) {
    guard var status = try status(of: path) else {
      throw FileSystemError(.read, path, SystemError.notFound.code)
    }
    if status.kind == .file, status.size > limit { return (status, nil) }
    var content: [UInt8] = []
    try read(path) { (piece: Span<UInt8>) throws(FileSystemError) in
      if content.count <= limit { piece.withUnsafeBufferPointer { content.append(contentsOf: $0) } }
    }
    // What is read counts, whatever the disk shows.
    status.size = content.count
    return (status, content.count > limit ? nil : content)
  }

  /// All of the file at `path`.
  ///
  /// - Throws: `EFBIG` when it holds more than `limit` bytes.
  package func contents(
    of path: RelativePath, limit: Int = .max
  ) throws(FileSystemError) -> [UInt8] {
    var content: [UInt8] = []
    try read(path) { (piece: Span<UInt8>) throws(FileSystemError) in
      if piece.count > limit - content.count {
        throw FileSystemError(.read, path, SystemError.fileTooLarge.code)
      }
      piece.withUnsafeBufferPointer { content.append(contentsOf: $0) }
    }
    return content
  }
}
