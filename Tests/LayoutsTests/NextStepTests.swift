import Testing

@testable import Layouts

@Suite("What to run next")
struct NextStepTests {
  /// A machine on which `programs` are: names to what links lead to from there, or to itself.
  private func machine(
    _ programs: [String: String] = [:], in directory: String = "/usr/bin",
    _ repository: Machine.Repository = .around
  ) -> Machine {
    Machine(repository: repository) { name in
      programs[name].map { Machine.Program(path: "\(directory)/\(name)", realName: $0) }
    }
  }

  private func steps(
    _ next: String, _ given: [String: String] = [:], directory: String = "my dir"
  ) throws -> [NextStep] {
    let text = manifest(
      """
      "next": [\(next)],
      "variables": [{"name": "TIER", "choices": ["mvp", "core"], "default": "mvp"}]
      """)
    let layout = try loaded(text, ["base/a": ""])
    let steps = try layout.nextSteps(
      with: layout.manifest.answers(given), directory: directory)
    let packed = try Layout(embedded: layout.embedded())
    #expect(
      try packed.nextSteps(with: layout.manifest.answers(given), directory: directory) == steps)
    return steps
  }

  private static let python = #"""
    [
      {"run": "uv venv", "needs": "uv"},
      {"run": "python3 -m venv", "needs": "python3.14", "as": "python3"},
      {"run": "python3.14 -m venv", "needs": "python3.14", "get": "needs Python: there"}
    ]
    """#

  @Test("is in the directory that was given, and what the answers leave")
  func answers() throws {
    let steps = try steps(
      #""cd <<DIRECTORY|shell>>", "<<@if TIER > mvp>>make all<<@end>>", "make <<TIER>>""#)
    #expect(steps.lines(on: machine()) == ["cd 'my dir'", "make mvp"])
  }

  @Test(
    "is the first way that the machine has, else the last after a remark",
    arguments: [
      (["uv": "uv", "python3.14": "python3.14"], ["uv venv"]),
      (["python3": "python3.14", "python3.14": "python3.14"], ["python3 -m venv"]),
      (["python3": "python3.14"], ["python3 -m venv"]),
      (["python3": "python3.11", "python3.14": "python3.14"], ["python3.14 -m venv"]),
      (["python3.14": "python3.14-intel64"], ["python3.14 -m venv"]),
      (["python3": "python3.11"], ["# needs Python: there", "python3.14 -m venv"]),
      (["python3": "python3"], ["# needs Python: there", "python3.14 -m venv"]),
      ([:], ["# needs Python: there", "python3.14 -m venv"]),
    ])
  func ways(_ programs: [String: String], _ expected: [String]) throws {
    #expect(try steps(Self.python).lines(on: machine(programs)) == expected)
  }

  @Test("does not rely on what may be of a version that is not active")
  func shims() throws {
    let programs = ["python3.14": "python3.14", "python3": "python3.14"]
    let steps = try steps(Self.python)
    #expect(
      steps.lines(on: machine(programs, in: "/home/me/.pyenv/shims"))
        == ["# needs Python: there", "python3.14 -m venv"])
    #expect(steps.lines(on: machine(programs, in: "/shims/bin")) == ["python3 -m venv"])
  }

  @Test("leaves out what is not there and nobody says how to get, and what the answers leave empty")
  func leftOut() throws {
    let steps = try steps(
      #"""
      {"run": "make", "needs": "make"}, [{"run": "just", "needs": "just"}, "sh run.sh"],
      {"run": "<<@if TIER > mvp>>docker up<<@end>>", "needs": "docker", "get": "needs Docker"}
      """#)
    #expect(steps.lines(on: machine()) == ["sh run.sh"])
    #expect(steps.lines(on: machine(["make": "gmake", "just": "just"])) == ["make", "just"])
    #expect(steps.lines(on: machine(["docker": "docker"])) == ["sh run.sh"])
  }

  @Test("may look for a program by an answer")
  func answeredProgram() throws {
    let steps = try steps(#"{"run": "<<TIER>>-run", "needs": "<<TIER>>-run"}"#, ["TIER": "core"])
    #expect(steps.lines(on: machine(["core-run": "core-run"])) == ["core-run"])
    #expect(steps.lines(on: machine(["mvp-run": "mvp-run"])).isEmpty)
  }

  @Test("has a remark of several lines where it is longer than a terminal is wide")
  func longRemark() throws {
    let words = Array(repeating: "twelve-bytes", count: 12).joined(separator: " ")
    let steps = try steps(#"{"run": "make", "needs": "make", "get": "needs \#(words)"}"#)
    let lines = steps.lines(on: machine())
    #expect(lines.map(\.utf8.count) == [72, 66, 27, 4])
    #expect(lines.dropLast().allSatisfy { $0.hasPrefix("# ") })
    #expect(
      lines.dropLast().map { $0.dropFirst(2) }.joined(separator: " ") == "needs \(words)")
  }

  // MARK: Repositories

  private static let hooks = #"{"run": "pre-commit install", "repository": true}, "make""#

  @Test(
    "makes the project a repository where it is in none and there is git",
    arguments: [
      (Machine.Repository.none, true, ["git init -b main", "pre-commit install", "make"]),
      (.none, false, ["make"]),
      (.own, true, ["pre-commit install", "make"]),
      (.own, false, ["pre-commit install", "make"]),
      (.around, true, ["make"]),
    ])
  func repository(
    _ repository: Machine.Repository, hasGit: Bool, _ expected: [String]
  ) throws {
    let machine = machine(hasGit ? ["git": "git"] : [:], repository)
    let next = #""cd <<DIRECTORY|shell>>", \#(Self.hooks)"#
    #expect(try steps(next).lines(on: machine) == ["cd 'my dir'"] + expected)
    #expect(try steps(next, directory: ".").lines(on: machine) == expected)
  }

  @Test("makes no repository twice, nor where no command goes to the project")
  func repositoryElsewhere() throws {
    let machine = machine(["git": "git"], .none)
    let twice = try steps(#""cd <<DIRECTORY>>", "make", "git init && make hooks""#)
    #expect(twice.lines(on: machine) == ["cd my dir", "make", "git init && make hooks"])
    #expect(try steps(#""make""#).lines(on: machine) == ["make"])
    #expect(try steps(#""cd <<DIRECTORY>>/src""#).lines(on: machine) == ["cd my dir/src"])
    #expect(try steps("").lines(on: machine).isEmpty)
    let unprintable = try steps(#""cd <<DIRECTORY|shell>>", "make""#, directory: "a\u{1B}b")
    #expect(unprintable.lines(on: machine) == ["cd 'a\u{1B}b'", "make"])
  }

  // MARK: Faults

  @Test(
    "is held to its shape",
    arguments: [
      ("1", "2:10: an item of “next” must be a text, an object or a list, not an integer"),
      ("[]", "2:10: an item of “next” has no way to do it"),
      ("[[\"a\"]]", "2:11: an item of “next” must be a text, an object or a list, not a list"),
      (#"{"needs": "uv"}"#, "2:10: a command lacks the key “run”"),
      (
        #"{"run": "a", "need": "uv"}"#,
        "2:23: unknown key “need” in a command (did you mean “needs”?)"
      ),
      (#"{"run": "a", "needs": ["uv"]}"#, "2:32: “needs” must be a string, not a list"),
      (
        #"{"run": "a", "needs": "bin/uv"}"#,
        "2:32: “bin/uv” is no program's name (it is looked for in the path: “python3.14”, “uv”)"
      ),
      (
        #"{"run": "a", "needs": "uv", "as": ""}"#,
        "2:44: “” is no program's name (it is looked for in the path: “python3.14”, “uv”)"
      ),
      (
        #"{"run": "a", "get": "there"}"#,
        "2:30: “get” is about what the command “needs”, which is not said"
      ),
      (
        #"{"run": "a", "as": "b"}"#,
        "2:29: “as” is about what the command “needs”, which is not said"
      ),
      (
        #"{"run": "a", "repository": 1}"#,
        "2:37: “repository” must be true or false, not an integer"
      ),
      (
        #"["a", "b"]"#,
        "2:11: what follows is never shown: this way needs nothing"
          + " (say which program it “needs”, or make it the last)"
      ),
      (
        #"[{"run": "a", "needs": "a", "get": "there"}, "b"]"#,
        "2:45: “get” is for the last way alone: the others are passed over"
      ),
    ])
  func faults(_ item: String, _ message: String) throws {
    let found = try complaints(ofManifest: manifest("\"next\": [\(item)]"))
    #expect(found == "layout.json:" + message)
  }

  @Test(
    "may use what the path is called, and nothing that is not declared",
    arguments: [
      #"{"run": "<<NONE>>"}"#, #"{"run": "a", "needs": "<<NONE>>"}"#,
      #"{"run": "a", "needs": "b", "as": "<<NONE>>"}"#,
      #"{"run": "a", "needs": "b", "get": "<<NONE>>"}"#,
    ])
  func names(_ item: String) throws {
    let text = manifest("\"next\": [\(item)]")
    #expect(try complaints(ofManifest: text).contains("“NONE” is not declared"))
    let declared = text.replacing("NONE", with: "DIRECTORY")
    #expect(try complaints(ofManifest: declared).isEmpty)
  }
}
