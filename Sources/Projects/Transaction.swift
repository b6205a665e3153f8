import Documents
import FileSystems
import FileTrees

/// Changes to an existing target, all or none.
///
/// Everything is staged first; then the journal appears by a move, and from there on the changes
/// are published one by one. An error turns the journal into an undo journal and takes them back.
/// A run that dies leaves a journal: the next run goes on in its direction.
///
/// ```
/// .scaffold-…/new/0    a file to be published
///             old/3    what the file that entry 3 replaces held
///             plan     publish what is still in new/
///             undo     take back what is no longer in new/
/// ```
struct Transaction {
  private let fileSystem: any FileSystem
  private let places: Places
  private let journal: Journal
  private let target: Target

  static let stagingPath = Staging.path(for: ".")

  private struct Places {
    let staging: RelativePath

    func at(_ name: String) throws(TargetError) -> RelativePath {
      do {
        return try RelativePath(validating: staging.string + "/" + name)
      } catch {
        throw .refused("\(error)")
      }
    }
  }

  // MARK: A run

  static func commit(_ plan: Plan, _ isInterrupted: () -> Bool) throws(TargetError) {
    let fileSystem = plan.target.fileSystem
    let staging: Staging
    do {
      staging = try Staging(at: stagingPath, in: fileSystem)
    } catch {
      throw error.targetError(for: plan.target)
    }
    let transaction = Transaction(
      fileSystem: fileSystem, places: Places(staging: staging.path), journal: Journal(of: plan),
      target: plan.target)
    var isJournaled = false
    do {
      try transaction.stage(plan, isInterrupted)
      isJournaled = true
      for entry in transaction.journal.entries {
        if isInterrupted() { throw TargetError.interrupted }
        do {
          try transaction.publish(entry)
        } catch let error as FileSystemError {
          throw TargetError.failed(error, writing: entry.path, of: plan.target)
        }
      }
      if isInterrupted() { throw TargetError.interrupted }
    } catch {
      var cause = TargetError(error, in: plan.target)
      do {
        if isJournaled {
          for saved in try transaction.undo() {
            cause = cause.adding(saved.message(in: plan.target))
          }
        }
        try transaction.finish(staging)
      } catch {
        cause = cause.adding(
          "could not be undone either: \(transaction.text(of: error)); the next run goes on with it"
        )
      }
      throw cause
    }
    do {
      try transaction.finish(staging)
    } catch {
      // Every change is made; what is left is a directory that the next run removes.
    }
  }

  /// Writes all files aside and then the journal.
  private func stage(_ plan: Plan, _ isInterrupted: () -> Bool) throws {
    // A run that dies leaves copies of files that git may be told to ignore by name.
    try fileSystem.createFile(places.at(".gitignore"), .regular, .bytes(Array("*\n".utf8)))
    try fileSystem.createDirectory(places.at("new"))
    try fileSystem.createDirectory(places.at("old"))
    var contents: [RelativePath: FileContent] = [:]
    for change in plan.changes {
      if case .file(let content) = change.node { contents[change.path] = content }
    }
    for entry in journal.entries {
      guard let content = contents[entry.path] else { continue }
      if isInterrupted() { throw TargetError.interrupted }
      let staged = try places.at("new/" + entry.file)
      do {
        try fileSystem.createFile(staged, entry.permissions, content)
      } catch {
        throw TargetError.failed(error, writing: entry.path, of: target)
      }
    }
    try fileSystem.createFile(places.at("plan.tmp"), .regular, .bytes(Array(journal.text.utf8)))
    try fileSystem.move(places.at("plan.tmp"), to: places.at("plan"), replacing: false)
  }

  /// Removes the journal first: what is left without one is removed by any next run.
  private func finish(_ staging: Staging) throws {
    for name in ["plan", "undo"] where try fileSystem.status(of: places.at(name)) != nil {
      try fileSystem.remove(places.at(name))
    }
    try staging.discard(in: fileSystem)
  }

  // MARK: A run after one that died

  /// Completes or undoes what a dead run left in the target.
  static func recover(_ target: Target) throws(TargetError) -> Target.Recovery {
    let fileSystem = target.fileSystem
    let lock: (any FileLock)?
    do {
      lock = try Staging.leftOver(at: stagingPath, in: fileSystem)
    } catch {
      throw error.targetError(for: target)
    }
    guard let lock else { return .nothing }
    defer { lock.unlock() }
    do {
      return try recover(target, Places(staging: stagingPath))
    } catch let error as FileSystemError {
      throw .failed(error, in: target)
    } catch let error as TargetError {
      throw error
    } catch let error as Diagnostics {
      throw .refused(
        "the plan that an interrupted run left is damaged: \(error.all.first?.message ?? "")",
        help: "look at “\(target.displayName(of: stagingPath))” and remove it by hand")
    } catch {
      throw .refused("\(error)")
    }
  }

