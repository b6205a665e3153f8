import Foundation
import Processes
import TestSupport
import Testing

@testable import Git

/// A directory for one test: a home, a place for temporary directories, and whatever else it makes.
final class Room {
  let url: URL
  /// What git is started with, but for what a test sets.
  var environment: [String: String]

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appending(path: "scaffold-git-tests-\(UUID().uuidString)").resolvingSymlinksInPath()
    environment = [
      "PATH": try #require(ProcessInfo.processInfo.environment["PATH"]),
      "HOME": url.appending(path: "home").path,
      "TMPDIR": url.appending(path: "temporary").path,
    ]
    for name in ["home", "temporary"] { try makeDirectory(name) }
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func path(_ name: String) -> String { url.appending(path: name).path }

  func makeDirectory(_ name: String) throws {
    try FileManager.default.createDirectory(
      at: url.appending(path: name), withIntermediateDirectories: true)
  }

  func write(_ text: String, to name: String) throws {
    try makeDirectory((name as NSString).deletingLastPathComponent)
    try Data(text.utf8).write(to: url.appending(path: name))
  }

  /// Puts a program of this name before all others. Another process makes the file: one that this
  /// process wrote could be open for writing, in a copy of it that another thread starts a program
  /// by, and could not be run then.
  func putFirst(
    _ name: String, _ script: String, interpreter: String = "/bin/sh"
  ) throws {
    try write("#!\(interpreter)\n\(script)\n", to: "scripts/\(name)")
    try makeDirectory("bin")
    let result = try SpawnedProgram(
      ["install", "-m", "755", path("scripts/\(name)"), path("bin/\(name)")]
    ).run()
    try #require(result.code == 0)
    environment["PATH"] = "\(path("bin")):" + (environment["PATH"] ?? "")
  }

  /// The git under test, with the environment as it is now.
  func git() throws -> GitProgram {
    try #require(GitProgram(environment: Environment(environment)))
  }

  /// Runs git as the user does.
  @discardableResult
  func run(_ arguments: String..., in directory: String = "home") throws -> String {
    let result = try SpawnedProgram(
      ["git"] + arguments, in: url.appending(path: directory), environment: environment
    ).run()
    try #require(
      result.code == 0, "\(arguments): \(String(decoding: result.errors, as: UTF8.self))")
    return String(decoding: result.output, as: UTF8.self)
  }

  /// Makes a repository with the file `file.txt` in it, and one commit.
  func makeRepository(_ name: String, content: String = "content\n") throws {
    try run("init", "-q", path(name))
    try write(content, to: "\(name)/file.txt")
    try run("add", ".", in: name)
    try run(
      "-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-qm", "first", in: name)
  }

  /// All that is below a directory, with each file's content.
  func snapshot(of name: String) throws -> [String: Data] {
    var found: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: path(name)) {
      found[path] = try? Data(contentsOf: url.appending(path: "\(name)/\(path)"))
    }
    return found
  }

  /// What runs of git have left behind.
  var leftovers: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: path("temporary")) }
  }
}

extension Merge {
  /// Of texts, labelled as `update` does.
  init(
    _ base: String, _ ours: String, _ theirs: String, style: Style = .merge,
    label: String = "tiered 2.1.0"
  ) {
    self.init(
      base: Array(base.utf8), ours: Array(ours.utf8), theirs: Array(theirs.utf8),
      labels: (ours: "yours", base: "tiered 2.0.0", theirs: label), style: style)
  }
}

extension Merge.Result {
  static func merged(_ text: String) -> Merge.Result { .merged(Array(text.utf8)) }

  /// At which lines it has conflicts; none for another result.
  var conflicts: [Int] {
    if case .conflict(_, let lines) = self { lines } else { [] }
  }

  /// What is to be in the file; nil for no text.
  var text: String? {
    switch self {
    case .merged(let text), .conflict(let text, _): String(decoding: text, as: UTF8.self)
    case .binary: nil
    }
  }

  static func conflict(_ text: String, at lines: Int...) -> Merge.Result {
    .conflict(Array(text.utf8), lines: lines)
  }
}

extension Merge.Result: CustomTestStringConvertible {
  public var testDescription: String {
    "\(text.debugDescription), conflicts at \(conflicts)"
  }
}
