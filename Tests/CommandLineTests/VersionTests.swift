import Testing

@testable import scaffold

/// That a release hands its commit on is shown of the packages (`Tests/Packages`).
@Suite("The version")
struct VersionTests {
  @Test("comes with the commit of a release and its day")
  func release() {
    let line = Program.versionLine(commit: "8505964e1", date: "2026-11-29")
    #expect(line == "scaffold \(Program.version) (8505964e1 2026-11-29)\n")
  }

  @Test("stands alone in any other build")
  func build() {
    for (commit, date) in [(nil, nil), ("8505964e1", nil), (nil, "2026-11-29")] {
      let line = Program.versionLine(commit: commit, date: date)
      #expect(line == "scaffold \(Program.version)\n")
    }
  }
}