  private static func recover(_ target: Target, _ places: Places) throws -> Target.Recovery {
    let fileSystem = target.fileSystem
    var result = Target.Recovery.nothing
    let undo = try places.at("undo")
    let plan = try places.at("plan")
    if let name = try [undo, plan].first(where: { try fileSystem.status(of: $0) != nil }) {
      let journal = try Journal(
        parsing: fileSystem.contents(of: name, limit: Self.largestJournal))
      let transaction = Transaction(
        fileSystem: fileSystem, places: places, journal: journal, target: target)
      do {
        result = name == undo ? .undone(try transaction.undo()) : .completed
        if name == plan, try !fileSystem.list(places.at("new")).isEmpty {
          for entry in journal.entries { try transaction.publish(entry) }
        }
      } catch  where name == plan {
        result = .undone(try transaction.undo())
      }
      for name in [plan, undo] where try fileSystem.status(of: name) != nil {
        try fileSystem.remove(name)
      }
    }
    try fileSystem.removeTree(places.staging)
    return result
  }

  private static let largestJournal = 64 << 20

  // MARK: One entry, forward

  /// Makes one change; does nothing when it is made.
  private func publish(_ entry: Journal.Entry) throws {
    switch entry.kind {
    case .directory: try publishDirectory(entry)
    case .create: try publishNew(entry)
    case .replace: try publishReplacement(entry)
    }
  }

  private func publishDirectory(_ entry: Journal.Entry) throws {
    do {
      try fileSystem.createDirectory(entry.path)
    } catch let error where error.isAlreadyThere {
      guard try fileSystem.status(of: entry.path)?.kind == .directory else {
        throw changed(entry.path)
      }
    }
  }

  private func publishNew(_ entry: Journal.Entry) throws {
    let staged = try places.at("new/" + entry.file)
    let crossing = try places.at("new/" + entry.file + "-crossing")
    if try fileSystem.status(of: crossing) != nil {
      // A run died here: only what it had begun to write can be the beginning of the content.
      if try fileSystem.status(of: entry.path) != nil {
        guard try isBeginning(entry.path, of: crossing) else { throw changed(entry.path) }
        try fileSystem.remove(entry.path)
      }
      try fileSystem.createFile(entry.path, entry.permissions, .file(crossing, in: fileSystem))
      try fileSystem.remove(crossing)
      return
    }
    guard try fileSystem.status(of: staged) != nil else { return }
    do {
      try fileSystem.move(staged, to: entry.path, replacing: false)
    } catch let error where error.isAcrossFileSystems {
      try copyAcross(staged, crossing, entry)
    } catch let error where error.isAlreadyThere {
      throw changed(entry.path)
    }
  }

  /// The destination is on another file system: made exclusively in place. The staged file's name
  /// says meanwhile that what is at the destination may be half of it.
  private func copyAcross(
    _ staged: RelativePath, _ crossing: RelativePath, _ entry: Journal.Entry
  ) throws {
    try fileSystem.move(staged, to: crossing, replacing: false)
    do {
      try fileSystem.createFile(entry.path, entry.permissions, .file(crossing, in: fileSystem))
    } catch {
      try fileSystem.move(crossing, to: staged, replacing: false)
      throw error.isAlreadyThere ? changed(entry.path) : error
    }
    try fileSystem.remove(crossing)
  }

  private func publishReplacement(_ entry: Journal.Entry) throws {
    let staged = try places.at("new/" + entry.file)
    let backup = try places.at("old/" + entry.file)
    guard try fileSystem.status(of: staged) != nil else { return }
    if try blob(of: entry.path) == entry.blob, try fileSystem.status(of: backup) != nil {
      try fileSystem.remove(staged)
      return
    }
    guard try blob(of: entry.path) == entry.expected else { throw changed(entry.path) }
    if try fileSystem.status(of: backup) != nil { try fileSystem.remove(backup) }
    do {
      try fileSystem.link(entry.path, as: backup)
    } catch {
      // No hard links here, or another file system: a copy does as well.
      try fileSystem.createFile(
        backup, entry.permissions, .file(entry.path, in: fileSystem))
    }
    do {
      try fileSystem.move(staged, to: entry.path, replacing: true)
    } catch let error where error.isAcrossFileSystems {
      try replaceAcross(staged, entry)
    }
  }

