import FileTrees

extension FileSystem {
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
        if error.isGone { return }
        // Some disks give another name to what is removed, until they have let go of it.
        left -= 1
        guard left > 0, error.code == SystemError.directoryNotEmpty.code else { throw error }
      }
    }
    do {
      try remove(path)
    } catch {
      // Such a name may go by itself meanwhile.
      if !error.isGone { throw error }
    }
  }

  private func removeContents(of path: RelativePath) throws(FileSystemError) {
    for name in try list(path) {
      let child: RelativePath
      do {
        child = try path.appending(name)
      } catch {
        throw FileSystemError(
          .list, path, SystemError.invalidName.code,
          givenName: path.isRoot ? name : "\(path)/\(name)")
      }
      try removeTree(child)
    }
  }
}
