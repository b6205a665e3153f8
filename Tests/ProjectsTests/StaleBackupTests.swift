import FileSystems
import Layouts
import Projects
import TestSupport
import Testing

/// Where there are no hard links, what is replaced is copied first, and a run can die halfway.
@Suite("A backup that a dead run has half written")
struct StaleBackupTests {
  @Test("is made anew, and the plan is completed")
  func isMadeAnew() throws {
    let files = ["README.md": "mine, and longer than nothing\n"]
    var options = InMemoryFileSystem.Options()
    options.linkError = SystemError.notPermitted.code
    func run(in disk: any FileSystem) throws {
      try create(request(layout(), in: disk, at: nil, onConflict: .replace))
    }
    let counting = FaultyFileSystem(try InMemoryFileSystem(files, options))
    try run(in: counting)
    let isBackup = { (call: FaultyCall) in
      call.operation == .createFile && call.path.parent?.name == "old"
    }
    let index = try #require(counting.calls.firstIndex(where: isBackup))
    let disk = try InMemoryFileSystem(files, options)
    let killed = FaultyFileSystem(disk, .kill(at: index + 1, tearing: true))
    _ = try? run(in: killed)
    try #require(killed.hasFailed)
    let backup = try #require(disk.snapshot().first { $0.key.parent?.name == "old" })
    #expect(!backup.value.content.isEmpty && backup.value.content.count < 16)

    let target = Target(fileSystem: disk, path: .root, displayName: ".")
    guard case .completed = try target.recover().ending else {
      Issue.record("not completed")
      return
    }
    #expect(try disk.text("README.md") == "# demo\n")
    #expect(try !disk.hasStaging())
  }
}
