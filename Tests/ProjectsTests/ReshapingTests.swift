import FileSystems
import FileTrees
import TestSupport
import Testing

@testable import Projects

@Suite("What moves and goes in a directory that is in use")
struct ReshapingTests {
  private static let files = [
    "a/1": "one", "a/2": "two", "own/x": "x", "keep": "k", "d/y": "y",
  ]
  private static let changes: [MadeUpChange] = [
    .directory("b"), .move("a/1", to: "b/1"), .remove("a/2"), .removeDirectory("a"),
    .take("own", to: "b/own"), .create("b/2", "new"), .remove("d/y"), .removeDirectory("d"),
    .create("d", "a file"),
  ]

  private func edit(_ name: String, _ text: String, of disk: InMemoryFileSystem) throws {
    if try disk.exists(path(name)) { try disk.remove(path(name)) }
    try disk.createFile(path(name), .regular, .bytes(Array(text.utf8)))
  }

  /// The complaints of a run before which the user changes something.
  private func complaints(
    _ disk: InMemoryFileSystem, _ change: () throws -> Void
  ) throws -> [String]? {
    let plan = try plan(Self.changes, in: disk)
    try change()
    let before = try disk.snapshot()
    let told = refusal { try plan.commit() }?.map(\.message)
    if told != nil { #expect(try disk.snapshot() == before) }
    return told
  }

  @Test("stays when it changed since the plan was made, with all the rest", arguments: ["1", "2"])
  func changedMeanwhile(_ name: String) throws {
    let disk = try InMemoryFileSystem(Self.files)
    let told = try complaints(disk) { try edit("a/\(name)", "mine", of: disk) }
    #expect(
      told == ["“\(name == "1" ? "b/1" : "a/2")” changed while the project was written"])
  }

  @Test("stays when something is where it is to be")
  func taken() throws {
    for name in ["b/1", "b/own"] {
      let disk = try InMemoryFileSystem(Self.files)
      let told = try complaints(disk) {
        try disk.createDirectory(path("b"))
        try edit(name, "one", of: disk)
      }
      #expect(told == ["“\(name)” changed while the project was written"])
    }
  }

  @Test("is no directory that somebody put something into, and that is no fault")
  func filledDirectory() throws {
    let disk = try InMemoryFileSystem(Self.files)
    #expect(try complaints(disk) { try edit("a/mine", "m", of: disk) } == nil)
    #expect(try disk.list(path("a")) == ["mine"])
    #expect(try disk.list(path("b")) == ["1", "2", "own"])
    // But where a file is to be in its place, there is none without it.
    let other = try InMemoryFileSystem(Self.files)
    let told = try complaints(other) { try edit("d/mine", "m", of: other) }
    #expect(told == ["“d” changed while the project was written"])
  }

  @Test("belongs to the user, or stays")
  func ownership() throws {
    let disk = try InMemoryFileSystem(Self.files)
    let told = try complaints(disk) { try disk.setOwned(false, path("a/2")) }
    #expect(told == ["a/2: the file belongs to another user"])
  }

  @Test("is all taken back when a signal is pending, at whatever step", arguments: Reshaping.all)
  func undoesOnSignal(_ example: Reshaping) throws {
    for last in 1... {
      let disk = try example.disk()
      let before = try disk.snapshot()
      var question = 0
      let plan = try plan(example.changes, in: disk)
      let complaint = Result {
        try plan.commit {
          question += 1
          return question == last
        }
      }
      if question < last { break }
      #expect(throws: TargetError.self) { try complaint.get() }
      #expect(try disk.snapshot() == before, "\(last)")
    }
  }

  // MARK: After a crash

  /// A disk in which a run died right before it made the file at `name`.
  private func diskAfterKill(before name: String) throws -> InMemoryFileSystem {
    let counting = FaultyFileSystem(try InMemoryFileSystem(Self.files))
    try plan(Self.changes, in: counting).commit()
    let last = counting.calls.firstIndex { $0.destination?.string == name }
    let disk = try InMemoryFileSystem(Self.files)
    let killed = FaultyFileSystem(disk, .kill(at: try #require(last) + 1, tearing: false))
    _ = try? plan(Self.changes, in: killed).commit()
    return disk
  }

  @Test("stays as the user has it who works before the next run, which completes the rest")
  func completed() throws {
    let disk = try diskAfterKill(before: "b/2")
    try edit("a/2", "again", of: disk)
    try edit("b/1", "edited", of: disk)
    try edit("b/own/x", "edited", of: disk)
    _ = try locate(nil, in: disk).recover()
    #expect(try disk.text("a/2") == "again")
    #expect(try disk.text("b/1") == "edited")
    #expect(try disk.text("b/own/x") == "edited")
    #expect(try disk.text("b/2") == "new")
    #expect(try !disk.hasStaging())
  }

  @Test("is put back beside what the user has made since, where the rest cannot be completed")
  func undone() throws {
    let disk = try diskAfterKill(before: "b/2")
    try edit("a/2", "again", of: disk)
    try edit("b/1", "edited", of: disk)
    try edit("b/own/x", "edited", of: disk)
    try edit("b/2", "theirs", of: disk)
    guard case .undone(let saved) = try locate(nil, in: disk).recover().ending else {
      Issue.record("not undone")
      return
    }
    #expect(saved.map(\.copy.string) == ["a/2.before"])
    let left = try disk.visible().filter { $0.value.kind == .file }
    var texts: [String: String] = [:]
    for (path, entry) in left {
      texts[path.string] = String(decoding: entry.content, as: UTF8.self)
    }
    #expect(
      texts == [
        // A file of the layout's that was edited stays where it is; what moved as a whole moves back.
        "a/2": "again", "a/2.before": "two", "b/1": "edited", "b/2": "theirs",
        "own/x": "edited", "keep": "k", "d/y": "y",
      ])
    #expect(try !disk.hasStaging())
  }
}
