import Documents
import FileSystems
import FileTrees
import Templating
import TestSupport
import Testing

@testable import Rules

@Suite("A rule of what files hold")
struct TextRuleTests {
  @Test("asks for a line in each file")
  func match() throws {
    let rule = #""files": ["*.sh", "run"], "except": ["b*"], "match": ["^export X=", "y$"]"#
    #expect(
      try findings(
        rule, ["a.sh": "#\nexport X=1\n\ny\r\n", "run": "export X=y", "b.sh": "", "c": ""]) == [])
    #expect(
      try findings(rule, ["a.sh": " export X=1\ny\n", "run": ""]) == [
        "a.sh: nothing in it matches “^export X=”",
        "run: nothing in it matches “^export X=”", "run: nothing in it matches “y$”",
      ])
  }

  @Test("refuses each place that a pattern matches")
  func refuse() throws {
    let rule = #""files": ["**/*.yml"], "refuse": ["\\b4[0-9]{4}\\b", "\u00e9"]"#
    #expect(try findings(rule, ["a.yml": "30001:140002\n4000\n"]) == [])
    #expect(
      try findings(rule, ["d/a.yml": "é 40001 40002\n\n\"40003:1\"\n"]) == [
        "d/a.yml:1:1: “é” must not be here", "d/a.yml:1:4: “40001” must not be here",
        "d/a.yml:1:10: “40002” must not be here", "d/a.yml:3:2: “40003” must not be here",
      ])
    #expect(
      try findings(#""files": ["a"], "refuse": ["^$"]"#, ["a": "x\n\n"])
        == ["a:2:1: what “^$” matches must not be here"])
  }

  @Test("asks lines that have something for something else")
  func lines() throws {
    let rule = #""files": ["a"], "lines": [{"with": "_PORT", "match": "=3[0-9]+$", "refuse": "!"}]"#
    #expect(try findings(rule, ["a": "X_PORT=3000\nY=4\n"]) == [])
    #expect(
      try findings(rule, ["a": "\nX_PORT=4\nB_PORT=3 ! x=33\n"]) == [
        "a:2:2: the line has “_PORT” and nothing that matches “=3[0-9]+$”",
        "a:3:10: “!” must not be here",
      ])
  }

  @Test("knows what the path has, as it is")
  func captures() throws {
    let rule = #""files": ["{NAME}.env"], "match": ["^NAME={NAME}$"], "refuse": ["x{NAME}"]"#
    #expect(try findings(rule, ["a.b.env": "NAME=a.b\n", "c.env": "NAME=c\nxd\n"]) == [])
    #expect(
      try findings(rule, ["a.b.env": "NAME=axb\nxa.b\n"]) == [
        "a.b.env: nothing in it matches “^NAME=a.b$”", "a.b.env:2:1: “xa.b” must not be here",
      ])
    #expect(
      try findings(#""each": "{N}.sh", "match": ["{N}"]"#, ["a.sh": "b"])
        == ["a.sh: nothing in it matches “a”"])
  }

  @Test("looks into other files for each path")
  func places() throws {
    let members = #"""
      "each": "api/{NAME}/", "except": ["api/old/"], "in": ["app/router.py", "app/{NAME}/*.py"],
      "match": ["\\b{NAME}\\b"]
      """#
    let files = ["api/old/": "", "api/a/": "", "api/b/": "", "app/a/x.py": "a", "app/b/x.py": "b"]
    #expect(try findings(members, files.merging(["app/router.py": "a\nb"]) { $1 }) == [])
    #expect(
      try findings(members, files.merging(["app/router.py": "a bb", "app/b/y.py": ""]) { $1 }) == [
        #"app/b/y.py: nothing in it matches “\bb\b”, which “api/b” needs"#,
        #"app/router.py: nothing in it matches “\bb\b”, which “api/b” needs"#,
      ])
    // What is not there is told once, and not where a rule requires it.
    #expect(
      try findings(members, ["api/a/": "", "api/b/": "", "app/a/x.py": "a"]) == [
        "api/b: nothing is there that “app/b/*.py” matches, which “api/b” needs",
        "app/router.py: “app/router.py” is missing, which “api/a” needs (missing)",
      ])
    let both = try rules(
      rule(members) + #", {"id": "s", "that": "T", "why": "W", "require": ["app/router.py"]}"#)
    let found = try findings(both, InMemoryFileSystem(["api/a/": "", "app/a/x.py": "a"]))
    #expect(found.map(\.rule) == ["demo/s"])
  }

  @Test("tells of what it names and cannot look into, and of no other")
  func others() throws {
    let files = ["bin": "x\0", "large": String(repeating: "a", count: (4 << 20) + 1), "d/": ""]
    func arrange(_ disk: InMemoryFileSystem) throws {
      try disk.createLink(path("link"), to: "bin")
      try disk.createOther(path("pipe"))
    }
    #expect(
      try findings(#""files": ["*"], "match": ["b"]"#, files, arrange: arrange)
        == ["large: is larger than 4 MiB, and was not looked at"])
    #expect(
      try findings(
        #""files": ["bin", "large", "d", "link", "pipe", "none"], "match": ["b"]"#, files,
        arrange: arrange) == [
          "bin: is no text: it holds a NUL", "large: is larger than 4 MiB, and was not looked at",
          "link: is a symbolic link, which is not followed", "pipe: is no regular file",
        ])
  }

  @Test("tells of a file that it may not read")
  func forbidden() throws {
    let found = try findings(#""files": ["a", "b"], "match": ["x"]"#, ["a": "x", "b": "y"]) {
      disk in
      try disk.setMode(0, of: path("a"))
    }
    #expect(
      found == ["a: cannot be read: Permission denied", "b: nothing in it matches “x”"])
  }

  @Test("reads each file once, and each directory")
  func once() throws {
    let disk = Counting(try InMemoryFileSystem(["d/a.yml": "x: 1", "d/e/b.yml": ""]))
    let texts = (0..<20).map { number in
      #"""
      {"id": "r\#(number)", "that": "T", "why": "W", "files": ["**/*.yml", "d/{A}.yml"],
       "refuse": ["y\#(number)"], "data": [{"at": "x", "exists": true}]}
      """#
    }
    var check = RuleCheck(
      RuleBook(try rules(texts.joined(separator: ",")), layout: "demo"), scope: Scope(),
      project: disk)
    _ = try? check.findings()
    #expect(
      disk.calls.sorted() == ["list .", "list d", "list d/e", "read d/a.yml", "read d/e/b.yml"])
  }

  @Test("tells a hundred places of a pattern in one file, and no more")
  func most() throws {
    let found = try findings(
      #""files": ["a"], "refuse": ["x"]"#, ["a": String(repeating: "x\n", count: 150)])
    #expect(found.count == 100)
  }
}

/// A disk that notes what it is asked for.
private final class Counting: ReadableFileSystem, @unchecked Sendable {
  private let disk: InMemoryFileSystem
  private(set) var calls: [String] = []

  init(_ disk: InMemoryFileSystem) { self.disk = disk }

  func status(of path: RelativePath) throws(FileSystemError) -> FileStatus? {
    try disk.status(of: path)
  }

  func list(_ path: RelativePath) throws(FileSystemError) -> [String] {
    calls.append("list \(path)")
    return try disk.list(path)
  }

  func read(
    _ path: RelativePath, _ body: (Span<UInt8>) throws(FileSystemError) -> Void
  ) throws(FileSystemError) {
    calls.append("read \(path)")
    try disk.read(path, body)
  }
}
