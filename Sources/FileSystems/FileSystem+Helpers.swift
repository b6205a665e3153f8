import FileTrees

extension FileSystem {
  /// Whether anything is at `path`, a dangling link too.
  package func exists(_ path: RelativePath) throws(FileSystemError) -> Bool {
    try status(of: path) != nil
  }

  /// Makes a directory with mode 0777 less the `umask`.
  package func createDirectory(_ path: RelativePath) throws(FileSystemError) {
    try createDirectory(path, .executable)
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

  /// Makes the directory at `path` and those above it that are absent.
  ///
  /// - Returns: The directories that it made, outermost first.
  /// - Throws: `EEXIST` when `path` is something else, a link to a directory too.
  @discardableResult
  package func createDirectories(
    to path: RelativePath
  ) throws(FileSystemError) -> [RelativePath] {
    if path.isRoot { return [] }
    let refusal: FileSystemError
    do {
      try createDirectory(path)
      return [path]
    } catch {
      refusal = error
    }
    switch SystemError(code: refusal.code) {
    case .notFound:
      guard let parent = path.parent, !parent.isRoot else { throw refusal }
      let above = try createDirectories(to: parent)
      try createDirectory(path)
      return above + [path]
    case .alreadyExists where try status(of: path)?.kind == .directory:
      return []
    default:
      throw refusal
    }
  }

  /// Calls `visit` for everything below the directory at `path`: each directory before what it
  /// holds, names in the order of their bytes. Links are visited, not followed.
  ///
  /// - Parameter refused: Called for each name that cannot be in a path, which is then passed over.
  ///   Without it such a name is an error (`EILSEQ`).
  package func walk(
    _ path: RelativePath = .root,
    refused: ((PathError) throws(FileSystemError) -> Void)? = nil,
    _ visit: (RelativePath, FileStatus) throws(FileSystemError) -> Void
  ) throws(FileSystemError) {
    for name in try list(path) {
      switch path.child(name) {
      case .failure(let problem):
        guard let refused else { throw FileSystemError(unsafe: problem, in: path) }
        try refused(problem)
      case .success(let child):
        // What has gone since the names were read is not there to be visited.
        guard let status = try status(of: child) else { continue }
        try visit(child, status)
        if status.kind == .directory { try walk(child, refused: refused, visit) }
      }
    }
  }

  /// Removes whatever is at `path` and below it, without following a link. Absent is fine.
  ///
  /// - Throws: `EILSEQ` for a name that cannot be in a path; nothing else in its directory that
  ///   sorts before it is left.
  package func removeTree(_ path: RelativePath) throws(FileSystemError) {
    guard let status = try status(of: path) else { return }
    var left = status.kind == .directory ? 4 : 0
    while left > 0 {
      try removeContents(of: path)
      do {
        return try remove(path)
      } catch {
        if error.code == SystemError.notFound.code { return }
        // Some disks give another name to what is removed, until they have let go of it.
        left -= 1
        guard left > 0, error.code == SystemError.directoryNotEmpty.code else { throw error }
      }
    }
    do {
      try remove(path)
    } catch {
      // Such a name may go by itself meanwhile.
      if error.code != SystemError.notFound.code { throw error }
    }
  }

  private func removeContents(of path: RelativePath) throws(FileSystemError) {
    for name in try list(path) {
      switch path.child(name) {
      case .failure(let problem): throw FileSystemError(unsafe: problem, in: path)
      case .success(let child): try removeTree(child)
      }
    }
  }
}

extension RelativePath {
  fileprivate func child(_ name: String) -> Result<RelativePath, PathError> {
    do throws(PathError) {
      return .success(try appending(name))
    } catch {
      return .failure(PathError(path: isRoot ? name : "\(self)/\(name)", reason: error.reason))
    }
  }
}

extension FileSystemError {
  fileprivate init(unsafe problem: PathError, in directory: RelativePath) {
    self.init(.list, directory, SystemError.invalidName.code, givenName: problem.path)
  }
}
