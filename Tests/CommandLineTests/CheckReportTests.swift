import Console
import Documents
import FileSystems
import FileTrees
import Foundation
import Layouts
import Projects
import Rules
import TestSupport
import Testing

@testable import scaffold

/// Names and texts that mean something in a terminal, in a URI, or in a command of a workflow.
@Suite("What a check finds, whatever names it meets, is shown")
struct CheckReportTests {
  /// Has a file with a port that is not to be there, behind what is no ASCII, and lacks one.
  private static func project(_ directory: String) throws -> CheckedProject {
    let layout = try Layout(
      folder: InMemoryFileSystem([
        "layout.json": #"""
        {
          "name": "small", "summary": "s", "version": "1.0.0", "layers": [{ "folder": "base" }],
          "rules": [
            { "id": "ports", "that": "Ports begin with 3", "why": "It is known what they are of",
              "remedy": "choose another, or 100%", "files": ["src/*"],
              "refuse": ["\\b4[0-9]{4}\\b"] },
            { "id": "notes", "that": "There are notes", "why": "Nobody knows all of it",
              "require": ["NOTES.md"] }
          ]
        }
        """#, "base/a": "",
      ]), name: "small")
    let disk = try InMemoryFileSystem([file: "# é\nx = \"é𝄞\" + 40001\n"])
    let request = CheckRequest(
      target: Target(fileSystem: disk, path: .root, displayName: directory), record: nil,
      layouts: [
        CheckedLayout(
          place: nil, layout: layout,
          book: RuleBook(layout.manifest.rules, layout: layout.name),
          answers: try Answers(for: layout.manifest, given: [], directory: "demo"))
      ],
      isStrict: false,
      words: CommandWords(directory: directory, name: { "\($0)" }, typed: { "\($0)" }))
    return CheckedProject(
      directory: DirectoryArgument(directory), target: request.target,
      check: try Check(request), fix: nil)
  }

  private static let file = "src/a b,c%é.py"

  private static let unchecked = UncheckedProject(
    argument: "no\u{1B}ne", diagnostics: Diagnostics(Diagnostic("is\n100% not")),
    code: .wrongUsage)

  private func shown(
    _ format: CheckOptions.Format, in directory: String = "de\u{1B}[mo", isSingle: Bool = true,
    withUnchecked: Bool = false
  ) throws -> String {
    var report = format.report(isSingle: isSingle, Style(isEnabled: false))
    var text = report.add(try Self.project(directory))
    if withUnchecked { text += report.add(Self.unchecked) }
    return text + report.finished()
  }

  @Test("without what acts on a terminal", arguments: CheckOptions.Format.allCases)
  func control(_ format: CheckOptions.Format) throws {
    for isSingle in [true, false] {
      let text = try shown(format, isSingle: isSingle, withUnchecked: true)
      let found = text.unicodeScalars.filter { $0 != "\n" && $0.isUnsafeToPrint }
      #expect(found.isEmpty, "\(text.debugDescription)")
    }
  }

  @Test("to people: with its place, and with what to do")
  func text() throws {
    #expect(
      try shown(.text, in: "demo") == """
        demo/NOTES.md: error: “NOTES.md” is missing [small/notes]
        why: There are notes: Nobody knows all of it
        help: create it
        demo/\(Self.file):2:16: error: \(Self.message) [small/ports]
        why: Ports begin with 3: It is known what they are of
        help: choose another, or 100%
        2 findings (2 errors) in demo

        """)
    #expect(
      try shown(.text, isSingle: false, withUnchecked: true) == """
        'de\\e[mo': 2 findings (2 errors)
        'no\\ene': cannot be checked

        """)
  }

  /// As the rule says it.
  private static let message = "“40001” must not be here"

  @Test("to a workflow's runner: with the escapes that it reads back, and columns as editors count")
  func github() throws {
    #expect(
      try shown(.github, in: "a:b,c", withUnchecked: true) == """
        ::error file=a%3Ab%2Cc/NOTES.md,title=small/notes::“NOTES.md” is missing%0A\
        There are notes: Nobody knows all of it%0Acreate it
        ::error file=a%3Ab%2Cc/src/a b%2Cc%25é.py,line=2,col=13,title=small/ports::\
        \(Self.message)%0APorts begin with 3: It is known what they are of%0Achoose another, or 100%25
        ::error title=no\\ene cannot be checked::is\\n100%25 not

        """)
  }

  @Test("to code scanning: as SARIF that names each rule once, and says what was not checked")
  func sarif() throws {
    let log = try object(Data(shown(.sarif, in: "a:b,c", withUnchecked: true).utf8))
    #expect(log["version"] as? String == "2.1.0")
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    let rules = try #require(driver["rules"] as? [[String: Any]])
    #expect(rules.map { $0["id"] as? String } == ["small/notes", "small/ports"])
    #expect(Self.text(rules[1]["shortDescription"]) == "Ports begin with 3")
    #expect(Self.text(rules[1]["fullDescription"]) == "It is known what they are of")
    #expect(Self.text(rules[1]["help"]) == "choose another, or 100%")
    let configuration = rules[1]["defaultConfiguration"] as? [String: String]
    #expect(configuration == ["level": "error"])
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.map { $0["ruleId"] as? String } == ["small/notes", "small/ports"])
    #expect(results.map { $0["ruleIndex"] as? Int } == [0, 1])
    #expect(results.allSatisfy { $0["level"] as? String == "error" })
    #expect(
      Self.text(results[1]["message"]) == "\(Self.message); choose another, or 100%")
    let places = results.map { result in
      let location = (result["locations"] as? [[String: Any]])?.first
      return location?["physicalLocation"] as? [String: Any]
    }
    #expect(
      places.map { ($0?["artifactLocation"] as? [String: String])?["uri"] } == [
        "a%3Ab%2Cc/NOTES.md", "a%3Ab%2Cc/src/a%20b%2Cc%25%C3%A9.py",
      ])
    #expect(
      places.map { $0?["region"] as? [String: Int] } == [
        ["startLine": 1], ["startLine": 2, "startColumn": 13],
      ])
    let invocation = try #require((run["invocations"] as? [[String: Any]])?.first)
    #expect(invocation["executionSuccessful"] as? Bool == false)
    let notes = try #require(invocation["toolExecutionNotifications"] as? [[String: Any]])
    #expect(
      notes.map { Self.text($0["message"]) } == ["no\\ene cannot be checked: is\\n100% not"])
  }

  @Test("to code scanning, also where nothing was found")
  func emptySarif() throws {
    var report = CheckOptions.Format.sarif.report(isSingle: true, Style(isEnabled: false))
    let log = try object(Data(report.finished().utf8))
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    #expect((run["results"] as? [Any])?.isEmpty == true)
    let invocations = run["invocations"] as? [[String: Bool]]
    #expect(invocations == [["executionSuccessful": true]])
  }

  @Test("to programs: one object a line where there are several projects")
  func json() throws {
    let text = try shown(.json, in: "de\u{1B}mo", isSingle: false, withUnchecked: true)
    let lines = text.split(separator: "\n")
    try #require(lines.count == 2)
    let first = try object(Data(lines[0].utf8))
    #expect(first["target"] as? String == "de\u{1B}mo")
    #expect((first["findings"] as? [[String: Any]])?.last?["path"] as? String == Self.file)
    #expect((first["findings"] as? [[String: Any]])?.last?["column"] as? Int == 16)
    #expect(first["summary"] as? [String: Int] == ["errors": 2, "warnings": 0, "notes": 0])
    let second = try object(Data(lines[1].utf8))
    #expect(second["error"] as? String == "is\n100% not" && second["code"] as? Int == 2)
  }

  @Test(
    "with paths from the current directory, wherever the project is",
    arguments: [
      (".", "f", "f", "./"), ("a/./b//", "a/b/f", "a/b/f", "a/b/"),
      ("./a b", "a b/f", "a%20b/f", "a%20b/"), ("/", "/f", "file:///f", "file:///"),
    ])
  func places(_ argument: String, _ path: String, _ uri: String, _ root: String) throws {
    let places = FindingPlaces(DirectoryArgument(argument))
    #expect(places.path(try RelativePath(validating: "f")) == path)
    #expect(places.uri(try RelativePath(validating: "f")) == uri)
    #expect(places.uri(.root) == root || argument == "/")
    let here = FileManager.default.currentDirectoryPath
    let ofHere = FindingPlaces(DirectoryArgument(here))
    #expect(ofHere.path(try RelativePath(validating: "f")) == "f")
  }

  private func object(_ data: Data) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private static func text(_ message: Any?) -> String? {
    (message as? [String: String])?["text"]
  }
}
