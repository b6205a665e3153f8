import FileSystems
import FileTrees
import Layouts
import Projects
import TestSupport
import Testing

/// Fails every call in turn, in every way that a disk can fail: afterwards the target is as it was
/// or complete, and a fresh run finishes the work.
@Suite("Whatever fails, the target is as it was or complete")
struct FaultSweepTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var files: [String: String]
    /// Nil for the root, which exists.
    var target: String?
    var policy = ConflictPolicy.fail
  }

  static let cases = [
    Case(testDescription: "a new directory", files: ["other.txt": "x"], target: "demo"),
    Case(testDescription: "a new directory in a new one", files: [:], target: "a/demo"),
    Case(testDescription: "an empty directory", files: [:], target: nil),
    Case(
      testDescription: "files that are kept", files: ["README.md": "mine\n", "src/x": "y"],
      target: nil, policy: .keep),
    Case(
      testDescription: "files that are replaced",
      files: ["README.md": "mine\n", "steps/two.txt": "old", "data/x": "y"], target: nil,
      policy: .replace),
  ]

  @Test("of an error", arguments: cases)
  func errors(_ example: Case) throws {
    let (calls, complete) = try cleanRun(example)
    var faults = 0
    for (index, call) in calls.enumerated() {
      for code in FaultyFileSystem.plausibleErrors(for: call.operation) {
        var kinds = [InjectedFault.failure(at: index + 1, code: code)]
        if call.canFailAfterEffect {
          kinds.append(.failureAfterEffect(at: index + 1, code: code))
        }
        for fault in kinds {
          faults += 1
          let disk = try InMemoryFileSystem(example.files)
          let before = try disk.visible()
          let hasSucceeded = run(example, in: FaultyFileSystem(disk, fault))
          let after = try disk.visible()
          let place = "\(fault): \(call.operation) \(call.path)"
          #expect(after == (hasSucceeded ? complete : before), "\(place)")
          // A directory whose making is reported as failed cannot be known to be there.
          let isUnknown = call.operation == .createDirectory && fault.isAfterEffect
          #expect(try hasSucceeded || isUnknown || !disk.hasStaging(), "\(place)")
          #expect(run(example, in: disk) || hasSucceeded, "a fresh run after \(place)")
          #expect(try disk.visible() == complete, "a fresh run after \(place)")
        }
      }
    }
    #expect(faults > 100)
  }

  @Test("of a kill", arguments: cases)
  func kills(_ example: Case) throws {
    let (calls, complete) = try cleanRun(example)
    for index in calls.indices {
      for tearing in [false, true] {
        let disk = try InMemoryFileSystem(example.files)
        let before = try disk.visible()
        let fault = InjectedFault.kill(at: index + 1, tearing: tearing)
        let isDone = run(example, in: FaultyFileSystem(disk, fault))
        let place = "\(fault): \(calls[index].operation) \(calls[index].path)"
        if example.target != nil {
          let after = try disk.visible()
          #expect(after == before || after == complete, "\(place)")
          if after == complete { continue }
        }
        #expect(run(example, in: disk) || isDone, "a fresh run after \(place)")
        #expect(try disk.visible() == complete, "a fresh run after \(place)")
        #expect(try !disk.hasStaging(), "a fresh run after \(place)")
      }
    }
  }

  /// A disk without hard links, or a destination on another disk: each call that crosses fails.
  @Test("on disks that cannot link or move", arguments: cases.filter { $0.target == nil })
  func crossing(_ example: Case) throws {
    let (calls, complete) = try cleanRun(example)
    for (index, call) in calls.enumerated() where call.operation == .move || call.operation == .link
    {
      let disk = try InMemoryFileSystem(example.files)
      let faulty = FaultyFileSystem(disk, .failure(at: index + 1, code: exdev))
      let isStaging = call.destination?.components.last?.hasPrefix("plan") ?? false
      if isStaging { continue }
      #expect(run(example, in: faulty), "\(call.operation) \(call.path)")
      #expect(try disk.visible() == complete)
      #expect(try !disk.hasStaging())
    }
  }

  @Test("of a kill while crossing to another disk", arguments: cases.filter { $0.target == nil })
  func killsWhileCrossing(_ example: Case) throws {
    let (calls, complete) = try cleanRun(example)
    let directories = Set(calls.filter { $0.operation == .move }.compactMap(\.destination?.parent))
    for directory in directories where !directory.string.hasPrefix(".scaffold-") {
      func across(_ disk: any FileSystem) -> FaultyFileSystem {
        FaultyFileSystem(disk, .crossing(directory: directory))
      }
      let counting = across(try InMemoryFileSystem(example.files))
      try #require(run(example, in: counting) && counting.hasFailed, "\(directory)")
      for number in 1...counting.calls.count {
        let disk = try InMemoryFileSystem(example.files)
        let killed = FaultyFileSystem(across(disk), .kill(at: number, tearing: true))
        let isDone = run(example, in: killed)
        let place = "\(directory), \(number): \(counting.calls[number - 1])"
        #expect(killed.hasFailed, "\(place)")
        #expect(run(example, in: across(disk)) || isDone, "\(place)")
        #expect(try disk.visible() == complete, "\(place)")
        #expect(try !disk.hasStaging(), "\(place)")
      }
    }
  }

  // MARK: Support

  private var exdev: Int32 { 18 }

  /// Read once: the sweep runs the verb thousands of times.
  private static let layout = Result { try ProjectsTests.layout() }

  private func run(_ example: Case, in disk: any FileSystem) -> Bool {
    do {
      try create(
        request(Self.layout.get(), in: disk, at: example.target, onConflict: example.policy))
      return true
    } catch {
      return false
    }
  }

  /// The calls of a run without faults, and what it makes.
  private func cleanRun(_ example: Case) throws -> (calls: [FaultyCall], result: Snapshot) {
    let disk = FaultyFileSystem(try InMemoryFileSystem(example.files))
    try #require(run(example, in: disk))
    return (disk.calls, try disk.visible())
  }
}

extension InjectedFault {
  fileprivate var isAfterEffect: Bool {
    if case .failureAfterEffect = self { true } else { false }
  }
}
