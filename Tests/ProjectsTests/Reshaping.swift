import FileSystems
import FileTrees
import TestSupport
import Testing

@testable import Projects

/// A directory and changes of all kinds to it, in an order that could not be kept.
struct Reshaping: Sendable, CustomTestStringConvertible {
  var testDescription: String
  /// A path that ends in `@` is a link.
  var files: [String: String]
  var changes: [MadeUpChange]
  /// The files that are there in the end, with their texts.
  var result: [String: String]
  /// Whether files take the place of others, which not every disk can do.
  var replaces: Bool
  /// Made once: the sweeps run thousands of times.
  private let contents: Result<MadeUpContents, any Error>

  init(
    testDescription: String, files: [String: String], changes: [MadeUpChange],
    result: [String: String], replaces: Bool = false
  ) {
    self.testDescription = testDescription
    self.files = files
    self.changes = changes
    self.result = result
    self.replaces = replaces
    contents = Result { try MadeUpContents(changes) }
  }

  static let all = [
    Reshaping(
      testDescription: "files and directories that go",
      files: ["a": "1", "d/x": "2", "d/e/y": "3", "keep/z": "4"],
      changes: [
        .removeDirectory("d"), .remove("a"), .removeDirectory("d/e"), .remove("d/x"),
        .remove("d/e/y"),
      ],
      result: ["keep/z": "4"]),
    Reshaping(
      testDescription: "a file that becomes a directory", files: ["x": "1", "y": "2"],
      changes: [.create("x/main", "new"), .directory("x"), .remove("x")],
      result: ["x/main": "new", "y": "2"]),
    Reshaping(
      testDescription: "a directory that becomes a file", files: ["d/a": "1", "d/e/b": "2"],
      changes: [
        .create("d", "new"), .removeDirectory("d"), .removeDirectory("d/e"), .remove("d/a"),
        .remove("d/e/b"),
      ],
      result: ["d": "new"]),
    Reshaping(
      testDescription: "a chain of moves", files: ["a": "same", "b": "same", "c": "3", "d": "4"],
      changes: [
        .create("a", "new"), .move("a", to: "b"), .move("b", to: "c"), .take("c", to: "e/c"),
        .directory("e"), .replace("d", "5"),
      ],
      result: ["a": "new", "b": "same", "c": "same", "e/c": "3", "d": "5"], replaces: true),
    Reshaping(
      testDescription: "files that change places", files: ["a": "1", "b": "2", "c/own": "3"],
      changes: [.move("a", to: "b"), .move("b", to: "a"), .take("c", to: "d")],
      result: ["a": "2", "b": "1", "d/own": "3"]),
    Reshaping(
      testDescription: "a file that moves into its own place",
      files: ["config": "1", "d/main": "2"],
      changes: [
        .move("config", to: "config/main"), .directory("config"), .move("d/main", to: "d"),
        .removeDirectory("d"),
      ],
      result: ["config/main": "1", "d": "2"]),
    Reshaping(
      testDescription: "a directory of the user's own",
      files: [
        "src/old/own/deep/x": "1", "src/old/own/link@": "../../..", "src/old/mine": "2",
        "src/old/a": "3", "src/old/b": "4", "src/old/l@": "a",
      ],
      changes: [
        .directory("src/new"), .take("src/old/own", to: "src/new/own"),
        .take("src/old/mine", to: "src/new/mine"), .move("src/old/a", to: "src/new/a"),
        .take("src/old/l", to: "src/new/l"), .remove("src/old/b"), .create("src/new/b", "5"),
        .removeDirectory("src/old"),
      ],
      result: [
        "src/new/own/deep/x": "1", "src/new/mine": "2", "src/new/a": "3", "src/new/b": "5",
      ]),
    Reshaping(
      testDescription: "all at once",
      files: [
        ".scaffold.json": "old", "README.md": "mine", "a/1": "one", "a/2": "two", "own/x": "x",
        "gone/y": "y",
      ],
      changes: [
        .replace(".scaffold.json", "new"), .replace("README.md", "theirs"), .directory("b"),
        .move("a/1", to: "b/1"), .remove("a/2"), .create("b/2", "two, and more"),
        .take("own", to: "b/own"), .removeDirectory("a"), .remove("gone/y"),
        .removeDirectory("gone"),
      ],
      result: [
        ".scaffold.json": "new", "README.md": "theirs", "b/1": "one", "b/2": "two, and more",
        "b/own/x": "x",
      ], replaces: true),
  ]

  /// The directory as it is before, on a disk of the given kind.
  func disk(_ options: InMemoryFileSystem.Options = .init()) throws -> InMemoryFileSystem {
    let disk = try InMemoryFileSystem(files.filter { $0.key.utf8.last != UInt8(ascii: "@") })
    for (name, target) in files where name.utf8.last == UInt8(ascii: "@") {
      try disk.createLink(path(String(name.dropLast())), to: target)
    }
    for (index, name) in files.keys.sorted().enumerated() where name.utf8.last != 0x40 {
      try disk.setMode([0o644, 0o600, 0o755][index % 3], of: path(name))
    }
    disk.options = options
    return disk
  }

  /// What a run does: deals with what a dead one left, and makes the changes that are not made.
  func run(in disk: any FileSystem) throws {
    _ = try Target(fileSystem: disk, path: .root, displayName: ".").recover()
    if try texts(disk) == result { return }
    try plan(changes, contents.get(), in: disk).commit()
  }

  /// What files hold.
  func texts(_ disk: any FileSystem) throws -> [String: String] {
    var texts: [String: String] = [:]
    for (path, entry) in try disk.visible() where entry.kind == .file {
      texts[path.string] = String(decoding: entry.content, as: UTF8.self)
    }
    return texts
  }
}
