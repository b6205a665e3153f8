import FileSystems
import FileTrees
import TestSupport
import Testing

@testable import Projects

/// One file, on three sides.
struct ThreeSides: Sendable, CustomTestStringConvertible {
  var name: String
  var base, ours, theirs: String?
  /// What is there afterwards.
  var result: String?
  /// What is said of it; nil for nothing.
  var decision: Decision?

  init(
    _ name: String, _ base: String?, _ ours: String?, _ theirs: String?, _ result: String?,
    _ decision: Decision?
  ) {
    (self.name, self.base, self.ours, self.theirs) = (name, base, ours, theirs)
    (self.result, self.decision) = (result, decision)
  }

  var testDescription: String { name }
}

@Suite("An update of a file")
struct UpdateDecisionTests {
  static let lines = (1...9).map { "line \($0)\n" }.joined()

  private static func lines(_ changes: [Int: String]) -> String {
    (1...9).map { (changes[$0] ?? "line \($0)") + "\n" }.joined()
  }

  static let cases: [ThreeSides] = [
    ThreeSides("that nobody changed", "a\n", "a\n", "a\n", "a\n", nil),
    ThreeSides("that the layout changed", "a\n", "a\n", "b\n", "b\n", .replace),
    ThreeSides("that the user changed", "a\n", "b\n", "a\n", "b\n", nil),
    ThreeSides("that both changed alike", "a\n", "b\n", "b\n", "b\n", nil),
    ThreeSides(
      "that both changed in other places", lines, lines([2: "mine"]), lines([8: "theirs"]),
      lines([2: "mine", 8: "theirs"]), .merge),
    ThreeSides(
      "that both changed with one line between", lines, lines([4: "mine"]), lines([6: "theirs"]),
      lines([4: "mine", 6: "theirs"]), .merge),
    ThreeSides(
      "that both changed in one line", lines, lines([4: "mine"]), lines([4: "theirs"]),
      lines([
        4: "<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> case 2.0.0"
      ]), .marked(lines: [4])),
    ThreeSides(
      "that both changed in lines side by side", lines, lines([4: "mine"]), lines([5: "theirs"]),
      lines([
        4: "<<<<<<< yours\nmine\nline 5\n=======\nline 4\ntheirs\n>>>>>>> case 2.0.0", 5: "",
      ]).replacing("2.0.0\n\n", with: "2.0.0\n"), .marked(lines: [4])),
    ThreeSides("that the user removed", "a\n", nil, "a\n", nil, nil),
    ThreeSides(
      "that the user removed and the layout changed", "a\n", nil, "b\n", nil,
      .keep(.removedAndChanged)),
    ThreeSides("that the layout has no more", "a\n", "a\n", nil, nil, .remove),
    ThreeSides(
      "that the layout has no more and the user changed", "a\n", "b\n", nil, "b\n",
      .keep(.dropped)),
    ThreeSides("that both removed", "a\n", nil, nil, nil, nil),
    ThreeSides("that the layout has anew", nil, nil, "b\n", "b\n", .create),
    ThreeSides("that both have anew, alike", nil, "b\n", "b\n", "b\n", nil),
    ThreeSides(
      "that both have anew, in part alike", nil, "one\nmine\nthree\n", "one\ntheirs\nthree\n",
      "one\n<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> case 2.0.0\nthree\n",
      .marked(lines: [2])),
    ThreeSides(
      "with line ends that the user changed", lines, lines.crlf, lines([8: "theirs"]),
      lines([8: "theirs"]).crlf, .merge),
    ThreeSides(
      "with line ends that the user changed, beside a change", lines, lines([2: "mine"]).crlf,
      lines([8: "theirs"]), lines([2: "mine", 8: "theirs"]).crlf, .merge),
    ThreeSides(
      "with line ends of Windows, and a conflict", lines.crlf, lines([4: "mine"]).crlf,
      lines([4: "theirs"]).crlf,
      lines([
        4: "<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> case 2.0.0"
      ]).crlf, .marked(lines: [4])),
    ThreeSides(
      "without a line end at its end", String(lines.dropLast()),
      String(lines([2: "mine"]).dropLast()), String(lines([6: "theirs"]).dropLast()),
      String(lines([2: "mine", 6: "theirs"]).dropLast()), .merge),
    ThreeSides(
      "that holds markers itself", "<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n" + lines,
      "<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n" + lines([2: "mine"]),
      "<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n" + lines([8: "theirs"]),
      "<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n" + lines([2: "mine", 8: "theirs"]), .merge),
    ThreeSides(
      "that is binary and the layout changed", "a\0", "a\0", "b\0", "b\0", .replace),
    ThreeSides(
      "that is binary and both changed", "a\0", "mine\0", "theirs\0", "mine\0",
      .conflict(.unmergeable(.binary))),
  ]

