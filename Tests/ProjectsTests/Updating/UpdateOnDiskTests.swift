import FileSystems
import Foundation
import Testing

@testable import Projects

@Suite("On a disk an update of a file")
struct UpdateOnDiskTests {
  @Test("does what is right for one", arguments: UpdateDecisionTests.cases)
  func decision(_ sides: ThreeSides) throws {
    let directory = FileManager.default.temporaryDirectory
      .appending(path: "scaffold-update-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: directory) }
    var scenario = try Scenario(
      UpdateDecisionTests.files(sides.base), on: LocalFileSystem(opening: directory.path))
    if let ours = sides.ours {
      try scenario.write(ours, to: "f")
    } else if sides.base != nil {
      try scenario.remove("f")
    }
    let update = try scenario.update(UpdateDecisionTests.files(sides.theirs))
    #expect(update.decision("f") == sides.decision)
    #expect(try scenario.text("f") == sides.result)
  }
}
