import Documents
import FileSystems
import FileTrees
import Foundation
import Layouts
import TestSupport
import Testing

@testable import Projects

/// What git makes of the records of two branches, and what a run makes of that.
@Suite("A record that two branches have changed")
struct RecordResolvingTests {
  /// What a branch was made of.
  struct Branch {
    var tier = "mvp"
    var models = "item"
    var version = "1.0.0"
  }

  private func request(_ branch: Branch, _ disk: InMemoryFileSystem) throws -> CreateRequest {
    let layout = try layout([
      "layout.json": """
      {"name": "grow", "summary": "s", "version": "\(branch.version)",
      "variables": [
        {"name": "TIER", "choices": ["mvp", "core"], "default": "mvp"},
        {"name": "MODELS", "kind": "list", "of": "identifier", "default": "item"}],
      "layers": [{"folder": "base"}, {"folder": "core", "when": "TIER >= core"},
        {"folder": "model", "each": "MODEL in MODELS"}]}
      """,
      "base/README.md": "\(branch.version) <<TIER>> <<MODELS|join(\", \")>>\n",
      "base/app.py": "VERSION = \"\(branch.version)\"\n", "base/src/main.py": "main\n",
      "core/src/users.py": "users\n", "core/zz.py": "zz\n", "model/src/<<MODEL>>.py": "<<MODEL>>\n",
    ])
    return try ProjectsTests.request(
      layout, in: disk, at: nil,
      given: [
        GivenAnswer(name: "TIER", input: .text(branch.tier), origin: "--tier"),
        GivenAnswer(name: "MODELS", input: .text(branch.models), origin: "--models"),
      ])
  }

  private func record(_ branch: Branch) throws -> Record {
    let disk = InMemoryFileSystem()
    try create(request(branch, disk))
    return try RecordReader.read(disk.contents(of: Record.path), file: "r")
  }

  // MARK: Git

  /// What git makes of three versions of a record, in a repository of its own.
  private func merged(
    _ base: [UInt8], _ ours: [UInt8], _ theirs: [UInt8], _ style: String = "merge"
  ) throws -> [UInt8] {
    let directory = FileManager.default.temporaryDirectory
      .appending(path: "scaffold-record-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let environment = [
      "PATH": try #require(ProcessInfo.processInfo.environment["PATH"]), "HOME": directory.path,
      "GIT_CONFIG_NOSYSTEM": "1",
    ]
    func git(_ arguments: String...) throws -> Int32 {
      let options = ["user.name=A", "user.email=a@b.c", "merge.conflictStyle=\(style)"]
      return try SpawnedProgram(
        ["git"] + options.flatMap { ["-c", $0] } + arguments, in: directory,
        environment: environment
      ).run().code
    }
    let file = directory.appending(path: ".scaffold.json")
    func commit(_ text: [UInt8]) throws {
      try Data(text).write(to: file)
      try #require(try git("add", ".") == 0)
      try #require(try git("commit", "--allow-empty", "-qm", "a") == 0)
    }
    try #require(try git("init", "-q", "-b", "ours") == 0)
    try commit(base)
    try #require(try git("checkout", "-qb", "theirs") == 0)
    try commit(theirs)
    try #require(try git("checkout", "-q", "ours") == 0)
    try commit(ours)
    #expect(try git("merge", "-q", "theirs") < 2)
    return [UInt8](try Data(contentsOf: file))
  }

  /// The record that comes of two branches, and what is said of it; in each style, with both ends of
  /// lines, by the record that both come from or by what git has told of it.
  private func united(
    from base: Branch = Branch(), _ ours: Branch, _ theirs: Branch,
    present: (RelativePath) -> GitObjectID? = { _ in nil }
  ) throws -> Record.Resolution {
    let texts = try [base, ours, theirs].map { try record($0).text }
    var result: Record.Resolution?
    for style in ["merge", "diff3", "zdiff3"] {
      for end in ["\n", "\r\n"] {
        let sides = texts.map {
          Array(String(decoding: $0, as: UTF8.self).replacing("\n", with: end).utf8)
        }
        let text = try merged(sides[0], sides[1], sides[2], style)
        let found = try #require(
          try Record.resolving(text, file: "r", base: texts[0], present: present),
          "git saw no conflict")
        let told = try Record.resolving(text, file: "r", present: present)
        if style == "diff3" { #expect(told?.record.string == found.record.string) }
        if let result {
          #expect(found.record.string == result.record.string, "\(style)")
          #expect(found.remarks == result.remarks, "\(style)")
        }
        result = found
      }
    }
    return try #require(result)
  }