  @Test("does what is right for one", arguments: cases)
  func decision(_ sides: ThreeSides) throws {
    var scenario = try Scenario(Self.files(sides.base))
    if let ours = sides.ours {
      try scenario.write(ours, to: "f")
    } else if sides.base != nil {
      try scenario.remove("f")
    }
    let update = try scenario.update(Self.files(sides.theirs))
    #expect(update.decision("f") == sides.decision)
    #expect(try scenario.text("f") == sides.result)
    let again = try scenario.planWhateverIsMarked(Self.files(sides.theirs))
    #expect(again?.plan.isDone ?? true, "\(again?.changedPaths ?? [])")
  }

  /// There is always another file, since a layout has one.
  static func files(_ text: String?) -> [String: String] {
    var files = ["base/other": "same\n"]
    // As it stands, whatever looks like a placeholder.
    files["base/f"] = text
    return files
  }

  @Test("puts beside a binary file what the layout has for it, once")
  func beside() throws {
    var scenario = try Scenario(["base/f.bin": "a\0"])
    try scenario.write("mine\0", to: "f.bin")
    let update = try scenario.update(["base/f.bin": "theirs\0"])
    #expect(update.conflictCodes == ["f.bin": "binary"])
    #expect(try scenario.text("f.bin.layout") == "theirs\0")
    #expect(try scenario.update(["base/f.bin": "theirs\0"], sameVersion: true).plan.isDone)
    try scenario.update(["base/f.bin": "theirs 3\0"])
    #expect(try scenario.text("f.bin.layout") == "theirs\0")
    #expect(try scenario.text("f.bin.layout-2") == "theirs 3\0")
    #expect(try scenario.text("f.bin") == "mine\0")
  }

  @Test("does by the policy what cannot be merged")
  func policies() throws {
    for (policy, result) in [(UpdatePolicy.ours, "mine\n"), (.theirs, "theirs\n")] {
      var scenario = try Scenario(["base/f": "a\n", "base/g": "a\0"])
      try scenario.write("mine\n", to: "f")
      try scenario.write("mine\0", to: "g")
      let update = try scenario.update(
        ["base/f": "theirs\n", "base/g": "theirs\0"], onConflict: policy)
      #expect(update.conflictCodes.isEmpty)
      #expect(try scenario.text("f") == result)
      #expect(try scenario.text("g") == result.replacing("\n", with: "\0"))
      #expect(try scenario.paths() == ["f", "g"])
    }
  }

  @Test("writes nothing at all when conflicts are to fail")
  func fail() throws {
    var scenario = try Scenario(["base/f": "a\n", "base/g": "a\n"])
    try scenario.write("mine\n", to: "f")
    let before = try scenario.disk.snapshot()
    let update = try scenario.plan(["base/f": "theirs\n", "base/g": "b\n"], onConflict: .fail)
    #expect(update.conflictCodes == ["f": "both-changed"])
    #expect(update.plan.isBlocked)
    #expect(throws: TargetError.self) { try update.plan.commit() }
    #expect(try scenario.disk.snapshot() == before)
  }

