import FileSystems
import FileTrees
import Layouts
import Projects
import TestSupport
import Testing

@Suite("What is left after a run")
struct CleanUpTests {
  @Test("is told when it could not be removed, and the project is complete")
  func toldAfterSuccess() throws {
    let counting = FaultyFileSystem(InMemoryFileSystem())
    try create(request(layout(), in: counting, at: "demo"))
    let last = counting.calls.count
    #expect(counting.calls[last - 1].operation == .remove)
    let disk = InMemoryFileSystem()
    let faulty = FaultyFileSystem(disk, .failure(at: last, code: 5))
    let warnings = try create(request(layout(), in: faulty, at: "demo")).all
    let staging = try #require(try disk.list(.root).first { $0.hasPrefix(".scaffold-") })
    #expect(
      warnings.map(\.message) == [
        "all is written, but “\(staging)” could not be removed: Input/output error"
      ])
    #expect(warnings.first?.help == "it is not needed any more: remove it")
    // The same request finds its result and removes it.
    let again = try create(request(layout(), in: disk, at: "demo"))
    #expect(again.isEmpty)
    #expect(try !disk.hasStaging())
  }

  @Test("is the result of the same request, when the run died in its last clean-up")
  func diedAtTheEnd() throws {
    for target in ["demo", nil] {
      let counting = FaultyFileSystem(InMemoryFileSystem())
      try create(request(layout(), in: counting, at: target))
      let calls = counting.calls
      let complete = try counting.visible()
      let first = try #require(
        calls.lastIndex {
          $0.operation == .move && $0.destination?.string.hasPrefix(".scaffold-") == false
        })
      for last in (first + 2)...calls.count {
        let disk = InMemoryFileSystem()
        let killed = FaultyFileSystem(disk, .kill(at: last, tearing: false))
        _ = try? create(request(layout(), in: killed, at: target))
        #expect(try disk.visible() == complete)
        #expect(throws: Never.self, "killed before \(calls[last - 1])") {
          try create(request(layout(), in: disk, at: target))
        }
        #expect(try !disk.hasStaging())
      }
    }
  }

  @Test("is no reason to write over what the user changed since")
  func leftLongAgo() throws {
    let disk = InMemoryFileSystem()
    let counting = FaultyFileSystem(InMemoryFileSystem())
    try create(request(layout(), in: counting, at: nil))
    let killed = FaultyFileSystem(disk, .kill(at: counting.calls.count, tearing: false))
    _ = try? create(request(layout(), in: killed, at: nil))
    try disk.remove(path("README.md"))
    try disk.createFile(path("README.md"), .regular, .bytes(Array("weeks of work".utf8)))
    for policy in ConflictPolicy.allCases {
      try create(request(layout(), in: disk, at: nil, onConflict: policy))
    }
    #expect(try disk.text("README.md") == "weeks of work")
  }

  @Test("is removed by the next run also where the name was claimed before the run died")
  func orphanBesideClaim() throws {
    var options = InMemoryFileSystem.Options()
    options.hasExclusiveRename = false
    let counting = FaultyFileSystem(InMemoryFileSystem(options))
    try create(request(layout(), in: counting, at: "demo"))
    let move = try #require(counting.calls.firstIndex { $0.operation == .move })
    let disk = InMemoryFileSystem(options)
    let killed = FaultyFileSystem(disk, .kill(at: move + 1, tearing: true))
    _ = try? create(request(layout(), in: killed, at: "demo"))
    #expect(try disk.list(path("demo")).isEmpty)
    try create(request(layout(), in: disk, at: "demo"))
    #expect(try disk.list(.root) == ["demo"])
    #expect(try disk.text("demo/steps/one.txt") == "1 one\n")
  }

  @Test("of a new target is not seen by git either")
  func newTargetIsIgnored() throws {
    let disk = InMemoryFileSystem()
    let killed = FaultyFileSystem(disk, .kill(at: 12, tearing: true))
    _ = try? create(request(layout(), in: killed, at: "demo"))
    let staging = try #require(try disk.list(.root).first)
    #expect(try disk.text("\(staging)/.gitignore").hasPrefix("*\n"))
    #expect(try disk.status(of: path(staging))?.mode == 0o700)
  }

  @Test("is nothing when no directory can be entered, as under a strange umask")
  func strangeMask() throws {
    for target in ["demo", nil] {
      let disk = InMemoryFileSystem()
      disk.umask = 0o333
      #expect(refusal { try create(request(layout(), in: disk, at: target)) } != nil)
      #expect(try disk.list(.root).isEmpty)
    }
  }
}

