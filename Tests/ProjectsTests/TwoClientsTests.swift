import FileSystems
import FileTrees
import Layouts
import Projects
import TestSupport
import Testing

/// A mount and the folder behind it do not hear of each other's locks.
@Suite("Two runs at once that share a disk but no locks")
struct TwoClientsTests {
  private static let files = ["README.md": "mine\n", "steps/two.txt": "old"]

  /// Runs one in `disk`, and another one through the other client at the given question.
  private func runs(
    _ disk: InMemoryFileSystem, at target: String?, second moment: Int
  ) throws -> (first: [String]?, second: [String]?, questions: Int) {
    let layout = try layout()
    func run(_ disk: InMemoryFileSystem, _ isInterrupted: @escaping () -> Bool) -> [String]? {
      refusal {
        try create(
          request(layout, in: disk, at: target, onConflict: .replace), isInterrupted: isInterrupted)
      }?.map(\.message)
    }
    var questions = 0
    var second: [String]?
    let first = run(disk) {
      questions += 1
      if questions == moment { second = run(disk.otherClient()) { false } }
      return false
    }
    return (first, second, questions)
  }

  @Test("leave a complete project, whenever the second one comes", arguments: ["demo", nil])
  func complete(_ target: String?) throws {
    let alone = try InMemoryFileSystem(Self.files)
    let questions = try runs(alone, at: target, second: 0).questions
    let complete = try alone.visible()
    #expect(questions > smallLayoutPaths.count)
    for moment in 1...questions {
      let disk = try InMemoryFileSystem(Self.files)
      let (first, second, _) = try runs(disk, at: target, second: moment)
      #expect(second == nil, "second at \(moment)")
      // Who had done all that there was to do may say so.
      for told in first ?? [] {
        #expect(
          told.hasPrefix("another run took over") || told.hasPrefix("“demo” appeared"),
          "second at \(moment): \(told)")
      }
      #expect(try disk.visible() == complete, "second at \(moment)")
      #expect(try !disk.hasStaging(), "second at \(moment)")
    }
  }

  @Test("never take back what the other one has taken back already")
  func undone() throws {
    let layout = try layout()
    var moments = 0
    for moment in 1... {
      let disk = try InMemoryFileSystem(Self.files)
      var questions = 0
      var ending: Target.Recovery.Ending?
      let complaints = refusal {
        try create(request(layout, in: disk, at: nil, onConflict: .replace)) {
          questions += 1
          if questions == moment {
            // The user's, where the first run was to write.
            let mine = try? path("run.sh")
            guard let mine else { return false }
            if (try? disk.status(of: mine)) == nil {
              try? disk.createFile(mine, .regular, .bytes(Array("mine".utf8)))
            }
            let other = Target(fileSystem: disk.otherClient(), path: .root, displayName: ".")
            ending = try? other.recover().ending
          }
          return false
        }
      }
      if questions < moment { break }
      moments += 1
      let readme = try disk.text("README.md")
      #expect(readme == "mine\n" || readme == "# demo\n")
      switch ending {
      case .undone?:
        #expect(complaints?.first?.message.hasPrefix("another run took over") == true)
        #expect(readme == "mine\n")
        #expect(try disk.text("run.sh") == "mine")
      case .completed?: #expect(readme == "# demo\n")
      default: #expect(try disk.text("run.sh") == "mine")
      }
    }
    #expect(moments > smallLayoutPaths.count)
  }

  @Test("leave what a third one was doing when it died to the next run")
  func diedMeanwhile() throws {
    let counting = FaultyFileSystem(InMemoryFileSystem())
    try create(request(layout(), in: counting, at: nil))
    let last = try #require(
      counting.calls.firstIndex { $0.destination?.string == "steps/one.txt" })
    let disk = InMemoryFileSystem()
    let plan = try Plan(creating: request(layout(), in: disk, at: nil))
    let killed = FaultyFileSystem(disk, .kill(at: last + 1, tearing: false))
    _ = try? create(request(layout(), in: killed, at: nil))
    let before = try disk.snapshot()
    let complaints = refusal { try plan.commit() } ?? []
    #expect(complaints.map(\.message) == ["another run was interrupted in “.” just now"])
    #expect(
      complaints.first?.help == "run it again, which completes that one or takes it back first")
    #expect(try disk.snapshot() == before)
  }
}
