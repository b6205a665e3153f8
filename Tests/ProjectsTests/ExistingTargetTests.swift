import FileSystems
import FileTrees
import Layouts
import Projects
import TestSupport
import Testing

@Suite("A project in a directory that is there")
struct ExistingTargetTests {
  private let mine = ["README.md": "mine\n", "notes/todo.txt": "x", "run.sh": "#!/bin/bash\n"]

  @Test("leaves what is there alone and adds the rest")
  func addsBeside() throws {
    let disk = try InMemoryFileSystem(["notes/todo.txt": "x"])
    try create(request(layout(), in: disk, at: nil))
    #expect(try disk.text("notes/todo.txt") == "x")
    #expect(try disk.text("README.md") == "# demo\n")
    #expect(try !disk.hasStaging())
  }

  @Test("is refused with every conflict by default, and nothing changes")
  func failsByDefault() throws {
    let disk = try InMemoryFileSystem(mine)
    let before = try disk.snapshot()
    let messages = refusal { try create(request(layout(), in: disk, at: nil)) }?.map(\.message)
    #expect(
      messages == [
        "README.md: the file is there with another content",
        "run.sh: the file is there with another content",
      ])
    #expect(try disk.snapshot() == before)
  }

  @Test("is not even planned where a directory takes no file")
  func unwritable() throws {
    func complaints(_ directory: String, _ disk: InMemoryFileSystem) throws -> [String]? {
      try disk.setMode(0o555, of: path(directory))
      defer { try? disk.setMode(0o755, of: path(directory)) }
      return refusal { _ = try Plan(creating: request(layout(), in: disk, at: nil)) }?.map(
        \.message)
    }
    let disk = try InMemoryFileSystem(["steps/mine": "x", "src/demo/main.py": "print(\"demo\")\n"])
    #expect(try complaints("steps", disk) == ["cannot write in “steps”: Permission denied"])
    // Where all there is to have is there, nothing is written.
    #expect(try complaints("src/demo", disk) == nil)
    // Conflicts say more than that, and come first.
    try disk.createFile(path("README.md"), .regular, .bytes([]))
    try disk.setMode(0o555, of: path("steps"))
    let messages = refusal { try create(request(layout(), in: disk, at: nil)) }?.map(\.message)
    #expect(messages == ["README.md: the file is there with another content"])
  }

  @Test("keeps the files that differ when told to")
  func keeps() throws {
    let disk = try InMemoryFileSystem(mine)
    try create(request(layout(), in: disk, at: nil, onConflict: .keep))
    #expect(try disk.text("README.md") == "mine\n")
    #expect(try disk.text("src/demo/main.py") == "print(\"demo\")\n")
  }

  @Test(
    "keeps and replaces files only: what is none is in the way",
    arguments: [ConflictPolicy.fail, .keep, .replace])
  func noFiles(policy: ConflictPolicy) throws {
    let disk = try InMemoryFileSystem(["README.md/": "", "mine": "x"])
    try disk.createLink(path("run.sh"), to: "mine")
    let before = try disk.snapshot()
    let messages = refusal {
      try create(request(layout(), in: disk, at: nil, onConflict: policy))
    }?.map(\.message)
    #expect(
      messages == [
        "README.md: a directory is where a file must be",
        "run.sh: a link is where a file must be",
      ])
    #expect(try disk.snapshot() == before)
  }

  @Test("counts what it does to what is there, and the directories above a new target")
  func outcome() throws {
    func outcome(_ policy: ConflictPolicy) throws -> Outcome {
      let disk = try InMemoryFileSystem(mine)
      try disk.createDirectories(to: path("src/demo"))
      try disk.createFile(
        path("src/demo/main.py"), .regular, .bytes(Array("print(\"demo\")\n".utf8)))
      return try Plan(creating: request(layout(), in: disk, at: nil, onConflict: policy)).outcome
    }
    let all = smallLayoutPaths.count
    let keeping = try outcome(.keep)
    #expect(keeping.kept > 0 && keeping.unchanged > 0 && keeping.replaced == 0)
    #expect(keeping.created + keeping.kept + keeping.unchanged == all)
    let replacing = try outcome(.replace)
    #expect(replacing.replaced == keeping.kept && replacing.kept == 0)
    #expect(replacing.bytes > keeping.bytes)
    #expect(try outcome(.fail).conflicts == keeping.kept)
    let disk = try InMemoryFileSystem([:])
    let new = try Plan(creating: request(layout(), in: disk, at: "deep/er/x")).outcome
    #expect(new.isPlain && new.created == all)
    #expect(new.directories == 4 + 2)
  }

  @Test("replaces the files that differ when told to, and they keep their mode")
  func replaces() throws {
    let disk = try InMemoryFileSystem(mine)
    try disk.setMode(0o640, of: path("README.md"))
    try disk.setMode(0o604, of: path("run.sh"))
    disk.umask = 0o077
    try create(request(layout(), in: disk, at: nil, onConflict: .replace))
    #expect(try disk.text("README.md") == "# demo\n")
    #expect(try disk.status(of: path("README.md"))?.mode == 0o640)
    #expect(try disk.status(of: path("run.sh"))?.mode == 0o604)
    #expect(try disk.text("notes/todo.txt") == "x")
  }

  @Test("does not replace a file that belongs to another user, and never makes one setuid")
  func ownership() throws {
    let disk = try InMemoryFileSystem(mine)
    try disk.setMode(0o4755, of: path("run.sh"))
    try disk.setOwned(false, path("README.md"))
    let messages = refusal {
      try create(request(layout(), in: disk, at: nil, onConflict: .replace))
    }?.map(\.message)
    #expect(messages == ["README.md: the file belongs to another user"])
    try disk.setOwned(true, path("README.md"))
    try create(request(layout(), in: disk, at: nil, onConflict: .replace))
    #expect(try disk.status(of: path("run.sh"))?.mode == 0o755)
  }

  @Test("does not touch a file with equal content, whatever its mode")
  func leavesEqualContent() throws {
    let disk = try InMemoryFileSystem(["README.md": "# demo\n"])
    try disk.setMode(0o600, of: path("README.md"))
    let before = try disk.status(of: path("README.md"))
    try create(request(layout(), in: disk, at: nil))
    #expect(try disk.status(of: path("README.md")) == before)
  }

  @Test("is refused where the layout is with other answers, whatever the policy")
  func refusesRecord() throws {
    let other = GivenAnswer(name: "STEPS", input: .text("three"), origin: "--steps")
    for policy in ConflictPolicy.allCases {
      let disk = InMemoryFileSystem()
      try create(request(layout(), in: disk, at: nil, given: [other]))
      let before = try disk.snapshot()
      let messages = refusal {
        try create(request(layout(), in: disk, at: nil, onConflict: policy))
      }?.map(\.message)
      #expect(
        messages == [
          "“.” has the layout “small” already, with other answers"
        ])
      #expect(try disk.snapshot() == before)
    }
  }

  @Test("never puts a file where a directory is, nor a directory where a file is")
  func kindsCollide() throws {
    for policy in [ConflictPolicy.fail, .replace] {
      let disk = try InMemoryFileSystem(["src": "a file", "README.md/x": "y"])
      let before = try disk.snapshot()
      let messages = refusal {
        try create(request(layout(), in: disk, at: nil, onConflict: policy))
      }?.map(\.message)
      #expect(
        messages == [
          "README.md: a directory is where a file must be",
          "src: a file is where a directory must be",
        ])
      #expect(try disk.snapshot() == before)
    }
  }

  @Test("never follows or replaces a link")
  func linksAreConflicts() throws {
    for policy in [ConflictPolicy.fail, .replace] {
      let disk = try InMemoryFileSystem(["elsewhere/x": "y"])
      try disk.createLink(path("README.md"), to: "elsewhere/x")
      try disk.createLink(path("src"), to: "elsewhere")
      let before = try disk.snapshot()
      let messages = refusal {
        try create(request(layout(), in: disk, at: nil, onConflict: policy))
      }?.map(\.message)
      #expect(
        messages == [
          "README.md: a link is where a file must be", "src: a link is where a directory must be",
        ])
      #expect(try disk.snapshot() == before)
    }
  }

  @Test("is taken back when a file changes between plan and commit")
  func verifiesAgain() throws {
    let disk = try InMemoryFileSystem(["run.sh": "old\n"])
    let plan = try Plan(creating: request(layout(), in: disk, at: nil, onConflict: .replace))
    try disk.remove(path("run.sh"))
    try disk.createFile(path("run.sh"), .regular, .bytes(Array("newer\n".utf8)))
    let before = try disk.snapshot()
    let messages = refusal { try plan.commit() }?.map(\.message)
    #expect(messages == ["“run.sh” changed while the project was written"])
    #expect(try disk.snapshot() == before)
  }

  @Test("is taken back when a file appears between plan and commit, which stays")
  func neverOverwrites() throws {
    let disk = InMemoryFileSystem()
    let plan = try Plan(creating: request(layout(), in: disk, at: nil))
    try disk.createDirectory(path("steps"))
    try disk.createFile(path("steps/two.txt"), .regular, .bytes([]))
    let before = try disk.snapshot()
    #expect(refusal { try plan.commit() } != nil)
    #expect(try disk.snapshot() == before)
  }

  @Test("finds a file under another case where the disk ignores case")
  func ignoresCase() throws {
    var options = InMemoryFileSystem.Options()
    options.ignoresCase = true
    let disk = try InMemoryFileSystem(["readme.md": "mine\n"], options)
    let messages = refusal { try create(request(layout(), in: disk, at: nil)) }?.map(\.message)
    #expect(messages == ["README.md: the file is there with another content"])
  }

  @Test("is undone when a signal is pending, at whatever step")
  func undoesOnSignal() throws {
    var questions = 0
    try create(
      request(layout(), in: InMemoryFileSystem(mine), at: nil, onConflict: .replace)
    ) {
      questions += 1
      return false
    }
    #expect(questions > 2 * smallLayoutPaths.count)
    for last in 1...questions {
      let disk = try InMemoryFileSystem(mine)
      let before = try disk.snapshot()
      var question = 0
      #expect(throws: TargetError.self) {
        try create(request(layout(), in: disk, at: nil, onConflict: .replace)) {
          question += 1
          return question == last
        }
      }
      #expect(try disk.snapshot() == before)
    }
  }
}
