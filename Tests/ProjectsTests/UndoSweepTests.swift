import FileSystems
import FileTrees
import Layouts
import TestSupport
import Testing

@testable import Projects

/// The sweeps of `FaultSweepTests` over taking back, and over what makes it possible.
@Suite("Whatever fails, a run is taken back or it is not")
struct UndoSweepTests {
  /// What a call of `undo` does: deals with what a dead run left, and takes back what is not yet.
  private func undo(in disk: any FileSystem) throws {
    let target = try locate(nil, in: disk)
    let ending = try target.recover().ending
    if case .undone = ending { return }
    _ = try target.undo()
  }

  private func written(
    _ example: Reshaping, _ options: InMemoryFileSystem.Options = .init()
  ) throws -> InMemoryFileSystem {
    let disk = try example.disk(options)
    try example.run(in: disk)
    return disk
  }

  @Test("of an error", arguments: Reshaping.all)
  func errors(_ example: Reshaping) throws {
    let before = try example.disk().snapshot()
    let counting = FaultyFileSystem(try written(example))
    let complete = try counting.visible()
    let first = counting.calls.count
    try undo(in: counting)
    let written = try written(example)
    for (index, call) in counting.calls.enumerated().dropFirst(first) {
      let fault = InjectedFault.failure(index + 1 - first, of: call)
      let disk = written.copied()
      let hasSucceeded = (try? undo(in: FaultyFileSystem(disk, fault))) != nil
      let place = "\(fault): \(call.operation) \(call.path)"
      let after = try disk.visible()
      // One that failed half-way says so, and is gone on with.
      if hasSucceeded {
        #expect(after == before, "\(place)")
      } else if after != complete {
        #expect(try disk.hasStaging(), "\(place)")
      }
      #expect(throws: Never.self, "again after \(place)") { try undo(in: disk) }
      #expect(try disk.visible() == before, "again after \(place)")
      #expect(try !disk.hasStaging(), "again after \(place)")
    }
  }

  @Test("of a kill", arguments: Reshaping.all)
  func kills(_ example: Reshaping) throws {
    let before = try example.disk().snapshot()
    let counting = FaultyFileSystem(try written(example))
    let complete = try counting.visible()
    try undo(in: counting)
    let calls = counting.calls.count
    let written = try written(example)
    var kept = 0
    for number in 1...calls {
      let disk = written.copied()
      let killed = FaultyFileSystem(disk, .kill(at: number, tearing: true))
      _ = try? undo(in: killed)
      // Any other run deals with it, and not only the one that undoes.
      _ = try locate(nil, in: disk).recover()
      let after = try disk.visible()
      #expect(after == before || after == complete, "\(number)")
      if after == complete {
        kept += 1
        #expect(throws: Never.self, "\(number)") { try undo(in: disk) }
      }
      #expect(try disk.snapshot() == before, "\(number)")
    }
    #expect(kept > 5 && kept < calls)
  }

  @Test(
    "of a kill of the run that is taken back, which has one before it",
    arguments: Reshaping.all.suffix(3))
  func killsOfLastRun(_ example: Reshaping) throws {
    // With what a run before has left.
    let original = try example.disk()
    try plan([.create("first", "1"), .create("zebra/2", "2"), .directory("zebra")], in: original)
      .commit()
    let contents = try MadeUpContents(example.changes)
    var complete: Snapshot = [:]
    func run(_ disk: any FileSystem) throws {
      _ = try locate(nil, in: disk).recover()
      if try disk.visible() != complete {
        try plan(example.changes, contents, in: disk).commit()
      }
    }
    let counting = FaultyFileSystem(original.copied())
    let before = try counting.visible()
    let first = counting.calls.count
    try run(counting)
    complete = try counting.visible()
    for number in 1...(counting.calls.count - first) {
      let disk = original.copied()
      let killed = FaultyFileSystem(disk, .kill(at: number, tearing: true))
      _ = try? run(killed)
      try run(disk)
      #expect(try disk.visible() == complete, "\(number)")
      try undo(in: disk)
      #expect(try disk.visible() == before, "\(number)")
      #expect(try disk.snapshot() == before, "\(number)")
    }
  }

  static let cases = ReshapingSweepTests.cases.filter(\.isBelieved)

  @Test("on every kind of disk", arguments: cases)
  func profiles(_ example: ReshapingSweepTests.Case) throws {
    let (run, options) = (example.example, example.profile.options)
    let before = try run.texts(run.disk())
    let counting = FaultyFileSystem(try written(run, options))
    try undo(in: counting)
    #expect(try run.texts(counting) == before)
    let written = try written(run, options)
    for (index, call) in counting.calls.enumerated() {
      let plausible = FaultyFileSystem.plausibleErrors(for: call.operation)
      let fault =
        index.isMultiple(of: 2)
        ? InjectedFault.failure(at: index + 1, code: plausible[index / 2 % plausible.count])
        : .kill(at: index + 1, tearing: true)
      let disk = written.copied()
      _ = try? undo(in: FaultyFileSystem(disk, fault))
      let place = "\(fault): \(call.operation) \(call.path)"
      #expect(throws: Never.self, "again after \(place)") { try undo(in: disk) }
      for _ in 0..<12 { _ = try disk.status(of: .root) }
      #expect(try run.texts(disk) == before, "again after \(place)")
      #expect(try !disk.hasStaging(), "again after \(place)")
    }
  }
}
