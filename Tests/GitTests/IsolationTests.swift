import FileTrees
import Foundation
import TestSupport
import Testing

@testable import Git

/// What a user has set, and what a hook runs with, must not change what comes of a merge.
@Suite("Whatever the user's settings say, git")
struct IsolationTests {
  private let room: Room

  init() throws {
    room = try Room()
  }

  /// A conflict, a clean merge, a difference and a blob are as ever.
  private func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let git = try room.git()
    let merges = [
      Merge("a\nb\nc\n", "a\nB\nc\n", "a\nX\nc\n"), Merge("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n"),
    ]
    #expect(
      try git.merged(merges) == [
        .conflict("a\n<<<<<<< yours\nB\n=======\nX\n>>>>>>> tiered 2.1.0\nc\n", at: 2),
        .merged("A\nb\nC\n"),
      ], sourceLocation: sourceLocation)
    let path = try RelativePath(validating: "file.txt")
    let difference = Difference(
      old: .init(path: path, content: Array("a\n".utf8)),
      new: .init(path: path, content: Array("b\n".utf8)))
    #expect(
      String(decoding: try git.diff([difference], isColoured: false), as: UTF8.self) == """
        diff --git a/file.txt b/file.txt
        index 7898192..6178079 100644
        --- a/file.txt
        +++ b/file.txt
        @@ -1 +1 @@
        -a
        +b

        """, sourceLocation: sourceLocation)
    let content = Array("content\n".utf8)
    let id = GitObjectID(blob: content)
    #expect(
      try git.blobs([id], inRepositoryOf: room.path("project")) == [id: content],
      sourceLocation: sourceLocation)
    #expect(try room.leftovers == [], sourceLocation: sourceLocation)
  }

  @Test("does not stop at a setting that it cannot read")
  func brokenSetting() throws {
    try room.makeRepository("project")
    try room.write("[merge]\n  conflictStyle = unheard-of\n", to: "home/.gitconfig")
    // It does stop there otherwise.
    let stopped = try SpawnedProgram(
      ["git", "merge-file", "-p", "file.txt", "file.txt", "file.txt"],
      in: room.url.appending(path: "project"), environment: room.environment
    ).run()
    try #require(stopped.code == 128)
    try check()
    try room.write("[no section\n", to: "home/.gitconfig")
    try check()
    try room.write("[broken\n", to: "home/.config/git/config")
    room.environment["XDG_CONFIG_HOME"] = room.path("home/.config")
    try check()
  }

  @Test("heeds no attributes of the user's")
  func attributes() throws {
    try room.makeRepository("project")
    try room.write("* merge=union -diff\n", to: "home/.config/git/attributes")
    try check()
    room.environment["XDG_CONFIG_HOME"] = room.path("home/.config")
    try check()
    try room.write("[core]\n  attributesFile = ~/a\n", to: "home/.gitconfig")
    try room.write("* merge=union -diff\n", to: "home/a")
    try check()
  }

  @Test("starts no program that the user has set")
  func programs() throws {
    try room.makeRepository("project")
    let trace = room.path("started")
    let program = "touch \(trace)"
    try room.write(
      """
      [core]
        pager = \(program)
        fsmonitor = \(program)
      [pager]
        cat-file = true
      [diff]
        external = \(program)

      """, to: "home/.gitconfig")
    for name in ["GIT_EXTERNAL_DIFF", "GIT_PAGER", "PAGER", "GIT_SSH_COMMAND"] {
      room.environment[name] = program
    }
    try check()
    #expect(!FileManager.default.fileExists(atPath: trace))
  }

  @Test("in a hook writes nothing into that repository", arguments: ["project", "other"])
  func hook(repository: String) throws {
    try room.makeRepository("project")
    if repository == "other" { try room.makeRepository("other", content: "other\n") }
    let before = try room.snapshot(of: repository)
    try #require(before.count > 5)
    room.environment["GIT_DIR"] = room.path("\(repository)/.git")
    room.environment["GIT_WORK_TREE"] = room.path(repository)
    room.environment["GIT_INDEX_FILE"] = room.path("\(repository)/.git/index")
    room.environment["GIT_OBJECT_DIRECTORY"] = room.path("\(repository)/.git/objects")
    room.environment["GIT_PREFIX"] = ""
    room.environment["GIT_QUARANTINE_PATH"] = room.path("\(repository)/.git/objects")
    try check()
    #expect(try room.snapshot(of: repository) == before)
  }

  @Test(
    "is not led elsewhere by a variable",
    arguments: [
      ["LANGUAGE": "de", "LANG": "de_DE.UTF-8", "LC_ALL": ""],
      ["GIT_TRACE": "1", "GIT_TRACE2": "1", "GIT_TRACE_SETUP": "1"],
      ["GIT_DEFAULT_HASH": "sha256"], ["GIT_OBJECT_DIRECTORY": "/dev/null"],
      [
        "GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_0": "merge.default", "GIT_CONFIG_VALUE_0": "union",
        "GIT_CONFIG_KEY_1": "merge.conflictStyle", "GIT_CONFIG_VALUE_1": "diff3",
      ],
      ["GIT_CONFIG_PARAMETERS": "'merge.conflictstyle'='diff3'"],
      ["GIT_DIFF_OPTS": "--unified=0"], ["GIT_ATTR_SOURCE": "HEAD"], ["GIT_WORK_TREE": "/"],
      ["GIT_LITERAL_PATHSPECS": "1"], ["GIT_NAMESPACE": "x"], ["GIT_EXEC_PATH": "/nowhere"],
      ["GIT_CEILING_DIRECTORIES": "/nowhere"], ["GIT_CONFIG_GLOBAL": "/nowhere"],
    ])
  func variables(variables: [String: String]) throws {
    try room.makeRepository("project")
    room.environment.merge(variables) { $1 }
    try check()
  }

  @Test("writes no trace where a variable says to")
  func trace() throws {
    try room.makeRepository("project")
    for name in ["GIT_TRACE", "GIT_TRACE2_EVENT", "GIT_TRACE_PERFORMANCE"] {
      room.environment[name] = room.path("trace")
    }
    try check()
    #expect(!FileManager.default.fileExists(atPath: room.path("trace")))
  }

  @Test("does not see a repository around the temporary directory")
  func repositoryAround() throws {
    try room.makeRepository("project")
    try room.run("init", "-q", room.path("around"))
    try room.write(
      "[core]\n  repositoryFormatVersion = 99\n[merge]\n  conflictStyle = unheard-of\n",
      to: "around/.git/config")
    try room.write("* -diff\n", to: "around/.gitattributes")
    try room.makeDirectory("around/a:b")
    room.environment["TMPDIR"] = room.path("around/a:b")
    try check()
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: room.path("around/a:b")).isEmpty)
  }
}
