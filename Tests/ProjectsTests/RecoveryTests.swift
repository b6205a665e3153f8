import FileSystems
import FileTrees
import Layouts
import Projects
import TestSupport
import Testing

@Suite("After a run that died in an existing directory")
struct RecoveryTests {
  /// A disk in which a run died right before the call that `isLast` tells.
  private func diskAfterKill(
    _ files: [String: String] = [:], policy: ConflictPolicy = .fail,
    before isLast: (FaultyCall) -> Bool
  ) throws -> InMemoryFileSystem {
    let counting = FaultyFileSystem(try InMemoryFileSystem(files))
    try create(request(layout(), in: counting, at: nil, onConflict: policy))
    let last = counting.calls.firstIndex(where: isLast)
    let index = try #require(last)
    let disk = try InMemoryFileSystem(files)
    let killed = FaultyFileSystem(disk, .kill(at: index + 1, tearing: false))
    _ = try? create(request(layout(), in: killed, at: nil, onConflict: policy))
    #expect(killed.hasFailed)
    return disk
  }

  private func isPublishing(_ name: String) -> (FaultyCall) -> Bool {
    { $0.operation == .move && $0.destination?.string == name }
  }

  @Test("preparations alone are removed, and the target is as it was")
  func preparations() throws {
    let disk = try diskAfterKill { call in
      call.operation == .createFile && call.path.name == "plan.tmp"
    }
    #expect(try disk.visible().isEmpty)
    let target = Target(fileSystem: disk, path: .root, displayName: ".")
    guard case .cleared = try target.recover().ending else {
      Issue.record("something was done")
      return
    }
    #expect(try disk.snapshot().isEmpty)
  }

  @Test("a plan is completed, and the same request then finds its result")
  func completes() throws {
    let disk = try diskAfterKill(before: isPublishing("steps/one.txt"))
    #expect(try disk.status(of: path("README.md")) != nil)
    try create(request(layout(), in: disk, at: nil))
    #expect(try disk.text("steps/one.txt") == "1 one\n")
    #expect(try !disk.hasStaging())
  }

