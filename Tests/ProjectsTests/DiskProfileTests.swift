import FileSystems
import FileTrees
import Layouts
import Projects
import TestSupport
import Testing

/// The sweeps of `FaultSweepTests` on the disks that were met: fewer errors for each call, all calls.
@Suite("On every kind of disk, the target is as it was or complete")
struct DiskProfileTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var profile: InMemoryFileSystem.Profile
    /// Nil for the root, which exists and holds files that are replaced.
    var target: String?

    var testDescription: String {
      "\(profile), \(target == nil ? "files that are replaced" : "a new directory")"
    }

    var files: [String: String] {
      target == nil
        ? ["README.md": "mine\n", "steps/two.txt": "old", "notes/x": "y"] : ["other.txt": "x"]
    }

    /// Whether the traces of a dead run can be known for what they are.
    var isBelieved: Bool {
      !profile.options.ownersChange && !profile.options.inodesChange
    }

    /// Whether a new target appears in one step, or not at all.
    var appearsAtOnce: Bool {
      profile.options.emptyDirectoryError == nil && profile.options.movesArrive
    }

    /// Whether a file can be replaced.
    var replaces: Bool { profile.options.movesArrive || target != nil }
  }

  static let cases = InMemoryFileSystem.profiles.flatMap { profile in
    ["demo", nil].map { Case(profile: profile, target: $0) }
  }

  @Test("of a run without faults", arguments: cases)
  func succeeds(_ example: Case) throws {
    let disk = try InMemoryFileSystem(example.files, example.profile.options)
    let before = try texts(disk)
    let complaints = refusal { try run(example, in: disk) }
    if example.replaces {
      #expect(complaints == nil)
      #expect(try texts(disk) == complete(example))
    } else {
      #expect(complaints?.first?.message.contains("is not what was written") == true)
      #expect(try texts(disk) == before)
    }
    #expect(try !disk.hasStaging())
  }

  @Test("of an error", arguments: cases.filter(\.replaces))
  func errors(_ example: Case) throws {
    let complete = try complete(example)
    for (index, call) in try calls(example).enumerated() {
      let plausible = FaultyFileSystem.plausibleErrors(for: call.operation)
      let code = plausible[index % plausible.count]
      let isAfterEffect = call.canFailAfterEffect && index % 2 == 0
      let kinds =
        isAfterEffect
        ? InjectedFault.failureAfterEffect(at: index + 1, code: code)
        : InjectedFault.failure(at: index + 1, code: code)
      let disk = try InMemoryFileSystem(example.files, example.profile.options)
      let before = try texts(disk)
      let hasSucceeded = (try? run(example, in: FaultyFileSystem(disk, kinds))) != nil
      let place = "\(kinds): \(call.operation) \(call.path)"
      let after = try texts(disk)
      // A directory whose making is reported as failed cannot be known to be there.
      let isUnknown = call.operation == .createDirectory && isAfterEffect
      // So can an empty directory be that cannot be removed, on a disk that lies and fails as well.
      let isClaimed = !example.appearsAtOnce && after == before.merging(["demo": []]) { $1 }
      #expect(
        after == (hasSucceeded ? complete : before) || isUnknown || isClaimed, "\(place)")
      let isRedone = (try? run(example, in: disk)) != nil
      guard isRedone || hasSucceeded else {
        #expect(!example.isBelieved, "a fresh run after \(place)")
        #expect(try texts(disk) == after, "a fresh run after \(place)")
        continue
      }
      #expect(try texts(disk) == complete, "a fresh run after \(place)")
    }
  }

  @Test("of a kill", arguments: cases.filter(\.replaces))
  func kills(_ example: Case) throws {
    let complete = try complete(example)
    for (index, call) in try calls(example).enumerated() {
      let disk = try InMemoryFileSystem(example.files, example.profile.options)
      let before = try texts(disk)
      let fault = InjectedFault.kill(at: index + 1, tearing: true)
      let isDone = (try? run(example, in: FaultyFileSystem(disk, fault))) != nil
      let place = "\(fault): \(call.operation) \(call.path)"
      let after = try texts(disk)
      if example.target != nil, example.appearsAtOnce {
        // An empty directory claims the name where that takes two steps.
        let claimed = before.merging(["demo": []]) { $1 }
        #expect(after == before || after == claimed || after == complete, "\(place)")
      }
      guard example.isBelieved else {
        // What cannot be known to be ours is left alone, with all that is in it.
        _ = try? run(example, in: disk)
        if try texts(disk) == complete { continue }
        let left = try disk.snapshot().values.map(\.content)
        for text in example.files.values {
          #expect(left.contains(Array(text.utf8)), "\(place)")
        }
        continue
      }
      let isRedone = (try? run(example, in: disk)) != nil
      #expect(isRedone || isDone, "a fresh run after \(place)")
      #expect(try texts(disk) == complete, "a fresh run after \(place)")
      #expect(try !disk.hasStaging(), "a fresh run after \(place)")
    }
  }

  // MARK: Support

  private static let layout = Result { try ProjectsTests.layout() }

  private func run(_ example: Case, in disk: any FileSystem) throws {
    try create(
      request(
        Self.layout.get(), in: disk, at: example.target,
        onConflict: example.target == nil ? .replace : .fail))
  }

  /// What a person has, but for modes, which not every disk keeps.
  private func texts(_ disk: any FileSystem) throws -> [String: [UInt8]] {
    // Hidden names go after a few operations.
    for _ in 0..<12 { _ = try disk.status(of: .root) }
    var texts: [String: [UInt8]] = [:]
    for (path, entry) in try disk.visible() {
      texts[path.string] = entry.content
    }
    return texts
  }

  private func complete(_ example: Case) throws -> [String: [UInt8]] {
    let disk = try InMemoryFileSystem(example.files)
    try run(example, in: disk)
    return try texts(disk)
  }

  private func calls(_ example: Case) throws -> [FaultyCall] {
    let disk = FaultyFileSystem(
      try InMemoryFileSystem(example.files, example.profile.options))
    try run(example, in: disk)
    return disk.calls
  }
}
