import Documents
import FileSystems
import FileTrees
import Git
import Layouts
import Rules

/// What is made of what a check found missing: files that the record has, with the very content that
/// it has for them, and what a rule asks for as far as its layout gives it. Nothing else is touched,
/// the record neither.
struct Filling {
  private let request: CheckRequest
  private let looking: Looking
  private var contents = PlannedContents()
  /// What each layout gives now; nil where nobody knows.
  private var given: [Given?] = []
  private var changes: [RelativePath: Change] = [:]
  /// Files of the record whose content no layout gives any more.
  private var lost: [(place: Int, file: Record.File)] = []
  /// The paths of the record's files, and those that the layout gives the ones that the user has
  /// moved: what is to be there, or is elsewhere, is not for a rule to say.
  private var recorded: Set<RelativePath> = []

  init(_ request: CheckRequest) throws(TargetError) {
    self.request = request
    looking = try Looking(request.target)
  }

  private struct Given {
    let tree: RenderedTree
    /// The number in the plan's contents of its first file.
    let first: Int
    /// Its files, by what is in them.
    let numbers: [GitObjectID: Int]
  }

  /// - Throws: the layout is at fault, or the project cannot be read.
  mutating func plan(for findings: [Finding]) throws(PlanError) -> Plan {
    var missing = Set(findings.lazy.filter(\.isMissing).map(\.path))
    if !missing.isEmpty { try render() }
    do throws(TargetError) {
      try fillFiles(ofRecord: missing)
      for finding in findings where finding.isMissing && missing.remove(finding.path) != nil {
        try fill(finding)
      }
      try fillLost()
      try makeDirectories()
      let plan = plan()
      try plan.check()
      return plan
    } catch {
      throw .target(error)
    }
  }

  private mutating func render() throws(PlanError) {
    for checked in request.layouts {
      guard let layout = checked.layout, let answers = checked.answers else {
        given.append(nil)
        continue
      }
      let tree: RenderedTree
      do {
        tree = try layout.rendered(with: answers)
      } catch {
        throw .layout(error)
      }
      var numbers: [GitObjectID: Int] = [:]
      for (number, file) in tree.files.enumerated() { numbers[file.blob.id] = number }
      given.append(Given(tree: tree, first: contents.add(tree), numbers: numbers))
    }
  }

  // MARK: Files

  /// - Parameter missing: paths; what the record has below one is missing as well.
  private mutating func fillFiles(ofRecord missing: Set<RelativePath>) throws(TargetError) {
    guard let record = request.record else { return }
    for (place, entry) in record.layouts.enumerated() {
      // What the project never had is made where a rule asks for it, like anything else.
      for file in entry.files where !file.isAbsent {
        recorded.insert(file.path)
        recorded.insert(file.givenPath)
        guard Self.holds(missing, file.path), try isFree(file.path) else { continue }
        if let given = given(ofPlace: place), let number = given.numbers[file.blob] {
          create(file.path, file.permissions, number, of: given)
        } else {
          lost.append((place, file))
        }
      }
    }
  }

  private static func holds(_ missing: Set<RelativePath>, _ path: RelativePath) -> Bool {
    var above: RelativePath? = path
    while let path = above {
      if missing.contains(path) { return true }
      above = path.parent
    }
    return false
  }

  private func given(ofPlace place: Int) -> Given? {
    zip(request.layouts, given).first { $0.0.place == place }?.1
  }

  /// What the layout whose rule it is has at a path, and below it.
  private mutating func fill(_ finding: Finding) throws(TargetError) {
    let name = finding.rule.divided(at: "/")?.before
    guard
      let given = zip(request.layouts, given).first(where: { $0.0.layout?.name == name })?.1
    else { return }
    for entry in given.tree.tree.entries
    where entry.path == finding.path || entry.path.isBelow(finding.path) {
      guard changes[entry.path] == nil, !recorded.contains(entry.path), try isFree(entry.path)
      else { continue }
      if let number = entry.leaf {
        create(entry.path, given.tree.files[number].permissions, number, of: given)
      } else {
        changes[entry.path] = Self.directory(entry.path)
      }
    }
  }

  private mutating func create(
    _ path: RelativePath, _ permissions: Permissions, _ number: Int, of given: Given
  ) {
    let blob = given.tree.files[number].blob
    changes[path] = Change(
      path: path, isDirectory: false,
      file: PlannedFile(number: given.first + number, blob: blob), decision: .create,
      permissions: permissions, expected: .absent)
  }

  /// In bytes; git is asked for no larger content.
  private static let largest = 16 << 20

  /// Takes from the project's git what no layout gives any more.
  private mutating func fillLost() throws(TargetError) {
    if lost.isEmpty { return }
    var bases = BaseContents(
      Array(repeating: nil, count: request.record?.layouts.count ?? 0), objects: request.objects)
    let found = try bases.contents(
      of: lost.map { (step: $0.place, file: $0.file) }, upTo: Self.largest)
    for (_, file) in lost {
      guard let content = found[file.blob] else { continue }
      changes[file.path] = Change(
        path: file.path, isDirectory: false,
        file: PlannedFile(number: contents.add(.bytes(content)), blob: Blob(of: content)),
        decision: .create, permissions: file.permissions, expected: .absent)
    }
  }

  // MARK: Paths

  /// Whether something may be made at the path: nothing is there, and nothing but directories above.
  private func isFree(_ path: RelativePath) throws(TargetError) -> Bool {
    var above = path.parent
    while let directory = above, !directory.isRoot {
      switch try looking.status(of: directory)?.kind {
      case .directory?: above = nil
      case nil: above = directory.parent
      default: return false
      }
    }
    return try looking.status(of: path) == nil
  }

  private mutating func makeDirectories() throws(TargetError) {
    for path in Array(changes.keys) {
      var above = path.parent
      while let directory = above, !directory.isRoot, changes[directory] == nil {
        if try looking.status(of: directory) != nil { break }
        changes[directory] = Self.directory(directory)
        above = directory.parent
      }
    }
  }

  private static func directory(_ path: RelativePath) -> Change {
    Change(
      path: path, isDirectory: true, decision: .create, permissions: .executable,
      expected: .absent)
  }

  // MARK: The whole

  private func plan() -> Plan {
    let changes = changes.values.sorted { $0.path < $1.path }
    var tree = FileTree()
    for (place, change) in changes.enumerated() {
      // What the names of two files would be one of on some disk was told when they were rendered.
      if change.isDirectory {
        try? tree.insertDirectory(at: change.path)
      } else {
        _ = try? tree.insertFile(leaf: place, at: change.path)
      }
    }
    return Plan(
      target: request.target, origin: origin, changes: changes, tree: tree,
      places: Array(changes.indices), contents: contents, nextSteps: [], warnings: Diagnostics())
  }
  private var origin: Plan.Origin {
    let answers = request.layouts.lazy.compactMap(\.answers).first ?? .none
    let layout =
      request.record?.layouts.first?.layout
      ?? request.layouts.first?.layout.map { LayoutVersion(of: $0, digest: "", source: .builtIn) }
    return Plan.Origin(
      layout: layout ?? LayoutVersion(name: "", version: "", digest: "", source: .builtIn),
      answers: answers)
  }
}