@Suite("A disk that cannot do what it is asked")
struct PoorDiskTests {
  @Test("is said to keep no modes, once")
  func modes() throws {
    func warnings(_ mode: UInt16, _ target: String?) throws -> [String] {
      var options = InMemoryFileSystem.Options()
      options.shownMode = mode
      return try create(request(layout(), in: InMemoryFileSystem(options), at: target)).all.map(
        \.message)
    }
    #expect(
      try warnings(0o777, "demo")
        == ["this disk does not keep modes: “demo/.env” can be read by others"])
    #expect(
      try warnings(0o644, nil) == [
        "this disk does not keep modes: “.env” can be read by others, and “run.sh” cannot be run as"
          + " a program"
      ])
    let plain = try create(request(layout(), in: InMemoryFileSystem(), at: nil))
    #expect(plain.isEmpty)
  }

  @Test("has files made in their place, and none of them stays empty after a run that died")
  func emptyBeginning() throws {
    var options = InMemoryFileSystem.Options()
    options.hasExclusiveRename = false
    options.linkError = 1
    let counting = FaultyFileSystem(InMemoryFileSystem(options))
    try create(request(layout(), in: counting, at: nil))
    var deaths = 0
    for (index, call) in counting.calls.enumerated()
    where call.operation == .createFile && !call.path.components[0].hasPrefix(".scaffold-") {
      let disk = InMemoryFileSystem(options)
      let killed = FaultyFileSystem(disk, .kill(at: index + 1, tearing: false))
      _ = try? create(request(layout(), in: killed, at: nil))
      // Between the call that makes a file and the first that writes to it.
      try disk.createFile(call.path, .regular, .bytes([]))
      try create(request(layout(), in: disk, at: nil))
      #expect(
        try disk.contents(of: call.path) == counting.contents(of: call.path), "\(call.path)")
      #expect(try !disk.hasStaging())
      deaths += 1
    }
    #expect(deaths == smallLayoutPaths.count)
  }

  @Test("is not believed when it says that something is there")
  func fullDirectories() throws {
    var options = InMemoryFileSystem.Options()
    options.nodeLimit = 1
    options.fullErrors = (file: 5, directory: 17)
    for target in ["demo", nil] {
      let disk = InMemoryFileSystem(options)
      let complaints = refusal { try create(request(layout(), in: disk, at: target)) } ?? []
      #expect(
        complaints.map(\.message) == [
          "cannot create “\(target ?? ".")”: the disk says that it is there, and it is not; the disk"
            + " may be full"
        ])
      #expect(complaints.first?.help == "nothing was changed")
    }
  }

  @Test("needs no room to have everything taken back")
  func undoNeedsNoRoom() throws {
    let files = ["README.md": "mine\n", "steps/two.txt": "old"]
    let counting = FaultyFileSystem(try InMemoryFileSystem(files))
    try create(request(layout(), in: counting, at: nil, onConflict: .replace))
    let publishing = counting.calls.indices.filter {
      counting.calls[$0].operation == .move && counting.calls[$0].path.name != "plan.tmp"
        && counting.calls[$0].destination?.string != undoDirectory
    }
    for index in publishing {
      let disk = try InMemoryFileSystem(files)
      let before = try disk.snapshot()
      let faulty = FaultyFileSystem(disk, .failure(at: index + 1, code: 28))
      let complaints = refusal {
        try create(request(layout(), in: faulty, at: nil, onConflict: .replace))
      }
      #expect(complaints != nil)
      #expect(try disk.snapshot() == before)
      for call in faulty.calls[(index + 1)...] {
        switch call.operation {
        case .createDirectory, .createFile, .write, .link:
          Issue.record("\(call.operation) \(call.path)")
        case .move: #expect(files.keys.contains(call.destination?.string ?? ""))
        default: break
        }
      }
    }
  }

  @Test("that fails to have changes taken back is told of in one line that is true")
  func undoFails() throws {
    let counting = FaultyFileSystem(InMemoryFileSystem())
    try create(request(layout(), in: counting, at: nil))
    let index = try #require(
      counting.calls.firstIndex { $0.destination?.string == "steps/one.txt" })
    let disk = InMemoryFileSystem()
    let broken = FaultyFileSystem(disk, .failure(at: index + 1, code: 28))
    let remove = { (call: FaultyCall) in call.operation == .remove && call.path.name == "forward" }
    _ = try? create(request(layout(), in: broken, at: nil))
    let turning = try #require(broken.calls.firstIndex(where: remove))
    let other = InMemoryFileSystem()
    let twice = FaultyFileSystem(
      FaultyFileSystem(other, .failure(at: index + 1, code: 28)),
      .failure(at: turning + 1, code: 5))
    let complaints = refusal { try create(request(layout(), in: twice, at: nil)) } ?? []
    #expect(
      complaints.map(\.message) == ["cannot write “steps/one.txt”: No space left on device"])
    #expect(
      complaints.first?.help
        == "what was written before could not be taken back (Input/output error): run it again,"
        + " which completes it or takes it back")
    try create(request(layout(), in: other, at: nil))
    #expect(try !other.hasStaging())
  }

  @Test("that shows one owner for all lets the user's files be replaced, and no others elsewhere")
  func owners() throws {
    var options = InMemoryFileSystem.Options()
    options.shownOwner = 0
    let disk = try InMemoryFileSystem(["README.md": "mine\n"], options)
    try create(request(layout(), in: disk, at: nil, onConflict: .replace))
    #expect(try disk.text("README.md") == "# demo\n")

    // In a directory of somebody else's, whose file it may be too.
    let other = try InMemoryFileSystem(["README.md": "theirs\n"])
    other.options.isSuperuser = true
    for owned in ["", "README.md"] {
      try other.setOwned(false, owned.isEmpty ? .root : path(owned))
    }
    let before = try other.snapshot()
    let messages = refusal {
      try create(request(layout(), in: other, at: nil, onConflict: .replace))
    }?.map(\.message)
    #expect(messages == ["README.md: the file belongs to another user"])
    #expect(try other.snapshot() == before)
  }
}
