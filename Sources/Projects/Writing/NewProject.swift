import Documents
import FileSystems
import FileTrees
import Layouts

/// Writes a target that is absent: all of it beside its name, then one move.
///
/// Where the disk cannot put a directory into its place in one step without overwriting, or loses it
/// on the way, the target is made empty and written as an existing one is (`Transaction`).
struct NewProject {
  let plan: Plan
  let secondProcess: SecondProcess?

  /// Fewer changes are done before a second process has started.
  static let fewestShared = 4000

  private var target: Target { plan.target }
  private var fileSystem: any FileSystem { plan.target.fileSystem }

  /// The first absent component is what appears; the rest of the path is staged below it.
  private var published: RelativePath {
    (try? RelativePath.root.appending(target.path.components.first ?? "")) ?? target.path
  }

  private var record: RelativePath { Record.path.under(target.path) }

  func commit(_ isInterrupted: @escaping () -> Bool) throws(TargetError) -> Diagnostics {
    let staging: Staging
    do {
      staging = try Staging(for: published.string, in: fileSystem)
    } catch {
      throw error.targetError(for: target)
    }
    var modes = KeptModes()
    let isPublished: Bool
    do {
      try write(below: staging.work, &modes, isInterrupted)
      isPublished = try publish(staging)
    } catch {
      guard staging.isOurs else {
        staging.release()
        throw .takenOver(target)
      }
      throw discard(staging, after: TargetError(error, in: target))
    }
    var warnings = modes.warnings(target)
    do {
      if !isPublished { warnings = try writeInPlace(isInterrupted) }
    } catch {
      throw discard(staging, after: error)
    }
    do {
      try staging.discard()
    } catch {
      warnings.add(staging.warning(error, target))
    }
    return warnings
  }

  private func write(
    below work: RelativePath, _ modes: inout KeptModes, _ isInterrupted: @escaping () -> Bool
  ) throws {
    var root = work
    for component in target.path.components.dropFirst() {
      root = try root.appending(component)
      try fileSystem.createDirectory(root)
    }
    if let secondProcess, plan.changes.count >= Self.fewestShared {
      try write(below: root, beside: secondProcess, &modes, isInterrupted)
    } else {
      try write(below: root, &modes, isInterrupted) { _ in true }
    }
    if isInterrupted() { throw TargetError.interrupted }
  }

  /// Directories first; then the second process has the second half of the files, but for those whose
  /// modes are looked at.
  private func write(
    below root: RelativePath, beside secondProcess: SecondProcess, _ modes: inout KeptModes,
    _ isInterrupted: @escaping () -> Bool
  ) throws {
    try write(below: root, &modes, isInterrupted) { plan.changes[$0].isDirectory }
    func isForOther(_ index: Int) -> Bool {
      index >= plan.changes.count / 2 && !plan.changes[index].isDirectory
        && plan.changes[index].permissions == .regular
    }
    let isDone = try secondProcess(
      {
        var ignored = KeptModes()
        return (try? write(below: root, &ignored, isInterrupted, where: isForOther)) != nil
      },
      {
        try write(below: root, &modes, isInterrupted) { index in
          !plan.changes[index].isDirectory && !isForOther(index)
        }
      })
    if isDone { return }
    // What it failed at shows when it is done again.
    for index in plan.changes.indices where isForOther(index) {
      try? fileSystem.remove(plan.changes[index].path.under(root))
    }
    try write(below: root, &modes, isInterrupted, where: isForOther)
  }

  private func write(
    below root: RelativePath, _ modes: inout KeptModes, _ isInterrupted: () -> Bool,
    where isWanted: (Int) -> Bool
  ) throws {
    var contents = plan.contents
    for (index, change) in plan.changes.enumerated() where isWanted(index) {
      if isInterrupted() { throw TargetError.interrupted }
      let path = change.path.under(root)
      let content = try change.file.map { file throws(TargetError) in
        try contents.content(of: file)
      }
      do {
        guard let content else {
          try fileSystem.createDirectory(path)
          continue
        }
        try fileSystem.createFile(path, change.permissions, content)
        try modes.look(at: path, for: change.path, change.permissions, in: fileSystem)
      } catch {
        throw TargetError.failed(error, writing: change.path, of: target)
      }
    }
  }

  // MARK: One move

  /// Gives the staged directory its name.
  ///
  /// - Returns: false when the disk cannot do that, and nothing is at the name.
  private func publish(_ staging: Staging) throws -> Bool {
    guard let staged = try fileSystem.status(of: staging.work) else {
      throw TargetError.takenOver(target)
    }
    do {
      try fileSystem.move(staging.work, to: published, replacing: false)
    } catch {
      // A network disk may have done it and lost the answer.
      let present = try fileSystem.status(of: published)
      if let present, present.identity != staged.identity {
        throw error.isAlreadyThere ? appeared : error
      }
      if present == nil {
        if error.isPlain || !staging.isOurs { throw error }
        return false
      }
    }
    // What a disk says of a move is not always so.
    if isAtItsPlace { return true }
    do {
      try fileSystem.remove(published)
    } catch {
      guard error.isGone else { throw TargetError.lost(.root, of: target) }
    }
    return false
  }

  /// Asked twice when the disk does not answer, and then believed.
  private var isAtItsPlace: Bool {
    for _ in 0..<2 {
      do {
        return try fileSystem.status(of: record)?.kind == .file
      } catch {
        continue
      }
    }
    return true
  }

  private var appeared: TargetError {
    .refused(
      "“\(Printable.text(target.displayName))” appeared while it was being written",
      help: "look at what is there; nothing of it was changed")
  }

  // MARK: File by file

  /// What is staged stays meanwhile: it holds the name against other runs.
  private func writeInPlace(_ isInterrupted: () -> Bool) throws(TargetError) -> Diagnostics {
    var made: [RelativePath] = []
    do {
      var path = RelativePath.root
      for component in target.path.components {
        path = path.adding(component)
        try make(path, &made)
      }
      var plan = plan
      plan.target = Target(
        fileSystem: try fileSystem.directory(at: target.path), path: .root,
        displayName: target.displayName)
      return try Transaction.commit(plan, Journal.limit, isUndoable: false, isInterrupted)
    } catch {
      let cause = TargetError(error, in: target)
      do {
        // One that holds something is somebody's by now, or has what is left of this run.
        for directory in made.reversed() where try fileSystem.list(directory).isEmpty {
          try fileSystem.remove(directory)
        }
      } catch {
        throw cause.adding(
          "“\(Printable.text(target.displayName))” could not be removed: \(error.reason)")
      }
      throw cause
    }
  }

  private func make(_ directory: RelativePath, _ made: inout [RelativePath]) throws {
    do {
      try fileSystem.createDirectory(directory)
      made.append(directory)
    } catch let error where error.isAlreadyThere {
      throw try fileSystem.status(of: directory) == nil
        ? TargetError.unmakeable(.root, in: target) : appeared
    } catch {
      throw TargetError.unwritable(error, target)
    }
  }

  // MARK: Failing

  private func discard(_ staging: Staging, after cause: TargetError) -> TargetError {
    do {
      try staging.discard()
      return cause
    } catch {
      return cause.replacingHelp(staging.remark(error, target))
    }
  }
}