  private func paths(_ record: Record) -> [String] {
    record.layouts.flatMap { $0.files.map(\.path.string) }
  }

  // MARK: Cases

  @Test("has the models that both have added")
  func models() throws {
    let both = Branch(models: "item,order,user")
    let expected = try record(both)
    // The README was merged by hand, as the layout has it for both.
    let found = try united(Branch(models: "item,order"), Branch(models: "item,user"))
    #expect(found.remarks == [])
    #expect(paths(found.record) == paths(expected))
    #expect(
      found.record.layouts[0].answers.last
        == JSON.Member("MODELS", .array([.string("item"), .string("order"), .string("user")])))
    #expect(found.record.layouts[0].layout == expected.layouts[0].layout)
    #expect(throws: Never.self) { try RecordReader.read(found.record.text, file: "r") }
  }

  @Test("is of the tier that one went to, with the model that the other has added")
  func tierAndModel() throws {
    let (ours, theirs) = (Branch(tier: "core"), Branch(models: "item,order"))
    let expected = try record(Branch(tier: "core", models: "item,order"))
    for (ours, theirs) in [(ours, theirs), (theirs, ours)] {
      let found = try united(ours, theirs)
      #expect(found.record.layouts[0].answers == expected.layouts[0].answers)
      #expect(paths(found.record) == paths(expected))
      #expect(found.remarks == [])
    }
  }

  @Test("is of ours where only one can be, and says so", arguments: [true, false])
  func remarks(isBaseKnown: Bool) throws {
    let texts = try [Branch(), Branch(tier: "core"), Branch(models: "item,order")]
      .map { try record($0).text }
    let other = Array(String(decoding: texts[2], as: UTF8.self).replacing("mvp", with: "it's").utf8)
    let text = try merged(texts[0], texts[1], isBaseKnown ? other : texts[2])
    let found = try #require(
      try Record.resolving(text, file: "r", base: isBaseKnown ? texts[0] : nil) { _ in nil })
    #expect(found.record.layouts[0].answers.contains(JSON.Member("TIER", .string("core"))))
    let (tier, option) = isBaseKnown ? ("it's", "…") : ("mvp", "mvp")
    #expect(
      found.remarks == [
        "TIER is “core” in one branch and “\(tier)” in the other: the first stays,"
          + " --set TIER=\(option) takes the other"
      ])
  }

  @Test("has nothing that one branch has done away with", arguments: [false, true])
  func removals(isTurned: Bool) throws {
    let base = Branch(models: "item,order")
    let (one, other) = (Branch(models: "order"), Branch(models: "item,order,user"))
    let found = isTurned ? try united(from: base, other, one) : try united(from: base, one, other)
    #expect(
      found.record.layouts[0].answers.last
        == JSON.Member("MODELS", .array([.string("order"), .string("user")])))
    func text(_ answers: [JSON.Member], _ digest: String) throws -> [UInt8] {
      var record = try record(Branch())
      record.layouts[0].answers = answers
      record.layouts[0].layout.digest = digest
      return record.text
    }
    let (a, b) = (JSON.Member("AA", .string("a")), JSON.Member("BB", .string("b")))
    let all = try text([a, b], "base")
    let sides = try (text([a], "one"), text([a, b], "two"))
    let text = try isTurned ? merged(all, sides.1, sides.0) : merged(all, sides.0, sides.1)
    let dropped = try #require(try Record.resolving(text, file: "r", base: all) { _ in nil })
    #expect(dropped.record.layouts[0].answers == [a])
  }

  @Test("of two updates to one version is that of the version, with both models")
  func bothUpdated() throws {
    let found = try united(
      Branch(models: "item,order", version: "2.0.0"), Branch(models: "item,user", version: "2.0.0"))
    let expected = try record(Branch(models: "item,order,user", version: "2.0.0"))
    #expect(found.record.layouts[0].layout == expected.layouts[0].layout)
    #expect(paths(found.record) == paths(expected))
    #expect(found.remarks == [])
  }

  @Test("is of the newer version where one branch was updated", arguments: [false, true])
  func oneUpdated(isTurned: Bool) throws {
    let old = Branch(models: "item,order")
    let new = Branch(models: "item,user", version: "1.10.0")
    let base = Branch(version: "1.9.0")
    let older = Branch(models: old.models, version: "1.9.0")
    let found = isTurned ? try united(from: base, new, older) : try united(from: base, older, new)
    let expected = try record(new).layouts[0].layout
    #expect(found.record.layouts[0].layout == expected)
    #expect(Set(paths(found.record)).isSuperset(of: ["src/order.py", "src/user.py"]))
  }

  @Test("is of the newer of two versions that branches were updated to", arguments: [false, true])
  func twoVersions(isTurned: Bool) throws {
    let base = Branch(version: "1.9.0")
    let (older, newer) = (Branch(version: "1.9.1"), Branch(models: "item,user", version: "1.10.0"))
    let found =
      isTurned ? try united(from: base, newer, older) : try united(from: base, older, newer)
    #expect(found.record.layouts[0].layout == (try record(newer).layouts[0].layout))
    #expect(found.remarks == [])
  }

  @Test("tells by what is there whose a file is that both have")
  func present() throws {
    let (ours, theirs) = (Branch(models: "item,order"), Branch(models: "item,user"))
    func readme(_ branch: Branch) throws -> GitObjectID {
      try #require(try record(branch).layouts[0].files.first { $0.path.string == "README.md" }).blob
    }
    func found(_ blob: GitObjectID?) throws -> GitObjectID? {
      try united(ours, theirs) { $0.string == "README.md" ? blob : nil }
        .record.layouts[0].files.first { $0.path.string == "README.md" }?.blob
    }
    #expect(try found(readme(theirs)) == readme(theirs))
    #expect(try found(readme(ours)) == readme(ours))
    #expect(try found(GitObjectID(blob: [])) == readme(ours))
    #expect(try found(nil) == readme(ours))
  }

  @Test("is as it is where git has seen no conflict")
  func clean() throws {
    let text = try record(Branch()).text
    #expect(try Record.resolving(text, file: "r") { _ in nil } == nil)
    // What only looks like a marker is in a text of one line.
    let like = String(decoding: text, as: UTF8.self).replacing("\"item\"", with: "\"<<<<<<< a\"")
    #expect(try Record.resolving(Array(like.utf8), file: "r") { _ in nil } == nil)
  }

  @Test("has the layouts that both have added, and a path in one of them")
  func layouts() throws {
    func text(_ names: [String], _ file: (String) -> String) throws -> [UInt8] {
      var record = try self.record(Branch())
      for name in names {
        var entry = record.layouts[0]
        entry.layout.name = name
        entry.files = [
          Record.File(
            path: try path(file(name)), permissions: .regular, blob: GitObjectID(blob: []))
        ]
        record.layouts.append(entry)
      }
      return record.text
    }
    let own = try merged(
      text([], \.self), text(["docs"]) { $0 + ".md" }, text(["api"]) { $0 + ".md" })
    let found = try #require(try Record.resolving(own, file: "r") { _ in nil })
    #expect(found.record.layouts.map(\.layout.name) == ["grow", "docs", "api"])
    #expect(found.remarks == [])
    let one = try merged(text([], \.self), text(["docs"]) { _ in "x" }, text(["api"]) { _ in "x" })
    let shared = try #require(try Record.resolving(one, file: "r") { _ in nil })
    #expect(paths(shared.record).filter { $0 == "x" }.count == 1)
    #expect(
      shared.remarks == ["“x” stays with the layout “docs”; “api” has it too"])
    #expect(throws: Never.self) { try RecordReader.read(shared.record.text, file: "r") }
  }

  // MARK: Lists

  /// The MODELS that come of two branches' ones.
  private func united(_ base: [String]?, _ ours: [String], _ theirs: [String]) throws -> [String] {
    func text(_ models: [String]) throws -> [UInt8] {
      var record = try record(Branch())
      record.layouts[0].answers = [JSON.Member("MODELS", .array(models.map(JSON.string)))]
      return record.text
    }
    let sides = try [ours, theirs].map { String(decoding: try text($0), as: UTF8.self) }
    let both = "<<<<<<< a\n\(sides[0])=======\n\(sides[1])>>>>>>> b\n"
    let found = try #require(
      try Record.resolving(Array(both.utf8), file: "r", base: try? base.map(text)) { _ in nil })
    #expect(found.remarks == [])
    guard case .array(let items)? = found.record.layouts[0].answers.last?.value else { return [] }
    return items.map { if case .string(let text) = $0 { text } else { "?" } }
  }

  @Test(
    "has what theirs has more of a list behind what it stands behind there, and behind ours",
    arguments: [
      // base, ours, theirs, united
      ("a z", "a b z", "a c z", "a b c z"), ("a z", "a z b", "a z c", "a z b c"),
      ("a z", "b a z", "c a z", "b c a z"), ("a z", "a z", "c a d e z f", "c a d e z f"),
      ("a z", "a b y z", "a c d z e", "a b y c d z e"), ("", "b", "c", "b c"),
      // Both have added one of the same name.
      ("a z", "a x b z", "a c x z", "a c x b z"), ("a z", "a x z", "a x z", "a x z"),
      // What either has left out, also where something is to come behind it.
      ("a m z", "a z", "a m c z", "a c z"), ("a m z", "a b m z", "a z", "a b z"),
      ("a m z", "b m z", "a m c", "b m c"), ("a m z", "", "a m c z d", "c d"),
      // In another order, that of ours.
      ("a m z", "z m a", "a c m z", "z m a c"), ("a m z", "z b m a", "a m z", "z b m a"),
      // Nobody knows what both come from.
      (nil, "a b z", "a c z", "a b c z"), (nil, "a m z", "a z c", "a m z c"),
    ] as [(String?, String, String, String)])
  func lists(_ base: String?, _ ours: String, _ theirs: String, _ expected: String) throws {
    func items(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
    #expect(try united(base.map(items), items(ours), items(theirs)) == items(expected))
  }

  @Test("has the same items whose side is ours, in the order of either")
  func anyLists() throws {
    var random = SeededGenerator(seed: 6)
    for _ in 0..<200 {
      let base = (0..<Int.random(in: 0...6, using: &random)).map { "m\($0)" }
      func side(_ name: String) -> [String] {
        var items = base.filter { _ in Int.random(in: 0..<4, using: &random) > 0 }
        for number in 0..<Int.random(in: 0...4, using: &random) {
          items.insert("\(name)\(number)", at: Int.random(in: 0...items.count, using: &random))
        }
        return items
      }
      let (ours, theirs) = (side("a"), side("b"))
      let found = try united(base, ours, theirs)
      let dropped = Set(base.filter { !ours.contains($0) || !theirs.contains($0) })
      #expect(Set(found) == Set(ours + theirs).subtracting(dropped))
      #expect(Set(found).count == found.count)
      #expect(try Set(united(base, theirs, ours)) == Set(found))
      for side in [ours, theirs] {
        #expect(
          found.filter(side.contains) == side.filter { !dropped.contains($0) },
          "\(base) \(ours) \(theirs)")
      }
    }
  }

  // MARK: Faults

  @Test(
    "is refused where its markers or a side of it are at fault",
    arguments: [
      ("<<<<<<< a\n{}\n", "r:1:1: the conflict that begins here has no end"),
      ("<<<<<<< a\n=======\n", "r:1:1: the conflict that begins here has no end"),
      ("{}\n=======\n", "r:2:1: this conflict marker is not in its place"),
      ("{}\n>>>>>>> b", "r:2:1: this conflict marker is not in its place"),
      ("||||||| c\n", "r:1:1: this conflict marker is not in its place"),
      ("<<<<<<< a\n<<<<<<< a\n", "r:2:1: this conflict marker is not in its place"),
      (
        "<<<<<<< a\n=======\n||||||| c\n>>>>>>> b\n",
        "r:3:1: this conflict marker is not in its place"
      ),
      (
        "{\n<<<<<<< a\n\"version\": 2, \"layouts\": []\n=======\n\"version\": 9\n>>>>>>> b\n}",
        "r:3:26: “layouts” names none"
      ),
    ])
  func faults(_ text: String, _ expected: String) {
    do {
      _ = try Record.resolving(Array(text.utf8), file: "r") { _ in nil }
      Issue.record("nothing is wrong with it")
    } catch {
      #expect(described(error) == expected)
    }
  }

  @Test("tells a fault of theirs by its place as well, and takes no longer run for a marker")
  func sides() throws {
    let text = String(decoding: try record(Branch()).text, as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    func conflicted(_ theirs: String) -> [UInt8] {
      let all =
        [
          lines[0], "<<<<<<< ours", lines[1], "||||||| base", "<<<<<<<<< inner", "=========",
          ">>>>>>>>> inner", "=======", theirs, ">>>>>>> theirs",
        ] + lines[2...]
      return Array(all.joined(separator: "\r\n").utf8)
    }
    let found = try #require(
      try Record.resolving(conflicted(lines[1]), file: "r") { _ in nil })
    #expect(found.record.string == text)
    let fault = #expect(throws: Diagnostics.self) {
      try Record.resolving(conflicted("  \"version\": 3,"), file: "r") { _ in nil }
    }
    #expect(fault?.all.first?.location?.line == 9)
  }
}

extension Record {
  fileprivate var string: String { String(decoding: text, as: UTF8.self) }
}
