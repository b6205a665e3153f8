import FileSystems
import FileTrees
import Layouts
import TestSupport
import Testing

@testable import Projects

@Suite("The last run in a directory that is there")
struct UndoTests {
  private static let mine = ["README.md": "mine\n", "notes/todo.txt": "x", "steps/two.txt": "old"]

  private func written(_ disk: InMemoryFileSystem) throws {
    try create(request(layout(), in: disk, at: nil, onConflict: .replace))
  }

  private func target(_ disk: any FileSystem) throws -> Target { try locate(nil, in: disk) }

  private func write(_ name: String, _ text: String, to disk: InMemoryFileSystem) throws {
    if try disk.exists(path(name)) { try disk.remove(path(name)) }
    try disk.createFile(path(name), .regular, .bytes(Array(text.utf8)))
  }

  @Test("is taken back with every byte and mode, once")
  func takesBack() throws {
    let disk = try InMemoryFileSystem(Self.mine)
    try disk.setMode(0o640, of: path("README.md"))
    let before = try disk.snapshot()
    #expect(try !target(disk).hasUndo)
    try written(disk)
    #expect(try target(disk).hasUndo)
    let undone = try target(disk).undo()
    #expect(undone.hasRun && undone.stayed.isEmpty && undone.saved.isEmpty)
    // README.md and steps/two.txt; six files and three directories that the run had made.
    #expect(undone.putBack.map(\.string) == ["README.md", "steps/two.txt"])
    #expect(undone.removed.count == 9)
    #expect(try disk.snapshot() == before)
    #expect(try !target(disk).hasUndo)
    #expect(try !target(disk).undo().hasRun)
  }

  @Test("of whatever kind is taken back", arguments: Reshaping.all)
  func reshaping(_ example: Reshaping) throws {
    let disk = try example.disk()
    let before = try disk.snapshot()
    try example.run(in: disk)
    let undone = try target(disk).undo()
    #expect(undone.stayed.isEmpty && undone.saved.isEmpty && undone.remarks.isEmpty)
    #expect(try disk.snapshot() == before)
  }

  @Test("leaves its journal and backups, which git does not see, and nothing where it did nothing")
  func content() throws {
    let disk = try InMemoryFileSystem(Self.mine)
    try written(disk)
    #expect(try disk.status(of: path(undoDirectory))?.mode == 0o700)
    let names = try disk.list(path(undoDirectory))
    #expect(names.filter { !$0.hasPrefix("new-") } == [".gitignore", "forward", "old", "plan"])
    #expect(try disk.text("\(undoDirectory)/.gitignore").hasPrefix("*\n"))
    let work = try #require(names.first { $0.hasPrefix("new-") })
    #expect(try disk.list(path("\(undoDirectory)/\(work)")).isEmpty)
    // What was replaced, and no more.
    #expect(try disk.list(path("\(undoDirectory)/old")).count == 2)
    let left = try disk.snapshot()
    try create(request(layout(), in: disk, at: nil, onConflict: .replace))
    #expect(try disk.snapshot() == left)
    let new = InMemoryFileSystem()
    try create(request(layout(), in: new, at: "demo"))
    #expect(try new.list(.root) == ["demo"] && new.list(path("demo")).first == ".env")
  }

  @Test("leaves nothing where it made the directory itself, file by file")
  func fallback() throws {
    var options = InMemoryFileSystem.Options()
    options.hasExclusiveRename = false
    options.emptyDirectoryError = SystemError.alreadyExists.code
    let counting = FaultyFileSystem(InMemoryFileSystem(options))
    try create(request(layout(), in: counting, at: "demo"))
    #expect(try !counting.exists(path("demo/\(undoDirectory)")))
    // Nor does the run that completes one that died.
    let last = try #require(counting.calls.lastIndex { $0.destination?.name == "two.txt" })
    let disk = InMemoryFileSystem(options)
    let killed = FaultyFileSystem(disk, .kill(at: last + 1, tearing: false))
    _ = try? create(request(layout(), in: killed, at: "demo"))
    try create(request(layout(), in: disk, at: "demo"))
    #expect(try disk.exists(path("demo/steps/two.txt")))
    #expect(try !disk.exists(path("demo/\(undoDirectory)")))
  }

