import FileSystems
import FileTrees
import Layouts
import Projects
import TestSupport
import Testing

/// The name of a staging directory is no secret: a clone, an archive or somebody else can bring one.
@Suite("What only looks like the traces of a run")
struct ForeignStagingTests {
  /// How a directory comes to be that no run of this user's made here.
  enum Origin: CaseIterable {
    case withoutSeal, copied, ofAnotherUser, writableByOthers, withSomethingElse, file, link
  }

  /// A disk with the traces of a run that died while it published, changed as `origin` says.
  private func disk(_ origin: Origin) throws -> (InMemoryFileSystem, staging: RelativePath) {
    var options = InMemoryFileSystem.Options()
    options.isSuperuser = true
    let files = ["README.md": "mine\n"]
    let counting = FaultyFileSystem(try InMemoryFileSystem(files))
    let asked = { try request(layout(), in: $0, at: nil, onConflict: .replace) }
    try create(asked(counting))
    let last = try #require(
      counting.calls.firstIndex { $0.destination?.string == "steps/one.txt" })
    let disk = try InMemoryFileSystem(files, options)
    _ = try? create(asked(FaultyFileSystem(disk, .kill(at: last + 1, tearing: false))))
    let staging = try path(#require(try disk.list(.root).first { $0.hasPrefix(".scaffold-") }))
    switch origin {
    case .withoutSeal: try disk.remove(staging.appending(".gitignore"))
    case .copied: try copy(staging, of: disk)
    case .ofAnotherUser: try disk.setOwned(false, staging)
    case .writableByOthers: try disk.setMode(0o770, of: staging)
    case .withSomethingElse: try disk.createDirectory(staging.appending("thesis"))
    case .file:
      try disk.removeTree(staging)
      try disk.createFile(staging, .regular, .bytes([1]))
    case .link:
      try disk.move(staging, to: path("elsewhere"), replacing: false)
      try disk.createLink(staging, to: "elsewhere")
    }
    return (disk, staging)
  }

  private func copy(_ directory: RelativePath, of disk: InMemoryFileSystem) throws {
    let original = try path("original")
    try disk.move(directory, to: original, replacing: false)
    try disk.createDirectory(directory, .exactly(0o700))
    for (found, entry) in try disk.directory(at: original).snapshot().sorted(by: { $0.key < $1.key }
    ) {
      let copy = found.under(directory)
      if entry.kind == .directory {
        try disk.createDirectory(copy)
      } else {
        try disk.createFile(copy, .exactly(entry.mode), .bytes(entry.content))
      }
    }
    try disk.removeTree(original)
  }

  @Test("has no effect, stays as it is, and is told of", arguments: Origin.allCases)
  func hasNoEffect(_ origin: Origin) throws {
    let (disk, staging) = try disk(origin)
    let before = try disk.snapshot()
    #expect(try !locate(nil, in: disk).isInterrupted)
    let recovery = try locate(nil, in: disk).recover()
    guard case .nothing = recovery.ending else {
      Issue.record("it had an effect")
      return
    }
    #expect(
      recovery.remarks == [
        "“\(staging)” is not what a run of yours left here: it was copied, or somebody else made it,"
          + " and it has no effect; if you do not know it, remove it"
      ])
    #expect(try disk.snapshot() == before)
  }

  @Test(
    "keeps no run from working, nor from being completed when it dies", arguments: [false, true])
  func blocksNothing(isKilled: Bool) throws {
    let (disk, staging) = try disk(.copied)
    for left in ["README.md", ".scaffold.json"] { try disk.remove(path(left)) }
    let foreign = try disk.snapshot().filter { $0.key.components.first == staging.string }
    let layout = try layout()
    if isKilled {
      let counting = FaultyFileSystem(try self.disk(.copied).0)
      for left in ["README.md", ".scaffold.json"] { try counting.remove(path(left)) }
      try create(request(layout, in: counting, at: nil))
      let last = try #require(
        counting.calls.firstIndex { $0.destination?.string == "steps/one.txt" })
      let killed = FaultyFileSystem(disk, .kill(at: last - 1, tearing: false))
      #expect(throws: (any Error).self) { try create(request(layout, in: killed, at: nil)) }
      #expect(try disk.status(of: path("steps/one.txt")) == nil)
    }
    try create(request(layout, in: disk, at: nil))
    #expect(try disk.text("steps/one.txt") == "1 one\n")
    #expect(try disk.text("README.md") == "# demo\n")
    let left = try disk.snapshot().filter { path, _ in
      path.components[0].hasPrefix(".scaffold-") && path.components[0] != undoDirectory
    }
    #expect(left == foreign)
  }

  @Test("keeps no new target from being made, as in a directory that strangers share")
  func blocksNoNewTarget() throws {
    let disk = InMemoryFileSystem()
    try disk.setMode(0o1777, of: .root)
    try disk.setOwned(false, .root)
    let plan = try Plan(creating: request(layout(), in: disk, at: "demo"))
    var staging: RelativePath?
    try plan.commit {
      staging = staging ?? (try? disk.list(.root).first.map(path)) ?? nil
      return false
    }
    let name = try #require(staging)
    try disk.removeTree(path("demo"))
    try disk.createDirectory(name)
    try disk.setOwned(false, name)
    try create(request(layout(), in: disk, at: "demo"))
    #expect(try disk.list(.root) == [name.string, "demo"])
    #expect(try disk.list(name).isEmpty)
  }

  @Test("can not be made by giving a project such a name")
  func reservedNames() throws {
    for name in [".scaffold-945c9b46d684f08e", ".Scaffold", "a/.\u{17F}caffold-x"] {
      let disk = InMemoryFileSystem()
      let target = Target(fileSystem: disk, path: try path(name), displayName: name)
      var asked = try request(layout(), in: disk, at: "demo")
      asked.target = target
      let complaints = [
        refusal { _ = try target.recover() }, refusal { _ = try Plan(creating: asked) },
      ]
      for complaint in complaints {
        #expect(
          complaint?.first?.message.hasSuffix("is a name of scaffold's own (“.scaffold…”)") == true)
      }
    }
  }
}
