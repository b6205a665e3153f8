import Foundation
import Prompts
import Testing

@testable import scaffold

@Suite("What becomes of files in conflict, as a person decides it")
struct ConflictReviewTests {
  /// Answers with the keys of a script, and then is lost.
  private final class Script: Prompter {
    private var keys: [Character]
    private(set) var prompts: [Prompt] = []
    private(set) var isClosed = false
    /// What comes when all keys were pressed.
    private let end: PromptError

    init(_ keys: String, then end: PromptError = .lost) {
      self.keys = Array(keys)
      self.end = end
    }

    func ask(_ prompt: Prompt) throws(PromptError) -> Reply {
      prompts.append(prompt)
      guard case .review(_, let actions) = prompt.field, !keys.isEmpty else { throw end }
      let key = keys.removeFirst()
      guard let index = actions.firstIndex(where: { $0.key == key }) else {
        Issue.record("no action “\(key)” among \(actions.map(\.key))")
        throw .cancelled
      }
      return .answer(.action(index))
    }

    func close() { isClosed = true }

    func keys(of prompt: Int) -> String {
      guard case .review(_, let actions) = prompts[prompt].field else { return "" }
      return String(actions.map(\.key))
    }

    func document(of prompt: Int) -> [String] {
      guard case .review(let document, _) = prompts[prompt].field else { return [] }
      return document
    }
  }

  /// A layout `mine` of three files, and a project `shop` that has others in their places.
  private func existing() throws -> Shell {
    let shell = try Shell()
    try shell.write("mine/layout.json", Self.manifest("1.0.0"))
    for name in ["one", "three", "two"] { try shell.write("mine/base/\(name)", "theirs\n") }
    for name in ["one", "three", "two"] { try shell.write("shop/\(name)", "\tours\u{1B}[31m\n") }
    return shell
  }

  /// A project `shop` in which three files and the layout's new version have changed the same line.
  private func edited() throws -> Shell {
    let shell = try Shell()
    try shell.write("mine/layout.json", Self.manifest("1.0.0"))
    for name in ["one", "three", "two"] { try shell.write("mine/base/\(name)", "base\n") }
    // The project's git has what the layout wrote.
    let made = try shell.run(
      "scaffold new --layout ./mine --quiet shop && cd shop && git init --quiet && git add .")
    try #require(made.code == 0, "\(made.errors)")
    for name in ["one", "three", "two"] {
      try shell.write("shop/\(name)", "ours\n")
      try shell.write("mine/base/\(name)", "theirs\n")
    }
    try shell.write("mine/layout.json", Self.manifest("1.1.0"))
    return shell
  }

  private static func manifest(_ version: String) -> String {
    """
    { "name": "mine", "summary": "s", "version": "\(version)", "layers": [{ "folder": "base" }] }
    """
  }

  private func new(_ script: Script, _ shell: Shell) throws -> Program.ExitCode {
    try NewCommand().run(
      [
        "--layout", shell.directory.appending(path: "mine").path, "--on-conflict", "ask", "--quiet",
        shell.directory.appending(path: "shop").path,
      ], Context(asking: { _, _ in script }))
  }

  private func update(_ script: Script, _ shell: Shell) throws -> Program.ExitCode {
    try UpdateCommand().run(
      [
        "--layout", shell.directory.appending(path: "mine").path, "--on-conflict", "ask", "--quiet",
        shell.directory.appending(path: "shop").path,
      ], Context(asking: { _, _ in script }))
  }

  private func words(_ shell: Shell) throws -> [String] {
    try ["one", "three", "two"].map { name in
      let text = try String(
        contentsOf: shell.directory.appending(path: "shop/\(name)"), encoding: .utf8)
      if text.contains("<<<<<<<") { return "both" }
      return text.contains("theirs") ? "theirs" : "ours"
    }
  }

