import Documents
import FileSystems
import FileTrees
import Layouts
import Rules
import TestSupport
import Testing

@testable import Projects

@Suite("What a check finds missing")
struct FillingTests {
  @Test("is made as it was, and the record and all else stay as they are")
  func remade() throws {
    let scenario = try CheckedScenario()
    let before = try scenario.disk.visible()
    for name in ["run.sh", "steps", "src/demo/main.py"] { try scenario.remove(name) }
    try scenario.write("mine", to: "README.md")
    let mine = try scenario.disk.visible()
    let plan = try Check(scenario.request()).fix()
    #expect(plan.changes.allSatisfy { $0.decision == .create && $0.expected == .absent })
    #expect(try scenario.disk.visible() == mine)
    #expect(
      try scenario.fix() == [
        "run.sh", "src/demo/main.py", "steps", "steps/one.txt", "steps/two.txt",
      ])
    let after = try scenario.disk.visible()
    for (path, entry) in after where path.string != "README.md" {
      #expect(entry.content == before[path]?.content && entry.mode == before[path]?.mode)
    }
    #expect(after.count == before.count)
    #expect(try scenario.text("README.md") == "mine")
    #expect(try scenario.findings() == [])
    #expect(try scenario.fix() == [])
    _ = try scenario.request().target.undo()
    #expect(try scenario.disk.visible() == mine)
  }

  @Test("is made where a rule asks for what the project was adopted without, and nowhere else")
  func absent() throws {
    let scenario = try CheckedScenario(layoutWithRules)
    for name in ["README.md", "steps/one.txt", "steps/two.txt"] {
      try scenario.changeRecord(
        "\"\(name)\": { ", to: "\"\(name)\": { \"absent\": true, ")
    }
    for name in ["README.md", "steps"] { try scenario.remove(name) }
    let missing = try scenario.findings().filter(\.isMissing)
    #expect(missing.map(\.short) == ["small/steps steps"])
    #expect(try scenario.fix() == ["steps", "steps/one.txt", "steps/two.txt"])
    #expect(try scenario.findings() == [])
  }

  @Test("is written by no check, and by no plan that is not committed")
  func dry() throws {
    let scenario = try CheckedScenario(layoutWithRules)
    try scenario.remove("steps")
    let disk = FaultyFileSystem(scenario.disk)
    #expect(try !Check(scenario.request(seen: disk)).fix().isDone)
    #expect(
      Set(disk.calls.map(\.operation)).isSubset(of: [.status, .read, .list, .access]),
      "\(disk.calls)")
  }

  @Test("comes from git where the layout gives another content by now, or else by an update")
  func olderContent() throws {
    var scenario = try CheckedScenario()
    let text = Array(try scenario.text("README.md").utf8)
    try scenario.remove("README.md")
    var files = smallLayout
    files["base/README.md"] = "# new\n"
    files["layout.json"] = files["layout.json"]?.replacing("1.2.3", with: "1.3.0")
    scenario.layout = try CheckedScenario.layout(files)
    #expect(try scenario.fix() == [])
    let left = try Check(scenario.request().afterFixing).findings.first { $0.isMissing }
    #expect(left?.remedy?.contains("“scaffold update demo”, and then") == true)
    scenario.objects = [GitObjectID(blob: text): text]
    #expect(try scenario.fix() == ["README.md"])
    #expect(Array(try scenario.text("README.md").utf8) == text)
  }

  @Test("comes from wherever the layout has the same content")
  func otherPath() throws {
    var scenario = try CheckedScenario()
    try scenario.remove("README.md")
    var files = smallLayout
    files["base/START.md"] = files.removeValue(forKey: "base/README.md")
    scenario.layout = try CheckedScenario.layout(files)
    #expect(try scenario.fix() == ["README.md"])
  }

  @Test("is a directory with all that the layout has in it, where a rule asks for one")
  func directory() throws {
    let scenario = try CheckedScenario(ruled(requiring: "data/"))
    try scenario.write("SECRET=\n", to: "data/.env", .private)
    try scenario.changeRecord(
      #""data/.gitkeep": "#,
      to: """
        "data/.env": { "mode": "0600", "blob": "\(GitObjectID(blob: Array("SECRET=\n".utf8)))" },
                "data/.gitkeep": 
        """)
    try scenario.remove("data")
    #expect(
      try scenario.findings().map(\.short) == [
        "small/rule data", "record/missing data/.gitkeep",
      ])
    #expect(try scenario.fix() == ["data", "data/.env", "data/.gitkeep"])
    #expect(try scenario.disk.status(of: path("data/.env"))?.mode == 0o600)
  }

  @Test("is told of once where a rule and the record have it, with the rule's reason")
  func once() throws {
    let scenario = try CheckedScenario(ruled(requiring: "README.md"))
    try scenario.remove("README.md")
    let findings = try scenario.findings()
    #expect(findings.map(\.short) == ["small/rule README.md"])
    #expect(findings.first?.remedy == "“scaffold check demo --fix” makes it anew")
    #expect(try scenario.fix() == ["README.md"])
  }

  @Test("is made where a newer layout has it, though the record does not")
  func notRecorded() throws {
    var scenario = try CheckedScenario()
    var files = ruled(requiring: "docs/NEW.md")
    files["base/docs/NEW.md"] = "new\n"
    scenario.layout = try CheckedScenario.layout(files)
    let record = try scenario.text(Record.path.string)
    #expect(try scenario.fix() == ["docs", "docs/NEW.md"])
    #expect(try scenario.text(Record.path.string) == record)
    #expect(try scenario.findings() == [])
  }

  @Test("is not made where no layout has it")
  func unknown() throws {
    let scenario = try CheckedScenario(ruled(requiring: "NOTES.md"))
    #expect(try scenario.findings().map(\.short) == ["small/rule NOTES.md"])
    #expect(try scenario.fix() == [])
  }

  @Test("is not made a second time where the user has moved it")
  func moved() throws {
    let scenario = try CheckedScenario(ruled(requiring: "README.md"))
    try scenario.changeRecord(
      #""README.md": { "#, to: #""HELLO.md": { "given": "README.md", "#)
    try scenario.disk.move(path("README.md"), to: path("HELLO.md"), replacing: false)
    #expect(try scenario.findings().map(\.short) == ["small/rule README.md"])
    #expect(try scenario.fix() == [])
  }

  @Test("is not made in a file, nor through a link")
  func blocked() throws {
    let scenario = try CheckedScenario()
    try scenario.remove("steps")
    try scenario.write("mine", to: "steps")
    try scenario.remove("src")
    try scenario.disk.createDirectory(path("elsewhere"))
    try scenario.disk.createLink(path("src"), to: "elsewhere")
    #expect(try scenario.fix() == [])
    #expect(try scenario.findings().count == 3)
  }

  @Test("comes from the layout alone where there is no record")
  func withoutRecord() throws {
    let scenario = try CheckedScenario(ruled(requiring: "README.md"))
    try scenario.remove(Record.path.string)
    try scenario.remove("README.md")
    let check = try Check(scenario.request())
    #expect(check.findings.map(\.short) == ["small/rule README.md"])
    #expect(check.layouts == [Check.Held(name: "small", version: nil, newest: "1.2.3")])
    #expect(try scenario.fix() == ["README.md"])
    #expect(try scenario.findings() == [])
  }

  @Test("is not made where it cannot be told what is there")
  func faults() throws {
    let scenario = try CheckedScenario()
    try scenario.remove("steps")
    let whole = FaultyFileSystem(scenario.disk)
    _ = try Check(scenario.request(seen: whole)).fix()
    for (index, call) in whole.calls.enumerated() {
      for code in FaultyFileSystem.plausibleErrors(for: call.operation) {
        let disk = FaultyFileSystem(scenario.disk, .failure(at: index + 1, code: code))
        #expect(throws: (any Error).self, "\(call), \(code)") {
          try Check(scenario.request(seen: disk)).fix()
        }
      }
    }
  }

  private func ruled(requiring path: String) -> [String: String] {
    var files = smallLayout
    files["layout.json"] = files["layout.json"]?.replacing(
      "\"private\"",
      with: """
        "rules": [{ "id": "rule", "that": "It is there", "why": "It is", "require": ["\(path)"] }],
        "private"
        """)
    return files
  }
}
