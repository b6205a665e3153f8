import Documents
import FileSystems
import FileTrees
import Templating
import TestSupport
import Testing

@testable import Rules

@Suite("A rule of paths")
struct PathRuleTests {
  @Test("requires files and directories")
  func required() throws {
    let rule = #""require": ["a/b.txt", "c/", "docs/*.md"]"#
    #expect(try findings(rule, ["a/b.txt": "", "c/": "", "docs/x.md": ""]) == [])
    #expect(
      try findings(rule, ["a/x": "", "docs/x.txt": ""]) == [
        "a/b.txt: “a/b.txt” is missing (missing)",
        "c: “c/” is missing (missing)",
        "docs: nothing is there that “docs/*.md” matches",
      ])
    #expect(
      try findings(rule, ["a/b.txt/": "", "c": "", "docs/x.md/": ""]) == [
        "a/b.txt: “a/b.txt” is a directory, where a file is to be",
        "c: “c/” is no directory",
        "docs: nothing is there that “docs/*.md” matches",
      ])
  }

  @Test("follows no link, and says so")
  func links() throws {
    let rule = #""require": ["a", "d/", "l/x"]"#
    let found = try findings(rule, ["b": "", "e/x": ""]) { disk in
      try disk.createLink(path("a"), to: "b")
      try disk.createLink(path("d"), to: "e")
      try disk.createLink(path("l"), to: "e")
    }
    #expect(
      found == [
        "a: “a” is a symbolic link, which is not followed",
        "d: “d/” is a symbolic link, which is not followed",
        "l/x: “l/x” is missing: “l” is a symbolic link, which is not followed",
      ])
    #expect(
      try findings(#""require": ["f/x"]"#, ["f": ""])
        == ["f/x: “f/x” is missing: “f” is no directory"])
  }

  @Test("takes a name in other letter case for another one")
  func letterCase() throws {
    var options = InMemoryFileSystem.Options()
    options.ignoresCase = true
    let found = try findings(#""require": ["Dockerfile"]"#, ["dockerfile": ""], on: options)
    #expect(found == ["Dockerfile: “Dockerfile” is missing (missing)"])
  }

  @Test("forbids files, directories, and links that may be either")
  func forbidden() throws {
    let rule = #""forbid": ["*.env", "docker_build/Dockerfile*/"]"#
    #expect(try findings(rule, ["docker_build/Dockerfile": "", "x.env/": ""]) == [])
    let found = try findings(rule, ["p.env": "", "docker_build/Dockerfile_1/x": ""]) { disk in
      try disk.createLink(path("docker_build/Dockerfile_2"), to: "x")
    }
    #expect(
      found == [
        "docker_build/Dockerfile_1: “docker_build/Dockerfile_1” must not be there",
        "docker_build/Dockerfile_2: “docker_build/Dockerfile_2” must not be there",
        "p.env: “p.env” must not be there",
      ])
  }

  @Test("asks of each path for what belongs to it")
  func pairs() throws {
    let rule = #"""
      "each": "src/task__{NUMBER}__{NAME}/", "captures": {"NUMBER": "[0-9]+"},
      "except": ["src/task__099__*/"],
      "require": ["scripts_sh/{NUMBER}__{NAME}.sh", "src/task__{NUMBER}__{NAME}/*.py"],
      "forbid": ["old/{NAME}*"]
      """#
    #expect(
      try findings(
        rule,
        [
          "src/task__011__a/main.py": "", "scripts_sh/011__a.sh": "", "src/task__x__b/": "",
          "src/task__099__c/": "", "src/task__012__file": "",
        ]) == [])
    #expect(
      try findings(rule, ["src/task__012__b__c/x": "", "old/b__cd": "", "old/b": ""]) == [
        "old/b__cd: “old/b__cd” must not be there beside “src/task__012__b__c”",
        "scripts_sh/012__b__c.sh: “scripts_sh/012__b__c.sh” is missing,"
          + " which “src/task__012__b__c” needs (missing)",
        "src/task__012__b__c: nothing is there that “src/task__012__b__c/*.py” matches,"
          + " which “src/task__012__b__c” needs",
      ])
  }

  @Test("takes the shortest text that lets the rest match")
  func shortest() throws {
    #expect(
      try findings(#""each": "{A}__{B}-*", "require": ["{A}+{B}"]"#, ["a__b__c-d-e": ""])
        == ["a+b__c: “a+b__c” is missing, which “a__b__c-d-e” needs (missing)"])
  }

  @Test("takes one text for one name, and what it holds for no wildcard")
  func sameName() throws {
    let rule = #""each": "{DOMAIN}/{DOMAIN}.py", "require": ["{DOMAIN}.md"]"#
    #expect(try findings(rule, ["a/b.py": "", "a/a.txt": ""]) == [])
    #expect(
      try findings(rule, ["*/*.py": "", "a.md": ""])
        == ["*.md: “*.md” is missing, which “*/*.py” needs (missing)"])
  }

  @Test("walks any number of folders, and none that tools keep for themselves")
  func deep() throws {
    let files = [
      "x.py": "", "a/x.py": "", "a/b/x.py": "", ".venv/x.py": "", "a/node_modules/b/x.py": "",
      ".scaffold-undo/x.py": "", ".github/x.py": "",
    ]
    #expect(
      try findings(#""forbid": ["**/x.py"]"#, files).map { $0.split(separator: ":")[0] }
        == [".github/x.py", "a/b/x.py", "a/x.py", "x.py"])
    #expect(
      try findings(#""forbid": ["a/**/b/**"]"#, ["a/c/b/b/d": "", "a/b": "", "a/b.x": ""])
        == ["a/c/b/b/d: “a/c/b/b/d” must not be there"])
    #expect(try findings(#""require": ["**/"]"#, ["a": ""]).count == 1)
  }

  @Test("numbers are unique, of one width, and none is left out")
  func numbers() throws {
    let rule = #"""
      "each": "{N}_{NAME}/", "numbers": {"of": "N", "consecutive": true, "from": 11}
      """#
    #expect(try findings(rule, ["011_a/": "", "012_b/": ""]) == [])
    #expect(try findings(rule, [:]) == [])
    #expect(
      try findings(
        rule, ["012_a/": "", "12_b/": "", "014_c/": "", "x_d/": "", "014_e/": ""]) == [
          "012_a: the first number is 012, and 011 is to be",
          "014_c: the number 014 follows 12: 013 is left out",
          "014_e: the number 014 is that of “014_c”, too",
          "12_b: the number 12 is shorter than others",
          "12_b: the number 12 is that of “012_a”, too",
          "x_d: “x” is no number",
        ])
    #expect(
      try findings(#""each": "{N}_*", "numbers": {"of": "N"}"#, ["3_a": "", "5_b": ""]) == [])
  }

  @Test("applies where its condition holds")
  func condition() throws {
    let rule = #""when": "TIER >= core and not REDIS", "require": ["a"]"#
    #expect(try findings(rule, [:], ["TIER": .text("mvp"), "REDIS": .flag(false)]) == [])
    #expect(try findings(rule, [:], ["TIER": .text("full"), "REDIS": .flag(true)]) == [])
    #expect(try findings(rule, [:], ["TIER": .text("full"), "REDIS": .flag(false)]).count == 1)
  }

  @Test("gives its own remedy, with what the path has in the place of captures")
  func remedy() throws {
    let found = try findings(
      rules(rule(#""each": "{A}.sh", "require": ["{A}.md"], "remedy": "write {A}.md, ${B}""#)),
      InMemoryFileSystem(["x.sh": ""]))
    #expect(found.map(\.remedy) == ["write x.md, ${B}"])
    #expect(found.map(\.rule) == ["demo/r"])
  }

  @Test("goes on beside names that are no paths")
  func names() throws {
    let text = #""require": ["a/x", "a/*.md"]"#
    let disk = NamedFaults(try InMemoryFileSystem(["a/x": "", "b": ""]), in: "a")
    let found = try findings(rules(rule(text)), disk)
    #expect(
      found.map { "\($0.path): \($0.message)" } == [
        "a: nothing is there that “a/*.md” matches",
        "a: the directory has a name that is not UTF-8, and was not looked through",
      ])
  }

  @Test("ends where a directory cannot be read")
  func unreadable() throws {
    let disk = try InMemoryFileSystem(["a/x": ""])
    try disk.setMode(0, of: path("a"))
    #expect {
      _ = try findings(rules(rule(#""require": ["a/*"]"#)), disk)
    } throws: { error in
      guard case .unreadable(let error)? = error as? RuleCheckFailure else { return false }
      return error.path.string == "a" && error.isForbidden
    }
  }

  @Test("ends where there is more than a project has")
  func tooMuch() throws {
    let disk = try InMemoryFileSystem(
      Dictionary(uniqueKeysWithValues: (0..<60).map { ("f\($0)", "") }))
    let budget = Budget(fraction: 1000)
    #expect(throws: RuleCheckFailure.tooMuch(budget.overrun(of: .entries))) {
      _ = try findings(rules(rule(#""require": ["*"]"#)), disk, within: budget)
    }
  }

  @Test("takes steps in proportion to a project where each path asks for names at any depth")
  func linearPairs() throws {
    func steps(_ count: Int) throws -> Int {
      var files: [String: String] = [:]
      for number in 1000..<1000 + count {
        files["src/m\(number).py"] = ""
        files["tests/\(number % 7)/test_m\(number)_x.py"] = ""
      }
      let rules = try rules(
        rule(
          #""each": "src/{M}.py", "require": ["tests/**/test_{M}_*.py"], "forbid": ["src/{M}_*"]"#))
      let disk = try InMemoryFileSystem(files)
      var check = RuleCheck(RuleBook(rules, layout: "demo"), scope: Scope(), project: disk)
      #expect(try check.findings().isEmpty)
      return Budget().left(of: .steps) - check.view.budget.left(of: .steps)
    }
    let (short, long) = (try steps(50), try steps(500))
    #expect(long < 12 * short)
  }

  /// Two `**` lead to one place in many ways, and each is gone once.
  @Test("takes steps in proportion to a project")
  func linear() throws {
    func steps(_ depth: Int) throws -> Int {
      let folder = Array(repeating: "a", count: depth).joined(separator: "/")
      let disk = try InMemoryFileSystem([folder + "/x": ""])
      let rules = try rules(
        rule(#""each": "**/{A}a{B}/y", "forbid": ["**/a/**/a/**/b"]"#))
      var check = RuleCheck(RuleBook(rules, layout: "demo"), scope: Scope(), project: disk)
      #expect(try check.findings().isEmpty)
      return Budget().left(of: .steps) - check.view.budget.left(of: .steps)
    }
    let (short, long) = (try steps(20), try steps(200))
    #expect(long < 12 * short)
  }
}

/// A disk on which one directory has a name that is not UTF-8.
private struct NamedFaults: ReadableFileSystem {
  let disk: InMemoryFileSystem
  let directory: String

  init(_ disk: InMemoryFileSystem, in directory: String) {
    self.disk = disk
    self.directory = directory
  }

  func status(of path: RelativePath) throws(FileSystemError) -> FileStatus? {
    try disk.status(of: path)
  }

  func list(_ path: RelativePath) throws(FileSystemError) -> [String] {
    if path.string == directory {
      throw FileSystemError(.list, path, SystemError.invalidName.code)
    }
    return try disk.list(path)
  }

  func read(
    _ path: RelativePath, _ body: (Span<UInt8>) throws(FileSystemError) -> Void
  ) throws(FileSystemError) {
    try disk.read(path, body)
  }
}
