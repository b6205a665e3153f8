import FileSystems
import FileTrees
import Layouts
import TestSupport
import Testing

@testable import Projects

@Suite("The same request once more")
struct EqualRunTests {
  private func project() throws -> InMemoryFileSystem {
    let disk = InMemoryFileSystem()
    try create(request(layout(), in: disk, at: nil))
    return disk
  }

  @Test("is a plan of nothing, whatever the policy", arguments: ConflictPolicy.allCases)
  func nothing(_ policy: ConflictPolicy) throws {
    let disk = try project()
    let before = try disk.snapshot()
    let plan = try Plan(creating: request(layout(), in: disk, at: nil, onConflict: policy))
    #expect(plan.isDone && plan.conflicts.isEmpty)
    #expect(plan.outcome == Outcome(unchanged: smallLayoutPaths.count))
    try plan.commit()
    #expect(try disk.snapshot() == before)
  }

  @Test("leaves what the user has changed or removed since", arguments: ConflictPolicy.allCases)
  func keeps(_ policy: ConflictPolicy) throws {
    let disk = try project()
    try disk.remove(path("run.sh"))
    try disk.removeTree(path("steps"))
    try disk.remove(path("README.md"))
    try disk.createFile(path("README.md"), .regular, .bytes(Array("mine".utf8)))
    let before = try disk.snapshot()
    let plan = try Plan(creating: request(layout(), in: disk, at: nil, onConflict: policy))
    var decisions: [String: Decision] = [:]
    for change in plan.changes { decisions[change.path.string] = change.decision }
    #expect(decisions["README.md"] == .keep(.edited))
    #expect(decisions["run.sh"] == .keep(.removed))
    #expect(decisions["steps"] == .keep(.removed))
    #expect(decisions["steps/one.txt"] == .keep(.removed))
    #expect(plan.outcome.text(.past) == "4 files unchanged, 1 kept, 3 removed")
    try plan.commit()
    #expect(try disk.snapshot() == before)
  }

  @Test("makes no directory again, also where the layout has no files")
  func directories() throws {
    let bare = [
      "layout.json": """
      {"name": "small", "summary": "s", "version": "1.0.0", "layers": [{"folder": "base"}]}
      """,
      "base/a/b/.gitkeep": "",
    ]
    let source = try InMemoryFileSystem(bare)
    try source.remove(path("base/a/b/.gitkeep"))
    let layout = try Layout(folder: source, name: "small")
    let disk = InMemoryFileSystem()
    try create(request(layout, in: disk, at: nil))
    try disk.remove(path("a/b"))
    #expect(try Plan(creating: request(layout, in: disk, at: nil)).isDone)
  }

  @Test("finds a record of version 1 the same, and leaves it")
  func version1() throws {
    let disk = try project()
    let record = try RecordReader.read(disk.contents(of: Record.path), file: "r")
    let entry = try #require(record.layouts.first)
    let files = entry.files.map { file in
      "\"\(file.path)\": { \"mode\": \"\(file.permissions.recorded)\", \"blob\": \"\(file.blob)\" }"
    }
    let old = """
      { "version": 1,
        "layout": { "name": "small", "version": "1.2.3", "digest": "\(entry.layout.digest)",
          "source": "folder:small" },
        "answers": { "PROJECT_NAME": "demo", "STEPS": ["one", "two"] },
        "files": { \(files.joined(separator: ",\n")) } }
      """
    try disk.remove(Record.path)
    try disk.createFile(Record.path, .regular, .bytes(Array(old.utf8)))
    let plan = try Plan(creating: request(layout(), in: disk, at: nil))
    #expect(plan.isDone)
    #expect(try disk.text(".scaffold.json") == old)
  }

  @Test("finds a record the same whose keys stand in another order, and no value of other bytes")
  func order() throws {
    let disk = InMemoryFileSystem()
    func small(_ value: String) throws -> CreateRequest {
      var files = smallLayout
      files["layout.json"]?.replace(
        "\"variables\": [",
        with: "\"variables\": [{ \"name\": \"AUTHOR\", \"kind\": \"text\", \"default\": \"x\" },")
      let given = GivenAnswer(name: "AUTHOR", input: .text(value), origin: "--author")
      return try request(layout(files), in: disk, at: nil, given: [given])
    }
    try create(small("\u{E9}"))
    var record = try RecordReader.read(disk.contents(of: Record.path), file: "r")
    record.layouts[0].answers.reverse()
    record.layouts[0].files.reverse()
    try disk.remove(Record.path)
    try disk.createFile(Record.path, .regular, .bytes(record.text))
    #expect(try Plan(creating: small("\u{E9}")).isDone)
    #expect(refusal { _ = try Plan(creating: small("e\u{301}")) } != nil)
  }

  @Test("is another one with another answer, or where the record is damaged")
  func another() throws {
    let disk = try project()
    let given = GivenAnswer(name: "STEPS", input: .text("three"), origin: "--steps")
    let messages = refusal {
      _ = try Plan(creating: request(layout(), in: disk, at: nil, given: [given]))
    }?.map(\.message)
    #expect(
      messages == [
        "“.” has the layout “small” already, with other answers"
      ])
    try disk.remove(Record.path)
    try disk.createFile(Record.path, .regular, .bytes(Array("<<<<<<< ours".utf8)))
    let faults = refusal { _ = try Plan(creating: request(layout(), in: disk, at: nil)) }
    #expect(faults?.first?.message == "“.” already holds a project: it has a .scaffold.json")
    #expect(faults?.last?.location?.file == ".scaffold.json")
  }
}