  private func replaceAcross(_ staged: RelativePath, _ entry: Journal.Entry) throws {
    let temporary = try (entry.path.parent ?? .root).appending(
      places.staging.name + "-" + entry.file)
    if try fileSystem.status(of: temporary) != nil { try fileSystem.remove(temporary) }
    try fileSystem.createFile(temporary, entry.permissions, .file(staged, in: fileSystem))
    do {
      try fileSystem.move(temporary, to: entry.path, replacing: true)
    } catch {
      try? fileSystem.remove(temporary)
      throw error
    }
    try fileSystem.remove(staged)
  }

  // MARK: One entry, backward

  /// Takes all changes back, last first. What the user changed since stays as it is.
  ///
  /// - Returns: where such a file has a copy of what it held before.
  private func undo() throws -> [Target.Saved] {
    if try fileSystem.status(of: places.at("plan")) != nil {
      try fileSystem.move(places.at("plan"), to: places.at("undo"), replacing: true)
    }
    var saved: [Target.Saved] = []
    for entry in journal.entries.reversed() {
      switch entry.kind {
      case .directory: try undoDirectory(entry)
      case .create: try undoNew(entry)
      case .replace:
        if let copy = try undoReplacement(entry) {
          saved.append(Target.Saved(path: entry.path, copy: copy))
        }
      }
    }
    return saved
  }

  /// A directory that somebody put something into stays.
  private func undoDirectory(_ entry: Journal.Entry) throws {
    guard try fileSystem.status(of: entry.path)?.kind == .directory else { return }
    guard try fileSystem.list(entry.path).isEmpty else { return }
    try fileSystem.remove(entry.path)
  }

  /// A file that somebody changed meanwhile stays.
  private func undoNew(_ entry: Journal.Entry) throws {
    let crossing = try places.at("new/" + entry.file + "-crossing")
    if try fileSystem.status(of: crossing) != nil {
      guard try isBeginning(entry.path, of: crossing) else { return }
      try fileSystem.remove(entry.path)
    } else if try fileSystem.status(of: places.at("new/" + entry.file)) == nil,
      try blob(of: entry.path) == entry.blob
    {
      try fileSystem.remove(entry.path)
    }
  }

  /// Puts the backup back over what this run had put there, and over nothing else.
  private func undoReplacement(_ entry: Journal.Entry) throws -> RelativePath? {
    let backup = try places.at("old/" + entry.file)
    guard try fileSystem.status(of: backup) != nil else { return nil }
    let isStaged = try fileSystem.status(of: places.at("new/" + entry.file)) != nil
    let present = try blob(of: entry.path)
    let status = try fileSystem.status(of: entry.path)
    if present == entry.blob || (status == nil && !isStaged) {
      try restore(backup, entry)
      return nil
    }
    // Not published, or back already; else it is the user's, who gets the backup as well.
    return isStaged || present == entry.expected ? nil : try save(backup, beside: entry)
  }

  private func restore(_ backup: RelativePath, _ entry: Journal.Entry) throws {
    do {
      try fileSystem.move(backup, to: entry.path, replacing: true)
    } catch let error where error.isAcrossFileSystems {
      try replaceAcross(backup, entry)
    }
  }

  private func save(_ backup: RelativePath, beside entry: Journal.Entry) throws -> RelativePath {
    var number = 1
    while true {
      let suffix = number == 1 ? ".before" : ".before-\(number)"
      let copy = try (entry.path.parent ?? .root).appending(entry.path.name + suffix)
      if try fileSystem.status(of: copy) == nil {
        try fileSystem.createFile(copy, entry.permissions, .file(backup, in: fileSystem))
        try fileSystem.remove(backup)
        return copy
      }
      number += 1
    }
  }

  // MARK: Looking

  private func blob(of path: RelativePath) throws -> GitObjectID? {
    guard try fileSystem.status(of: path)?.kind == .file else { return nil }
    return try Blob(of: .file(path, in: fileSystem)).id
  }

  /// Whether `path` holds the first bytes of `staged`, or all of them.
  private func isBeginning(_ path: RelativePath, of staged: RelativePath) throws -> Bool {
    guard try fileSystem.status(of: path)?.kind == .file else { return false }
    let written = try fileSystem.contents(of: path, limit: .max)
    let whole = try fileSystem.contents(of: staged, limit: .max)
    return whole.starts(with: written)
  }

  private func changed(_ path: RelativePath) -> TargetError {
    .refused(
      "“\(Printable.text(target.displayName(of: path)))” changed while the project was written",
      help: "nothing was changed; run it again")
  }

  private func text(of error: any Error) -> String {
    (error as? FileSystemError)?.message ?? "\(error)"
  }
}
