import Documents
import FileSystems
import FileTrees
import Git
import Layouts

/// Works an update out: what layouts give now is matched with the record, each file that one of the
/// two has changed is looked at and decided on, and what is decided becomes the changes of a plan.
struct Updating {
  let request: UpdateRequest
  var looking: Looking
  var bases: BaseContents
  var contents = PlannedContents()
  var fates: [Fate] = []
  /// What the record is to have of the files of each layout that is updated.
  var rows: [[Record.File]] = []
  /// The layouts' versions, once they were read.
  var versions: [LayoutVersion] = []
  var warnings = Diagnostics()
  var remarks: [String] = []
  var details: [String] = []
  /// Paths of layouts that are not updated, and the names of those.
  var foreign: [RelativePath: String] = [:]
  /// The layouts of which something is left undone.
  var unfinished: Set<Int> = []
  /// The paths that the record has for the layouts that are updated, by the places of those.
  var recorded: [RelativePath: Int] = [:]
  /// Of `rows`, by their layouts, those that are another layout's.
  var leftOut: [Int: Set<Int>] = [:]
  /// Where the layout's files go, for whole directories that move.
  var journeys: [(from: RelativePath, to: RelativePath?)] = []
  /// The directories that move, as the layouts have it.
  var directories = DirectoryMoves([])

  init(_ request: UpdateRequest) throws(PlanError) {
    self.request = request
    bases = BaseContents(
      request.layouts.map { step in
        step.recordedAnswers.map { answers in
          BaseContents.Source(
            layout: step.layout, answers: answers,
            isAnother: !Record.areEqual(answers.recordedMembers, step.answers.recordedMembers))
        }
      }, objects: request.objects)
    do {
      looking = try Looking(request.target)
    } catch {
      throw .target(error)
    }
    let updated = Set(request.layouts.map(\.place))
    for (place, entry) in request.present.record.layouts.enumerated()
    where !updated.contains(place) {
      for file in entry.files { foreign[file.path] = entry.layout.name }
    }
  }

  // MARK: Theirs

  mutating func render() throws(PlanError) {
    for (index, step) in request.layouts.enumerated() {
      let entry = request.present.record.layouts[step.place]
      if isUnchanged(step, entry) {
        var version = entry.layout
        version.source = step.source
        versions.append(version)
        rows.append(entry.files)
        continue
      }
      let tree: RenderedTree
      do {
        var found = Diagnostics()
        tree = try step.layout.rendered(with: step.answers, warnings: &found)
        warnings.add(found)
      } catch {
        throw .layout(error)
      }
      versions.append(
        LayoutVersion(of: step.layout, digest: tree.digest, source: step.source))
      try match(entry, tree.givenFiles(numberedFrom: contents.add(tree)), of: index)
    }
    // Where nothing is to be decided on, nobody asks whose a path is.
    if fates.isEmpty { return }
    for (index, step) in request.layouts.enumerated() {
      let entry = request.present.record.layouts[step.place]
      for file in entry.files { recorded[file.path] = index }
    }
  }

  /// Whether the layout gives what the record has, as can be told without rendering it.
  private func isUnchanged(_ step: LayoutStep, _ entry: Record.Entry) -> Bool {
    Record.areEqual(step.answers.recordedMembers, entry.answers) && entry.has(step.layout)
  }

  private mutating func match(
    _ entry: Record.Entry, _ theirs: [GivenFile], of step: Int
  ) throws(PlanError) {
    var moves = request.layouts[step].layout.moves
    var templates: [String?] = []
    do throws(Overrun) {
      for file in entry.files {
        guard let template = file.template ?? bases.template(of: file, of: step) else {
          templates.append(nil)
          continue
        }
        templates.append(try moves.template(movedFrom: template) ?? template)
      }
    } catch {
      throw .layout(Diagnostics(Diagnostic(error.message(for: "the record"))))
    }
    let matching = Matching(entry.files, templates: templates, theirs)
    var rows: [Record.File] = []
    for pair in matching.pairs {
      let fate = Fate(step: step, pair, row: pair.theirs == nil ? nil : rows.count)
      if let row = fate.newRow { rows.append(row) }
      if let base = pair.base { journeys.append((base.givenPath, pair.theirs?.path)) }
      if fate.isOpen { fates.append(fate) }
    }
    self.rows.append(rows)
  }

  // MARK: The plan

  /// What becomes of each file, but for the contents that are to be merged.
  mutating func decideAll() throws(TargetError) {
    directories = DirectoryMoves(journeys)
    for index in fates.indices {
      if fates[index].base?.given != nil { moveAlong(index) }
      fates[index].ours = try looking.file(at: fates[index].place)
    }
    try followTheUser()
    try decide()
  }

  /// - Precondition: All is decided.
  mutating func update() throws(TargetError) -> Update {
    try merge()
    for index in request.layouts.indices { remarkOnAge(of: index) }
    let record = newRecord()
    var arrangement = try Arrangement(self)
    if let record { arrangement.add(record, over: request.present.present) }
    let tree = arrangement.tree()
    var plan = Plan(
      target: request.target, origin: origin, changes: arrangement.changes, tree: tree,
      places: Array(arrangement.changes.indices), contents: arrangement.contents, nextSteps: [],
      warnings: warnings)
    plan.leavesConflicts = request.onConflict != .fail
    return Update(
      plan: plan, layouts: followed, all: versions, remarks: remarks + arrangement.remarks,
      details: details)
  }

  /// Whoever has an older program, or an older checkout of a layout, takes a project back by it.
  private mutating func remarkOnAge(of index: Int) {
    let before = request.present.record.layouts[request.layouts[index].place].layout.version
    let after = versions[index]
    guard let old = VersionNumber(before), let new = VersionNumber(after.version), new < old else {
      return
    }
    remarks.append(
      "the project has \(after.name) \(Printable.text(before)); here is an older one,"
        + " \(after.version)")
  }

  private var origin: Plan.Origin {
    Plan.Origin(layout: versions[0], answers: request.layouts[0].answers)
  }

  private var followed: [Update.Followed] {
    request.layouts.indices.filter(isChanged).map { index in
      let step = request.layouts[index]
      let entry = request.present.record.layouts[step.place]
      return Update.Followed(
        before: entry.layout, after: versions[index],
        changes: step.layout.manifest.changes(after: entry.layout.version),
        answersBefore: entry.answers, answers: step.answers.recordedMembers)
    }
  }

  /// Whether a layout has another version, another digest or other answers than the record has.
  func isChanged(_ index: Int) -> Bool {
    let step = request.layouts[index]
    let entry = request.present.record.layouts[step.place]
    return versions[index] != entry.layout
      || !Record.areEqual(step.answers.recordedMembers, entry.answers)
  }

  /// The record's text; nil where it stays as it is.
  private func newRecord() -> [UInt8]? {
    var record = request.present.record
    for (index, step) in request.layouts.enumerated() {
      record.layouts[step.place] = Record.Entry(
        layout: versions[index], answers: step.answers.recordedMembers,
        files: leftOut[index].map { out in
          rows[index].indices.filter { !out.contains($0) }.map { rows[index][$0] }
        } ?? rows[index],
        isUnfinished: unfinished.contains(index))
    }
    let present = request.present
    let sources = record.layouts.map(\.layout.source)
    guard
      present.isInConflict || !record.isSame(as: present.record)
        || sources != present.record.layouts.map(\.layout.source)
    else { return nil }
    return record.text
  }
}
