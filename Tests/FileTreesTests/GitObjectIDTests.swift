import Foundation
import SHA1
import TestSupport
import Testing

@testable import FileTrees

@Suite("Git object ids")
struct GitObjectIDTests {
  @Test(
    "of contents are those of “git hash-object”",
    arguments: [
      ("", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"),
      ("hello\n", "ce013625030ba8dba906f756967f9e9ca394464a"),
      ("test content\n", "d670460b4b4aece5915caf5c68d12f560a9fe3e4"),
    ])
  func blobs(text: String, expected: String) {
    #expect(GitObjectID(blob: Array(text.utf8)).description == expected)
  }

  /// Where a processor has none there is nothing to compare.
  @Test(
    "are the same with the processor's instructions for SHA-1 and without",
    .enabled(if: sha1_instructions_are_available()), arguments: 0..<300)
  func instructions(count: Int) {
    var generator = SeededGenerator(seed: UInt64(count))
    let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let parts = [Array(bytes[..<(count / 3)]), Array(bytes[(count / 3)...])]
    let plain = digest(of: parts, withInstructions: false)
    #expect(digest(of: parts, withInstructions: true) == plain)
    #expect(digest(of: [bytes], withInstructions: true) == plain)
  }

  @Test("by rounds written out are those of “git hash-object” as well")
  func portable() {
    let digest = digest(of: [Array("blob 6\0hello\n".utf8)], withInstructions: false)
    #expect(digest[0] == 0xCE01_3625 && digest[4] == 0xA394_464A)
  }

  private func digest(of parts: [[UInt8]], withInstructions hasInstructions: Bool) -> [UInt32] {
    var hash = sha1_hash()
    sha1_start(&hash)
    hash.has_instructions = hasInstructions
    for part in parts { part.withUnsafeBytes { sha1_append(&hash, $0.baseAddress, $0.count) } }
    sha1_finish(&hash)
    let (a, b, c, d, e) = hash.state
    return [a, b, c, d, e]
  }

  @Test("of a tree without files is git's empty tree")
  func emptyTree() throws {
    #expect(FileTree().gitID == "4b825dc642cb6eb9a060e54bf8d69288fbee4904")
    #expect(try tree("a/b/", "c/").gitID == FileTree().gitID)
  }

  @Test("of a tree sort a directory as if its name ended in a slash")
  func order() throws {
    // git mktree over a-b, a.b, a/x and a0, each empty, in any order.
    #expect(try tree("a/x", "a-b", "a.b", "a0").gitID == "a15d226b4127d7ba6ba528d2ed9eebc1261e92ef")
  }

  @Test("are read from 40 hexadecimal digits and nothing else")
  func hexadecimal() {
    let id = GitObjectID(blob: [1, 2, 3])
    #expect(GitObjectID(hexadecimal: id.description) == id)
    #expect(GitObjectID(hexadecimal: id.description.uppercased()) == id)
    let faulty = [
      "", String(id.description.dropLast()), id.description + "0",
      String(repeating: "g", count: 40), String(id.description.dropLast()) + "é",
      " " + id.description.dropFirst(),
    ]
    for text in faulty { #expect(GitObjectID(hexadecimal: text) == nil, "\(text)") }
  }

  @Test(
    "are right for every length around the end of a block of the digest",
    arguments: [
      (55, "d1985ddc2983785702b9a90effd5aff2f7cfdca4"),
      (56, "1f973e890f52da1f22fa7e5620a628bc4ee74cb3"),
      (57, "d28c6cde5a5ab0b138bd53a288c23e8c011c4171"),
      (63, "487e57f9763ebddbed2027c4452510c0ae0f95ff"),
      (64, "71b7a71962774fa5c721e1163f935cb61a0e09e6"),
      (119, "1325c3d76ea6a66e75dce490a0b8cb8b12233ee0"),
      (120, "253af86ee859905852357aee8bd83b08601364ae"),
    ])
  func lengths(count: Int, expected: String) {
    let content = [UInt8](repeating: UInt8(ascii: "a"), count: count)
    #expect(GitObjectID(blob: content).description == expected)
  }
}

@Suite("Git", .enabled(if: Git.path != nil, "git is not installed"))
struct GitTests {
  @Test("gives a random tree the same id", arguments: [1, 2, 3])
  func agrees(seed: Int) throws {
    let git = try Git()
    defer { git.remove() }
    var generator = SeededGenerator(seed: UInt64(seed))
    var tree = FileTree()
    var contents: [Content] = []
    let names = ["a", "a-b", "a.b", "a0", "B", "ünï", "x y", "z.txt", "é😀", "c-", "c"]
    for _ in 0..<60 {
      let depth = Int.random(in: 1...4, using: &generator)
      let path = (0..<depth).compactMap { _ in names.randomElement(using: &generator) }
      let count = [0, 1, 55, 56, 63, 64, 65, 119, 120, 5000].randomElement(using: &generator) ?? 0
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      contents.append(Content(bytes: bytes, isExecutable: Bool.random(using: &generator)))
      // Some paths need a directory where a file is; the others do.
      try? tree.insert(path.joined(separator: "/"), leaf: contents.count - 1)
    }
    #expect(tree.files.count > 20)
    for entry in tree.entries {
      if let number = entry.leaf { try git.write(contents[number], at: entry.path.string) }
    }
    let id = GitObjectID(tree: tree.root) { number in
      (GitObjectID(blob: contents[number].bytes), contents[number].isExecutable)
    }
    #expect(try git.treeID() == id.description)
  }
}

/// What a file of a random tree holds.
private struct Content {
  var bytes: [UInt8]
  var isExecutable: Bool
}

/// A repository in a temporary directory.
private struct Git {
  static let path = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":")
    .map { "\($0)/git" }.first(where: FileManager.default.isExecutableFile)

  private let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "git-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    _ = try run("init", "--quiet", ".")
  }

  func remove() {
    try? FileManager.default.removeItem(at: directory)
  }

  func write(_ content: Content, at path: String) throws {
    let file = directory.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(content.bytes).write(to: file)
    try FileManager.default.setAttributes(
      [.posixPermissions: content.isExecutable ? 0o755 : 0o644], ofItemAtPath: file.path)
  }

  /// The id that git gives to all that was written.
  func treeID() throws -> String {
    _ = try run("-c", "core.autocrlf=false", "add", "--all", "--force", ".")
    return try run("write-tree").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private func run(_ arguments: String...) throws -> String {
    let result = try SpawnedProgram(
      ["git", "-C", directory.path, "-c", "core.fileMode=true"] + arguments,
      // Neither the user's settings nor a repository around this one matter.
      environment: [
        "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null",
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "",
      ]
    ).run()
    #expect(
      result.code == 0, "git \(arguments): \(String(decoding: result.errors, as: UTF8.self))")
    return String(decoding: result.output, as: UTF8.self)
  }
}
