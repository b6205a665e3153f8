import FileSystems
import Layouts
import Projects
import TestSupport
import Testing

/// What a real second process does, `CommandLineTests` see.
@Suite("A project of many files")
struct SecondProcessTests {
  /// Enough files of each kind that both processes have their part.
  private static let many: [String: String] = {
    var files = [
      "layout.json": """
      {"name": "many", "summary": "s", "version": "1.0.0", "layers": [{"folder": "base"}],
      "private": ["**/*.env"]}
      """
    ]
    for index in 0..<2200 {
      files["base/d\(index / 50)/f\(index)"] = "\(index)\n"
      files["base/d\(index / 50)/f\(index).env"] = ""
    }
    return files
  }()

  private func committed(_ second: SecondProcess?) throws -> Snapshot {
    let disk = InMemoryFileSystem()
    let layout = try Layout(folder: InMemoryFileSystem(Self.many), name: "many")
    try Plan(creating: request(layout, in: disk, at: "demo")).commit(secondProcess: second)
    return try disk.snapshot()
  }

  @Test("is the same by two processes as by one, also where the second one does not do its part")
  func isEqual() throws {
    let alone = try committed(nil)
    var parts = 0
    func part(isRun: Bool, isTold: Bool) -> SecondProcess {
      { part, rest in
        parts += 1
        let isDone = isRun && part()
        try rest()
        return isDone && isTold
      }
    }
    #expect(try committed(part(isRun: true, isTold: true)) == alone)
    #expect(try committed(part(isRun: true, isTold: false)) == alone)
    #expect(try committed(part(isRun: false, isTold: false)) == alone)
    #expect(parts == 3)
    #expect(alone.count > 4400)
  }

  @Test("is written by both processes, and private files by the first alone")
  func isShared() throws {
    var writtenByFirst = 0
    let written = try committed { _, rest in
      try rest()
      return true
    }
    for (path, entry) in written where entry.kind == .file {
      writtenByFirst += 1
      if path.string.hasSuffix(".env") { #expect(entry.mode == 0o600) }
    }
    #expect(written.keys.filter { $0.string.hasSuffix(".env") }.count == 2200)
    #expect((2200 + 1000...2200 + 1200).contains(writtenByFirst), "\(writtenByFirst)")
  }

  @Test("is not there when the first process stops")
  func isUndone() throws {
    let disk = InMemoryFileSystem()
    let layout = try Layout(folder: InMemoryFileSystem(Self.many), name: "many")
    let plan = try Plan(creating: request(layout, in: disk, at: "demo"))
    #expect(throws: TargetError.self) {
      try plan.commit(secondProcess: { part, _ in
        _ = part()
        throw TargetError.interrupted
      })
    }
    #expect(try disk.list(.root).isEmpty)
  }
}
