import FileSystems
import FileTrees
import TestSupport
import Testing

@testable import Projects

/// What documents say of decisions and formats.
@Suite("The documents")
struct ArchitectureTests {
  @Test("have the truth table of files that the program has")
  func decisions() throws {
    let table = try #require(
      MarkdownTable.first("base", in: Repository.text(of: "Sources/ARCHITECTURE.md")))
    #expect(table.header == ["base", "ours", "theirs", "decision"])
    var rows: Set<String> = []
    for row in table.rows {
      rows.insert(row.prefix(3).joined())
      let blobs = row.prefix(3).map { $0 == "–" ? nil : GitObjectID(blob: Array($0.utf8)) }
      let ours = blobs[1].map { Present.file($0, mode: 0o644, isReplaceable: true) }
      let decision = decide(Sides(base: blobs[0], theirs: blobs[2], ours: ours ?? .absent))
      let code: String? =
        switch decision {
        case .keep(let reason): reason.rawValue
        case .conflict(let conflict): conflict.code
        case .create, .replace, .merge, .marked, .move, .remove, .unchanged: nil
        }
      #expect(row[3] == decision.keyword + (code.map { " (\($0))" } ?? ""), "\(row)")
    }
    // All ways in which three sides can be equal, but for nothing on any of them.
    #expect(rows.count == table.rows.count && rows.count == 14)
  }

  @Test("name the versions of what is written")
  func versions() throws {
    let readme = try #require(MarkdownTable.first("what", in: Repository.text(of: "README.md")))
    func version(of what: String) throws -> Int? { Int(try #require(readme.row(what))[1]) }
    #expect(try version(of: "`.scaffold.json`") == Record.version)
    #expect(
      try version(of: "the plan that an interrupted run leaves for the next one") == Journal.version
    )
    let keys = MarkdownTable.first("key", in: try Repository.text(of: "README.md"))
    #expect(try version(of: "a run as JSON") == keys?.row("`version`").flatMap { Int($0[1]) })
    let record = try #require(
      MarkdownTable.first("version", in: Repository.text(of: "Sources/ARCHITECTURE.md")))
    #expect(record.rows.map { Int($0[0]) } == Array(1...Record.version))
  }
}
