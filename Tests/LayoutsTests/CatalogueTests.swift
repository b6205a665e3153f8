import FileTrees
import Testing

@testable import Layouts

@Suite("The catalogue")
struct CatalogueTests {
  /// A built-in layout with one layer of `files`.
  private func embedded(_ name: String, _ files: [EmbeddedFile]) -> EmbeddedLayout {
    let text = manifest().replacing(#""demo""#, with: "\"\(name)\"")
    return EmbeddedLayout(
      name: name, summary: "The layout \(name)", digest: "digest of \(name)",
      manifest: EmbeddedFile("layout.json", .text(text)), files: { files })
  }

  private var catalogue: Catalogue {
    Catalogue(builtIn: [
      embedded("staged-docker", [EmbeddedFile("base/a.txt", .text("a"))]), embedded("tiered", []),
    ])
  }

  @Test("lists its layouts with their summaries")
  func lists() {
    #expect(catalogue.names == ["staged-docker", "tiered"])
    #expect(catalogue.summaries.map(\.name) == ["staged-docker", "tiered"])
    #expect(
      catalogue.summaries.map(\.summary) == ["The layout staged-docker", "The layout tiered"])
  }

  @Test("finds a layout by its exact name")
  func finds() throws {
    let layout = try #require(try catalogue.layout(named: "staged-docker"))
    #expect(layout.name == "staged-docker")
    #expect(layout.digest == "digest of staged-docker")
    #expect(layout.source == .builtIn)
    #expect(try layout.rendered().texts == ["a.txt": "a"])
    #expect(try catalogue.layout(named: "Tiered") == nil)
    #expect(try catalogue.layout(named: "tier") == nil)
  }

  @Test("suggests the nearest name for an unknown one")
  func unknown() {
    let near = catalogue.unknown("teired")
    #expect(near.message == "unknown layout “teired”")
    #expect(
      near.help
        == "did you mean “tiered”? “scaffold list” shows the layouts; a layout in a folder is"
        + " named with a “/”, as in “./teired”")
    let far = catalogue.unknown("a\u{1B}b")
    #expect(far.message == #"unknown layout “a\eb”"#)
    #expect(far.help?.hasPrefix("“scaffold list” shows the layouts; ") == true)
  }

  @Test("makes a built-in file executable that begins with “#!”, and keeps the bit of others")
  func executables() throws {
    let files = [
      EmbeddedFile("base/script", .text("#!/bin/sh\n")), EmbeddedFile("base/plain", .text("x")),
      EmbeddedFile("base/bit", isExecutable: true, .text("x")),
      EmbeddedFile("base/binary", .base64("/wA=")), EmbeddedFile("base/late", .text(" #!/bin/sh")),
      EmbeddedFile("base/tagged", .text("<<@\"#!\">>/bin/sh\n")),
    ]
    let layout = try Layout(embedded: embedded("tiered", files))
    let tree = try layout.rendered()
    let executable = tree.files.filter { $0.file.leaf.permissions == .executable }
    #expect(executable.map(\.path.string) == ["bit", "script", "tagged"])
    #expect(try tree.files.first?.file.leaf.content.bytes == [0xFF, 0])
  }

  @Test("says what is wrong with a built-in layout, when it is looked for")
  func faults() throws {
    let layout = try Layout(
      embedded: embedded("tiered", [EmbeddedFile("base/a", .text("<<NOPE>>"))]))
    #expect(
      described(layout.check()).hasPrefix("Templates/tiered/base/a:1:1: “NOPE” is not declared"))
    // The build refuses such a path; should one get by, it is not written.
    let unsafe = try complaints {
      _ = try Layout(embedded: embedded("tiered", [EmbeddedFile("base/../a", .text(""))]))
        .rendered()
    }
    #expect(unsafe == "Templates/tiered/base/..: the path “..” has the component “..”")
  }
}