  @Test("stays where the user worked since, which is told, and what it held before is beside it")
  func edits() throws {
    let disk = try InMemoryFileSystem(Self.mine)
    try written(disk)
    try write("README.md", "edited", to: disk)
    try write("run.sh", "edited", to: disk)
    try write("src/demo/own.py", "own", to: disk)
    let undone = try target(disk).undo()
    #expect(undone.stayed.map(\.string) == ["run.sh", "src/demo"])
    #expect(undone.saved.map(\.copy.string) == ["README.md.before"])
    var texts: [String: String] = [:]
    for (path, entry) in try disk.snapshot() where entry.kind == .file {
      texts[path.string] = String(decoding: entry.content, as: UTF8.self)
    }
    #expect(
      texts == [
        "README.md": "edited", "README.md.before": "mine\n", "run.sh": "edited",
        "src/demo/own.py": "own", "notes/todo.txt": "x", "steps/two.txt": "old",
      ])
  }

  @Test("is taken back in the directories that moved, whatever is in them, and no further")
  func editsOfMoved() throws {
    let disk = try InMemoryFileSystem(["a/1": "one", "a/2": "two", "own/x": "x", "gone": "g"])
    try plan(
      [
        .directory("b"), .move("a/1", to: "b/1"), .move("a/2", to: "b/2"), .removeDirectory("a"),
        .take("own", to: "b/own"), .remove("gone"),
      ], in: disk
    ).commit()
    try write("b/1", "edited", to: disk)
    try write("b/own/x", "edited", to: disk)
    try write("b/own/y", "new", to: disk)
    try write("gone", "again", to: disk)
    let undone = try target(disk).undo()
    #expect(undone.stayed.map(\.string) == ["b/1"])
    #expect(undone.saved.map(\.copy.string) == ["gone.before"])
    let files = try disk.snapshot().filter { $0.value.kind == .file }
    #expect(
      files.keys.map(\.string).sorted() == [
        "a/2", "b/1", "gone", "gone.before", "own/x", "own/y",
      ])
    #expect(try disk.text("own/x") == "edited")
  }

  @Test("is the one that can be taken back: the one before it cannot any more")
  func secondRun() throws {
    let disk = try InMemoryFileSystem(Self.mine)
    try written(disk)
    let between = try disk.visible()
    try plan([.replace("README.md", "second"), .remove("run.sh")], in: disk).commit()
    #expect(try target(disk).undo().putBack.count == 2)
    #expect(try disk.visible() == between)
    #expect(try !target(disk).undo().hasRun)
  }

  // MARK: What is not the user's, or in use

  /// A copy of the project, as `cp -a` makes one.
  private func copied(_ original: InMemoryFileSystem) throws -> InMemoryFileSystem {
    let copy = InMemoryFileSystem()
    for (found, entry) in try original.snapshot().sorted(by: { $0.key < $1.key }) {
      if entry.kind == .directory {
        try copy.createDirectory(found, .exactly(entry.mode))
      } else {
        try copy.createFile(found, .exactly(entry.mode), .bytes(entry.content))
      }
    }
    return copy
  }

  @Test("cannot be undone in a copy of the project, and makes place for the next one there")
  func foreign() throws {
    let original = try InMemoryFileSystem(Self.mine)
    // Otherwise the copy could have the same numbers.
    try original.createFile(path("a"), .regular, .bytes([]))
    try original.remove(path("a"))
    try written(original)
    let disk = try copied(original)
    #expect(try !target(disk).hasUndo)
    let before = try disk.snapshot()
    let complaints = refusal { _ = try target(disk).undo() } ?? []
    #expect(
      complaints.map(\.message) == [
        "“.scaffold-undo” is not what a run of yours left here: it was copied, or somebody else"
          + " made it"
      ])
    #expect(
      complaints.first?.help == "there is nothing to undo; if you do not know it, remove it")
    #expect(try disk.snapshot() == before)
    let visible = try disk.visible()
    try plan([.remove("run.sh")], in: disk).commit()
    #expect(try target(disk).undo().putBack.count == 1)
    #expect(try disk.visible() == visible)
  }

  @Test("cannot be undone where something else has that name, which stays and is told of")
  func inTheWay() throws {
    let disk = try InMemoryFileSystem([".scaffold-undo/thesis": "t", "x": "1"])
    let warnings = try plan([.remove("x")], in: disk).commit().all
    #expect(
      warnings.map(\.message) == [
        "all is written, but cannot be undone: “.scaffold-undo” is not what a run of yours left here"
      ])
    #expect(warnings.first?.help == "look at it, and remove it if you do not know it")
    #expect(try disk.text(".scaffold-undo/thesis") == "t")
    #expect(try disk.list(.root) == [".scaffold-undo"])
  }

  @Test("cannot be undone where the disk refuses that name, and nothing else is left")
  func refused() throws {
    let files = ["x": "1"]
    let counting = FaultyFileSystem(try InMemoryFileSystem(files))
    try plan([.remove("x")], in: counting).commit()
    let last = try #require(counting.calls.lastIndex { $0.operation == .move })
    let disk = try InMemoryFileSystem(files)
    let faulty = FaultyFileSystem(disk, .failure(at: last + 1, code: 5))
    let warnings = try plan([.remove("x")], in: faulty).commit().all
    #expect(
      warnings.map(\.message) == [
        "all is written, but cannot be undone: “.scaffold-undo” could not be written: Input/output"
          + " error"
      ])
    #expect(try disk.snapshot().isEmpty)
  }

  @Test("that is damaged is told of, and nothing is changed")
  func damaged() throws {
    let disk = try InMemoryFileSystem(Self.mine)
    try written(disk)
    try disk.remove(path("\(undoDirectory)/plan"))
    try disk.createFile(path("\(undoDirectory)/plan"), .private, .bytes([1]))
    let before = try disk.snapshot()
    let complaints = refusal { _ = try target(disk).undo() } ?? []
    let message = complaints.first?.message
    #expect(message?.hasPrefix("what the last run left in “.scaffold-undo” is damaged") == true)
    #expect(try disk.snapshot() == before)
  }

  @Test("is not undone while another run works, nor before one that died is dealt with")
  func busy() throws {
    let disk = try InMemoryFileSystem(Self.mine)
    try written(disk)
    var told: [String]?
    try plan([.remove("run.sh")], in: disk).commit {
      told = told ?? refusal { _ = try target(disk).undo() }?.map(\.message)
      return false
    }
    #expect(told == ["another run is working in “.”"])
    #expect(try target(disk).undo().putBack.count == 1)

    let other = try InMemoryFileSystem(["x": "1", "y": "2"])
    try plan([.remove("x")], in: other).commit()
    let counting = FaultyFileSystem(other.copied())
    try plan([.remove("y")], in: counting).commit()
    let last = counting.calls.firstIndex { $0.path.string == "y" && $0.operation == .move }
    let killed = FaultyFileSystem(other, .kill(at: try #require(last) + 1, tearing: false))
    _ = try? plan([.remove("y")], in: killed).commit()
    let before = try other.visible()
    #expect(
      refusal { _ = try target(other).undo() }?.map(\.message) == [
        "another run was interrupted in “.” just now"
      ])
    #expect(try other.visible() == before)
    _ = try target(other).recover()
    #expect(try target(other).undo().putBack.count == 1)
    #expect(try other.list(.root) == ["y"])
  }

  @Test("is as it was when a signal comes before the first change, and taken back from then on")
  func signal() throws {
    let disk = try InMemoryFileSystem(Self.mine)
    let before = try disk.visible()
    try written(disk)
    let complete = try disk.visible()
    #expect(throws: TargetError.self) { try target(disk).undo { true } }
    #expect(try disk.visible() == complete)
    #expect(try !disk.hasStaging())
    var questions = 0
    _ = try target(disk).undo {
      questions += 1
      return questions > 1
    }
    #expect(try disk.visible() == before)
  }

  @Test("is not taken back where what was kept is not what it was", arguments: [true, false])
  func damaged(isThere: Bool) throws {
    let disk = try InMemoryFileSystem(Self.mine)
    try written(disk)
    for name in try disk.list(path("\(undoDirectory)/old")).prefix(1) {
      try disk.remove(path("\(undoDirectory)/old/\(name)"))
      if isThere { try write("\(undoDirectory)/old/\(name)", "something else", to: disk) }
    }
    let before = try disk.snapshot()
    let message = refusal { _ = try target(disk).undo() }?.first?.message ?? ""
    #expect(message.contains("is damaged: it has not what was in “"), "\(message)")
    #expect(try disk.snapshot() == before)
  }
}
