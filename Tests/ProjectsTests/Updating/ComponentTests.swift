import FileSystems
import FileTrees
import Git
import Layouts
import TestSupport
import Testing

@testable import Projects

/// Items of a list that come and go, as `add` and `remove` have it: an update with another list.
@Suite("A project that gets a component, or loses one")
struct ComponentTests {
  private static let files = [
    "base/README.md":
      "<<@for STEP in STEPS>>\n<<STEP_INDEX>>. <<STEP>>\n<<@end>>\nrun <<ENGINE>>\n",
    "step/src/<<STEP_INDEX|pad(2)>>_<<STEP>>/main.sh":
      "# <<STEP>>\n1\n2\n3\n4\nrun <<STEP_INDEX>>\n",
    "step/src/<<STEP_INDEX|pad(2)>>_<<STEP>>/__init__.py": "",
  ]
  private static let manifest = """
    "variables": [
      { "name": "STEPS", "kind": "list", "of": "identifier", "default": "load,serve" },
      { "name": "ENGINE", "kind": "identifier", "in": "STEPS", "default": "<<STEPS|last>>" }],
    "components": { "step": { "list": "STEPS", "before": "ENGINE" } },
    "layers": [{ "folder": "base" }, { "folder": "step", "each": "STEP in STEPS" }],
    """

  /// The answers with a change of the list, as a scenario takes them.
  private static func answers(
    _ before: [String: String], _ edit: (inout ComponentChange) -> Void
  ) throws -> [String: String] {
    let manifest = try Scenario.layout(files, manifest: manifest, version: 1).manifest
    var change = try ComponentChange(
      of: #require(manifest.component(named: "step")), in: manifest,
      given: Scenario.answers(before), directory: "demo")
    edit(&change)
    var answers = before
    for answer in [change.answer] + change.kept {
      answers[answer.name] = answer.items.joined(separator: ",")
    }
    return answers
  }

  /// A project whose owner has edited the step that gets another number.
  private func project(
    _ steps: String = "load,serve", on disk: any FileSystem = InMemoryFileSystem()
  ) throws -> (Scenario, [String: String]) {
    let given = ["STEPS": steps, "ENGINE": "serve"]
    var scenario = try Scenario(
      Self.files, manifest: Self.manifest, given: given, on: disk)
    let place = "src/0\(steps.split(separator: ",").count)_serve"
    let text = try #require(try scenario.text("\(place)/main.sh"))
    try scenario.write(
      text.replacing("1\n2", with: "1\nmine\n2"), to: "\(place)/main.sh", mode: 0o755)
    try scenario.write("own\n", to: "\(place)/own/notes")
    try scenario.commit()
    return (scenario, given)
  }

  private func update(
    _ scenario: inout Scenario, _ before: [String: String], to after: [String: String]
  ) throws -> Update {
    try scenario.update(
      Self.files, manifest: Self.manifest, given: after, before: before, sameVersion: true)
  }

  @Test("has the user's edits, and own files, in what gets another number")
  func added() throws {
    var (scenario, before) = try project()
    let after = try Self.answers(before) { $0.add(["clean"]) }
    let update = try update(&scenario, before, to: after)
    #expect(update.conflictCodes.isEmpty)
    #expect(try scenario.text("README.md") == "1. load\n2. clean\n3. serve\nrun serve\n")
    #expect(
      try scenario.text("src/03_serve/main.sh") == "# serve\n1\nmine\n2\n3\n4\nrun 3\n")
    #expect(try scenario.mode("src/03_serve/main.sh") == 0o755)
    #expect(try scenario.text("src/03_serve/own/notes") == "own\n")
    #expect(try scenario.text("src/02_clean/main.sh") == "# clean\n1\n2\n3\n4\nrun 2\n")
    #expect(try !scenario.paths().contains { $0.hasPrefix("src/02_serve") })
    let again = try scenario.plan(
      Self.files, manifest: Self.manifest, given: after, before: after, sameVersion: true)
    #expect(again.plan.isDone && again.plan.changes.isEmpty)
  }

  @Test("is as it was, every byte and mode, once that is undone")
  func undone() throws {
    let disk = InMemoryFileSystem()
    var (scenario, before) = try project(on: disk)
    let snapshot = try disk.visible()
    _ = try update(&scenario, before, to: Self.answers(before) { $0.add(["a", "b"], .at("1")) })
    #expect(try disk.visible() != snapshot)
    let undone = try locate(nil, in: disk).undo()
    #expect(undone.stayed.isEmpty && undone.saved.isEmpty)
    #expect(try disk.visible() == snapshot)
  }

  @Test("is what it was before it got one, once that is removed")
  func backAgain() throws {
    let disk = InMemoryFileSystem()
    var (scenario, before) = try project(on: disk)
    let snapshot = try disk.visible()
    let after = try Self.answers(before) { $0.add(["clean", "check"]) }
    _ = try update(&scenario, before, to: after)
    let back = try Self.answers(after) { $0.remove(["check", "clean"]) }
    #expect(back == before)
    _ = try update(&scenario, after, to: back)
    var (left, expected) = (try disk.visible(), snapshot)
    // The record remembers how to have what was merged.
    #expect(left.removeValue(forKey: Record.path) != nil)
    #expect(expected.removeValue(forKey: Record.path) != nil)
    #expect(left == expected)
  }

  @Test("keeps what the user has edited of one that goes, and lists it")
  func removed() throws {
    var (scenario, before) = try project("load,clean,serve")
    try scenario.write("mine\n", to: "src/02_clean/main.sh")
    try scenario.commit()
    let update = try update(
      &scenario, before, to: Self.answers(before) { $0.remove(["clean"]) })
    #expect(update.decision("src/02_clean/main.sh") == .keep(.dropped))
    #expect(try scenario.text("src/02_clean/main.sh") == "mine\n")
    #expect(try scenario.text("src/02_clean/__init__.py") == nil)
    #expect(try scenario.text("src/02_serve/main.sh") == "# serve\n1\nmine\n2\n3\n4\nrun 2\n")
    #expect(try scenario.text("src/02_serve/own/notes") == "own\n")
    #expect(try scenario.text(".scaffold.json")?.contains("02_clean") == false)
  }
}
