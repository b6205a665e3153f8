import Documents
import FileSystems
import FileTrees
import Layouts

/// The verb behind `scaffold new`: a layout and answers, to be written to a target.
package struct CreateRequest: Sendable {
  package var layout: Layout
  package var answers: Answers
  package var target: Target
  package var onConflict: ConflictPolicy
  /// Whether the traces of a run that died were found just before (`Target.Recovery`): a project
  /// that is exactly what this request asks for is then its result, and no reason to refuse.
  package var isResuming: Bool

  package init(
    layout: Layout, answers: Answers, target: Target, onConflict: ConflictPolicy,
    isResuming: Bool = false
  ) {
    self.layout = layout
    self.answers = answers
    self.target = target
    self.onConflict = onConflict
    self.isResuming = isResuming
  }
}

/// Why a project could not be planned.
package enum CreateError: Error, Sendable {
  /// The layout or an answer is at fault.
  case layout(Diagnostics)
  case target(TargetError)
}

extension Plan {
  /// Renders the layout and holds the tree against the target. Nothing is written.
  package init(creating request: CreateRequest) throws(CreateError) {
    var tree: RenderedTree
    var warnings = Diagnostics()
    do {
      tree = try request.layout.rendered(with: request.answers, warnings: &warnings)
    } catch {
      throw .layout(error)
    }
    do throws(TargetError) {
      try request.target.refuseReservedName()
      var planner = try Planner(target: request.target, policy: request.onConflict)
      var blobs = try planner.blobs(of: tree)
      let record = Record(
        layout: request.layout, answers: request.answers, tree: tree, blobs: blobs)
      let isResumed = try planner.findsRecord(ofSame: request.isResuming ? record : nil)
      blobs.append(try planner.insert(record, into: &tree))
      self = try planner.plan(tree, blobs: blobs)
      self.warnings = warnings
      // What the user changed since is his.
      if isResumed, !isDone || !conflicts.isEmpty { throw planner.alreadyHoldsProject }
      if conflicts.isEmpty { try checkWritable() }
    } catch {
      throw .target(error)
    }
  }
}

/// Holds a rendered tree against a target.
private struct Planner {
  let target: Target
  let policy: ConflictPolicy
  private var changes: [Change] = []
  /// Paths that are not there, or no directories: nothing below them can be looked at.
  private var absent: Set<RelativePath> = []
  /// Of the target itself, when it exists.
  private let root: FileStatus?

  init(target: Target, policy: ConflictPolicy) throws(TargetError) {
    self.target = target
    self.policy = policy
    do {
      root = policy == .replace && !target.isNew ? try target.fileSystem.status(of: .root) : nil
    } catch {
      throw .failed(error, in: target)
    }
  }

  /// A project is never written over another one, whatever the policy.
  ///
  /// - Parameter expected: a record that may be there.
  /// - Returns: whether it is.
  func findsRecord(ofSame expected: Record?) throws(TargetError) -> Bool {
    guard !target.isNew, let status = try status(of: Record.path) else { return false }
    if let expected, status.kind == .file,
      try blobID(of: Record.path, status) == GitObjectID(blob: Array(expected.text.utf8))
    {
      return true
    }
    throw alreadyHoldsProject
  }

  var alreadyHoldsProject: TargetError {
    .refused(
      "“\(Printable.text(target.displayName))” already holds a project: it has a"
        + " \(Layout.recordName)",
      help: "choose another directory")
  }

  /// One for each of the tree's leaves, in their order.
  func blobs(of tree: RenderedTree) throws(TargetError) -> [Blob] {
    var result: [Blob] = []
    result.reserveCapacity(tree.files.count + 1)
    for file in tree.files { result.append(try blob(of: file)) }
    return result
  }

  func insert(
    _ record: Record, into tree: inout RenderedTree
  ) throws(TargetError) -> Blob {
    let file = RenderedFile(
      content: .bytes(Array(record.text.utf8)), permissions: .regular)
    do {
      try tree.insert(file, note: Layout.recordNote, at: Record.path)
    } catch {
      throw .refused("the layout has a file in the place of \(Layout.recordName)")
    }
    return try blob(of: file)
  }

