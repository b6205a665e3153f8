import Documents
import FileSystems
import FileTrees
import Layouts
import Testing

@testable import Projects

@Suite("A record that is read")
struct RecordReaderTests {
  private static let blob = "fc72a5c1094e203eefcd1c710f060957ebbbaac4"

  private static let whole = """
    {
      "version": 2,
      "layouts": [
        {
          "name": "small", "version": "1.2.3", "digest": "d", "source": "folder:../small",
          "answers": { "NAME": "demo", "PORT": 80, "ON": true, "STEPS": ["one", 2] },
          "files": {
            "run.sh": { "mode": "0755", "blob": "\(blob)", "template": "base/run.sh" },
            "a/.env": { "mode": "0600", "blob": "\(blob)" }
          }
        }
      ]
    }
    """

  private func read(_ text: String) throws -> Record {
    try RecordReader.read(Array(text.utf8), file: "r.json")
  }

  private func faults(_ text: String) -> [String] {
    do {
      _ = try read(text)
      return []
    } catch let faults as Diagnostics {
      return faults.all.map { fault in
        fault.location.map { "\($0.line):\($0.column) \(fault.message)" } ?? fault.message
      }
    } catch {
      return ["\(error)"]
    }
  }

  @Test("is what was written")
  func roundTrip() throws {
    let record = try read(Self.whole)
    let entry = try #require(record.layouts.first)
    #expect(
      entry.layout
        == LayoutVersion(
          name: "small", version: "1.2.3", digest: "d", source: .folder("../small")))
    #expect(
      entry.answers == [
        JSON.Member("NAME", .string("demo")), JSON.Member("PORT", .integer(80)),
        JSON.Member("ON", .flag(true)),
        JSON.Member("STEPS", .array([.string("one"), .integer(2)])),
      ])
    #expect(entry.files.map(\.path.string) == ["run.sh", "a/.env"])
    #expect(entry.files.map(\.permissions) == [.executable, .private])
    #expect(entry.files.map(\.template) == ["base/run.sh", nil])
    let again = try read(String(decoding: record.text, as: UTF8.self))
    #expect(again.text == record.text)
    #expect(again.isSame(as: record))
  }

  @Test("says of a file where the layout has put it, and that markers are in it")
  func moved() throws {
    let text = Self.whole.replacing(
      "\"template\": \"base/run.sh\"",
      with: "\"template\": \"base/run.sh\", \"given\": \"bin/run.sh\", \"conflict\": true"
    ).replacing(
      "\"mode\": \"0600\",", with: "\"mode\": \"0600\", \"given\": \"a/.env\", \"conflict\": false,"
    )
    let record = try read(text)
    let files = try #require(record.layouts.first?.files)
    #expect(files.map { $0.given?.string } == ["bin/run.sh", nil])
    #expect(files.map(\.isMarked) == [true, false])
    let written = String(decoding: record.text, as: UTF8.self)
    #expect(
      written.contains(
        #""template": "base/run.sh", "given": "bin/run.sh", "conflict": true }"#))
    // What says nothing is not written.
    #expect(written.contains("\"a/.env\": { \"mode\": \"0600\", \"blob\": \"\(Self.blob)\" }"))
    #expect(try read(written).layouts[0].files == files)
    // The same request, wherever the user has the file now, whatever an update left in it.
    #expect(
      record.isSame(as: try read(Self.whole.replacing("\"run.sh\":", with: "\"bin/run.sh\":"))))
    #expect(try !record.isSame(as: read(Self.whole)))
  }

  @Test("is refused where two layouts have one path, or one name")
  func twoLayouts() throws {
    func entry(_ name: String, _ path: String) -> String {
      """
      { "name": "\(name)", "version": "1.0.0", "digest": "d", "source": "built-in", "answers": {},
        "files": { "\(path)": { "mode": "0644", "blob": "\(Self.blob)" } } }
      """
    }
    func record(_ entries: String...) -> String {
      "{ \"version\": 2, \"layouts\": [\n\(entries.joined(separator: ",\n"))] }"
    }
    #expect(faults(record(entry("a", "x"), entry("b", "y"))) == [])
    #expect(
      faults(record(entry("a", "x"), entry("b", "x"))) == ["5:14 “x” is a file of the layout “a”"])
    #expect(
      faults(record(entry("a", "x"), entry("b", "y"), entry("a", "z")))
        == ["6:11 the layout “a” stands twice in “layouts”"])
  }

  @Test("may be of version 1, which has one layout and no templates")
  func version1() throws {
    let record = try read(
      """
      { "version": 1,
        "layout": { "name": "small", "version": "1.2.3", "digest": "d", "source": "built-in" },
        "answers": { "NAME": "demo" },
        "files": { "run.sh": { "mode": "0755", "blob": "\(Self.blob)" } } }
      """)
    #expect(record.layouts.map(\.layout.source) == [.builtIn])
    #expect(record.layouts[0].files.map(\.template) == [nil])
    let text = String(decoding: record.text, as: UTF8.self)
    #expect(text.contains("\"version\": 2"))
    #expect(try read(text).isSame(as: record))
  }

  @Test(
    "is refused with the place of each fault",
    arguments: [
      ("[]", ["1:1 a record must be an object, not a list"]),
      ("{}", ["1:1 the record lacks the key “version”"]),
      (#"{ "version": 3 }"#, ["1:14 unknown version 3"]),
      (#"{ "version": "2" }"#, ["1:14 “version” must be an integer, not a string"]),
      (#"{ "version": 2, "layouts": [] }"#, ["1:28 “layouts” names none"]),
      (
        #"{ "version": 2, "layouts": [], "more": 1 }"#,
        ["1:28 “layouts” names none", "1:32 unknown key “more” in the record"]
      ),
    ])
  func shapes(text: String, expected: [String]) {
    #expect(faults(text).sorted() == expected)
  }

  @Test(
    "has no value that is not of its form",
    arguments: [
      ("\"0755\"", "\"0777\"", "“mode” must be 0644, 0755, 0600 or 0700"),
      ("\"0755\"", "755", "“mode” must be a string, not an integer"),
      ("\"run.sh\":", "\"../run.sh\":", "the path “../run.sh” has the component “..”"),
      ("\"run.sh\":", "\"/run.sh\":", "the path “/run.sh” is absolute"),
      ("\"run.sh\":", "\"a/.env\":", "the key “a/.env” stands twice in “files”"),
      (
        "folder:../small", "https://example.org",
        "“source” must be “built-in”, or “folder:” and a folder"
      ),
      ("80,", "{},", "an answer must be a string, an integer, a flag or a list, not an object"),
      (
        "[\"one\", 2]", "[[\"one\"]]", "an item must be a string or an integer"
      ),
      ("[\"one\", 2]", "[true]", "an item must be a string or an integer"),
      (
        "\"run.sh\":", "\".scaffold.json\":",
        "the path “.scaffold.json” has a name of scaffold's own (“.scaffold…”)"
      ),
      (
        "\"a/.env\":", "\"a/.Scaffold-x/plan\":",
        "the path “a/.Scaffold-x/plan” has a name of scaffold's own (“.scaffold…”)"
      ),
      (
        "\"base/run.sh\"", "\"base/run.sh\", \"given\": \"../x\"",
        "the path “../x” has the component “..”"
      ),
      (
        "\"base/run.sh\"", "\"base/run.sh\", \"given\": 1",
        "“given” must be a string, not an integer"
      ),
      (
        "\"base/run.sh\"", "\"base/run.sh\", \"conflict\": \"yes\"",
        "“conflict” must be true or false, not a string"
      ),
      (", \"template\": \"base/run.sh\"", ", \"tem\": \"x\"", "unknown key “tem” in a file"),
    ])
  func values(present: String, changed: String, message: String) {
    let text = Self.whole.replacing(present, with: changed)
    #expect(text != Self.whole)
    #expect(faults(text).contains { $0.hasSuffix(message) }, "\(faults(text))")
  }

  @Test("is told from answers that were written by hand")
  func isRecord() throws {
    func isRecord(_ text: String) throws -> Bool {
      RecordReader.isRecord(try JSONDocument(parsing: Array(text.utf8), file: "x"))
    }
    #expect(try isRecord(Self.whole))
    #expect(try isRecord(#"{ "version": 1, "layout": {} }"#))
    #expect(try !isRecord(#"{ "VERSION": 1, "LAYOUT": "x" }"#))
    #expect(try !isRecord("[]"))
  }
}
