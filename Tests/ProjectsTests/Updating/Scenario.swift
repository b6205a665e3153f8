import Documents
import FileSystems
import FileTrees
import Git
import Layouts
import TestSupport
import Testing

@testable import Projects

/// A project that was made from a layout, and is edited and updated. Its layouts are called `case`.
struct Scenario {
  var disk: any FileSystem
  var git = GitProgram()
  /// The layout's last one.
  var version = 1
  /// What was ever committed, as the project's git has it.
  private var objects: [GitObjectID: [UInt8]] = [:]

  /// - Parameters:
  ///   - files: by their paths in the layout.
  ///   - manifest: more keys of it, each with a comma behind it.
  init(
    _ files: [String: String], manifest: String = "", given: [String: String] = [:],
    on disk: any FileSystem = InMemoryFileSystem()
  ) throws {
    self.disk = disk
    let layout = try Self.layout(files, manifest: manifest, version: 1)
    let request = try request(layout, in: disk, at: nil, given: Self.answers(given))
    try create(request)
    try commit()
  }

  /// The project's owner commits what is there.
  mutating func commit() throws {
    for (_, entry) in try disk.snapshot() where entry.kind == .file {
      objects[GitObjectID(blob: entry.content)] = entry.content
    }
  }

  mutating func forgetObjects() { objects = [:] }

  /// A layout of one layer, `base`, unless the files or the manifest say something else.
  static func layout(
    _ files: [String: String], manifest: String, version: Int, name: String = "case"
  ) throws -> Layout {
    let layers =
      manifest.contains("\"layers\"") ? "" : "\"layers\": [{\"folder\": \"base\"}],"
    var all = files
    all["layout.json"] = """
      { "name": "\(name)", "summary": "s", "version": "\(version).0.0", \(layers) \(manifest) }
      """
    let source = try InMemoryFileSystem(all)
    for (path, text) in files where text.hasPrefix("#!") {
      try source.setMode(0o755, of: RelativePath(validating: path))
    }
    return try Layout(folder: source, name: name)
  }

  static func answers(_ given: [String: String]) -> [GivenAnswer] {
    given.map { GivenAnswer(name: $0.key, input: .text($0.value), origin: $0.key) }
  }

  /// What an update to the layout's next version would do.
  ///
  /// - Parameters:
  ///   - given: all answers, those that the project was made with as well.
  ///   - before: the answers that the project was made with.
  mutating func plan(
    _ files: [String: String], manifest: String = "", given: [String: String] = [:],
    before: [String: String] = [:], sameVersion: Bool = false,
    onConflict: UpdatePolicy = .markers
  ) throws -> Update {
    if !sameVersion { version += 1 }
    let layout = try Self.layout(files, manifest: manifest, version: version)
    let target = try locate(nil, in: disk)
    let present = try #require(try PresentRecord(in: target))
    let step = LayoutStep(
      place: 0, layout: layout,
      answers: try Answers(
        for: layout.manifest, given: Self.answers(given), directory: "demo"),
      recordedAnswers: try? Answers(
        for: layout.manifest, given: Self.answers(before), directory: "demo"),
      source: .folder("small"))
    return try Update(
      UpdateRequest(
        target: target, present: present, layouts: [step], onConflict: onConflict, git: git,
        objects: { [objects] ids in
          objects.filter { ids.contains($0.key) }
        }))
  }

  /// Plans and does it.
  @discardableResult
  mutating func update(
    _ files: [String: String], manifest: String = "", given: [String: String] = [:],
    before: [String: String] = [:], sameVersion: Bool = false,
    onConflict: UpdatePolicy = .markers
  ) throws -> Update {
    let update = try plan(
      files, manifest: manifest, given: given, before: before, sameVersion: sameVersion,
      onConflict: onConflict)
    try update.plan.commit()
    // What stands between markers is not committed so by anybody.
    if update.conflictCodes.isEmpty { try commit() }
    return update
  }

  // MARK: The project

  /// A person writes a file, in the directories that it needs.
  func write(_ text: String, to name: String, mode: UInt16? = nil) throws {
    let path = try path(name)
    var above: [RelativePath] = []
    while let parent = (above.last ?? path).parent, !parent.isRoot { above.append(parent) }
    for directory in above.reversed() where try disk.status(of: directory) == nil {
      try disk.createDirectory(directory)
    }
    let before = try disk.status(of: path)
    if before != nil { try disk.remove(path) }
    let permissions = (mode ?? before?.mode).map(Permissions.exactly) ?? .regular
    try disk.createFile(path, permissions, .bytes(Array(text.utf8)))
  }

  func remove(_ name: String) throws { try disk.removeTree(path(name)) }

  func text(_ name: String) throws -> String? {
    guard try disk.status(of: path(name))?.kind == .file else { return nil }
    return String(decoding: try disk.contents(of: path(name)), as: UTF8.self)
  }

  func mode(_ name: String) throws -> UInt16? { try disk.status(of: path(name))?.mode }

  /// The paths of all that a person sees, but for the record.
  func paths() throws -> [String] {
    try disk.visible().keys.filter { $0 != Record.path }.map(\.string).sorted()
  }
}

extension Update {
  /// What becomes of the path; nil where nothing does.
  func decision(_ name: String) -> Decision? {
    plan.changes.first { $0.path.string == name }?.decision
  }

  /// The paths that are changed, but for the record.
  var changedPaths: [String] {
    plan.changes.map(\.path.string).filter { $0 != Record.path.string }
  }

  var conflictCodes: [String: String] {
    var codes: [String: String] = [:]
    for change in plan.changes { codes[change.path.string] = change.conflict?.code }
    return codes
  }
}
