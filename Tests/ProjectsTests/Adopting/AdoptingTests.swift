import Documents
import FileSystems
import FileTrees
import Git
import Layouts
import TestSupport
import Testing

@testable import Projects

@Suite("A project that is adopted")
struct AdoptingTests {
  /// What `smallLayout` makes with these answers, edited, with a file gone and one more, and no record.
  private func project() throws -> InMemoryFileSystem {
    let disk = InMemoryFileSystem()
    let given = [
      GivenAnswer(name: "STEPS", input: .text("load,clean"), origin: "STEPS"),
      GivenAnswer(name: "PROJECT_NAME", input: .text("my-shop"), origin: "PROJECT_NAME"),
    ]
    try create(request(layout(), in: disk, at: "demo", given: given))
    let project = try #require(disk.directory(at: path("demo")) as? InMemoryFileSystem)
    try project.remove(Record.path)
    try rewrite("steps/load.txt", "1 load\nmine\n", project)
    try project.remove(path("run.sh"))
    try rewrite("notes.txt", "own\n", project)
    return project
  }

  private func rewrite(_ name: String, _ text: String, _ disk: InMemoryFileSystem) throws {
    if try disk.exists(path(name)) { try disk.remove(path(name)) }
    try disk.createFile(path(name), .regular, .bytes(Array(text.utf8)))
  }

  private func fit(_ disk: InMemoryFileSystem, _ given: [GivenAnswer] = []) throws -> Fit {
    try Fit(layout(), given: given, to: disk, directory: "elsewhere")
  }

  private func adopt(_ disk: InMemoryFileSystem) throws {
    try Plan(
      adopting: fit(disk), in: locate(nil, in: disk), source: .folder("small")
    ).commit()
  }

  private func update(_ disk: InMemoryFileSystem, to layout: Layout) throws -> Update {
    let target = try locate(nil, in: disk)
    let present = try #require(try PresentRecord(in: target))
    let answers = try fit(disk).answers
    return try Update(
      UpdateRequest(
        target: target, present: present,
        layouts: [
          LayoutStep(
            place: 0, layout: layout, answers: answers, recordedAnswers: answers,
            source: .folder("small"))
        ], onConflict: .markers, git: nil, objects: { _ in [:] }))
  }

