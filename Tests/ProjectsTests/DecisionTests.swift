import FileSystems
import FileTrees
import Testing

@testable import Projects

@Suite("What becomes of a path")
struct DecisionTests {
  private static let blobs = ["A", "B", "C"].reduce(into: [Character: GitObjectID]()) {
    $0[Character($1)] = GitObjectID(blob: Array($1.utf8))
  }

  private func sides(_ row: String) -> Sides {
    let letters = Array(row)
    let ours = Self.blobs[letters[1]]
    return Sides(
      base: Self.blobs[letters[0]], theirs: Self.blobs[letters[2]],
      ours: ours.map { .file($0, mode: 0o644, isReplaceable: true) } ?? .absent)
  }

  /// Base, ours, theirs; equal letters are equal contents.
  @Test(
    "depends on which of the three sides are equal, and on nothing else",
    arguments: [
      ("AAA", .unchanged), ("AAB", .replace), ("ABA", .keep(.edited)), ("ABB", .unchanged),
      ("ABC", .merge), ("A-A", .keep(.removed)), ("A-B", .keep(.removedAndChanged)),
      ("A--", .unchanged), ("AA-", .remove), ("AB-", .keep(.dropped)), ("--B", .create),
      ("-BB", .unchanged), ("-BC", .conflict(.differs)), ("-B-", .keep(.own)), ("---", .unchanged),
    ] as [(String, Decision)])
  func table(row: String, decision: Decision) {
    #expect(decide(sides(row)) == decision)
  }

  @Test("is a conflict where something else is, whatever the other sides are")
  func wrongKinds() {
    let present: [(Present, Conflict)] = [
      (.directory, .wrongKind(.directory, forDirectory: false)),
      (.other(.link), .wrongKind(.link, forDirectory: false)),
      (.other(.other), .wrongKind(.other, forDirectory: false)), (.unsettled, .unsettled),
    ]
    for row in ["A-A", "A-B", "A--", "--B"] {
      for (ours, conflict) in present {
        var sides = sides(row)
        sides.ours = ours
        #expect(decide(sides) == .conflict(conflict))
      }
    }
  }

  @Test("of a directory is to make it, unless it was made before")
  func directories() {
    #expect(decide(directory: .absent, isMade: false) == .create)
    #expect(decide(directory: .absent, isMade: true) == .keep(.removed))
    for isMade in [false, true] {
      #expect(decide(directory: .directory, isMade: isMade) == .unchanged)
      #expect(
        decide(directory: .other(.link), isMade: isMade)
          == .conflict(.wrongKind(.link, forDirectory: true)))
    }
  }

  @Test("where files differ is the policy's to say, but for another user's file")
  func policies() {
    func change(_ ours: Present) -> Change {
      Change(
        path: .root, isDirectory: false,
        decision: decide(Sides(theirs: Self.blobs["A"], ours: ours)),
        permissions: .regular, expected: ours)
    }
    let mine = change(.file(Self.blobs["B"]!, mode: 0o644, isReplaceable: true))
    #expect(ConflictPolicy.fail.decision(on: mine) == nil)
    #expect(ConflictPolicy.keep.decision(on: mine) == .keep(.chosen))
    #expect(ConflictPolicy.replace.decision(on: mine) == .replace)
    let another = change(.file(Self.blobs["B"]!, mode: 0o644, isReplaceable: false))
    #expect(ConflictPolicy.keep.decision(on: another) == .keep(.chosen))
    #expect(ConflictPolicy.replace.decision(on: another) == .conflict(.notOwned))
    for policy in ConflictPolicy.allCases {
      for ours in [Present.directory, .other(.link), .unsettled] {
        #expect(policy.decision(on: change(ours)) == nil)
      }
    }
  }
}
