import FileTrees

extension LocalFileSystem {
  package func move(
    _ path: RelativePath, to other: RelativePath, replacing: Bool
  ) throws(FileSystemError) {
    do throws(SystemError) {
      if path.isRoot { throw .resourceBusy }
      if other.isRoot { throw replacing ? .resourceBusy : .alreadyExists }
      let (source, target) = (try place(of: path), try place(of: other))
      if !replacing {
        try source.moveExclusively(to: target, inOneStep: hasExclusiveRename)
      } else if path == other {
        _ = try source.directory.status(of: source.name)
        return
      } else {
        try source.directory.rename(source.name, in: target.directory, to: target.name)
      }
      try source.settleMove(to: target)
    } catch {
      throw FileSystemError(.move, path, error.code, to: other)
    }
  }
}

extension Place {
  /// Renames where nothing is at `target`; with `EEXIST` where something is.
  fileprivate func moveExclusively(
    to target: Place, inOneStep: Bool
  ) throws(SystemError) {
    if inOneStep {
      do {
        return try directory.renameExclusively(name, in: target.directory, to: target.name)
      } catch {
        if !error.isUnsupported { throw error }
      }
    }
    if FileStatus.Kind(try directory.status(of: name)) == .directory {
      try moveDirectoryStepwise(to: target)
    } else {
      try moveFileStepwise(to: target)
    }
  }

  /// Claims the new name with an empty directory and takes that one's place, so that the only thing
  /// ever replaced is our own.
  private func moveDirectoryStepwise(to target: Place) throws(SystemError) {
    try target.directory.makeDirectory(target.name)
    do {
      try directory.rename(name, in: target.directory, to: target.name)
    } catch {
      try? target.directory.removeDirectory(target.name)
      throw error
    }
  }

  /// A second name and then no first one: a hard link never takes a name that is taken.
  private func moveFileStepwise(to target: Place) throws(SystemError) {
    try directory.link(name, in: target.directory, as: target.name)
    do {
      try directory.unlink(name)
    } catch {
      try? target.directory.unlink(target.name)
      throw error
    }
  }

  /// What a successful rename leaves to do: caches may hold the directory under its old path, and of
  /// two names of one file both are still there.
  fileprivate func settleMove(to target: Place) throws(SystemError) {
    guard let moved = try? target.directory.status(of: target.name) else {
      return DirectoryCache.empty()
    }
    if FileStatus.Kind(moved) == .directory { return DirectoryCache.empty() }
    guard moved.st_nlink > 1, let left = try? directory.status(of: name),
      FileIdentity(left) == FileIdentity(moved), !isSameEntry(as: target)
    else { return }
    try directory.unlink(name)
  }

  /// Whether both names could be one entry of one directory, on a disk that ignores letter case.
  private func isSameEntry(as other: Place) -> Bool {
    guard name.lowercased() == other.name.lowercased(), let ours = try? directory.status(),
      let theirs = try? other.directory.status()
    else { return false }
    return FileIdentity(ours) == FileIdentity(theirs)
  }
}