  mutating func plan(
    _ rendered: RenderedTree, blobs: [Blob]
  ) throws(TargetError) -> Plan {
    changes.reserveCapacity(2 * rendered.files.count)
    var places = [Int](repeating: 0, count: rendered.files.count)
    for entry in rendered.tree.entries {
      guard let number = entry.leaf else {
        changes.append(try planDirectory(entry.path))
        continue
      }
      places[number] = changes.count
      let file = rendered.files[number]
      changes.append(try planFile(entry.path, file, blobs[number]))
    }
    return Plan(target: target, changes: changes, tree: rendered.tree, places: places)
  }

  private func blob(of file: RenderedFile) throws(TargetError) -> Blob {
    do {
      return try Blob(of: file.content, id: file.blob)
    } catch {
      throw .failed(error, in: target)
    }
  }

  private mutating func planDirectory(_ path: RelativePath) throws(TargetError) -> Change {
    var change = Change(
      path: path, node: .directory, action: .create, permissions: .executable, size: 0, blob: nil,
      expectation: .absent)
    switch try existing(at: path)?.kind {
    case nil:
      if !target.isNew { absent.insert(path) }
    case .directory?:
      change.action = .unchanged
      change.expectation = .directory
    case let kind?:
      absent.insert(path)
      change.action = .conflict("\(kind.text) is where a directory must be")
      change.expectation = .other
    }
    return change
  }

  private func planFile(
    _ path: RelativePath, _ file: RenderedFile, _ blob: Blob
  ) throws(TargetError) -> Change {
    var change = Change(
      path: path, node: .file(file.content), action: .create, permissions: file.permissions,
      size: blob.size, blob: blob.id, expectation: .absent)
    guard let status = try existing(at: path) else { return change }
    guard status.kind == .file else {
      // Not one to keep: the record would claim it.
      change.expectation = .other
      change.action = .conflict("\(status.kind.text) is where a file must be")
      return change
    }
    let present = try blobID(of: path, status)
    guard let present else {
      change.action = .conflict("the file is being written by somebody")
      return change
    }
    change.expectation = .file(present, mode: status.mode)
    if present == blob.id {
      change.action = .unchanged
      return change
    }
    switch policy {
    case .fail: change.action = .conflict("the file is there with another content")
    case .keep: change.action = .keep
    case .replace where !mayBeReplaced(status):
      change.action = .conflict(Change.isOthers)
    case .replace:
      change.action = .replace
      // Not setuid and the like: they were meant for the content that goes.
      change.permissions = .exactly(status.mode & 0o777)
    }
    return change
  }

  /// Whether a file may be the user's own. Some disks show one owner for all files; what this disk
  /// gives to what we make is looked at again when there is something that we made
  /// (`Transaction`).
  private func mayBeReplaced(_ status: FileStatus) -> Bool {
    guard let root, !root.isSticky else { return status.isOwned }
    return status.isOwned || status.owner == root.owner
  }

  private func existing(at path: RelativePath) throws(TargetError) -> FileStatus? {
    if target.isNew { return nil }
    if let parent = path.parent, absent.contains(parent) { return nil }
    return try status(of: path)
  }

  private func status(of path: RelativePath) throws(TargetError) -> FileStatus? {
    do {
      return try target.fileSystem.status(of: path)
    } catch {
      throw .failed(error, in: target)
    }
  }

  private func blobID(
    of path: RelativePath, _ status: FileStatus
  ) throws(TargetError) -> GitObjectID? {
    do {
      return try target.fileSystem.blobID(of: path, shown: status.size)
    } catch {
      throw .failed(error, in: target)
    }
  }
}

extension FileStatus.Kind {
  fileprivate var text: String {
    switch self {
    case .file: "a file"
    case .directory: "a directory"
    case .link: "a link"
    case .other: "a device, a socket or a FIFO"
    }
  }
}
