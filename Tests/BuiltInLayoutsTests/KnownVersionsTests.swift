import BuiltInLayouts
import FileTrees
import Foundation
import Layouts
import TestSupport
import Testing

@Suite("A version of a built-in layout")
struct KnownVersionsTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Snapshots/versions.txt")

  /// `RECORD_SNAPSHOTS=1 swift test` adds a line for a version that is new, and fails the run.
  @Test("has the digest that it had when projects were first made of it")
  func digests() throws {
    let known = KnownVersions(text: try String(contentsOf: Self.file, encoding: .utf8))
    var extended = known
    for layout in BuiltInLayouts.all {
      let version = Layout(embedded: layout).manifest.version
      extended.add(layout.name, version, layout.digest)
      if case .changed(let digest) = known.finding(layout.name, version, layout.digest) {
        Issue.record(
          """
          \(layout.name) \(version) has become \(layout.digest), and projects know it as \(digest): \
          give layout.json a new version and say in “changes” what changed; then RECORD_SNAPSHOTS=1
          """)
      }
    }
    if extended.text == known.text { return }
    #expect(
      try recorded(in: Self.file, found: extended.text) == extended.text,
      "RECORD_SNAPSHOTS=1 adds the line of a new version")
  }

  @Test("that is the newest is the layout's, and the first of its “changes”")
  func newest() throws {
    let lines = try String(contentsOf: Self.file, encoding: .utf8).split(separator: "\n")
      .map { $0.split(separator: " ").map(String.init) }
    #expect(Set(lines.map { $0.prefix(2) }).count == lines.count, "a version stands there twice")
    #expect(Set(lines.compactMap(\.first)) == Set(BuiltInLayouts.all.map(\.name)))
    for layout in BuiltInLayouts.all {
      let manifest = Layout(embedded: layout).manifest
      let versions = try lines.filter { $0.first == layout.name }
        .map { try #require(VersionNumber($0[1])) }
      #expect(versions == versions.sorted(), "\(layout.name)")
      #expect(versions.last == VersionNumber(manifest.version), "\(layout.name)")
      // The first version has changed nothing.
      if manifest.version == "1.0.0" { continue }
      #expect(
        manifest.changes.first?.version == manifest.version,
        "\(layout.name): say in “changes” what \(manifest.version) changed")
      #expect(manifest.changes.allSatisfy { !$0.lines.isEmpty }, "\(layout.name)")
    }
  }

  @Test("is added to the list once, and never changed in it")
  func list() {
    let text = "demo 1.0.0 aa\nother 1.0.0 bb\n"
    var known = KnownVersions(text: text)
    #expect(known.finding("demo", "1.0.0", "aa") == .known)
    #expect(known.finding("demo", "1.0.0", "bb") == .changed(digest: "aa"))
    #expect(known.finding("demo", "1.1.0", "aa") == .new)
    known.add("demo", "1.0.0", "cc")
    #expect(known.text == text)
    known.add("demo", "1.1.0", "cc")
    known.add("demo", "1.1.0", "dd")
    #expect(known.text == text + "demo 1.1.0 cc\n")
  }
}
