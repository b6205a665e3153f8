import FileSystems
import FileTrees
import TestSupport
import Testing

@testable import Projects

/// The sweeps of `FaultSweepTests` over moves and removals, too.
@Suite("Whatever fails, what moves and goes is where it was or where it is to be")
struct ReshapingSweepTests {
  @Test("where nothing fails", arguments: Reshaping.all)
  func succeeds(_ example: Reshaping) throws {
    let disk = try example.disk()
    try example.run(in: disk)
    #expect(try example.texts(disk) == example.result)
    #expect(try !disk.hasStaging())
  }

  @Test("of an error", arguments: Reshaping.all)
  func errors(_ example: Reshaping) throws {
    let (calls, complete) = try cleanRun(example)
    let original = try example.disk()
    for (index, call) in calls.enumerated() {
      let fault = InjectedFault.failure(index + 1, of: call)
      let disk = original.copied()
      let before = try disk.visible()
      let hasSucceeded = (try? example.run(in: FaultyFileSystem(disk, fault))) != nil
      let place = "\(fault): \(call.operation) \(call.path)"
      #expect(try disk.visible() == (hasSucceeded ? complete : before), "\(place)")
      // A directory whose making is reported as failed cannot be known to be there.
      var isUnknown = false
      if case .failureAfterEffect = fault { isUnknown = call.operation == .createDirectory }
      #expect(try hasSucceeded || isUnknown || !disk.hasStaging(), "\(place)")
      #expect(throws: Never.self, "a fresh run after \(place)") { try example.run(in: disk) }
      #expect(try disk.visible() == complete, "a fresh run after \(place)")
    }
  }

  @Test("of a kill", arguments: Reshaping.all)
  func kills(_ example: Reshaping) throws {
    let (calls, complete) = try cleanRun(example)
    let original = try example.disk()
    for index in calls.indices {
      let disk = original.copied()
      let killed = FaultyFileSystem(disk, .kill(at: index + 1, tearing: true))
      _ = try? example.run(in: killed)
      let place = "\(index + 1): \(calls[index].operation) \(calls[index].path)"
      #expect(throws: Never.self, "\(place)") { try example.run(in: disk) }
      #expect(try disk.visible() == complete, "\(place)")
      #expect(try !disk.hasStaging(), "\(place)")
    }
  }

