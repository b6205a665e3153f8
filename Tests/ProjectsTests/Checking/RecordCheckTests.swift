import Documents
import FileSystems
import FileTrees
import Layouts
import Rules
import TestSupport
import Testing

@testable import Projects

@Suite("Held against its record, a project")
struct RecordCheckTests {
  @Test("that is as it was made has no findings, and its files are read once")
  func whole() throws {
    let scenario = try CheckedScenario()
    let disk = FaultyFileSystem(scenario.disk)
    let check = try Check(scenario.request(seen: disk))
    #expect(check.findings == [])
    #expect(
      check.layouts == [Check.Held(name: "small", version: "1.2.3", newest: "1.2.3")])
    #expect(Set(disk.calls.map(\.operation)).isSubset(of: [.status, .read, .list]))
    // What is private is not for others to see, and in no merge.
    let read = smallLayoutPaths.filter { $0 != ".env" }
    #expect(disk.calls.filter { $0.operation == .read }.map(\.path.string).sorted() == read)
  }

  @Test("misses what is not there, and private files only where that is asked for")
  func missing() throws {
    var scenario = try CheckedScenario()
    try scenario.remove("README.md")
    try scenario.remove("steps")
    try scenario.remove(".env")
    #expect(
      try scenario.findings().map(\.short) == [
        "record/missing README.md", "record/missing steps/one.txt",
        "record/missing steps/two.txt",
      ])
    #expect(try scenario.findings().allSatisfy { $0.isMissing && $0.level == .warning })
    #expect(
      try scenario.findings().first?.remedy == "“scaffold check demo --fix” makes it anew")
    scenario.isStrict = true
    #expect(try scenario.findings().map(\.short).contains("record/missing .env"))
  }

  @Test("is not missed where the record says so; what is there all the same is like any file")
  func absent() throws {
    let scenario = try CheckedScenario()
    try scenario.changeRecord(
      #""run.sh": { "#, to: #""run.sh": { "absent": true, "#)
    try scenario.disk.setMode(0o644, of: path("run.sh"))
    #expect(try scenario.findings().map(\.short) == ["record/mode run.sh"])
    try scenario.remove("run.sh")
    #expect(try scenario.findings() == [])
  }

  @Test("does not take a directory or a link for a file, and has nothing below a file")
  func otherKinds() throws {
    let scenario = try CheckedScenario()
    try scenario.remove("README.md")
    try scenario.disk.createDirectory(path("README.md"))
    try scenario.remove("run.sh")
    try scenario.disk.createLink(path("run.sh"), to: "src/demo/main.py")
    try scenario.remove("steps")
    try scenario.write("x", to: "steps")
    let findings = try scenario.findings()
    #expect(
      findings.map(\.short) == [
        "record/missing README.md", "record/missing run.sh", "record/missing steps/one.txt",
        "record/missing steps/two.txt",
      ])
    #expect(findings.map(\.isMissing) == [false, false, true, true])
    #expect(findings[0].message == "a directory is where a file must be")
  }

  @Test("has a file where its user has moved it")
  func moved() throws {
    let scenario = try CheckedScenario()
    try scenario.changeRecord(
      #""README.md": { "#, to: #""HELLO.md": { "given": "README.md", "#)
    try scenario.disk.move(path("README.md"), to: path("HELLO.md"), replacing: false)
    #expect(try scenario.findings() == [])
    try scenario.remove("HELLO.md")
    #expect(try scenario.findings().map(\.short) == ["record/missing HELLO.md"])
  }

  @Test("finds by its content what its user has moved and no update has seen, and makes it nowhere")
  func movedSince() throws {
    let scenario = try CheckedScenario()
    try scenario.disk.createDirectory(path("bin"))
    try scenario.disk.move(path("run.sh"), to: path("bin/start.sh"), replacing: false)
    try scenario.disk.move(path("steps/one.txt"), to: path("bin/one.txt"), replacing: false)
    #expect(try scenario.findings() == [])
    #expect(try scenario.fix() == [])
    // Edited since, it is as good as gone.
    try scenario.write("mine", to: "bin/start.sh", .executable)
    #expect(try scenario.findings().map(\.short) == ["record/missing run.sh"])
    // Who has two of them has not moved it.
    try scenario.write(scenario.text("bin/one.txt"), to: "bin/more.txt")
    #expect(
      try scenario.findings().map(\.short) == [
        "record/missing run.sh", "record/missing steps/one.txt",
      ])
  }

  @Test("says which programs are none any more, which files have become some, and what is open")
  func modes() throws {
    var scenario = try CheckedScenario()
    try scenario.disk.setMode(0o644, of: path("run.sh"))
    try scenario.disk.setMode(0o755, of: path("README.md"))
    try scenario.disk.setMode(0o640, of: path(".env"))
    // Less than what was given is the user's umask.
    try scenario.disk.setMode(0o600, of: path("steps/one.txt"))
    let findings = try scenario.findings()
    #expect(
      findings.map(\.short) == ["record/mode .env", "record/mode README.md", "record/mode run.sh"])
    #expect(
      findings.map(\.remedy) == [
        "“chmod go-rwx demo/.env”", "“chmod -x demo/README.md”", "“chmod +x demo/run.sh”",
      ])
    scenario.keepsModes = false
    #expect(try scenario.findings() == [])
  }

  @Test("has modes that nobody knows of where any file of it is a program")
  func unknownModes() throws {
    var scenario = try CheckedScenario()
    scenario.keepsModes = nil
    try scenario.disk.setMode(0o644, of: path("run.sh"))
    #expect(try scenario.findings() == [])
    try scenario.disk.setMode(0o755, of: path("README.md"))
    #expect(
      try scenario.findings().map(\.short) == ["record/mode README.md", "record/mode run.sh"])
    try scenario.disk.setMode(0o755, of: path("run.sh"))
    #expect(try scenario.findings().map(\.short) == ["record/mode README.md"])
  }

  @Test("without a program says all the same that a private file is open")
  func openWithoutPrograms() throws {
    var files = smallLayout
    files["base/run.sh"] = nil
    var scenario = try CheckedScenario(files)
    scenario.keepsModes = nil
    try scenario.disk.setMode(0o644, of: path(".env"))
    #expect(try scenario.findings().map(\.short) == ["record/mode .env"])
  }

  @Test("is not told of modes that its disk does not keep")
  func modesOfDisk() throws {
    var options = InMemoryFileSystem.Options()
    options.shownMode = 0o755
    let scenario = try CheckedScenario(on: InMemoryFileSystem(options))
    #expect(try scenario.findings() == [])
  }

  @Test("has the markers that an update has left, each with its line")
  func markers() throws {
    let scenario = try CheckedScenario()
    try scenario.changeRecord(#""README.md": { "#, to: #""README.md": { "conflict": true, "#)
    #expect(try scenario.findings() == [])
    let conflict = "<<<<<<< yours\na\n=======\nb\n>>>>>>> small 1.2.3\n"
    try scenario.write("# x\n" + conflict + "y\n" + conflict, to: "README.md")
    #expect(
      try scenario.findings().map(\.short) == [
        "record/conflict-markers README.md:2:1", "record/conflict-markers README.md:8:1",
      ])
  }

  /// As git leaves it in a file.
  private static let merged = "<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> other\n"

  @Test("has the first conflict that a merge has left in a file")
  func merge() throws {
    let scenario = try CheckedScenario()
    try scenario.write("# x\n" + Self.merged + Self.merged, to: "README.md")
    try scenario.write(Self.merged, to: "src/demo/main.py")
    // Nobody merges these.
    try scenario.write(Self.merged + "\0", to: "steps/one.txt")
    try scenario.write(
      Self.merged + String(repeating: "x", count: 4 << 20), to: "steps/two.txt")
    try scenario.write(Self.merged, to: ".env", .private)
    let findings = try scenario.findings()
    #expect(
      findings.map(\.short) == [
        "record/conflict-markers README.md:2:1", "record/conflict-markers src/demo/main.py:1:1",
      ])
    #expect(findings.first?.message == "the conflict of a merge is not resolved")
    #expect(findings.allSatisfy { $0.level == .error })
  }

  @Test("has markers of a merge in a file of an update's conflict, once its own are gone")
  func mergeAfterUpdate() throws {
    let scenario = try CheckedScenario()
    try scenario.changeRecord(#""README.md": { "#, to: #""README.md": { "conflict": true, "#)
    try scenario.write("# x\n" + Self.merged, to: "README.md")
    #expect(
      try scenario.findings().map(\.message) == ["the conflict of a merge is not resolved"])
    let ofUpdate = "<<<<<<<< yours\na\n========\nb\n>>>>>>>> small 1.2.3\n"
    try scenario.write(Self.merged + ofUpdate, to: "README.md")
    #expect(
      try scenario.findings().map(\.short) == ["record/conflict-markers README.md:6:1"])
  }

  @Test("has no conflict where its layout shows what markers look like")
  func markersOfLayout() throws {
    var files = smallLayout
    files["base/README.md"] = Self.merged
    let scenario = try CheckedScenario(files)
    #expect(try scenario.findings() == [])
  }

  @Test("has edits only where they are asked for")
  func edits() throws {
    var scenario = try CheckedScenario()
    try scenario.write("mine", to: "README.md")
    #expect(try scenario.findings() == [])
    scenario.isStrict = true
    let findings = try scenario.findings()
    #expect(findings.map(\.short) == ["record/edited README.md"])
    #expect(findings.map(\.level) == [.note])
  }

  @Test("is told of a newer layout, and of one that is older than its own")
  func newerLayout() throws {
    var scenario = try CheckedScenario()
    scenario.layout = try CheckedScenario.layout(replacing: "1.2.3", with: "1.10.0")
    let findings = try scenario.findings()
    #expect(findings.map(\.short) == ["record/newer-layout .scaffold.json"])
    #expect(findings.first?.message == "here is small 1.10.0, and the project has 1.2.3")
    #expect(findings.first?.remedy == "“scaffold update demo” follows it")
    scenario.layout = try CheckedScenario.layout(replacing: "1.2.3", with: "1.2.2")
    let older = try scenario.findings()
    #expect(older.map(\.short) == ["record/older-layout .scaffold.json"])
    #expect(older.first?.message == "here is small 1.2.2, and the project has 1.2.3 already")
  }

  @Test("is not right where its layout is not to be found, or does not take its answers")
  func unknownLayout() throws {
    var scenario = try CheckedScenario()
    var request = try scenario.request()
    request.layouts[0].answers = nil
    request.layouts[0].faults.add(Diagnostic("STEPS: no", help: "say yes"))
    let findings = try Check(request).findings
    #expect(findings.map(\.short) == ["record/answers .scaffold.json"])
    #expect(findings.first?.message == "STEPS: no" && findings.first?.remedy == "say yes")
    scenario.layout = nil
    #expect(try scenario.findings().map(\.short) == ["record/unknown-layout .scaffold.json"])
  }

  // MARK: A damaged record

  @Test(
    "has every fault of its record, with its place",
    arguments: [
      ("", [":1:1"]), ("nonsense", [":1:1"]), ("[]", [":1:1"]), ("{ \"version\": 2", [":1:15"]),
      ("{\n  \"version\": 3, \"layouts\": [] }", [":2:14"]),
      ("{ \"version\": 2,\n  \"layouts\": [{ \"name\": 1 }, 2] }", nil),
      ("<<<<<<< HEAD\n{}\n", [":1:1"]), ("{}\n=======\n", [":2:1"]),
    ] as [(String, [String]?)])
  func damaged(_ text: String, _ places: [String]?) throws {
    let scenario = try CheckedScenario()
    try scenario.write(text, to: Record.path.string)
    let findings = try scenario.findings()
    #expect(!findings.isEmpty)
    #expect(findings.allSatisfy { $0.rule == "record/damaged" && $0.level == .error })
    #expect(findings.allSatisfy { $0.line != nil && $0.remedy != nil })
    if let places {
      #expect(
        findings.map(\.short) == places.map { "record/damaged .scaffold.json\($0)" },
        "\(findings)")
    } else {
      #expect(findings.count > 3, "\(findings)")
    }
  }

  @Test("has no record where something else has its name")
  func noFile() throws {
    let scenario = try CheckedScenario()
    try scenario.remove(Record.path.string)
    try scenario.disk.createDirectory(Record.path)
    #expect(try scenario.findings().map(\.short) == ["record/damaged .scaffold.json"])
  }

  @Test("goes by both branches' records where git has left them, and says so")
  func branches() throws {
    let scenario = try CheckedScenario()
    let lines = try scenario.text(Record.path.string).split(
      separator: "\n", omittingEmptySubsequences: false)
    let answer = try #require(lines.firstIndex { $0.contains("\"PROJECT_NAME\"") })
    let other = lines[answer].replacing("demo", with: "other")
    let text =
      lines[..<answer] + ["<<<<<<< HEAD", lines[answer], "=======", other[...], ">>>>>>> branch"]
      + lines[(answer + 1)...]
    try scenario.write(text.joined(separator: "\n"), to: Record.path.string)
    try scenario.remove("README.md")
    let findings = try scenario.findings()
    #expect(
      findings.map(\.short) == [
        "record/damaged .scaffold.json", "record/damaged .scaffold.json:\(answer + 1):1",
        "record/missing README.md",
      ])
    #expect(
      findings[0].message == "PROJECT_NAME is “demo” in one branch and “other” in the other")
    #expect(
      findings[1].remedy == "leave it as it is: “scaffold update demo” unites them")
  }

  // MARK: Faults

  @Test("is never right where it cannot be read")
  func faults() throws {
    var scenario = try CheckedScenario(layoutWithRules)
    scenario.isStrict = true
    try scenario.changeRecord(#""README.md": { "#, to: #""README.md": { "conflict": true, "#)
    let whole = FaultyFileSystem(scenario.disk)
    #expect(try Check(scenario.request(seen: whole)).findings == [])
    #expect(whole.calls.count > 20)
    for (index, call) in whole.calls.enumerated() {
      for code in FaultyFileSystem.plausibleErrors(for: call.operation) {
        let disk = FaultyFileSystem(scenario.disk, .failure(at: index + 1, code: code))
        let isRight = (try? Check(scenario.request(seen: disk)).findings) == []
        #expect(disk.hasFailed && !isRight, "\(call), \(code)")
      }
    }
  }
}

/// `smallLayout` with a rule about what it has.
let layoutWithRules: [String: String] = {
  var files = smallLayout
  files["layout.json"] = files["layout.json"]?.replacing(
    "\"private\"",
    with: """
      "rules": [
        { "id": "steps", "that": "There are steps", "why": "Something is to be done",
          "require": ["steps/", "steps/*.txt"] },
        { "id": "step", "that": "Each step has a note", "why": "Nobody else knows it",
          "each": "steps/{STEP}.txt", "require": ["steps/{STEP}.txt"] }
      ], "private"
      """)
  return files
}()
