import Testing

@testable import Projects

@Suite("What a plan comes to")
struct OutcomeTests {
  @Test("is short where files are made, and nothing else")
  func plain() {
    let outcome = Outcome(created: 27, directories: 14, bytes: 31_400)
    #expect(outcome.isPlain)
    for tense in [Outcome.Tense.past, .future] {
      #expect(outcome.text(tense) == "27 files, 14 directories, 31 KB")
    }
    #expect(
      Outcome(created: 1, directories: 1, bytes: 1).text(.past) == "1 file, 1 directory, 1 byte")
  }

  @Test(
    "rounds sizes to the nearest, and has no unit a thousand times",
    arguments: [
      (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1 KB"), (1499, "1 KB"),
      (1500, "2 KB"), (999_499, "999 KB"), (999_500, "1.0 MB"), (1_049_999, "1.0 MB"),
      (1_050_000, "1.1 MB"), (12_345_678, "12.3 MB"),
    ])
  func size(bytes: Int, text: String) {
    #expect(Outcome.size(bytes) == text)
  }

  @Test(
    "counts what is done to files that are there",
    arguments: [
      (
        Outcome(created: 2, unchanged: 30, kept: 1, bytes: 54_000),
        "2 files created, 30 unchanged, 1 kept, 54 KB",
        "2 files to create, 30 unchanged, 1 kept, 54 KB"
      ),
      (
        Outcome(created: 1, replaced: 1, unchanged: 1, directories: 2, bytes: 10),
        "1 file and 2 directories created, 1 replaced, 1 unchanged, 10 bytes",
        "1 file and 2 directories to create, 1 to replace, 1 unchanged, 10 bytes"
      ),
      (Outcome(unchanged: 16), "16 files unchanged", "16 files unchanged"),
      (
        Outcome(replaced: 1, conflicts: 2, bytes: 5), "1 file replaced, 2 in conflict, 5 bytes",
        "1 file to replace, 2 in conflict, 5 bytes"
      ),
      (
        Outcome(kept: 3, directories: 1), "1 directory created, 3 kept",
        "1 directory to create, 3 kept"
      ),
    ])
  func mixed(outcome: Outcome, past: String, future: String) {
    #expect(!outcome.isPlain)
    #expect(outcome.text(.past) == past)
    #expect(outcome.text(.future) == future)
  }
}