  @Test("has the answers that its paths and lines tell, and where each comes from")
  func origins() throws {
    let fit = try fit(project())
    let origins = fit.origins.map { "\($0.variable.name) \($0.origin.rawValue)" }
    #expect(origins == ["PROJECT_NAME contents", "STEPS paths"])
    #expect(
      JSON.object(fit.answers.recordedMembers).pretty == """
        {
          "PROJECT_NAME": "my-shop",
          "STEPS": ["load", "clean"]
        }

        """)
    #expect(fit.comparison.different.map(\.string) == ["steps/load.txt"])
    #expect(fit.comparison.missing.map(\.string) == ["run.sh"])
    #expect(fit.comparison.own.map(\.string) == ["notes.txt"])
    #expect(fit.comparison.equal.count == 5 && !fit.comparison.isPoor)
  }

  @Test("keeps what is given, whatever the project tells")
  func given() throws {
    let fit = try fit(
      project(), [GivenAnswer(name: "STEPS", input: .text("load"), origin: "--steps")])
    #expect(fit.origins.map(\.origin) == [.contents, .given])
    #expect(fit.comparison.own.map(\.string) == ["notes.txt", "steps/clean.txt"])
  }

  @Test("gets its record, and nothing else is written")
  func record() throws {
    let disk = try project()
    let before = try disk.visible()
    try adopt(disk)
    var after = try disk.visible()
    #expect(after.removeValue(forKey: Record.path) != nil)
    #expect(after == before)
    let record = try RecordReader.read(disk.contents(of: Record.path), file: "r")
    let rendered = try layout().rendered(with: fit(disk).answers)
    #expect(record.layouts.map(\.layout.name) == ["small"])
    #expect(
      record.layouts[0].files.map(\.blob)
        == rendered.tree.entries.compactMap { $0.leaf.map { rendered.files[$0].blob.id } })
  }

  @Test("loses the record when that is taken back")
  func undo() throws {
    let disk = try project()
    let before = try disk.snapshot()
    try adopt(disk)
    #expect(try locate(nil, in: disk).undo().hasRun)
    #expect(try disk.snapshot() == before)
  }

  @Test("has nothing to update as long as its layout stays what it is")
  func nothing() throws {
    let disk = try project()
    try adopt(disk)
    let plan = try update(disk, to: layout()).plan
    #expect(plan.isDone && plan.changes.isEmpty)
  }

  @Test("follows its layout: what was edited stays, what was not there stays away")
  func follows() throws {
    let disk = try project()
    try adopt(disk)
    var files = smallLayout
    files["layout.json"] = files["layout.json"]?.replacing("1.2.3", with: "1.3.0")
    files["base/README.md"] = "# <<PROJECT_NAME>>, newer\n"
    files["base/run.sh"] = "#!/bin/sh\necho new\n"
    files["base/more.txt"] = "more\n"
    try update(disk, to: layout(files)).plan.commit()
    #expect(try disk.text("README.md") == "# my-shop, newer\n")
    #expect(try disk.text("more.txt") == "more\n")
    #expect(try disk.text("steps/load.txt") == "1 load\nmine\n")
    #expect(try disk.text("notes.txt") == "own\n")
    #expect(try !disk.exists(path("run.sh")))
    // No check misses it, now or after the update.
    let record = try RecordReader.read(disk.contents(of: Record.path), file: "r")
    #expect(record.layouts[0].files.filter(\.isAbsent).map(\.path.string) == ["run.sh"])
  }

  @Test("is refused where its record has the layout, which the complaint says what to do about")
  func again() throws {
    let disk = try project()
    try adopt(disk)
    let fit = try fit(disk)
    let complaint = try #require(
      refusal { _ = try Plan(adopting: fit, in: locate(nil, in: disk)) }?.first)
    #expect(complaint.message.contains("has a record of the layout “small” already"))
    #expect(complaint.help?.contains("scaffold update") == true)
  }

  @Test("gets one more layout beside those that its record has")
  func second() throws {
    let disk = try project()
    try adopt(disk)
    let docs = try layout([
      "layout.json": """
      {"name": "docs", "summary": "s", "version": "2.0.0", "layers": [{"folder": "base"}]}
      """, "base/README.md": "# Documents\n", "base/docs/index.md": "Welcome\n",
    ])
    let fit = try Fit(docs, given: [], to: disk, directory: "demo")
    let plan = try Plan(adopting: fit, in: locate(nil, in: disk), source: .folder("docs"))
    #expect(plan.origin.isAddition)
    try plan.commit()
    let record = try RecordReader.read(disk.contents(of: Record.path), file: "r")
    #expect(record.layouts.map(\.layout.name) == ["small", "docs"])
    // A path stays with the layout that had it.
    #expect(record.layouts[1].files.map(\.path.string) == ["docs/index.md"])
  }

  @Test("is not looked at where tools and links lead")
  func bounds() throws {
    let disk = try project()
    for name in [".tox/config", ".venv/lib/x.py", "node_modules/a/b.js", "src/__pycache__/x.pyc"] {
      try disk.createDirectories(to: #require(path(name).parent))
      try disk.createFile(path(name), .regular, .bytes([]))
    }
    try disk.createLink(path("steps/far.txt"), to: "/etc/hosts")
    #expect(try fit(disk).comparison.own.map(\.string) == ["notes.txt"])
    #expect(try fit(disk).answers.recorded.count == 2)
  }

  @Test("asks for nothing more because of a licence that it has: the layout has none then")
  func licence() throws {
    let manifest = """
      {
        "name": "small", "summary": "s", "version": "1.0.0",
        "variables": [
          { "name": "LICENSE", "kind": "choice", "choices": ["none", "mit"], "default": "none" },
          { "name": "HOLDER", "kind": "text", "when": "LICENSE == mit" }
        ],
        "layers": [{ "folder": "base" }, { "folder": "mit", "when": "LICENSE == mit" }]
      }
      """
    let layout = try layout([
      "layout.json": manifest, "base/a.txt": "a\n", "mit/LICENSE": "Copyright (c) <<HOLDER>>\n",
    ])
    let own = try InMemoryFileSystem(["a.txt": "a\n", "LICENSE": "All rights reserved\n"])
    let none = try Fit(layout, given: [], to: own, directory: "x")
    #expect(none.origins.map(\.origin) == [.defaults])
    #expect(none.comparison.own.map(\.string) == ["LICENSE"])
    let theirs = try InMemoryFileSystem(["a.txt": "a\n", "LICENSE": "Copyright (c) 2026 Ann\n"])
    let mit = try Fit(layout, given: [], to: theirs, directory: "x")
    #expect(mit.origins.map { $0.json.text } == ["mit", "2026 Ann"])
    #expect(mit.origins.map(\.origin) == [.paths, .contents])
  }
}

extension JSON {
  fileprivate var text: String { if case .string(let text) = self { text } else { "" } }
}
