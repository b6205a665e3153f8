import FileSystems
import FileTrees
import Layouts
import Projects
import TestSupport
import Testing

@Suite("A plan")
struct PlanTests {
  @Test("has the commands to run next, whose faults are told before anything is written")
  func nextSteps() throws {
    func small(_ next: String) throws -> Layout {
      var files = smallLayout
      files["layout.json"]?.replace("\"notes\":", with: "\"next\": [\(next)], \"notes\":")
      return try layout(files)
    }
    let disk = InMemoryFileSystem()
    var asked = try request(small(#""cd <<DIRECTORY>>", "make <<PACKAGE>>""#), in: disk, at: "demo")
    let bare = Machine(repository: .none) { _ in nil }
    #expect(try Plan(creating: asked).nextSteps.lines(on: bare) == ["cd demo", "make demo"])
    asked = try request(small(#""cd <<DIRECTORY>>", "ls""#), in: disk, at: nil)
    asked.directory = "."
    #expect(try Plan(creating: asked).nextSteps.lines(on: bare) == ["ls"])
    asked = try request(
      small(#""<<@for STEP in STEPS>><<STEP_INDEX|plus(9223372036854775807)>><<@end>>""#), in: disk,
      at: "demo")
    let messages = refusal { try Plan(creating: asked).commit() }?.map(\.message)
    #expect(messages?.count == 1)
    #expect(try disk.snapshot().isEmpty)
  }

  @Test(
    "is taken back when anything that was there has another mode by the time it is committed",
    arguments: ["README.md", "run.sh"])
  func modes(_ changed: String) throws {
    let disk = try InMemoryFileSystem(["README.md": "# demo\n", "run.sh": "mine\n"])
    for policy in [ConflictPolicy.keep, .replace] {
      let plan = try Plan(creating: request(layout(), in: disk, at: nil, onConflict: policy))
      try disk.setMode(policy == .keep ? 0o640 : 0o600, of: path(changed))
      let before = try disk.snapshot()
      let messages = refusal { try plan.commit() }?.map(\.message)
      #expect(messages == ["“\(changed)” changed while the project was written"])
      #expect(try disk.snapshot() == before)
    }
  }

  @Test("is taken back when a file or a directory that stays is removed, or becomes a link")
  func kinds() throws {
    for name in ["README.md", "src"] {
      for isLink in [false, true] {
        let disk = try InMemoryFileSystem(["README.md": "# demo\n", "src/x": "x"])
        let plan = try Plan(creating: request(layout(), in: disk, at: nil))
        try disk.removeTree(path(name))
        if isLink { try disk.createLink(path(name), to: "elsewhere") }
        let before = try disk.snapshot()
        let messages = refusal { try plan.commit() }?.map(\.message)
        #expect(messages == ["“\(name)” changed while the project was written"])
        #expect(try disk.snapshot() == before)
      }
    }
  }
}