  @Test(
    "file by file, in a new project",
    arguments: [
      ("krk", ["ours", "theirs", "ours"]), ("rR", ["theirs", "theirs", "theirs"]),
      ("rK", ["theirs", "ours", "ours"]), ("", ["ours", "ours", "ours"]),
      ("r", ["theirs", "ours", "ours"]), ("wwrwr", ["theirs", "theirs", "ours"]),
    ])
  func create(_ keys: String, _ expected: [String]) throws {
    let shell = try existing()
    defer { shell.remove() }
    let script = Script(keys)
    #expect(try new(script, shell) == .done)
    #expect(try words(shell) == expected)
    #expect(script.isClosed)
    #expect(script.keys(of: 0) == "krwKRs")
    #expect(
      FileManager.default.fileExists(
        atPath: shell.directory.appending(path: "shop/.scaffold.json").path))
  }

  @Test("stopped, nothing is written", arguments: ["s", "rs", "krs"])
  func stop(_ keys: String) throws {
    let shell = try existing()
    defer { shell.remove() }
    let before = try shell.run("find shop -type f | sort | xargs cat")
    #expect(throws: Failure.self) { try new(Script(keys), shell) }
    #expect(throws: Failure.self) {
      try new(Script(String(keys.dropLast()), then: .cancelled), shell)
    }
    #expect(throws: Failure.self) {
      try new(Script(String(keys.dropLast()), then: .interrupted(signal: 2)), shell)
    }
    #expect(try shell.run("find shop -type f | sort | xargs cat").output == before.output)
    #expect(try shell.run("ls -A shop").output == "one\nthree\ntwo\n")
  }

  @Test("what is shown cannot act on the terminal, and has the whole file when it is asked for")
  func document() throws {
    let shell = try existing()
    defer { shell.remove() }
    try shell.write("shop/one", (1...30).map { "\($0)\n" }.joined() + "\tours\u{1B}[31m\n")
    try shell.write("mine/base/one", (1...30).map { "\($0)\n" }.joined() + "theirs\n")
    let script = Script("wk")
    _ = try new(script, shell)
    let lines = script.document(of: 0)
    #expect(lines.contains("-        ours\\e[31m"), "\(lines)")
    #expect(lines.contains("+theirs"), "\(lines)")
    #expect(!lines.contains(" 2") && script.document(of: 1).contains(" 2"), "\(lines)")
    #expect(!lines.contains { $0.contains("\u{1B}") || $0.contains("\t") })
    #expect(script.prompts[0].question.hasSuffix("shop/one? (1 of 3)"))
    #expect(script.keys(of: script.prompts.count - 1) == "krwKRs")
  }

  @Test(
    "file by file, in an update, which can merge",
    arguments: [
      ("krm", ["ours", "theirs", "both"], Program.ExitCode.difference),
      ("mR", ["both", "theirs", "theirs"], .difference),
      ("rK", ["theirs", "ours", "ours"], .done), ("", ["ours", "ours", "ours"], .done),
    ])
  func update(_ keys: String, _ expected: [String], _ code: Program.ExitCode) throws {
    let shell = try edited()
    defer { shell.remove() }
    let script = Script(keys)
    do {
      #expect(try update(script, shell) == code)
    } catch {
      #expect((error as? Failure)?.ending == .code(code))
    }
    #expect(try words(shell) == expected)
    #expect(script.keys(of: 0) == "krmwKRs")
    // What was decided is settled: nothing is asked again.
    if code == .done {
      #expect(try update(Script("", then: .cancelled), shell) == .done)
      #expect(try words(shell) == expected)
    }
  }

  @Test("stopped, an update leaves all as it is")
  func stopUpdate() throws {
    let shell = try edited()
    defer { shell.remove() }
    let before = try shell.run("cat shop/.scaffold.json").output
    #expect(throws: Failure.self) { try update(Script("rs"), shell) }
    #expect(try words(shell) == ["ours", "ours", "ours"])
    #expect(try shell.run("cat shop/.scaffold.json").output == before)
  }

  @Test("nobody is asked where nothing is in conflict, or where no answer would do")
  func isSilent() throws {
    let shell = try existing()
    defer { shell.remove() }
    _ = try shell.run("rm shop/one; mkdir shop/one")
    let script = Script("")
    #expect(throws: Failure.self) { try new(script, shell) }
    #expect(script.prompts.isEmpty)
    _ = try shell.run("rm -r shop; mkdir shop")
    #expect(try new(script, shell) == .done)
    #expect(script.prompts.isEmpty)
  }
}
