import Documents
import FileSystems
import FileTrees
import Git
import Layouts
import Rules

/// Holds a project against its record. Files are looked at, and read once for the markers of
/// conflicts; another time only where edits are asked for.
struct RecordCheck {
  private let request: CheckRequest
  private let looking: Looking
  private var found: [Finding] = []
  private var modes: ModeCheck
  /// What is not where the record has it, with the places of the layouts.
  private var missing: [(file: Record.File, place: Int)] = []

  init(_ request: CheckRequest) throws(TargetError) {
    self.request = request
    looking = try Looking(request.target)
    modes = ModeCheck(record: request.record?.mode ?? 0)
  }

  mutating func findings() throws(TargetError) -> [Finding] {
    guard let record = request.record else { return [] }
    found = record.findings
    for (place, entry) in record.layouts.enumerated() {
      for file in entry.files { try look(at: file, of: entry, at: place) }
    }
    try tellMissing(record)
    found += modes.findings(request)
    for layout in request.layouts { look(at: layout, in: record) }
    return found
  }

  // MARK: Files

  private mutating func look(
    at file: Record.File, of entry: Record.Entry, at place: Int
  ) throws(TargetError) {
    guard let status = try looking.status(of: file.path) else {
      if file.isAbsent { return }
      // A clone has none of what is private.
      if file.permissions.isPrivate, !request.isStrict { return }
      missing.append((file, place))
      return
    }
    guard status.kind == .file else {
      found.append(
        Finding(
          .missing, at: file.path,
          Conflict.wrongKind(status.kind, forDirectory: false).text,
          remedy: "move away what is there, and have the file made anew with --fix"))
      return
    }
    modes.look(at: file, status.mode)
    try lookForMarkers(in: file)
    if request.isStrict { try lookForEdits(in: file, of: entry) }
  }

  /// What the user has moved is not missing; it is known by its content, as an update knows it.
  private mutating func tellMissing(_ record: CheckedRecord) throws(TargetError) {
    if missing.isEmpty { return }
    var search = UserMoves(
      looking, known: Set(record.layouts.flatMap { $0.files.map(\.path) }),
      isComplete: true)
    var sizes: [Int: [GitObjectID: Int]] = [:]
    let empty = GitObjectID(blob: [])
    for (file, place) in missing {
      let known = sizes[place] ?? self.sizes(ofPlace: place)
      sizes[place] = known
      // Files that are empty are one like the other.
      if file.blob != empty, try search.places(of: file, size: known[file.blob]).count == 1 {
        continue
      }
      found.append(
        Finding(
          .missing, at: file.path,
          "a file of the layout “\(record.layouts[place].layout.name)” is missing",
          remedy: remedyOfMissing, isMissing: true))
    }
  }

  /// In bytes, of what the layout gives, by blob id.
  private func sizes(ofPlace place: Int) -> [GitObjectID: Int] {
    guard let checked = request.layouts.first(where: { $0.place == place }),
      let answers = checked.answers,
      let tree = try? checked.layout?.rendered(with: answers)
    else { return [:] }
    var sizes: [GitObjectID: Int] = [:]
    for file in tree.files { sizes[file.blob.id] = file.blob.size }
    return sizes
  }

  private var remedyOfMissing: String {
    let fix = request.words.scaffold("check", ["--fix"])
    guard request.isFixed else { return "\(fix) makes it anew" }
    return "the layout gives another content by now, and git does not have that one:"
      + " \(request.words.scaffold("update")), and then \(fix)"
  }

  /// In bytes: no file that people merge by hand is larger.
  private static let largestMerged = 4 << 20

  private mutating func lookForMarkers(in file: Record.File) throws(TargetError) {
    // What is private is in no repository, and may be another user's.
    if file.permissions.isPrivate, !file.isMarked { return }
    let limit = file.isMarked ? Updating.mostLookedThrough : Self.largestMerged
    let content: [UInt8]?
    do {
      content = try request.target.fileSystem.load(file.path, upTo: limit).content
    } catch {
      throw .failed(error, in: request.target)
    }
    // What is larger was not merged.
    guard let content else { return }
    let ofUpdate =
      file.isMarked
      ? ConflictMarkers.beginnings(in: content, label: Updating.labelOfOurs) : []
    for line in ofUpdate { addConflict(of: "an update", in: file, line) }
    guard ofUpdate.isEmpty, let line = ConflictMarkers.conflictsOfMerge(in: content).first
    else { return }
    // The layout itself may show what markers look like.
    if content.contains(0) || GitObjectID(blob: content) == file.blob { return }
    addConflict(of: "a merge", in: file, line)
  }

  private mutating func addConflict(of origin: String, in file: Record.File, _ line: Int) {
    found.append(
      Finding(
        .conflictMarkers, at: file.path, line: line, column: 1,
        "the conflict of \(origin) is not resolved",
        remedy: "take the lines that are to stay, and the markers out"))
  }

  private mutating func lookForEdits(
    in file: Record.File, of entry: Record.Entry
  ) throws(TargetError) {
    if try looking.file(at: file.path).isFile(file.blob) { return }
    found.append(
      Finding(
        .edited, at: file.path,
        "the file is not as the layout “\(entry.layout.name)” has made it",
        remedy: "\(request.words.scaffold("diff")) shows what was changed"))
  }

  // MARK: Layouts

  private mutating func look(at checked: CheckedLayout, in record: CheckedRecord) {
    guard let place = checked.place else { return }
    let recorded = record.layouts[place].layout
    guard let layout = checked.layout else {
      found.append(
        Finding(
          .unknownLayout, at: Record.path,
          "the layout “\(recorded.name)” of this project is not to be found here",
          remedy: "name its folder with --layout; its rules were not looked at"))
      return
    }
    let update = request.words.scaffold("update")
    let present = layout.manifest.version
    if let old = VersionNumber(recorded.version), let new = VersionNumber(present), old < new {
      found.append(
        Finding(
          .newerLayout, at: Record.path,
          "here is \(layout.name) \(present), and the project has \(recorded.version)",
          remedy: "\(update) follows it"))
    } else if let old = VersionNumber(recorded.version), let new = VersionNumber(present), new < old
    {
      found.append(
        Finding(
          .olderLayout, at: Record.path,
          "here is \(layout.name) \(present), and the project has \(recorded.version) already",
          remedy: "install the newer scaffold, or name the newer layout's folder with --layout"))
    }
    if checked.answers != nil { return }
    for fault in checked.faults.told {
      found.append(
        Finding(
          .answers, at: Record.path, line: fault.location?.line, column: fault.location?.column,
          fault.message, remedy: fault.help ?? "\(update) takes other answers, with --set"))
    }
  }
}
