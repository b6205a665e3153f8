import FileTrees
import Foundation
import TestSupport
import Testing

@testable import Git

@Suite("The blobs of a repository")
struct BlobTests {
  private let room: Room

  init() throws {
    room = try Room()
  }

  private func blob(_ text: String) -> (id: GitObjectID, content: [UInt8]) {
    (GitObjectID(blob: Array(text.utf8)), Array(text.utf8))
  }

  private func blobs(_ texts: String..., in directory: String = "project") throws -> [String] {
    let found = try room.git().blobs(
      texts.map { blob($0).id }, inRepositoryOf: room.path(directory))
    #expect(try room.leftovers == [])
    for (id, content) in found { #expect(GitObjectID(blob: content) == id) }
    return found.values.map { String(decoding: $0, as: UTF8.self) }.sorted()
  }

  @Test("are found loose and packed, and what it does not have is left out")
  func found() throws {
    try room.makeRepository("project", content: "first\n")
    #expect(try blobs("first\n", "absent\n", "second\n") == ["first\n"])
    try room.run("gc", "-q", "--prune=now", in: "project")
    try room.write("second\n", to: "project/file.txt")
    try room.write("\n\n<id> blob 3\n", to: "project/other.txt")
    try room.write("", to: "project/empty.txt")
    try room.run("add", ".", in: "project")
    #expect(
      try blobs("first\n", "absent\n", "second\n", "", "\n\n<id> blob 3\n")
        == ["", "\n\n<id> blob 3\n", "first\n", "second\n"])
    // From any folder of it.
    try room.makeDirectory("project/a/b")
    #expect(try blobs("first\n", in: "project/a/b") == ["first\n"])
    #expect(try blobs(in: "project").isEmpty)
  }

  @Test("are none without a repository")
  func noRepository() throws {
    #expect(try blobs("a\n", in: "home").isEmpty)
    #expect(try blobs("a\n", in: "absent").isEmpty)
  }

  @Test("are no trees, no commits and nothing large")
  func otherObjects() throws {
    try room.makeRepository("project")
    let git = try room.git()
    for name in ["HEAD", "HEAD^{tree}"] {
      let text = try room.run("rev-parse", name, in: "project").prefix(40)
      let id = try #require(GitObjectID(hexadecimal: String(text)))
      #expect(try git.blobs([id], inRepositoryOf: room.path("project")).isEmpty)
    }
    let limit = 16 << 20
    for size in [limit, limit + 1] {
      let content = [UInt8](repeating: UInt8(ascii: "a"), count: size)
      try Data(content).write(to: room.url.appending(path: "project/large"))
      try room.run("add", "large", in: "project")
      let id = GitObjectID(blob: content)
      let found = try git.blobs([id], inRepositoryOf: room.path("project"))
      #expect(found[id]?.count == (size == limit ? size : nil))
    }
  }

  @Test("are hashed again: one that was replaced, or is broken, is left out")
  func verified() throws {
    try room.makeRepository("project", content: "first\n")
    try room.write("second\n", to: "project/file.txt")
    try room.run("add", ".", in: "project")
    let (first, second) = (blob("first\n").id.description, blob("second\n").id.description)
    try room.run("replace", first, second, in: "project")
    #expect(try blobs("first\n") == ["first\n"])
    // The loose object of one content under the name of another.
    func file(_ id: String) -> URL {
      room.url.appending(path: "project/.git/objects/\(id.prefix(2))/\(id.dropFirst(2))")
    }
    try FileManager.default.removeItem(at: file(first))
    try FileManager.default.copyItem(at: file(second), to: file(first))
    #expect(try blobs("first\n", "second\n") == ["second\n"])
  }

  /// A repository may say what it likes, but a command of its own is never run.
  @Test("are read without a program that the repository names")
  func programs() throws {
    try room.makeRepository("project", content: "first\n")
    let program = "touch \(room.path("started"))"
    for setting in [
      "core.fsmonitor", "core.pager", "core.sshCommand", "diff.x.textconv", "filter.x.smudge",
      "filter.x.process", "alias.cat-file", "core.alternateRefsCommand", "core.editor",
    ] {
      try room.run(
        "config", setting, setting.hasPrefix("alias") ? "!\(program)" : program, in: "project")
    }
    try room.run("config", "core.hooksPath", room.path("hooks"), in: "project")
    try room.run("config", "pager.cat-file", "true", in: "project")
    try room.write("* diff=x filter=x\n", to: "project/.gitattributes")
    #expect(try blobs("first\n", "absent\n") == ["first\n"])
    #expect(!FileManager.default.fileExists(atPath: room.path("started")))
  }

  @Test("are not fetched into a partial clone", arguments: ["file", "ext", "helper"])
  func partialClone(transport: String) throws {
    try room.makeRepository("origin", content: "first\n")
    try room.run("config", "uploadpack.allowFilter", "true", in: "origin")
    try room.run("config", "uploadpack.allowAnySHA1InWant", "true", in: "origin")
    try room.run(
      "clone", "-q", "--filter=blob:none", "--no-checkout", "file://\(room.path("origin"))",
      room.path("project"))
    let program = "touch \(room.path("started"))"
    try room.run("config", "protocol.allow", "always", in: "project")
    for name in ["file", "ext", "trap"] {
      try room.run("config", "protocol.\(name).allow", "always", in: "project")
    }
    switch transport {
    case "ext": try room.run("config", "remote.origin.url", "ext::\(program)", in: "project")
    case "helper":
      try room.putFirst("git-remote-trap", program)
      try room.run("config", "remote.origin.url", "trap::x", in: "project")
    default: try room.run("config", "remote.origin.uploadpack", "\(program);", in: "project")
    }
    let before = try room.snapshot(of: "project")
    #expect(try blobs("first\n").isEmpty)
    #expect(!FileManager.default.fileExists(atPath: room.path("started")))
    #expect(try room.snapshot(of: "project") == before)
  }

  @Test("of another user are none", .enabled(if: geteuid() == 0))
  func otherUser() throws {
    try room.makeRepository("project", content: "first\n")
    try room.write("[safe]\n  directory = /nowhere\n", to: "home/.gitconfig")
    for name in ["project", "project/.git"] {
      try FileManager.default.setAttributes(
        [.ownerAccountID: 65534], ofItemAtPath: room.path(name))
    }
    #expect(try blobs("first\n").isEmpty)
  }
}