  @Test("another request is refused once the plan is completed")
  func refusesAnother() throws {
    let disk = try diskAfterKill(before: isPublishing("steps/one.txt"))
    let given = GivenAnswer(name: "STEPS", input: .text("three"), origin: "--steps")
    let messages = refusal {
      try create(request(layout(), in: disk, at: nil, given: [given]))
    }?.map(\.message)
    #expect(
      messages == [
        "“.” has the layout “small” already, with other answers"
      ])
    #expect(try disk.text("steps/one.txt") == "1 one\n")
  }

  @Test("a plan that cannot be completed any more is undone")
  func undoes() throws {
    let disk = try diskAfterKill(
      ["README.md": "mine\n"], policy: .replace, before: isPublishing("steps/one.txt"))
    #expect(try disk.text("README.md") == "# demo\n")
    try disk.createFile(path("steps/one.txt"), .regular, .bytes(Array("theirs".utf8)))
    let target = Target(fileSystem: disk, path: .root, displayName: ".")
    guard case .undone = try target.recover().ending else {
      Issue.record("not undone")
      return
    }
    let left = try disk.visible().filter { $0.value.kind == .file }
    #expect(left.keys.map(\.string).sorted() == ["README.md", "steps/one.txt"])
    #expect(try disk.text("README.md") == "mine\n")
    #expect(try disk.text("steps/one.txt") == "theirs")
  }

  @Test("a plan of the version before is completed")
  func olderPlan() throws {
    let disk = try diskAfterKill(before: isPublishing("steps/one.txt"))
    let staging = try #require(try disk.list(.root).first { $0.hasPrefix(".scaffold-") })
    let text = try disk.text("\(staging)/plan")
    let older = text.replacing("\"version\": 4", with: "\"version\": 3")
    try #require(older != text)
    try disk.remove(path("\(staging)/plan"))
    try disk.createFile(path("\(staging)/plan"), .private, .bytes(Array(older.utf8)))
    guard case .completed = try locate(nil, in: disk).recover().ending else {
      Issue.record("not completed")
      return
    }
    #expect(try disk.text("steps/one.txt") == "1 one\n")
  }

  @Test("a plan that is damaged is left for the user to look at")
  func damagedPlan() throws {
    let disk = try diskAfterKill(before: isPublishing("steps/one.txt"))
    let staging = try #require(try disk.list(.root).first { $0.hasPrefix(".scaffold-") })
    for damage in [
      "", "{", "[]", #"{"version": 2, "entries": []}"#,
      #"{"version": 3, "entries": [{"kind": "create", "path": "../x", "file": "0"}]}"#,
      #"{"version": 3, "entries": [{"kind": "create", "path": "x", "file": "../0"}]}"#,
      """
      {"version": 3, "entries": [{"kind": "create", "path": "x", "file": "0", "mode": "regular",
        "blob": "fc72a5c1094e203eefcd1c710f060957ebbbaac4"}]}
      """,
      #"{"version": 5, "entries": []}"#,
      #"{"version": 4, "entries": [{"kind": "remove", "path": "x", "file": "0"}]}"#,
      #"{"version": 4, "entries": [{"kind": "remove-directory", "path": "x", "file": "0"}]}"#,
      #"{"version": 4, "entries": [{"kind": "set-aside", "path": "x", "file": "x"}]}"#,
      #"{"version": 4, "entries": [{"kind": "move", "path": "x", "file": "0"}]}"#,
      """
      {"version": 4, "entries": [{"kind": "move", "path": "x", "file": "0", "origin": "../y"}]}
      """,
      """
      {"version": 4, "entries": [{"kind": "move", "path": "x", "file": "0", "origin": "y",
        "aside": "1"}]}
      """,
      """
      {"version": 4, "entries": [{"kind": "move", "path": "x", "file": "0", "aside": "../1"}]}
      """,
    ] {
      try disk.remove(path("\(staging)/plan"))
      try disk.createFile(path("\(staging)/plan"), .regular, .bytes(Array(damage.utf8)))
      let before = try disk.snapshot()
      let target = Target(fileSystem: disk, path: .root, displayName: ".")
      let messages = refusal { _ = try target.recover() }?.map(\.message) ?? []
      #expect(messages.count == 1)
      #expect(messages.first?.hasPrefix("the plan that an interrupted run left is damaged") == true)
      #expect(try disk.snapshot() == before)
    }
  }

  @Test("an undoing that was interrupted as well is gone on with, wherever it stopped")
  func undoesAfterSecondDeath() throws {
    let files = ["README.md": "mine\n", "steps/two.txt": "old"]
    let counting = FaultyFileSystem(try InMemoryFileSystem(files))
    try create(request(layout(), in: counting, at: nil, onConflict: .replace))
    let complete = try counting.visible()
    let last = counting.calls.lastIndex {
      $0.operation == .move && $0.destination?.string == "steps/two.txt"
    }
    let failing = try #require(last) + 1
    var deaths = 0
    for later in 1... {
      let disk = try InMemoryFileSystem(files)
      let before = try disk.visible()
      let broken = FaultyFileSystem(disk, .failure(at: failing, code: 5))
      let killed = FaultyFileSystem(broken, .kill(at: failing + later, tearing: false))
      #expect(throws: TargetError.self) {
        try create(request(layout(), in: killed, at: nil, onConflict: .replace))
      }
      guard killed.hasFailed else { break }
      deaths += 1
      _ = try Target(fileSystem: disk, path: .root, displayName: ".").recover()
      let after = try disk.visible()
      #expect(after == before || after == complete, "killed \(later) calls after the error")
      #expect(try !disk.hasStaging())
    }
    #expect(deaths > 20)
  }

  @Test("a run that had done its work takes nothing back of what the user did since")
  func workWasDone() throws {
    let disk = try diskAfterKill { $0.destination?.string == undoDirectory }
    try disk.remove(path("steps/one.txt"))
    try disk.remove(path("steps/two.txt"))
    try disk.remove(path("steps"))
    try disk.createFile(path("steps"), .regular, .bytes(Array("mine now".utf8)))
    let before = try disk.visible()
    _ = try Target(fileSystem: disk, path: .root, displayName: ".").recover()
    #expect(try disk.visible() == before)
    #expect(try !disk.hasStaging())
  }

  @Test("a file that the user changed after it was replaced stays, and gets what it held before")
  func keepsEditsOfReplacedFiles() throws {
    let files = ["README.md": "mine\n", "steps/two.txt": "old"]
    let disk = try diskAfterKill(files, policy: .replace, before: isPublishing("steps/two.txt"))
    #expect(try disk.text("README.md") == "# demo\n")
    try edit("README.md", of: disk)
    try edit("steps/two.txt", of: disk)
    let target = Target(fileSystem: disk, path: .root, displayName: ".")
    guard case .undone(let saved) = try target.recover().ending else {
      Issue.record("not undone")
      return
    }
    #expect(saved.map(\.path.string) == ["README.md"])
    #expect(saved.map(\.copy.string) == ["README.md.before"])
    let left = try disk.visible().filter { $0.value.kind == .file }
    #expect(
      left.keys.map(\.string).sorted() == ["README.md", "README.md.before", "steps/two.txt"])
    #expect(try disk.text("README.md") == "three hours of work")
    #expect(try disk.text("README.md.before") == "mine\n")
    #expect(try disk.text("steps/two.txt") == "three hours of work")
  }

  @Test(
    "a file that the user changed since gets what it held before when the rest is completed, too")
  func keepsEditsWhenCompleting() throws {
    let files = ["README.md": "mine\n", "steps/two.txt": "old"]
    let disk = try diskAfterKill(files, policy: .replace, before: isPublishing("steps/two.txt"))
    try edit("README.md", of: disk)
    guard case .completed(let saved) = try locate(nil, in: disk).recover().ending else {
      Issue.record("not completed")
      return
    }
    #expect(saved.map(\.copy.string) == ["README.md.before"])
    #expect(try disk.text("README.md") == "three hours of work")
    #expect(try disk.text("README.md.before") == "mine\n")
    #expect(try disk.text("steps/two.txt") == "2 two\n")
    #expect(try !disk.hasStaging())
  }

  @Test("a link in the place of a directory is a conflict like any other, and loses no content")
  func linkForDirectory() throws {
    let files = ["README.md": "mine\n", "steps/one.txt": "old"]
    let disk = try diskAfterKill(files, policy: .replace, before: isPublishing("steps/two.txt"))
    try disk.move(path("steps"), to: path("elsewhere"), replacing: false)
    try disk.createLink(path("steps"), to: "elsewhere")
    guard case .undone(let saved) = try locate(nil, in: disk).recover().ending else {
      Issue.record("not undone")
      return
    }
    #expect(saved.map(\.copy.string) == ["one.txt.before"])
    #expect(try disk.text("one.txt.before") == "old")
    #expect(try disk.text("README.md") == "mine\n")
    #expect(try disk.text("elsewhere/one.txt") == "1 one\n")
    #expect(try !disk.hasStaging())
    let messages = refusal {
      try create(request(layout(), in: disk, at: nil, onConflict: .replace))
    }?.map(\.message)
    #expect(messages == ["steps: a link is where a directory must be"])
  }

  @Test("no run writes a plan that is too large to be read again")
  func largePlan() throws {
    let disk = InMemoryFileSystem()
    let plan = try Plan(creating: request(layout(), in: disk, at: nil))
    let complaints = refusal { try plan.commit(largestJournal: 1000) } ?? []
    #expect(
      complaints.map(\.message) == [
        "“.”: these are too many files to be written to a directory that exists"
      ])
    #expect(complaints.first?.help == "nothing was changed; name a new directory")
    #expect(try disk.snapshot().isEmpty)
  }

  /// What an editor does: another file under the same name.
  private func edit(_ name: String, of disk: InMemoryFileSystem) throws {
    try disk.remove(path(name))
    try disk.createFile(path(name), .regular, .bytes(Array("three hours of work".utf8)))
  }

  @Test("nothing that it left can be committed by git")
  func leftOverIsIgnored() throws {
    let disk = try diskAfterKill(before: isPublishing("steps/one.txt"))
    let staging = try #require(try disk.list(.root).first { $0.hasPrefix(".scaffold-") })
    #expect(try disk.text("\(staging)/.gitignore").hasPrefix("*\n#"))
  }

  @Test("a run that lives is left alone")
  func livingRun() throws {
    let disk = InMemoryFileSystem()
    var messages: [String]?
    try create(request(layout(), in: disk, at: nil)) {
      if messages == nil {
        messages = refusal { try create(request(layout(), in: disk, at: nil)) }?.map(\.message)
      }
      return false
    }
    #expect(messages == ["another run is working in “.”"])
    #expect(try !disk.hasStaging())
  }
}
