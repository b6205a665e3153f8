import Documents
import FileSystems
import FileTrees
import Layouts

/// Why a plan could not be made.
package enum PlanError: Error, Sendable {
  /// The layout or an answer is at fault.
  case layout(Diagnostics)
  case target(TargetError)
}

extension Plan {
  /// Renders the layout and decides each of its paths; resolved by the request's policy, and checked.
  /// Nothing is written.
  ///
  /// A project has no base while it is made. Where its record is there already, the record is the
  /// base: the same request again is a plan of nothing, and any other one is refused.
  package init(creating request: CreateRequest) throws(PlanError) {
    do throws(TargetError) {
      try request.target.refuseReservedName()
    } catch {
      throw .target(error)
    }
    var warnings = Diagnostics()
    let rendered: RenderedTree
    let nextSteps: [String]
    do throws(Diagnostics) {
      rendered = try request.layout.rendered(with: request.answers, warnings: &warnings)
      nextSteps = try request.layout.nextSteps(
        with: request.answers, directory: request.directory)
    } catch {
      throw .layout(error)
    }
    do throws(TargetError) {
      let creation = try Creation(request, rendered, warnings)
      self = try creation.plan(nextSteps: nextSteps).resolved(by: request.onConflict.decision)
      try check()
    } catch {
      throw .target(error)
    }
  }
}

/// Holds a rendered tree against a target.
private struct Creation {
  private let target: Target
  private let origin: Plan.Origin
  private let warnings: Diagnostics
  private var tree: FileTree
  /// What the files of `tree` number, the record last.
  private var files: [PlannedFile] = []
  private var permissions: [Permissions] = []
  /// What the target's own record says of each file; nil where there is none.
  private var base: [RelativePath: GitObjectID]?

  init(
    _ request: CreateRequest, _ rendered: RenderedTree, _ warnings: Diagnostics
  ) throws(TargetError) {
    target = request.target
    self.warnings = warnings
    let version = LayoutVersion(of: request.layout, source: request.source)
    origin = Plan.Origin(layout: version, answers: request.answers)
    tree = rendered.tree
    files.reserveCapacity(rendered.files.count + 1)
    permissions.reserveCapacity(rendered.files.count + 1)
    for file in rendered.files { try add(file.content, file.permissions, file.blob) }
    let record = Record(layouts: [
      Record.Entry(
        layout: version, answers: request.answers.recordedMembers, files: recorded(rendered))
    ])
    try addRecord(record)
  }

  private mutating func add(
    _ content: FileContent, _ permissions: Permissions, _ id: GitObjectID?
  ) throws(TargetError) {
    do {
      files.append(PlannedFile(content: content, blob: try Blob(of: content, id: id)))
    } catch {
      throw .failed(error, in: target)
    }
    self.permissions.append(permissions)
  }

  // MARK: The record

  private func recorded(_ rendered: RenderedTree) -> [Record.File] {
    var result: [Record.File] = []
    result.reserveCapacity(files.count)
    for entry in tree.entries {
      guard let number = entry.leaf else { continue }
      result.append(
        Record.File(
          path: entry.path, permissions: permissions[number], blob: files[number].blob.id,
          template: rendered.files[number].template?.text))
    }
    return result
  }

  /// Puts the record into the tree, or finds that the one that is there is of this very request.
  private mutating func addRecord(_ record: Record) throws(TargetError) {
    var text = record.text
    if let present = try presentRecord() {
      guard present.record.isSame(as: record) else { throw alreadyHoldsProject() }
      var files: [RelativePath: GitObjectID] = [:]
      for file in present.record.layouts.flatMap(\.files) { files[file.path] = file.blob }
      base = files
      // That of an older version says the same.
      text = present.text
    }
    do {
      _ = try tree.insertFile(leaf: files.count, note: Layout.recordNote, at: Record.path)
    } catch {
      throw .refused("the layout has a file in the place of \(Layout.recordName)")
    }
    try add(.bytes(text), .regular, nil)
  }

  private func presentRecord() throws(TargetError) -> (record: Record, text: [UInt8])? {
    guard !target.isNew else { return nil }
    let text: [UInt8]
    do {
      guard let status = try target.fileSystem.status(of: Record.path) else { return nil }
      guard status.kind == .file else { throw alreadyHoldsProject() }
      text = try target.fileSystem.contents(of: Record.path, limit: Record.limit)
    } catch let error as FileSystemError {
      let name = Printable.text(target.displayName(of: Record.path))
      throw .refused("cannot read “\(name)”: \(error.reason)", help: TargetError.nothingChanged)
    } catch {
      throw TargetError(error, in: target)
    }
    do {
      let name = target.displayName(of: Record.path)
      return (try RecordReader.read(text, file: Printable.text(name)), text)
    } catch {
      throw alreadyHoldsProject(error)
    }
  }

  /// A project is never written over another one, whatever the policy.
  private func alreadyHoldsProject(_ faults: Diagnostics = Diagnostics()) -> TargetError {
    var diagnostics = Diagnostics(
      Diagnostic(
        "“\(Printable.text(target.displayName))” already holds a project: it has a"
          + " \(Layout.recordName)",
        help: "choose another directory"))
    diagnostics.add(faults)
    return .refused(diagnostics)
  }

  // MARK: The plan

  func plan(nextSteps: [String]) throws(TargetError) -> Plan {
    let isMade = base != nil
    var looking = try Looking(target)
    var changes: [Change] = []
    var places = [Int](repeating: 0, count: files.count)
    for entry in tree.entries {
      guard let number = entry.leaf else {
        let present = try looking.directory(at: entry.path)
        changes.append(
          Change(
            path: entry.path, file: nil, decision: decide(directory: present, isMade: isMade),
            permissions: .executable, expected: present))
        continue
      }
      places[number] = changes.count
      let file = files[number]
      let present = try looking.file(at: entry.path)
      let sides = Sides(base: base?[entry.path], theirs: file.blob.id, ours: present)
      changes.append(
        Change(
          path: entry.path, file: file, decision: decide(sides),
          permissions: permissions[number], expected: present))
    }
    return Plan(
      target: target, origin: origin, changes: changes, tree: tree, places: places,
      nextSteps: nextSteps, warnings: warnings)
  }
}
