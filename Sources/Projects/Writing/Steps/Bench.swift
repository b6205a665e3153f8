import Documents
import FileSystems
import FileTrees

/// Where the steps of a transaction work: the target, and the staging directory in it.
struct Bench {
  let target: Target
  let staging: RelativePath
  /// The directory of what is staged.
  let work: RelativePath

  var fileSystem: any FileSystem { target.fileSystem }

  func staged(_ file: String) -> RelativePath { work.adding(file) }

  /// The name that a staged file has while what is at its destination may be half of it.
  func crossing(_ file: String) -> RelativePath { work.adding(file + "-crossing") }

  func backup(_ file: String) -> RelativePath { old.adding(file) }

  var old: RelativePath { staging.adding(StagingContent.old) }
  var plan: RelativePath { staging.adding(StagingContent.plan) }
  var unfinishedPlan: RelativePath { staging.adding(StagingContent.unfinishedPlan) }
  var forward: RelativePath { staging.adding(StagingContent.forward) }

  // MARK: Looking

  /// Whether there is such a file in the staging directory.
  func holds(_ path: RelativePath) throws -> Bool {
    guard let status = try fileSystem.status(of: path) else { return false }
    if status.kind != .file { throw RecoveryError.damaged("what is staged is no file") }
    return true
  }

  /// What is at a path of the project: nothing, where a directory on the way is none any more.
  func status(of path: RelativePath) throws(FileSystemError) -> FileStatus? {
    do {
      return try fileSystem.status(of: path)
    } catch {
      if error.isBlockedOnTheWay { return nil }
      throw error
    }
  }

  /// The blob id of the file at `path`; nil when none is there.
  func blob(of path: RelativePath) throws(FileSystemError) -> GitObjectID? {
    guard let status = try status(of: path), status.kind == .file else { return nil }
    return try fileSystem.blobID(of: path, shown: status.size)
  }

  /// How much of `staged` is at `path`.
  enum Share {
    case none
    /// The file is there, and empty: it can be anybody's.
    case empty
    case beginning
    case all
  }

  func share(of staged: RelativePath, at path: RelativePath) throws -> Share {
    guard let part = try status(of: path), part.kind == .file,
      let whole = try fileSystem.status(of: staged), part.size <= whole.size,
      try fileSystem.blobID(of: path, size: part.size)
        == fileSystem.blobID(of: staged, size: part.size)
    else { return .none }
    if part.size == whole.size { return .all }
    return part.size == 0 ? .empty : .beginning
  }

  // MARK: Complaining

  func changed(_ path: RelativePath) -> TargetError {
    .refused(
      "“\(Printable.text(target.displayName(of: path)))” changed while the project was written",
      help: TargetError.nothingChanged + "; run it again")
  }

  func unmakeable(_ path: RelativePath) -> TargetError { .unmakeable(path, in: target) }
}

/// What is wrong with what a dead run left.
enum RecoveryError: Error {
  case damaged(String)
}
