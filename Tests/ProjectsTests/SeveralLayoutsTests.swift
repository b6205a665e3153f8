import Documents
import FileSystems
import FileTrees
import Layouts
import TestSupport
import Testing

@testable import Projects

@Suite("A project of several layouts")
struct SeveralLayoutsTests {
  /// A layout that has some paths of the small one's.
  private static let docs = [
    "layout.json": """
    {"name": "docs", "summary": "s", "version": "2.0.0", "layers": [{"folder": "base"}]}
    """,
    "base/README.md": "# Documents\n", "base/docs/index.md": "Welcome\n",
    "base/run.sh": "#!/bin/sh\n",
    "base/data/.gitkeep": "",
  ]

  private func docs(_ changes: [String: String] = [:]) throws -> Layout {
    try layout(Self.docs.merging(changes) { $1 })
  }

  /// The small layout's project, and what a request for another one in it makes of it.
  private func project(_ body: (InMemoryFileSystem) throws -> Void = { _ in }) throws
    -> InMemoryFileSystem
  {
    let disk = InMemoryFileSystem()
    try create(request(layout(), in: disk, at: nil))
    try body(disk)
    return disk
  }

  private func plan(
    _ layout: Layout, _ disk: InMemoryFileSystem, _ policy: ConflictPolicy = .fail
  ) throws -> Plan {
    try Plan(creating: request(layout, in: disk, at: nil, onConflict: policy))
  }

  private func decisions(_ plan: Plan) -> [String: Decision] {
    Dictionary(uniqueKeysWithValues: plan.changes.map { ($0.path.string, $0.decision) })
  }

  private func record(_ disk: InMemoryFileSystem) throws -> Record {
    try RecordReader.read(disk.contents(of: Record.path), file: "r")
  }

  private func rewrite(_ name: String, _ text: String, _ disk: InMemoryFileSystem) throws {
    try disk.remove(path(name))
    try disk.createFile(path(name), .regular, .bytes(Array(text.utf8)))
  }