  @Test("of an error and a kill while that is taken back", arguments: Reshaping.all)
  func killsOfUndoing(_ example: Reshaping) throws {
    let (calls, complete) = try cleanRun(example)
    let original = try example.disk()
    // The last change that is made is refused, for which all others are to be taken back.
    let last = try #require(
      calls.lastIndex {
        [.move, .remove].contains($0.operation) && !$0.path.string.hasPrefix(".scaffold-")
          || $0.operation == .move && $0.destination?.string.hasPrefix(".scaffold-") == false
      })
    var deaths = 0
    for later in 1... {
      let disk = original.copied()
      let before = try disk.visible()
      let broken = FaultyFileSystem(disk, .failure(at: last + 1, code: 13))
      let killed = FaultyFileSystem(broken, .kill(at: last + 1 + later, tearing: true))
      #expect(throws: TargetError.self) { try example.run(in: killed) }
      guard killed.hasFailed else { break }
      deaths += 1
      _ = try Target(fileSystem: disk, path: .root, displayName: ".").recover()
      let after = try disk.visible()
      #expect(after == before || after == complete, "\(later) calls after the error")
      #expect(try !disk.hasStaging())
    }
    #expect(deaths > 10)
  }

  // MARK: Other disks

  struct Case: Sendable, CustomTestStringConvertible {
    var profile: InMemoryFileSystem.Profile
    var example: Reshaping

    var testDescription: String { "\(profile), \(example.testDescription)" }

    var isBelieved: Bool { !profile.options.ownersChange && !profile.options.inodesChange }
  }

  static let cases = InMemoryFileSystem.profiles.flatMap { profile in
    // A link that gets a second name and no first one may keep both, where nobody can tell that the
    // two are one; where there are no second names, that it moves is refused.
    Reshaping.all.suffix(3).filter { example in
      (profile.options.movesArrive || !example.replaces)
        && (!example.files.keys.contains("src/old/l@")
          || profile.options.linkError == nil && profile.options.linksShareInode)
    }.map { Case(profile: profile, example: $0) }
  }

  @Test("on every kind of disk", arguments: cases)
  func profiles(_ example: Case) throws {
    let (run, options) = (example.example, example.profile.options)
    let counting = FaultyFileSystem(try run.disk(options))
    try run.run(in: counting)
    settle(counting)
    #expect(try run.texts(counting) == run.result)
    let fresh = try run.disk(options)
    let original = try run.texts(fresh)
    for (index, call) in counting.calls.enumerated() {
      let plausible = FaultyFileSystem.plausibleErrors(for: call.operation)
      let fault =
        index.isMultiple(of: 2)
        ? InjectedFault.failure(at: index + 1, code: plausible[index / 2 % plausible.count])
        : .kill(at: index + 1, tearing: true)
      let disk = fresh.copied()
      let hasSucceeded = (try? run.run(in: FaultyFileSystem(disk, fault))) != nil
      let place = "\(fault): \(call.operation) \(call.path)"
      settle(disk)
      if case .failure = fault {
        #expect(try run.texts(disk) == (hasSucceeded ? run.result : original), "\(place)")
      }
      guard example.isBelieved else {
        // What cannot be known to be ours is left alone, with all that is in it.
        if try run.texts(disk) == run.result { continue }
        let left = try disk.snapshot().values.map(\.content)
        for text in original.values { #expect(left.contains(Array(text.utf8)), "\(place)") }
        continue
      }
      #expect(throws: Never.self, "a fresh run after \(place)") { try run.run(in: disk) }
      settle(disk)
      #expect(try run.texts(disk) == run.result, "a fresh run after \(place)")
      #expect(try !disk.hasStaging(), "a fresh run after \(place)")
    }
  }

  @Test("across file systems, where a file is copied", arguments: Reshaping.all)
  func crossing(_ example: Reshaping) throws {
    let (_, complete) = try cleanRun(example)
    let original = try example.disk()
    for directory in ["src/old", "src/new", "b", "gone", "d"] {
      let crossed = try path(directory)
      func across(_ disk: any FileSystem) -> FaultyFileSystem {
        FaultyFileSystem(disk, .crossing(directory: crossed))
      }
      let counting = across(original.copied())
      let hasSucceeded = (try? example.run(in: counting)) != nil
      if !counting.hasFailed { continue }
      for number in 1...counting.calls.count {
        let disk = original.copied()
        let before = try disk.visible()
        _ = try? example.run(in: FaultyFileSystem(across(disk), .kill(at: number, tearing: true)))
        let isRedone = (try? example.run(in: across(disk))) != nil
        // A directory, or a link, cannot be copied: then it is as it was.
        #expect(isRedone == hasSucceeded, "\(directory), \(number)")
        #expect(
          try disk.visible() == (hasSucceeded ? complete : before),
          "\(directory), \(number): \(counting.calls[number - 1])")
        #expect(try !disk.hasStaging(), "\(directory), \(number)")
      }
    }
  }

  // MARK: Support

  /// Hidden names go after a few operations.
  private func settle(_ disk: any FileSystem) {
    for _ in 0..<12 { _ = try? disk.status(of: .root) }
  }

  private func cleanRun(_ example: Reshaping) throws -> (calls: [FaultyCall], result: Snapshot) {
    let disk = FaultyFileSystem(try example.disk())
    try example.run(in: disk)
    return (disk.calls, try disk.visible())
  }
}

extension InjectedFault {
  /// A failure of the call with a number: with its effect or without, and with which code, takes turns.
  /// `FaultSweepTests` has them all.
  static func failure(_ number: Int, of call: FaultyCall) -> InjectedFault {
    let codes = FaultyFileSystem.plausibleErrors(for: call.operation)
    let code = codes[number / 2 % codes.count]
    return call.canFailAfterEffect && number % 2 == 0
      ? .failureAfterEffect(at: number, code: code) : .failure(at: number, code: code)
  }
}
