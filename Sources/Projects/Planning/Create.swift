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
  private let rendered: RenderedTree
  /// The rendered tree's, and the record as its last file.
  private var tree: FileTree
  private var record: [UInt8]
  private let mostOfRecord: Int
  /// What the target's own record says of each file; nil where there is none.
  private var base: [RelativePath: GitObjectID]?

  init(
    _ request: CreateRequest, _ rendered: RenderedTree, _ warnings: Diagnostics
  ) throws(TargetError) {
    target = request.target
    mostOfRecord = request.layout.limits.largestRecord
    self.warnings = warnings
    self.rendered = rendered
    let version = LayoutVersion(
      of: request.layout, digest: rendered.digest, source: request.source)
    origin = Plan.Origin(layout: version, answers: request.answers)
    tree = rendered.tree
    var writer = RecordWriter(room: rendered.files.count)
    writer.begin(version, request.answers.recordedMembers)
    Self.forEachRecordedFile(of: rendered) { writer.add($0) }
    record = writer.finished()
    if let present = try presentRecord() {
      var files: [Record.File] = []
      Self.forEachRecordedFile(of: rendered) { files.append($0) }
      let entry = Record.Entry(
        layout: version, answers: request.answers.recordedMembers, files: files)
      guard present.record.isSame(as: Record(layouts: [entry])) else {
        throw alreadyHoldsProject()
      }
      var base: [RelativePath: GitObjectID] = [:]
      for file in present.record.layouts.flatMap(\.files) { base[file.path] = file.blob }
      self.base = base
      // That of an older version says the same.
      record = present.text
    }
    do {
      _ = try tree.insertFile(
        leaf: rendered.files.count, note: Layout.recordNote, at: Record.path)
    } catch {
      throw .refused("the layout has a file in the place of \(Layout.recordName)")
    }
  }

  // MARK: The record

  private static func forEachRecordedFile(
    of rendered: RenderedTree, _ body: (Record.File) -> Void
  ) {
    for entry in rendered.tree.entries {
      guard let number = entry.leaf else { continue }
      let file = rendered.files[number]
      body(
        Record.File(
          path: entry.path, permissions: file.permissions, blob: file.blob.id,
          template: rendered.template(ofFile: number).text))
    }
  }

  private func presentRecord() throws(TargetError) -> (record: Record, text: [UInt8])? {
    guard !target.isNew else { return nil }
    let text: [UInt8]
    do {
      guard let status = try target.fileSystem.status(of: Record.path) else { return nil }
      guard status.kind == .file else { throw alreadyHoldsProject() }
      text = try target.fileSystem.contents(of: Record.path, limit: mostOfRecord)
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
    changes.reserveCapacity(rendered.files.count + 1)
    let recordNumber = rendered.files.count
    let recordFile = RenderedFile(permissions: .regular, blob: Blob(of: record))
    var places = [Int](repeating: 0, count: recordNumber + 1)
    for entry in tree.entries {
      guard let number = entry.leaf else {
        let present = try looking.directory(at: entry.path)
        changes.append(
          Change(
            path: entry.path, isDirectory: true,
            decision: decide(directory: present, isMade: isMade), permissions: .executable,
            expected: present))
        continue
      }
      places[number] = changes.count
      let file = number == recordNumber ? recordFile : rendered.files[number]
      let present = try looking.file(at: entry.path)
      let sides = Sides(base: base?[entry.path], theirs: file.blob.id, ours: present)
      changes.append(
        Change(
          path: entry.path, isDirectory: false,
          file: PlannedFile(number: number, blob: file.blob), decision: decide(sides),
          permissions: file.permissions, expected: present))
    }
    return Plan(
      target: target, origin: origin, changes: changes, tree: tree, places: places,
      contents: PlannedContents(rendered.renderedContents, record: record, numbered: recordNumber),
      nextSteps: nextSteps, warnings: warnings)
  }
}