  @Test("changes a mode and a content apart from each other")
  func modes() throws {
    var scenario = try Scenario(["base/a": "x\n", "base/b": "#!x\n", "base/c": "x\n"])
    try scenario.write("x\n", to: "c", mode: 0o755)
    try scenario.write("mine\n", to: "a")
    let update = try scenario.update(["base/a": "#!x\n", "base/b": "x\n", "base/c": "y\n"])
    #expect(update.decision("a") == .marked(lines: [1]))
    #expect(try scenario.mode("a") == 0o755)
    #expect(try scenario.mode("b") == 0o644)
    #expect(try scenario.mode("c") == 0o755)
    #expect(try scenario.text("c") == "y\n")
  }

  @Test("takes a changed mode for the user's edit of what the layout has no more")
  func modeOfDropped() throws {
    var scenario = try Scenario(["base/a": "x\n", "base/b": "x\n", "base/c": "x\n"])
    try scenario.write("x\n", to: "a", mode: 0o755)
    let update = try scenario.update(["base/c": "x\n"])
    #expect(update.decision("a") == .keep(.dropped) && update.decision("b") == .remove)
  }

  @Test("has there and back give the same record")
  func back() throws {
    let manifest =
      "\"variables\": [{ \"name\": \"NAME\", \"kind\": \"name\", \"default\": \"a\" }],"
    let files = ["base/f": "<<NAME>>\n" + Self.lines + "<<NAME>>\n"]
    var scenario = try Scenario(files, manifest: manifest)
    try scenario.write("a\n" + Self.lines([5: "mine"]) + "a\n", to: "f")
    let record = try scenario.text(".scaffold.json")
    for (before, after) in [("a", "b"), ("b", "c"), ("c", "b"), ("b", "a")] {
      try scenario.update(
        files, manifest: manifest, given: ["NAME": after], before: ["NAME": before],
        sameVersion: true)
      #expect(try scenario.text("f") == "\(after)\n" + Self.lines([5: "mine"]) + "\(after)\n")
      let count = try scenario.text(".scaffold.json")?.utf8.count ?? 0
      #expect(count < 900)
    }
    #expect(try scenario.text(".scaffold.json") == record)
  }

  @Test("says that a layout is older than the project")
  func older() throws {
    var scenario = try Scenario(["base/f": "1\n"])
    try scenario.update(["base/f": "2\n"])
    scenario.version = 0
    let update = try scenario.update(["base/f": "1\n"])
    #expect(update.remarks == ["the project has case 2.0.0; here is an older one, 1.0.0"])
    #expect(try scenario.text("f") == "1\n")
  }

  @Test("keeps a private file private, whoever changes it")
  func privateFiles() throws {
    let manifest = "\"private\": [\"s\"],"
    var scenario = try Scenario(
      ["base/s": UpdateDecisionTests.lines, "base/t": "x\n"], manifest: manifest)
    try scenario.write(Self.lines([2: "mine"]), to: "s")
    try scenario.update(
      ["base/s": Self.lines([8: "theirs"]), "base/t": "x\n"], manifest: manifest)
    #expect(try scenario.mode("s") == 0o600)
    #expect(try scenario.text("s") == Self.lines([2: "mine", 8: "theirs"]))
    try scenario.update(
      ["base/s": Self.lines([8: "theirs"]), "base/t": "x\n"],
      manifest: "\"private\": [\"s\", \"t\"],")
    #expect(try scenario.mode("t") == 0o600)
    try scenario.update(["base/s": Self.lines([8: "theirs"]), "base/t": "x\n"])
    #expect(try scenario.mode("s") == 0o644)
  }

