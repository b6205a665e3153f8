import Documents
import FileSystems
import FileTrees
import Layouts
import Projects
import TestSupport
import Testing

@Suite("The record of a project")
struct RecordTests {
  private func record(_ given: [GivenAnswer] = []) throws -> String {
    let disk = InMemoryFileSystem()
    try create(request(layout(), in: disk, at: "demo", given: given))
    return try disk.text("demo/.scaffold.json")
  }

  @Test("holds the layout, the answers that were asked, and each file's mode and blob id")
  func content() throws {
    let digest = try layout().digest
    let text = try record()
    // Of what stands before it in its part.
    let part = try #require(text.firstMatch(of: /\[\n +(\{(?s:.*)\}),\n +"state"/)?.output.1)
    let state = GitObjectID(blob: Array(part.utf8))
    #expect(
      text == """
        {
          "version": 2,
          "layouts": [
            {
              "name": "small",
              "version": "1.2.3",
              "digest": "\(digest)",
              "source": "folder:small",
              "answers": {
                "PROJECT_NAME": "demo",
                "STEPS": ["one", "two"]
              },
              "files": {
                ".env": { "mode": "0600", "blob": "6af405da559860961129d0b7d2e708ee2b4667c9", "template": "base/.env" },
                "README.md": { "mode": "0644", "blob": "fc72a5c1094e203eefcd1c710f060957ebbbaac4", "template": "base/README.md" },
                "data/.gitkeep": { "mode": "0644", "blob": "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", "template": "base/data/.gitkeep" },
                "run.sh": { "mode": "0755", "blob": "1a2485251c33a70432394c93fb89330ef214bfc9", "template": "base/run.sh" },
                "src/demo/main.py": { "mode": "0644", "blob": "136d0c540c17e5cb727d34a0699d686f7b2d73a3", "template": "base/src/<<PACKAGE>>/main.py" },
                "steps/one.txt": { "mode": "0644", "blob": "1ee906f7e6309576415a6893e233587b5e110224", "template": "step/steps/<<STEP>>.txt:one" },
                "steps/two.txt": { "mode": "0644", "blob": "b5f9608d460212f668a9ca531e177fc83847c199", "template": "step/steps/<<STEP>>.txt:two" }
              },
              "state": "\(state)"
            }
          ]
        }

        """)
  }

  @Test("keeps a derived answer only when it was given")
  func derivedAnswers() throws {
    #expect(try !record().contains("\"PACKAGE\":"))
    let given = GivenAnswer(name: "PACKAGE", input: .text("mine"), origin: "--package")
    #expect(try record([given]).contains("\"PACKAGE\": \"mine\""))
  }

  @Test("says the same whatever was in the target before")
  func doesNotDependOnTarget() throws {
    let disk = try InMemoryFileSystem(["README.md": "mine\n"])
    try create(request(layout(), in: disk, at: nil, onConflict: .keep))
    #expect(try disk.text(".scaffold.json") == record())
  }
}
