import Documents
import FileSystems
import FileTrees
import Layouts
import Rules
import TestSupport
import Testing

@testable import Projects

/// A project that was made from a layout called `small`, and is checked.
struct CheckedScenario {
  let disk: InMemoryFileSystem
  /// As it is now.
  var layout: Layout?
  /// What the project's git has.
  var objects: [GitObjectID: [UInt8]] = [:]
  var isStrict = false
  var keepsModes: Bool? = true

  init(
    _ files: [String: String] = smallLayout,
    on disk: InMemoryFileSystem = InMemoryFileSystem()
  ) throws {
    self.disk = disk
    let layout = try Self.layout(files)
    self.layout = layout
    try create(ProjectsTests.request(layout, in: disk, at: nil))
  }

  static func layout(_ files: [String: String] = smallLayout) throws -> Layout {
    try ProjectsTests.layout(files)
  }

  /// The same layout with a piece of its manifest in the place of another.
  static func layout(replacing old: String, with new: String) throws -> Layout {
    var files = smallLayout
    files["layout.json"] = files["layout.json"]?.replacing(old, with: new)
    return try layout(files)
  }

  /// - Parameter seen: the disk as the check sees it; nil for the disk itself.
  func request(seen: (any FileSystem)? = nil) throws -> CheckRequest {
    let target = Target(fileSystem: seen ?? disk, path: .root, displayName: "demo")
    let record = try CheckedRecord(in: target, words: Self.words)
    var held: [CheckedLayout] = []
    if record == nil, let layout { held = [try checked(layout, place: nil)] }
    for place in (record?.layouts ?? []).indices {
      guard let layout else {
        held.append(CheckedLayout(place: place, layout: nil, book: nil, answers: nil))
        continue
      }
      held.append(try checked(layout, place: place))
    }
    return CheckRequest(
      target: target, record: record, layouts: held, isStrict: isStrict, words: Self.words,
      keepsModes: { [keepsModes] in keepsModes },
      objects: { [objects] ids in objects.filter { ids.contains($0.key) } })
  }

  private func checked(_ layout: Layout, place: Int?) throws -> CheckedLayout {
    CheckedLayout(
      place: place, layout: layout,
      book: RuleBook(layout.manifest.rules, layout: layout.name),
      answers: try Answers(for: layout.manifest, given: [], directory: "demo"))
  }

  static let words = CommandWords(
    directory: "demo", name: { "demo/\($0)" }, typed: { $0.joined(separator: " ") })

  func findings() throws -> [Finding] { try Check(request()).findings }

  /// Creates what is missing.
  ///
  /// - Returns: what was created.
  @discardableResult
  func fix() throws -> [String] {
    let plan = try Check(request()).fix()
    try plan.commit()
    return plan.changes.map(\.path.string)
  }

  // MARK: The project

  func text(_ name: String) throws -> String { try disk.text(name) }

  func write(_ text: String, to name: String, _ permissions: Permissions = .regular) throws {
    let path = try path(name)
    if try disk.exists(path) { try disk.remove(path) }
    try disk.createFile(path, permissions, .bytes(Array(text.utf8)))
  }

  func remove(_ name: String) throws { try disk.removeTree(path(name)) }

  func changeRecord(_ old: String, to new: String) throws {
    let text = try text(Record.path.string)
    try #require(text.contains(old), "\(text)")
    try write(text.replacing(old, with: new), to: Record.path.string)
  }
}

extension Finding {
  /// `record/missing README.md:3:1`
  var short: String {
    let places = [line, column].compactMap { $0.map { ":\($0)" } }.joined()
    return "\(rule) \(path)\(places)"
  }
}
