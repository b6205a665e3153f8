import FileSystems
import FileTrees
import Layouts
import Projects
import TestSupport
import Testing

@Suite("A project in a directory that is not there")
struct NewTargetTests {
  @Test("has every file with its mode, and nothing else is left")
  func writesEverything() throws {
    let disk = InMemoryFileSystem()
    try create(request(layout(), in: disk, at: "demo"))

    let project = try disk.directory(at: path("demo"))
    let files = try project.snapshot().filter { $0.value.kind == .file }
    #expect(files.keys.map(\.string).sorted() == smallLayoutPaths)
    #expect(try project.text("README.md") == "# demo\n")
    #expect(try project.text("steps/two.txt") == "2 two\n")
    #expect(try project.status(of: path(".env"))?.mode == 0o600)
    #expect(try project.status(of: path("run.sh"))?.mode == 0o755)
    #expect(try project.status(of: path("README.md"))?.mode == 0o644)
    #expect(try disk.list(.root) == ["demo"])
  }

  @Test("gets modes less the umask, and is never widened")
  func obeysUmask() throws {
    let disk = InMemoryFileSystem()
    disk.umask = 0o077
    try create(request(layout(), in: disk, at: "demo"))
    let modes = Set(try disk.snapshot().values.map(\.mode))
    #expect(modes == [0o700, 0o600])
  }

  @Test("appears with the directories above it")
  func makesParents() throws {
    let disk = InMemoryFileSystem()
    try create(request(layout(), in: disk, at: "a/b/demo"))
    #expect(try disk.text("a/b/demo/README.md") == "# demo\n")
    #expect(try disk.list(.root) == ["a"])
  }

  @Test("is planned without touching the disk")
  func planIsPure() throws {
    let disk = FaultyFileSystem(try InMemoryFileSystem(["other.txt": "x"]))
    let before = try disk.snapshot()
    let plan = try Plan(creating: request(layout(), in: disk, at: "demo"))
    #expect(plan.conflicts.isEmpty)
    #expect(plan.changes.allSatisfy { $0.decision == .create })
    #expect(plan.summary.files == smallLayoutPaths.count)
    #expect(plan.summary.directories == 4)
    #expect(try disk.snapshot() == before)
    let writing: Set<FileSystemError.Operation> = [
      .createDirectory, .createFile, .move, .remove, .link,
    ]
    #expect(disk.calls.allSatisfy { !writing.contains($0.operation) })
  }

  @Test("is not even planned where nothing may be written")
  func unwritable() throws {
    let disk = InMemoryFileSystem()
    try disk.setMode(0o555, of: .root)
    let complaints = refusal { _ = try Plan(creating: request(layout(), in: disk, at: "demo")) }
    #expect(complaints?.map(\.message) == ["cannot create “demo”: Permission denied"])
  }

  @Test("stays out when something takes its name meanwhile")
  func neverOverwrites() throws {
    let disk = InMemoryFileSystem()
    let plan = try Plan(creating: request(layout(), in: disk, at: "demo"))
    try disk.createDirectory(path("demo"))
    try disk.createFile(path("demo/mine.txt"), .regular, .bytes([1]))
    let before = try disk.snapshot()
    let messages = refusal { try plan.commit() }?.map(\.message)
    #expect(messages == ["“demo” appeared while it was being written"])
    #expect(try disk.snapshot() == before)
  }

  @Test("stays out even of an empty directory that appears meanwhile")
  func keepsEmptyDirectory() throws {
    let disk = InMemoryFileSystem()
    let plan = try Plan(creating: request(layout(), in: disk, at: "demo"))
    try disk.createDirectory(path("demo"))
    #expect(refusal { try plan.commit() } != nil)
    #expect(try disk.list(path("demo")).isEmpty)
    #expect(try !disk.hasStaging())
  }

  @Test("waits for nobody: a second run is refused while the first one works")
  func refusesSecondRun() throws {
    let disk = InMemoryFileSystem()
    let plan = try Plan(creating: request(layout(), in: disk, at: "demo"))
    var messages: [String]?
    var isFirstQuestion = true
    try plan.commit {
      if isFirstQuestion {
        isFirstQuestion = false
        messages = refusal { try plan.commit() }?.map(\.message)
      }
      return false
    }
    #expect(messages == ["another run is creating “demo”"])
    #expect(try disk.text("demo/README.md") == "# demo\n")
    #expect(try !disk.hasStaging())
  }

  @Test("takes over what a run that died left, and leaves alone what is not the user's own")
  func takesOverLeftOver() throws {
    let disk = InMemoryFileSystem()
    let plan = try Plan(creating: request(layout(), in: disk, at: "demo"))
    let killed = FaultyFileSystem(disk, .kill(at: 9, tearing: true))
    #expect(throws: TargetError.self) {
      try Plan(creating: request(layout(), in: killed, at: "demo")).commit()
    }
    let staging = try #require(try disk.list(.root).first)
    let whole = try disk.snapshot()
    try disk.setOwned(false, path(staging))
    disk.options.isSuperuser = true
    try plan.commit()
    #expect(try disk.list(.root) == [staging, "demo"])
    #expect(try disk.snapshot().filter { whole.keys.contains($0.key) } == whole)
    try disk.removeTree(path("demo"))
    try disk.setOwned(true, path(staging))
    try plan.commit()
    #expect(try disk.list(.root) == ["demo"])
  }

  @Test("is undone when a signal is pending, at whatever file")
  func undoesOnSignal() throws {
    let questions = try countQuestions()
    #expect(questions > smallLayoutPaths.count)
    for last in 1...questions {
      let disk = try InMemoryFileSystem(["other.txt": "x"])
      let before = try disk.snapshot()
      var question = 0
      let error = #expect(throws: TargetError.self) {
        try create(request(layout(), in: disk, at: "demo")) {
          question += 1
          return question == last
        }
      }
      if case .interrupted? = error {} else { Issue.record("not interrupted: \(last)") }
      #expect(try disk.snapshot() == before)
    }
  }

  private func countQuestions() throws -> Int {
    var questions = 0
    try create(request(layout(), in: InMemoryFileSystem(), at: "demo")) {
      questions += 1
      return false
    }
    return questions
  }
}
