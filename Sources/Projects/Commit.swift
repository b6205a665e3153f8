import Documents
import FileSystems
import FileTrees

extension Plan {
  /// Writes the plan: afterwards the target is complete, or as it was.
  ///
  /// - Parameter isInterrupted: asked between files; true when the run is to be undone.
  /// - Throws: `TargetError`, with the target as it was.
  package func commit(isInterrupted: () -> Bool = { false }) throws(TargetError) {
    guard conflicts.isEmpty else { throw conflictError }
    if target.isNew {
      try NewProject(plan: self).commit(isInterrupted)
    } else if changes.contains(where: { $0.action == .create || $0.action == .replace }) {
      try Transaction.commit(self, isInterrupted)
    }
  }

  /// All conflicts, one complaint each.
  package var conflictError: TargetError {
    var diagnostics = Diagnostics()
    for change in conflicts {
      guard case .conflict(let reason) = change.action else { continue }
      diagnostics.add(
        Diagnostic("\(Printable.text(target.displayName(of: change.path))): \(reason)"))
    }
    return .refused(diagnostics)
  }
}

/// Writes a target that is absent: all of it beside its name, then one rename.
private struct NewProject {
  let plan: Plan

  private var target: Target { plan.target }
  private var fileSystem: any FileSystem { plan.target.fileSystem }

  /// The first absent component is what appears; the rest of the path is staged below it.
  private var published: RelativePath {
    (try? RelativePath.root.appending(target.path.components.first ?? "")) ?? target.path
  }

  func commit(_ isInterrupted: () -> Bool) throws(TargetError) {
    let staging: Staging
    do {
      staging = try Staging(
        at: Staging.path(for: published.string), in: fileSystem)
    } catch {
      throw error.targetError(for: target)
    }
    do {
      try write(below: staging.path, isInterrupted)
      try publish(staging)
    } catch {
      let cause = cause(of: error)
      do {
        try staging.discard(in: fileSystem)
      } catch {
        throw cause.adding("“\(staging.path)” could not be removed: \(error.message)")
      }
      throw cause
    }
  }

  /// Gives the staged directory its name. A network disk may have done it and lost the answer.
  private func publish(_ staging: Staging) throws {
    do {
      try fileSystem.move(staging.path, to: published, replacing: false)
    } catch {
      guard try fileSystem.status(of: published)?.identity == staging.identity else { throw error }
    }
    staging.release()
  }

  private func write(below staging: RelativePath, _ isInterrupted: () -> Bool) throws {
    var root = staging
    for component in target.path.components.dropFirst() {
      root = try root.appending(component)
      try fileSystem.createDirectory(root)
    }
    for change in plan.changes {
      if isInterrupted() { throw TargetError.interrupted }
      let path = change.path.under(root)
      do {
        switch change.node {
        case .directory: try fileSystem.createDirectory(path)
        case .file(let content): try fileSystem.createFile(path, change.permissions, content)
        }
      } catch {
        throw TargetError.failed(error, writing: change.path, of: target)
      }
    }
    if isInterrupted() { throw TargetError.interrupted }
  }

  private func cause(of error: any Error) -> TargetError {
    if let error = error as? FileSystemError, error.operation == .move, error.isAlreadyThere {
      return .refused(
        "“\(Printable.text(target.displayName))” appeared while it was being written",
        help: "look at what is there; nothing of it was changed")
    }
    return TargetError(error, in: target)
  }
}

extension TargetError {
  /// Whatever ended a run, as the target's error.
  init(_ error: any Error, in target: Target) {
    self =
      switch error {
      case let error as TargetError: error
      case let error as FileSystemError: .failed(error, in: target)
      default: .refused("\(error)")
      }
  }

  /// The same error with one more complaint.
  func adding(_ message: String) -> TargetError {
    switch self {
    case .refused(var diagnostics):
      diagnostics.add(Diagnostic(message))
      return .refused(diagnostics)
    case .interrupted:
      return self
    }
  }
}