  @Test("never touches what is no file")
  func kinds() throws {
    let disk = InMemoryFileSystem()
    var scenario = try Scenario(["base/f": "a\n", "base/d": "a\n", "base/e/f": "a\n"], on: disk)
    for name in ["f", "d", "e"] { try scenario.remove(name) }
    try disk.createLink(path("f"), to: "elsewhere")
    try scenario.write("mine", to: "d/own")
    try disk.createLink(path("e"), to: "d")
    let before = try disk.visible().filter { $0.key != Record.path }
    let update = try scenario.update(["base/f": "b\n", "base/d": "b\n", "base/e/f": "b\n"])
    #expect(
      update.conflictCodes == ["f": "wrong-kind", "d": "wrong-kind", "e/f": "wrong-kind"])
    #expect(try disk.visible().filter { $0.key != Record.path } == before)
    // That is so until the way is free.
    let files = ["base/f": "b\n", "base/d": "b\n", "base/e/f": "b\n"]
    #expect(try scenario.update(files, sameVersion: true).conflictCodes.count == 3)
    for name in ["f", "d", "e"] { try scenario.remove(name) }
    #expect(try scenario.update(files, sameVersion: true).conflictCodes.isEmpty)
    #expect(try scenario.paths() == ["d", "e", "e/f", "f"])
  }

  @Test("takes the same change of both for no merge")
  func sameChange() throws {
    var scenario = try Scenario(["base/f": Self.lines])
    try scenario.write(Self.lines([2: "two", 5: "mine"]), to: "f")
    let update = try scenario.update(["base/f": Self.lines([2: "two"])])
    #expect(update.changedPaths == [])
    #expect(try scenario.text("f") == Self.lines([2: "two", 5: "mine"]))
  }

  @Test("does all that needs no merge where there is no git")
  func noGit() throws {
    var scenario = try Scenario(["base/f": "a\n", "base/g": "a\n"])
    scenario.git = nil
    try scenario.write("mine\n", to: "f")
    let update = try scenario.update(["base/f": "b\n", "base/g": "b\n"])
    #expect(update.conflictCodes == ["f": "no-git"])
    #expect(try scenario.text("f") == "mine\n" && scenario.text("f.layout") == "b\n")
    #expect(try scenario.text("g") == "b\n")
  }

  @Test("merges again and again, though what the layout gives alone never was in the project")
  func versions() throws {
    var scenario = try Scenario(["base/f": Self.lines, "base/g": "a\n"])
    try scenario.write(Self.lines([5: "mine"]), to: "f")
    try scenario.commit()
    // The layout's second version is taken back by its fourth.
    for changes in [[2: "two"], [2: "two", 8: "eight"], [8: "eight"], [1: "one"]] {
      let update = try scenario.update(["base/f": Self.lines(changes), "base/g": "a\n"])
      #expect(update.decision("f") == .merge)
      #expect(
        try scenario.text("f") == Self.lines(changes.merging([5: "mine"]) { one, _ in one }))
    }
    // What is the layout's again is known as such.
    let update = try scenario.update(["base/f": Self.lines([5: "mine"]), "base/g": "a\n"])
    #expect(update.conflictCodes.isEmpty)
    #expect(try scenario.text(".scaffold.json")?.contains("delta") == false)
  }

  @Test("merges again after a conflict was resolved")
  func resolved() throws {
    var scenario = try Scenario(["base/f": Self.lines, "base/g": "a\n"])
    try scenario.write(Self.lines([5: "mine"]), to: "f")
    try scenario.commit()
    let update = try scenario.update(["base/f": Self.lines([5: "theirs"]), "base/g": "a\n"])
    #expect(update.decision("f") == .marked(lines: [5]))
    try scenario.write(Self.lines([5: "both"]), to: "f")
    try scenario.commit()
    try scenario.update(["base/f": Self.lines([5: "theirs", 9: "nine"]), "base/g": "a\n"])
    #expect(try scenario.text("f") == Self.lines([5: "both", 9: "nine"]))
  }

  private static let conflict = "<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> other\n"

  /// What is refused, with nothing written.
  private func refusal(
    _ scenario: inout Scenario, _ files: [String: String], manifest: String = "",
    onConflict: UpdatePolicy = .markers
  ) throws -> String {
    let before = try scenario.disk.snapshot()
    do {
      let update = try scenario.update(files, manifest: manifest, onConflict: onConflict)
      Issue.record("nothing is refused: \(update.changedPaths)")
      return ""
    } catch PlanError.conflicted(let diagnostics) {
      #expect(try scenario.disk.snapshot() == before)
      return described(diagnostics)
    }
  }

  @Test(
    "refuses what git has left of two branches where it would merge",
    arguments: [UpdatePolicy.markers, .ours, .theirs, .fail])
  func conflictsOfGit(_ policy: UpdatePolicy) throws {
    var scenario = try Scenario(["base/f": Self.lines, "base/g": "a\n", "base/h": "a\n"])
    try scenario.write("mine\n" + Self.conflict + Self.conflict + Self.lines, to: "f")
    try scenario.write(Self.conflict, to: "h")
    let files = ["base/f": Self.lines([9: "nine"]), "base/g": "b\n", "base/h": "a\n"]
    let found = try refusal(&scenario, files, onConflict: policy)
    #expect(
      found == """
        f:2:1: git has left a conflict of two branches here
        f:7:1: git has left a conflict of two branches here \
        (resolve these, and “git add” them; then run this again)
        """)
    // The other one is not touched.
    try scenario.write("mine\n" + Self.lines, to: "f")
    try scenario.commit()
    try scenario.update(files, sameVersion: true, onConflict: policy)
    #expect(try scenario.text("f") == "mine\n" + Self.lines([9: "nine"]))
    #expect(try scenario.text("h") == Self.conflict)
  }

  @Test("refuses them where a file goes elsewhere, is new to the record, or is not to be merged")
  func conflictsElsewhere() throws {
    var scenario = try Scenario(["base/f": "a\n", "base/g": "a\n"])
    try scenario.write(Self.conflict, to: "new")
    #expect(
      try refusal(&scenario, ["base/f": "a\n", "base/g": "a\n", "base/new": "a\n"])
        .hasPrefix("new:1:1: "))
    scenario.git = nil
    try scenario.write(Self.conflict, to: "f")
    #expect(try refusal(&scenario, ["base/f": "b\n", "base/g": "a\n"]).hasPrefix("f:1:1: "))
    let moved = "\"moved\": { \"base/f\": \"base/to\" },"
    let files = ["base/to": "a\n", "base/g": "a\n"]
    #expect(try refusal(&scenario, files, manifest: moved).hasPrefix("f:1:1: "))
  }

  @Test(
    "has a conflict that the layout gives itself for an example",
    arguments: [("", conflict), (conflict, ""), (conflict, conflict)])
  func examples(_ before: String, _ after: String) throws {
    var scenario = try Scenario(["base/f": Self.lines + before, "base/g": "a\n"])
    try scenario.write("mine\n" + Self.lines + Self.conflict, to: "f")
    try scenario.commit()
    let update = try scenario.update(["base/f": Self.lines([2: "two"]) + after, "base/g": "a\n"])
    #expect(update.decision("f") == .merge)
    #expect(try scenario.text("f") == "mine\n" + Self.lines([2: "two"]) + after)
  }

  @Test("says why where nobody knows any more what the layout had written")
  func noBase() throws {
    var scenario = try Scenario(["base/f": "a\n"])
    scenario.forgetObjects()
    try scenario.write("mine\n", to: "f")
    let update = try scenario.update(["base/f": "c\n"])
    #expect(update.conflictCodes == ["f": "no-base"])
    #expect(try scenario.text("f") == "mine\n" && scenario.text("f.layout") == "c\n")
  }
}

extension Scenario {
  /// The plan of the same once more; nil where markers are refused, as they should be.
  mutating func planWhateverIsMarked(_ files: [String: String]) throws -> Update? {
    do {
      return try plan(files, sameVersion: true)
    } catch PlanError.conflicted(let diagnostics)
      where diagnostics.all.allSatisfy({ $0.message.contains("not resolved") })
    {
      return nil
    }
  }
}

extension String {
  var crlf: String { replacing("\n", with: "\r\n") }
}
