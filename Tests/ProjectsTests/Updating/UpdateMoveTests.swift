import FileSystems
import FileTrees
import TestSupport
import Testing

@testable import Projects

@Suite("An update that moves files")
struct UpdateMoveTests {
  private static let lines = UpdateDecisionTests.lines

  // MARK: Answers that are in paths

  private static let package =
    "\"variables\": [{ \"name\": \"PACKAGE\", \"kind\": \"identifier\", \"default\": \"alpha\" }],"

  private func renamed(
    _ files: [String: String], edit: (Scenario) throws -> Void
  ) throws -> (Scenario, Update) {
    var scenario = try Scenario(files, manifest: Self.package)
    try edit(scenario)
    let update = try scenario.update(
      files, manifest: Self.package, given: ["PACKAGE": "beta"], sameVersion: true)
    return (scenario, update)
  }

  @Test("takes the user's edits along, however small the file is")
  func edits() throws {
    let (scenario, update) = try renamed([
      "base/src/<<PACKAGE>>/__init__.py": "",
      "base/src/<<PACKAGE>>/version.py": "VERSION = \"1\"\n",
      "base/src/<<PACKAGE>>/main.py": Self.lines + "import <<PACKAGE>>\n",
      "base/src/<<PACKAGE>>/other.py": "import <<PACKAGE>>\n",
    ]) { scenario in
      try scenario.write("import os\n", to: "src/alpha/__init__.py")
      try scenario.write("VERSION = \"2\"\n", to: "src/alpha/version.py", mode: 0o755)
      try scenario.write("first\n" + Self.lines + "import alpha\n", to: "src/alpha/main.py")
    }
    #expect(
      try scenario.paths() == [
        "src", "src/beta", "src/beta/__init__.py", "src/beta/main.py", "src/beta/other.py",
        "src/beta/version.py",
      ])
    #expect(try scenario.text("src/beta/__init__.py") == "import os\n")
    #expect(try scenario.text("src/beta/version.py") == "VERSION = \"2\"\n")
    #expect(try scenario.mode("src/beta/version.py") == 0o755)
    #expect(try scenario.text("src/beta/main.py") == "first\n" + Self.lines + "import beta\n")
    #expect(try scenario.text("src/beta/other.py") == "import beta\n")
    #expect(update.decision("src/beta/__init__.py") == .move)
    #expect(update.decision("src/beta/main.py") == .merge)
    #expect(update.plan.outcome.removed == 0)
    #expect(update.conflictCodes.isEmpty)
  }

  @Test("follows the files of a record that does not know their templates")
  func version1() throws {
    let (scenario, _) = try renamed([
      "base/src/<<PACKAGE>>/main.py": "1\n", "base/src/<<PACKAGE>>/other.py": "<<PACKAGE>>\n",
    ]) { scenario in
      try scenario.write("mine\n", to: "src/alpha/main.py")
      let record = try #require(try scenario.text(".scaffold.json"))
      try scenario.write(
        record.replacing(/, "template": "[^"]*"/, with: ""), to: ".scaffold.json")
    }
    #expect(try scenario.text("src/beta/main.py") == "mine\n")
    #expect(try scenario.text("src/alpha/main.py") == nil)
  }

  @Test("takes along what the user has in a directory that moves, whatever it is")
  func ownFiles() throws {
    let disk = InMemoryFileSystem()
    var scenario = try Scenario(
      ["base/src/<<PACKAGE>>/__init__.py": "", "base/src/<<PACKAGE>>/db/__init__.py": ""],
      manifest: Self.package, on: disk)
    try scenario.write("mine\n", to: "src/alpha/own.py")
    try scenario.write("mine\n", to: "src/alpha/own/deep/x.py")
    try scenario.write("mine\n", to: "src/alpha/db/own.py", mode: 0o600)
    try disk.createLink(path("src/alpha/link"), to: "own.py")
    try scenario.write("mine\n", to: "src/beside.py")
    try scenario.update(
      ["base/src/<<PACKAGE>>/__init__.py": "", "base/src/<<PACKAGE>>/db/__init__.py": ""],
      manifest: Self.package, given: ["PACKAGE": "beta"], sameVersion: true)
    #expect(
      try scenario.paths() == [
        "src", "src/beside.py", "src/beta", "src/beta/__init__.py", "src/beta/db",
        "src/beta/db/__init__.py", "src/beta/db/own.py", "src/beta/link", "src/beta/own",
        "src/beta/own.py", "src/beta/own/deep", "src/beta/own/deep/x.py",
      ])
    #expect(try scenario.mode("src/beta/db/own.py") == 0o600)
    #expect(try disk.status(of: path("src/beta/link"))?.kind == .link)
  }

  @Test("leaves what the user has in a directory that does not move as a whole")
  func split() throws {
    var scenario = try Scenario([
      "base/src/a": "a\n", "base/src/b": "b\n", "base/x/a": "xa\n", "base/x/b": "xb\n",
      "base/root": "r\n",
    ])
    try scenario.write("mine\n", to: "src/own")
    try scenario.write("mine\n", to: "x/own")
    try scenario.write("mine\n", to: "own")
    // Two of src go to two places; of x one goes and one is dropped; the root goes.
    try scenario.update(
      ["base/one/a": "a\n", "base/two/b": "b\n", "base/y/a": "xa\n", "base/in/root": "r\n"],
      manifest: """
        "moved": { "base/src/a": "base/one/a", "base/src/b": "base/two/b", "base/x/a": "base/y/a",
          "base/root": "base/in/root" },
        """)
    #expect(
      try scenario.paths() == [
        "in", "in/root", "one", "one/a", "own", "src", "src/own", "two", "two/b", "x", "x/own",
        "y", "y/a",
      ])
  }

  @Test("moves a directory's own files down into one that it holds")
  func down() throws {
    var scenario = try Scenario(["base/src/a.py": "a\n", "base/src/b.py": "b\n"])
    try scenario.write("mine\n", to: "src/mine.py")
    try scenario.write("mine\n", to: "src/own/x")
    try scenario.update(
      ["base/src/app/a.py": "a\n", "base/src/app/b.py": "b\n"],
      manifest: """
        "moved": { "base/src/a.py": "base/src/app/a.py", "base/src/b.py": "base/src/app/b.py" },
        """)
    #expect(
      try scenario.paths() == [
        "src", "src/app", "src/app/a.py", "src/app/b.py", "src/app/mine.py", "src/app/own",
        "src/app/own/x",
      ])
  }

  // MARK: Items

  private static let steps = """
    "variables": [{ "name": "STEPS", "kind": "list", "of": "identifier", "default": "a" }],
    "layers": [{ "folder": "step", "each": "STEP in STEPS" }],
    """
  private static let step = [
    "step/<<STEP_INDEX>>_<<STEP>>/main": "<<STEP>>\n", "step/<<STEP_INDEX>>_<<STEP>>/empty": "",
    "step/list/<<STEP_INDEX>>": "<<STEP>>\n",
  ]

  private func listed(
    _ before: String, _ after: String, edit: (Scenario) throws -> Void
  ) throws -> (Scenario, Update) {
    var scenario = try Scenario(Self.step, manifest: Self.steps, given: ["STEPS": before])
    try edit(scenario)
    let update = try scenario.update(
      Self.step, manifest: Self.steps, given: ["STEPS": after], before: ["STEPS": before],
      sameVersion: true)
    return (scenario, update)
  }

  @Test("gives an edit to the item that it was made in, whatever comes before it")
  func insertion() throws {
    let (scenario, update) = try listed("in,out", "new,in,out") { scenario in
      try scenario.write("mine\n", to: "1_in/main")
      try scenario.write("mine\n", to: "1_in/empty")
      try scenario.write("own\n", to: "1_in/own")
      try scenario.write("mine, out\n", to: "list/2")
    }
    #expect(
      try scenario.paths() == [
        "1_new", "1_new/empty", "1_new/main", "2_in", "2_in/empty", "2_in/main", "2_in/own",
        "3_out", "3_out/empty", "3_out/main", "list", "list/1", "list/2", "list/3",
      ])
    #expect(try scenario.text("1_new/main") == "new\n")
    #expect(try scenario.text("2_in/main") == "mine\n")
    #expect(try scenario.text("2_in/empty") == "mine\n")
    // A chain: each path is left by one item and taken by another.
    #expect(try scenario.text("list/1") == "new\n")
    #expect(try scenario.text("list/2") == "in\n")
    #expect(try scenario.text("list/3") == "mine, out\n")
    #expect(update.conflictCodes.isEmpty)
  }

  @Test("does not give an edit to the item that another one is replaced by")
  func replacement() throws {
    let (scenario, update) = try listed("a,b", "c,b") { scenario in
      try scenario.write("mine\n", to: "1_a/main")
      try scenario.write("own\n", to: "1_a/own")
    }
    #expect(try scenario.text("1_c/main") == "c\n")
    #expect(try scenario.text("1_a/main") == "mine\n" && scenario.text("1_a/own") == "own\n")
    #expect(try scenario.text("1_a/empty") == nil)
    #expect(update.decision("1_a/main") == .keep(.dropped))
    #expect(update.conflictCodes.isEmpty)
  }

  @Test("swaps two items with what was edited in them")
  func swap() throws {
    let (scenario, _) = try listed("a,b", "b,a") { scenario in
      try scenario.write("mine, a\n", to: "list/1")
    }
    #expect(try scenario.text("list/1") == "b\n" && scenario.text("list/2") == "mine, a\n")
  }

  // MARK: Versions

  @Test("follows what a version has moved, through several, and merges what it has changed")
  func moved() throws {
    var scenario = try Scenario(["base/a/one": Self.lines, "base/two": "2\n"])
    try scenario.write("first\n" + Self.lines, to: "a/one")
    try scenario.write("mine\n", to: "two")
    try scenario.update(
      ["base/c/one": Self.lines + "last\n", "base/three": "2\n"],
      manifest: """
        "moved": { "base/a/": "base/b/", "base/b/one": "base/c/one", "base/two": "base/three" },
        """)
    #expect(try scenario.paths() == ["c", "c/one", "three"])
    #expect(try scenario.text("c/one") == "first\n" + Self.lines + "last\n")
    #expect(try scenario.text("three") == "mine\n")
  }

  @Test("follows a template with another name where its content tells, and no other")
  func equalContents() throws {
    var scenario = try Scenario(["base/a": "unique\n", "base/b": "twice\n", "base/c": "twice\n"])
    try scenario.write("mine\n", to: "a")
    try scenario.write("mine\n", to: "b")
    let update = try scenario.update(["base/d": "unique\n", "base/e": "twice\n"])
    #expect(try scenario.paths() == ["b", "d", "e"])
    #expect(try scenario.text("d") == "mine\n" && scenario.text("e") == "twice\n")
    #expect(update.decision("b") == .keep(.dropped))
  }

  @Test("keeps a template of another layer at the same path the same file")
  func samePath() throws {
    let layers = "\"layers\": [{ \"folder\": \"low\" }],"
    var scenario = try Scenario(["low/README": Self.lines], manifest: layers)
    try scenario.write(Self.lines + "mine\n", to: "README")
    try scenario.update(
      ["high/README": "first\n" + Self.lines], manifest: layers.replacing("low", with: "high"))
    #expect(try scenario.text("README") == "first\n" + Self.lines + "mine\n")
  }

  @Test("has a file become a directory, and a directory a file")
  func kinds() throws {
    var scenario = try Scenario(["base/a": "1\n", "base/b/c": "2\n", "base/b/d/e": "3\n"])
    try scenario.update(["base/a/x": "1\n", "base/b": "2\n"])
    #expect(try scenario.paths() == ["a", "a/x", "b"])
    try scenario.write("mine\n", to: "a/own")
    let update = try scenario.update(["base/a": "4\n", "base/b": "2\n"])
    #expect(update.conflictCodes["a"] == "wrong-kind")
    #expect(try scenario.text("a/own") == "mine\n")
  }

  @Test("leaves an edited file where the layout needs a directory")
  func blocked() throws {
    var scenario = try Scenario(["base/a": "1\n", "base/b": "2\n"])
    try scenario.write("mine\n", to: "a")
    let update = try scenario.update(["base/a/x": "9\n", "base/b": "3\n"])
    #expect(try scenario.paths() == ["a", "b"])
    #expect(try scenario.text("a") == "mine\n" && scenario.text("b") == "3\n")
    #expect(update.conflictCodes["a/x"] == "wrong-kind")
    // It is tried again until the way is free.
    let files = ["base/a/x": "9\n", "base/b": "3\n"]
    #expect(
      try scenario.update(files, sameVersion: true).conflictCodes == ["a/x": "wrong-kind"])
    try scenario.remove("a")
    try scenario.update(files, sameVersion: true)
    #expect(try scenario.paths() == ["a", "a/x", "b"])
  }

  @Test("does not overwrite the user's own file at the new path")
  func taken() throws {
    var scenario = try Scenario(["base/a": Self.lines])
    try scenario.write(Self.lines + "mine\n", to: "a")
    try scenario.write("own\n", to: "b")
    let move = "\"moved\": { \"base/a\": \"base/b\" },"
    let update = try scenario.update(["base/b": "first\n" + Self.lines], manifest: move)
    let text = "first\n" + Self.lines + "mine\n"
    #expect(update.conflictCodes == ["a": "taken"])
    #expect(try scenario.text("a") == text && scenario.text("b") == "own\n")
    // It is tried again until the way is free.
    let files = ["base/b": "first\n" + Self.lines]
    let again = try scenario.update(files, manifest: move, sameVersion: true)
    #expect(again.conflictCodes == ["a": "taken"] && again.plan.isDone)
    try scenario.remove("b")
    let free = try scenario.update(files, manifest: move, sameVersion: true)
    #expect(free.decision("b") == .move)
    #expect(try scenario.paths() == ["b"] && scenario.text("b") == text)
  }

  @Test("lets the user's own file stay at the new path for good where it is to stay")
  func takenAndKept() throws {
    var scenario = try Scenario(["base/a": Self.lines])
    try scenario.write("own\n", to: "b")
    let move = "\"moved\": { \"base/a\": \"base/b\" },"
    let update = try scenario.update(
      ["base/b": "first\n" + Self.lines], manifest: move, onConflict: .ours)
    #expect(update.conflictCodes.isEmpty)
    #expect(try scenario.text("a") == "first\n" + Self.lines && scenario.text("b") == "own\n")
    try scenario.update(["base/b": "first\n" + Self.lines + "last\n"], manifest: move)
    #expect(try scenario.text("a") == "first\n" + Self.lines + "last\n")
    #expect(try scenario.text("b") == "own\n")
  }

  // MARK: The user's moves

  @Test("follows a file that the user has moved, and remembers it")
  func userMoves() throws {
    var scenario = try Scenario(["base/src/a.py": Self.lines, "base/src/b.py": "b\n"])
    try scenario.remove("src/a.py")
    try scenario.write(Self.lines, to: "lib/a.py")
    let update = try scenario.update([
      "base/src/a.py": Self.lines + "last\n", "base/src/b.py": "b\n",
    ])
    #expect(update.remarks.count == 1)
    #expect(try scenario.text("lib/a.py") == Self.lines + "last\n")
    try scenario.write("first\n" + Self.lines + "last\n", to: "lib/a.py")
    try scenario.update(["base/src/a.py": Self.lines + "later\n", "base/src/b.py": "b\n"])
    #expect(try scenario.text("lib/a.py") == "first\n" + Self.lines + "later\n")
    #expect(try scenario.text("src/a.py") == nil)
  }

  @Test("takes along what the user has renamed in a directory that moves, now and later")
  func userMovesInDirectory() throws {
    let files = [
      "base/src/<<PACKAGE>>/app.py": Self.lines + "import <<PACKAGE>>\n",
      "base/src/<<PACKAGE>>/other.py": "import <<PACKAGE>>\n",
    ]
    var scenario = try Scenario(files, manifest: Self.package)
    try scenario.remove("src/alpha/app.py")
    try scenario.write(Self.lines + "import alpha\n", to: "src/alpha/web.py")
    for (before, after) in [("alpha", "beta"), ("beta", "gamma")] {
      try scenario.update(
        files, manifest: Self.package, given: ["PACKAGE": after], before: ["PACKAGE": before],
        sameVersion: true)
      #expect(
        try scenario.paths()
          == ["src", "src/\(after)", "src/\(after)/other.py", "src/\(after)/web.py"])
      #expect(try scenario.text("src/\(after)/web.py") == Self.lines + "import \(after)\n")
    }
  }

  @Test("looks for what the user has moved also in a hidden directory that is the layout's")
  func userMovesInHiddenDirectory() throws {
    var scenario = try Scenario(["base/.github/ci.yml": Self.lines, "base/.github/b": "b\n"])
    try scenario.remove(".github/ci.yml")
    try scenario.write(Self.lines, to: ".github/checks.yml")
    try scenario.write(Self.lines, to: ".cache/ci.yml")
    try scenario.update(["base/.github/ci.yml": Self.lines + "last\n", "base/.github/b": "b\n"])
    #expect(try scenario.text(".github/checks.yml") == Self.lines + "last\n")
    #expect(try scenario.text(".cache/ci.yml") == Self.lines)
  }

  @Test("follows a file that the user has moved and edited, by what is left of it")
  func likeness() throws {
    var scenario = try Scenario(["base/a.py": Self.lines, "base/b.py": "b\n"])
    try scenario.remove("a.py")
    try scenario.write("first\n" + Self.lines, to: "lib/c.py")
    try scenario.write("nothing of it\nin here\n", to: "lib/d.py")
    try scenario.update(["base/a.py": Self.lines + "last\n", "base/b.py": "b\n"])
    #expect(try scenario.text("lib/c.py") == "first\n" + Self.lines + "last\n")
  }

  @Test("does not choose between two that could be it")
  func ambiguous() throws {
    var scenario = try Scenario(["base/a.py": Self.lines, "base/b.py": "b\n"])
    try scenario.remove("a.py")
    try scenario.write(Self.lines, to: "lib/c.py")
    try scenario.write(Self.lines, to: "lib/d.py")
    let update = try scenario.update(["base/a.py": Self.lines + "last\n", "base/b.py": "b\n"])
    #expect(update.decision("a.py") == .keep(.removedAndChanged))
    #expect(try scenario.text("lib/c.py") == Self.lines)
  }

  @Test("knows a move that the user and the layout have both made")
  func sameMove() throws {
    var scenario = try Scenario(["base/a": Self.lines])
    try scenario.remove("a")
    try scenario.write(Self.lines + "mine\n", to: "b")
    try scenario.update(
      ["base/b": "first\n" + Self.lines], manifest: "\"moved\": { \"base/a\": \"base/b\" },")
    #expect(try scenario.paths() == ["b"])
    #expect(try scenario.text("b") == "first\n" + Self.lines + "mine\n")
  }

  // MARK: Once

  @Test("leaves alone what is made once")
  func once() throws {
    let once = "\"once\": [\"m/*\"],"
    var scenario = try Scenario(
      ["base/m/1": "1\n", "base/m/2": "2\n", "base/f": "f\n"], manifest: once)
    let update = try scenario.update(
      ["base/m/1": "other\n", "base/m/3": "3\n", "base/f": "g\n"], manifest: once)
    #expect(try scenario.text("m/1") == "1\n" && scenario.text("m/3") == "3\n")
    #expect(update.decision("m/2") == .keep(.dropped))
    try scenario.remove("m/3")
    try scenario.update(["base/m/1": "x\n", "base/m/3": "y\n", "base/f": "h\n"], manifest: once)
    #expect(try scenario.paths() == ["f", "m", "m/1", "m/2"])
  }
}
