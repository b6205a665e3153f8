import FileSystems
import FileTrees

/// A file in the place of another one, which is kept in `old` meanwhile.
struct ReplaceStep: Step {
  let path: RelativePath
  /// The name of the staged file, and of the backup.
  let file: String
  let blob: GitObjectID
  /// What the replaced file holds.
  let expected: GitObjectID
  let permissions: Permissions

  func isPending(_ bench: Bench) throws -> Bool? {
    try bench.holds(bench.staged(file))
  }

  func publish(_ bench: Bench) throws {
    let staged = bench.staged(file)
    guard try bench.holds(staged) else { return }
    let backup = bench.backup(file)
    // Nil, as the blob id of anything but a file, is not what is expected.
    let isBackedUp = try bench.blob(of: backup) == expected
    let present = try bench.blob(of: path)
    if isBackedUp, present == blob { return try bench.fileSystem.remove(staged) }
    guard present == expected else { throw bench.changed(path) }
    if !isBackedUp { try backUp(bench) }
    do {
      try bench.fileSystem.move(staged, to: path, replacing: true)
    } catch let error where error.isAcrossFileSystems {
      try replaceAcross(staged, permissions, bench)
      try bench.fileSystem.remove(staged)
    }
  }

  /// What is kept is looked at, not what was there a moment ago.
  private func backUp(_ bench: Bench) throws {
    let backup = bench.backup(file)
    if try bench.fileSystem.status(of: backup) != nil { try bench.fileSystem.remove(backup) }
    do {
      try bench.fileSystem.link(path, as: backup)
    } catch {
      // No hard links here, or another file system: a copy does as well.
      try bench.fileSystem.createFile(
        backup, mode(of: path, bench), .file(path, in: bench.fileSystem))
    }
    guard try bench.blob(of: backup) == expected else {
      try bench.fileSystem.remove(backup)
      throw bench.changed(path)
    }
  }

  /// By a temporary file in the destination's own directory, which is on another file system.
  private func replaceAcross(
    _ source: RelativePath, _ permissions: Permissions, _ bench: Bench
  ) throws {
    let directory = path.parent ?? .root
    let temporary = try directory.appending(bench.staging.name + "-" + file)
    if try bench.fileSystem.status(of: temporary) != nil {
      try bench.fileSystem.remove(temporary)
    }
    try bench.fileSystem.createFile(
      temporary, permissions, .file(source, in: bench.fileSystem))
    do {
      try bench.fileSystem.move(temporary, to: path, replacing: true)
    } catch {
      try? bench.fileSystem.remove(temporary)
      throw error
    }
  }

  /// Its content, not only that it is there: some disks keep the old one.
  func isKept(_ bench: Bench) throws -> Bool {
    try bench.blob(of: path) == blob
  }

  /// Puts the backup back over what this run had put there, and over nothing else.
  func undo(_ bench: Bench) throws -> Undoing {
    let backup = bench.backup(file)
    guard try bench.holds(backup) else { return .nothing }
    let isStaged = try bench.holds(bench.staged(file))
    let present = try bench.blob(of: path)
    let isAbsent = try bench.status(of: path) == nil
    if present == blob || (isAbsent && !isStaged) {
      if try !bench.hasPlace(for: path) { return .saved(try bench.keep(backup, of: path)) }
      try restore(backup, bench)
      return .putBack(path)
    }
    // Not published, or back already; else it is the user's, who gets the backup as well.
    if isStaged || present == expected { return .nothing }
    return .saved(try bench.keep(backup, of: path))
  }

  private func restore(_ backup: RelativePath, _ bench: Bench) throws {
    do {
      try bench.fileSystem.move(backup, to: path, replacing: true)
    } catch let error where error.isAcrossFileSystems {
      try replaceAcross(backup, mode(of: backup, bench), bench)
    }
  }

  /// What a copy of the file is made with.
  private func mode(of file: RelativePath, _ bench: Bench) throws -> Permissions {
    .exactly((try bench.status(of: file)?.mode ?? 0o600) & 0o777)
  }

  func save(_ bench: Bench) throws -> Target.Saved? {
    let backup = bench.backup(file)
    guard try !bench.holds(bench.staged(file)), try bench.holds(backup) else { return nil }
    let present = try bench.blob(of: path)
    return present == blob || present == expected ? nil : try bench.keep(backup, of: path)
  }
}
