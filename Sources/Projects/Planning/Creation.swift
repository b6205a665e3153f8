import Documents
import FileSystems
import FileTrees
import Layouts

/// Holds a rendered tree against a target.
struct Creation {
  let target: Target
  var origin: Plan.Origin
  let warnings: Diagnostics
  private let rendered: RenderedTree
  /// The rendered tree's, and the record as its last file.
  private var tree: FileTree
  var record: [UInt8]
  /// The record that is there, as it was read.
  private var present: [UInt8]?
  /// What that one says of each file of the layout; nil where it does not have the layout.
  private var base: [RelativePath: GitObjectID]?
  /// The paths that other layouts have.
  private var others: OthersPaths?

  /// - Parameter absent: the files that the record is to have as absent.
  init(
    _ request: CreateRequest, _ rendered: RenderedTree, _ warnings: Diagnostics,
    without absent: Set<RelativePath> = []
  ) throws(TargetError) {
    target = request.target
    self.warnings = warnings
    self.rendered = rendered
    let version = LayoutVersion(
      of: request.layout, digest: rendered.digest, source: request.source)
    origin = Plan.Origin(layout: version, answers: request.answers)
    tree = rendered.tree
    let answers = request.answers.recordedMembers
    if let present = try target.record(upTo: request.layout.limits.largestRecord) {
      let others = OthersPaths(
        in: rendered, ownedBy: present.record.layouts.filter { $0.layout.name != version.name })
      var files: [Record.File] = []
      Self.forEachRecordedFile(of: rendered, without: absent) { number, file in
        if others.files[number] == nil { files.append(file) }
      }
      let entry = Record.Entry(layout: version, answers: answers, files: files)
      self.present = present.text
      self.others = others
      if let same = present.record.layouts.first(where: { $0.layout.name == version.name }) {
        guard same.isSame(as: entry) else { throw Self.hasLayout(same, entry, request) }
        var base: [RelativePath: GitObjectID] = [:]
        for file in same.files { base[file.givenPath] = file.blob }
        self.base = base
        // That of an older version says the same.
        record = present.text
      } else {
        origin.isAddition = true
        record = Record(layouts: present.record.layouts + [entry]).text
      }
    } else {
      var writer = RecordWriter(room: rendered.files.count)
      writer.begin(version, answers)
      Self.forEachRecordedFile(of: rendered, without: absent) { _, file in writer.add(file) }
      record = writer.finished()
    }
    do {
      _ = try tree.insertFile(
        leaf: rendered.files.count, note: Layout.recordNote, at: Record.path)
    } catch {
      throw .refused("the layout has a file in the place of \(Layout.recordName)")
    }
  }

  private static func forEachRecordedFile(
    of rendered: RenderedTree, without absent: Set<RelativePath>,
    _ body: (Int, Record.File) -> Void
  ) {
    for entry in rendered.tree.entries {
      guard let number = entry.leaf else { continue }
      let file = rendered.files[number]
      body(
        number,
        Record.File(
          path: entry.path, permissions: file.permissions, blob: file.blob.id,
          template: rendered.template(ofFile: number).text,
          isAbsent: !absent.isEmpty && absent.contains(entry.path)))
    }
  }

  /// What a layout has made is changed by no second making, whatever the policy.
  ///
  /// - Parameter present: the record's part of the layout.
  private static func hasLayout(
    _ present: Record.Entry, _ new: Record.Entry, _ request: CreateRequest
  ) -> TargetError {
    let name = Printable.text(new.layout.name)
    let isAnotherVersion =
      present.layout.version != new.layout.version || present.layout.digest != new.layout.digest
    let manifest = request.layout.manifest
    let needed = request.answers.shortest(
      for: manifest, given: [], directory: request.directory)
    let options = manifest.options(
      giving: new.answers, besides: present.answers, needed: needed.map(\.name))
    let what: String
    switch (isAnotherVersion, options.isEmpty) {
    case (true, false): what = ", of another version and with other answers"
    case (true, true): what = ", of another version"
    case (false, false): what = ", with other answers"
    case (false, true): what = ", and something of it is left undone"
    }
    return .refused(
      "“\(Printable.text(request.target.displayName))” has the layout “\(name)” already\(what)",
      help: request.words.map { help($0, isAnotherVersion, options, manifest) })
  }

  /// How to go on with a project that is there.
  private static func help(
    _ words: CommandWords, _ isAnotherVersion: Bool, _ options: [String], _ manifest: Manifest
  ) -> String {
    var help = ""
    if isAnotherVersion || options.isEmpty {
      help += "\(words.scaffold("update")) has it follow the layout, "
    }
    if !options.isEmpty {
      help += "\(words.scaffold("update", options)) gives it these answers, "
    }
    if !manifest.components.isEmpty {
      help += "\(words.scaffold("add", ["--help"])) says how it grows, "
    }
    help += "\(words.scaffold("check")) tells what it lacks; a second one goes to another directory"
    return help
  }

  // MARK: The plan