  @Test("has an entry for each, in the order in which they came, and a path in one of them")
  func adds() throws {
    let disk = try project()
    let before = try record(disk)
    let plan = try plan(docs(["base/README.md": "# demo\n"]), disk)
    #expect(plan.origin.isAddition && plan.conflicts.isEmpty)
    #expect(
      decisions(plan) == [
        "data": .unchanged, "data/.gitkeep": .unchanged, "docs": .create,
        "docs/index.md": .create, ".scaffold.json": .replace, "README.md": .unchanged,
        "run.sh": .unchanged,
      ])
    try plan.commit()
    let after = try record(disk)
    #expect(after.layouts.map(\.layout.name) == ["small", "docs"])
    #expect(after.layouts[0].isSame(as: before.layouts[0]))
    #expect(after.layouts[1].files.map(\.path.string) == ["docs/index.md"])
    #expect(after.layouts[1].layout.version == "2.0.0")
    #expect(try disk.text("docs/index.md") == "Welcome\n")
  }

  @Test("is refused a file of another layout with another content, whatever is to be replaced")
  func conflicts() throws {
    let disk = try project()
    let before = try disk.snapshot()
    for policy in [ConflictPolicy.fail, .replace] {
      let plan = try plan(docs(), disk, policy)
      #expect(plan.conflicts.map(\.path.string) == ["README.md"])
      #expect(plan.conflicts.first?.conflict == .ofLayout("small", at: nil))
      #expect(plan.conflicts.first?.conflict?.code == "other-layout")
      #expect(
        refusal { try plan.commit() }?.map(\.message)
          == ["README.md: the file belongs to the layout “small”"])
      #expect(try disk.snapshot() == before)
    }
  }

  @Test("leaves such a file with the layout that has it, where it is to be kept")
  func keeps() throws {
    let disk = try project()
    let plan = try plan(docs(), disk, .keep)
    #expect(decisions(plan)["README.md"] == .keep(.chosen))
    try plan.commit()
    #expect(try disk.text("README.md") == "# demo\n")
    #expect(try record(disk).layouts[1].files.map(\.path.string) == ["docs/index.md"])
    // The same once more has nothing to do, whatever the policy.
    for policy in ConflictPolicy.allCases {
      let again = try self.plan(docs(), disk, policy)
      #expect(again.isDone && again.conflicts.isEmpty)
      #expect(decisions(again)["README.md"] == .keep(.chosen))
    }
    #expect(try self.plan(layout(), disk).isDone)
  }

  @Test("tells the user's own files from those of its layouts")
  func ownFiles() throws {
    let disk = try project { disk in
      try disk.createDirectory(path("docs"))
      try disk.createFile(path("docs/index.md"), .regular, .bytes(Array("mine".utf8)))
    }
    let plan = try plan(docs(["base/README.md": "# demo\n"]), disk)
    #expect(plan.conflicts.map(\.conflict) == [.differs])
    try self.plan(docs(["base/README.md": "# demo\n"]), disk, .replace).commit()
    #expect(try disk.text("docs/index.md") == "Welcome\n")
  }

  @Test("keeps what the user did to a file that two layouts give alike")
  func shared() throws {
    let disk = try project { disk in
      try rewrite("README.md", "mine\n", disk)
      try disk.remove(path("run.sh"))
      try disk.removeTree(path("data"))
    }
    let plan = try plan(docs(["base/README.md": "# demo\n"]), disk)
    let decisions = decisions(plan)
    #expect(decisions["README.md"] == .keep(.edited))
    #expect(decisions["run.sh"] == .keep(.removed))
    #expect(decisions["data"] == .keep(.removed))
    #expect(decisions["data/.gitkeep"] == .keep(.removed))
    try plan.commit()
    #expect(try disk.text("README.md") == "mine\n")
    #expect(try disk.status(of: path("data")) == nil)
  }

  @Test("makes a directory that was removed again where a layout has more in it")
  func directories() throws {
    let disk = try project { try $0.removeTree(path("data")) }
    let plan = try plan(docs(["base/README.md": "# demo\n", "base/data/more": "x"]), disk)
    #expect(decisions(plan)["data"] == .create)
    try plan.commit()
    #expect(try disk.text("data/more") == "x")
    #expect(try disk.status(of: path("data/.gitkeep")) == nil)
  }

  @Test("has no two paths that could not be beside each other everywhere")
  func collisions() throws {
    let disk = try project { try $0.removeTree(path("steps")) }
    // The directory is gone, and would be in the way of the file where it is still.
    let blocking = try plan(docs(["base/README.md": "# demo\n", "base/steps": "a file"]), disk)
    #expect(
      blocking.conflicts.map(\.conflict) == [.ofLayout("small", at: try path("steps/one.txt"))])
    var other = Self.docs
    other["base/README.md"] = nil
    other["base/run.sh"] = nil
    let collides = try layout(other.merging(["base/ReadMe.md": "x", "base/RUN.sh/x": "y"]) { $1 })
    let plan = try plan(collides, disk, .keep)
    #expect(decisions(plan)["ReadMe.md"] == .keep(.removed))
    #expect(decisions(plan)["RUN.sh"] == .conflict(.ofLayout("small", at: try path("run.sh"))))
    #expect(
      plan.conflicts.first?.conflict?.text
        == "this cannot be beside “run.sh” of the layout “small”")
  }

  @Test("is refused the same layout with other answers, and told what changes it")
  func sameAgain() throws {
    let disk = try project { try create(request(docs(), in: $0, at: nil, onConflict: .keep)) }
    let before = try disk.snapshot()
    let given = GivenAnswer(name: "STEPS", input: .text("three"), origin: "--steps")
    for policy in ConflictPolicy.allCases {
      let faults = refusal {
        var request = try request(layout(), in: disk, at: nil, given: [given], onConflict: policy)
        request.words = CommandWords(directory: "there", name: \.string) {
          $0.joined(separator: " ")
        }
        _ = try Plan(creating: request)
      }
      #expect(
        faults?.map(\.message) == [
          "“.” has the layout “small” already, with other answers"
        ])
      #expect(
        faults?.first?.help?.contains("“scaffold update there --steps three” gives it these")
          == true)
      let newer = refusal { _ = try plan(docs(["base/more": "x"]), disk, policy) }
      #expect(newer?.first?.message.contains("has the layout “docs” already") == true)
    }
    #expect(try disk.snapshot() == before)
  }

  @Test("takes the record as it was read, and no other")
  func recordIsSettled() throws {
    let source = try docs(["base/README.md": "# demo\n"])
    // Somebody writes it between the plan and its commit.
    let disk = try project()
    let plan = try plan(source, disk)
    try rewrite(".scaffold.json", disk.text(".scaffold.json") + " ", disk)
    let before = try disk.snapshot()
    #expect(refusal { try plan.commit() } != nil)
    #expect(try disk.snapshot() == before)
    // Its mode stays, and no policy says anything of it.
    try disk.setMode(0o600, of: Record.path)
    try create(request(source, in: disk, at: nil, onConflict: .keep))
    #expect(try disk.status(of: Record.path)?.mode == 0o600)
    #expect(try record(disk).layouts.count == 2)
  }

  @Test("is as it was or complete after a kill, and the next run completes it")
  func kills() throws {
    let source = try docs(["base/README.md": "# demo\n"])
    let disk = try project()
    let before = try disk.visible()
    let counting = FaultyFileSystem(disk)
    try create(request(source, in: counting, at: nil))
    let after = try disk.visible()
    for index in counting.calls.indices {
      let disk = try project()
      let killed = FaultyFileSystem(disk, .kill(at: index + 1, tearing: true))
      _ = try? create(request(source, in: killed, at: nil))
      let place = "\(counting.calls[index])"
      _ = try Target(fileSystem: disk, path: .root, displayName: ".").recover()
      let found = try disk.visible()
      #expect(found == before || found == after, "\(place)")
      try create(request(source, in: disk, at: nil))
      #expect(try disk.visible() == after, "\(place)")
    }
  }

  @Test("of version 1 becomes one of the present version")
  func version1() throws {
    let disk = try project()
    let entry = try #require(try record(disk).layouts.first)
    let files = entry.files.map { file in
      "\"\(file.path)\": { \"mode\": \"\(file.permissions.recorded)\", \"blob\": \"\(file.blob)\" }"
    }
    try rewrite(
      ".scaffold.json",
      """
      { "version": 1,
        "layout": { "name": "small", "version": "1.2.3", "digest": "d", "source": "folder:small" },
        "answers": { "PROJECT_NAME": "demo" }, "files": { \(files.joined(separator: ",\n")) } }
      """, disk)
    try create(request(docs(["base/README.md": "# demo\n"]), in: disk, at: nil))
    #expect(try record(disk).layouts.map(\.layout.name) == ["small", "docs"])
    #expect(try disk.text(".scaffold.json").contains("\"version\": 2"))
  }
}
