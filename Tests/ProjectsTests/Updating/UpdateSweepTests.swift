import FileSystems
import FileTrees
import TestSupport
import Testing

@testable import Projects

/// Fails every call of an update in turn: afterwards the project is as it was or updated, and a fresh
/// run finishes the work.
@Suite("Whatever fails in an update, the project is as it was or updated")
struct UpdateSweepTests {
  private static let lines = UpdateDecisionTests.lines
  private static let before = [
    "base/same": "s\n", "base/changed": "1\n", "base/both": lines, "base/conflict": "1\n",
    "base/old/a": lines, "base/old/b": "b\n", "base/gone/x": "x\n", "base/dir": "d\n",
  ]
  private static let after = [
    "base/same": "s\n", "base/changed": "2\n", "base/both": "first\n" + lines,
    "base/conflict": "1\n", "base/new/a": lines, "base/new/b": "c\n",
    "base/made/y": "y\n", "base/dir/z": "z\n",
  ]
  private static let moved = """
    "moved": { "base/old/": "base/new/" },
    """

  /// The project as its owner has edited it.
  private func project() throws -> (Scenario, InMemoryFileSystem) {
    let disk = InMemoryFileSystem()
    let scenario = try Scenario(Self.before, on: disk)
    try scenario.write(Self.lines + "last\n", to: "both")
    try scenario.write("mine\n", to: "conflict")
    try scenario.write(Self.lines + "last\n", to: "old/a", mode: 0o755)
    try scenario.write("own\n", to: "old/own/x")
    return (scenario, disk)
  }

  /// - Parameter on: what stands before the scenario's disk.
  private func update(
    _ scenario: Scenario, on disk: any FileSystem
  ) -> Bool {
    do {
      _ = try locate(nil, in: disk).recover()
      var scenario = scenario
      scenario.disk = disk
      try scenario.plan(Self.after, manifest: Self.moved).plan.commit()
      return true
    } catch PlanError.conflicted(let diagnostics)
      where diagnostics.all.contains(where: { $0.message.contains("not resolved") })
    {
      // It was done before.
      return true
    } catch {
      return false
    }
  }

  private func cleanRun() throws -> (calls: [FaultyCall], before: Snapshot, complete: Snapshot) {
    let (scenario, disk) = try project()
    let before = try disk.visible()
    let counting = FaultyFileSystem(disk, .none)
    try #require(update(scenario, on: counting))
    return (counting.calls, before, try disk.visible())
  }

  @Test("of an error")
  func errors() throws {
    let (calls, before, complete) = try cleanRun()
    #expect(calls.count > 100)
    for (index, call) in calls.enumerated() {
      for code in FaultyFileSystem.plausibleErrors(for: call.operation).suffix(1) {
        let (scenario, disk) = try project()
        let fault = InjectedFault.failure(at: index + 1, code: code)
        let hasSucceeded = update(scenario, on: FaultyFileSystem(disk, fault))
        let place = "\(fault): \(call.operation) \(call.path)"
        #expect(try disk.visible() == (hasSucceeded ? complete : before), "\(place)")
        #expect(update(scenario, on: disk), "a fresh run after \(place)")
        #expect(try disk.visible() == complete, "a fresh run after \(place)")
      }
    }
  }

  @Test("of a kill")
  func kills() throws {
    let (calls, _, complete) = try cleanRun()
    for index in calls.indices {
      let (scenario, disk) = try project()
      _ = update(
        scenario, on: FaultyFileSystem(disk, .kill(at: index + 1, tearing: true)))
      let place = "\(index + 1): \(calls[index].operation) \(calls[index].path)"
      #expect(update(scenario, on: disk), "\(place)")
      #expect(try disk.visible() == complete, "\(place)")
      #expect(try !disk.hasStaging(), "\(place)")
    }
  }

  @Test("of a signal that waits")
  func interruption() throws {
    let (scenario, disk) = try project()
    let before = try disk.visible()
    for count in 1...60 {
      var scenario = scenario
      let update = try scenario.plan(Self.after, manifest: Self.moved)
      var asked = 0
      let isDone =
        (try? update.plan.commit(isInterrupted: {
          asked += 1
          return asked == count
        })) != nil
      if isDone { return #expect(count > 20) }
      #expect(try disk.visible() == before)
    }
    Issue.record("it never came to an end")
  }
}