  func plan(nextSteps: [NextStep]) throws(TargetError) -> Plan {
    var looking = try Looking(target)
    var changes: [Change] = []
    changes.reserveCapacity(rendered.files.count + 1)
    let recordNumber = rendered.files.count
    var places = [Int](repeating: 0, count: recordNumber + 1)
    for entry in tree.entries {
      guard let number = entry.leaf else {
        let present = try looking.directory(at: entry.path)
        changes.append(
          Change(
            path: entry.path, isDirectory: true,
            decision: decision(onDirectory: entry.path, present), permissions: .executable,
            expected: present))
        continue
      }
      places[number] = changes.count
      let present = try looking.file(at: entry.path)
      if number == recordNumber {
        changes.append(try changeOfRecord(numbered: number, present))
        continue
      }
      let file = rendered.files[number]
      changes.append(
        Change(
          path: entry.path, isDirectory: false,
          file: PlannedFile(number: number, blob: file.blob),
          decision: decision(onFile: number, at: entry.path, present),
          permissions: file.permissions, expected: present))
    }
    if origin.isAddition { makeDirectories(in: &changes) }
    var contents = PlannedContents()
    _ = contents.add(rendered)
    _ = contents.add(.bytes(record))
    return Plan(
      target: target, origin: origin, changes: changes, tree: tree, places: places,
      contents: contents,
      nextSteps: nextSteps, warnings: warnings)
  }

  private func decision(onFile number: Int, at path: RelativePath, _ present: Present) -> Decision {
    let theirs = rendered.files[number].blob.id
    guard let owner = others?.files[number] else {
      return decide(Sides(base: base?[path], theirs: theirs, ours: present))
    }
    let isPath = owner.file.path == path
    // What both layouts give alike is as settled as if it were this one's.
    let isShared = isPath && owner.file.blob == theirs
    let decision = decide(Sides(base: isShared ? theirs : nil, theirs: theirs, ours: present))
    switch decision {
    case .create, .conflict(.differs):
      // It was to be kept when the layout came.
      if base != nil { return .keep(present == .absent ? .removed : .chosen) }
      return .conflict(.ofLayout(owner.layout, at: isPath ? nil : owner.file.path))
    default: return decision
    }
  }

  private func decision(onDirectory path: RelativePath, _ present: Present) -> Decision {
    if let owner = others?.directories[path], base == nil {
      return .conflict(.ofLayout(owner.layout, at: owner.file.path))
    }
    // What another layout has made, too, was there before.
    let isMade = base != nil || others?.isSharedDirectory(path) == true
    return decide(directory: present, isMade: isMade)
  }

  /// The record takes the place of the one that was read; what becomes of it is nobody's choice.
  func changeOfRecord(
    numbered number: Int, _ present: Present
  ) throws(TargetError) -> Change {
    let blob = Blob(of: record)
    var decision = decide(Sides(base: nil, theirs: blob.id, ours: present))
    var permissions = Permissions.regular
    // Another run has made its project since the record was looked for.
    if self.present == nil, decision == .conflict(.differs) { throw target.faultyRecord() }
    if let read = self.present, case .file(let id, let mode, let isReplaceable) = present {
      guard id == GitObjectID(blob: read) else {
        throw .refused(
          "“\(Printable.text(target.displayName(of: Record.path)))” was changed while it was read",
          help: TargetError.nothingChanged)
      }
      if decision == .conflict(.differs) {
        decision = isReplaceable ? .replace : .conflict(.notOwned)
        permissions = .exactly(mode & 0o777)
      }
    }
    return Change(
      path: Record.path, isDirectory: false, file: PlannedFile(number: number, blob: blob),
      decision: decision, permissions: permissions, expected: present)
  }

  /// Has a directory that was removed made again where a file is to be made in it.
  private func makeDirectories(in changes: inout [Change]) {
    var open: [Int] = []
    for index in changes.indices {
      while let last = open.last, !changes[index].path.isBelow(changes[last].path) {
        open.removeLast()
      }
      if changes[index].isDirectory {
        open.append(index)
      } else if changes[index].decision == .create {
        for directory in open where changes[directory].decision == .keep(.removed) {
          changes[directory].decision = .create
        }
      }
    }
  }
}

/// What of a tree belongs to other layouts of the project.
private struct OthersPaths {
  /// By the numbers of the tree's files.
  private(set) var files: [Int: PathOwners.Owner] = [:]
  private(set) var directories: [RelativePath: PathOwners.Owner] = [:]
  private let owners: PathOwners

  init(in rendered: RenderedTree, ownedBy entries: [Record.Entry]) {
    owners = PathOwners(entries)
    var owners = owners
    for entry in rendered.tree.entries {
      if let number = entry.leaf {
        if let owner = owners.claimFile(at: entry.path) { files[number] = owner }
      } else if let owner = owners.claimDirectory(at: entry.path) {
        directories[entry.path] = owner
      }
    }
  }

  func isSharedDirectory(_ path: RelativePath) -> Bool { owners.hasDirectory(at: path) }
}
