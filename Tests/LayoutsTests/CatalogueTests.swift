import FileSystems
import FileTrees
import Testing

@testable import Layouts

@Suite("The catalogue")
struct CatalogueTests {
  /// A built-in layout with one layer of `files`.
  private func embedded(_ name: String, _ files: [String: String]) throws -> EmbeddedLayout {
    let text = manifest().replacing(#""demo""#, with: "\"\(name)\"")
    return try loaded(text, files).embedded()
  }

  private var catalogue: Catalogue {
    get throws {
      Catalogue(builtIn: [
        try embedded("staged-docker", ["base/a.txt": "a"]),
        try embedded("tiered", ["base/b": ""]),
      ])
    }
  }

  @Test("lists its layouts with their summaries")
  func lists() throws {
    let catalogue = try catalogue
    #expect(catalogue.names == ["staged-docker", "tiered"])
    #expect(catalogue.summaries.map(\.name) == ["staged-docker", "tiered"])
    #expect(catalogue.summaries.map(\.summary) == ["A demo", "A demo"])
  }

  @Test("finds a layout by its exact name")
  func finds() throws {
    let catalogue = try catalogue
    let layout = try #require(catalogue.layout(named: "staged-docker"))
    #expect(layout.name == "staged-docker")
    #expect(layout.digest == (try embedded("staged-docker", ["base/a.txt": "a"]).digest))
    #expect(layout.source == .builtIn)
    #expect(try layout.rendered().texts == ["a.txt": "a"])
    #expect(catalogue.layout(named: "Tiered") == nil)
    #expect(catalogue.layout(named: "tier") == nil)
  }

  @Test("suggests the nearest name for an unknown one")
  func unknown() throws {
    let catalogue = try catalogue
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
    let disk = try folder(
      manifest(),
      [
        "base/script": "#!/bin/sh\n", "base/plain": "x", "base/late": " #!/bin/sh",
        "base/tagged": "<<@\"#!\">>/bin/sh\n",
      ])
    try disk.createFile(
      RelativePath(validating: "base/bit"), .executable, .bytes(Array("x".utf8)))
    try disk.createFile(RelativePath(validating: "base/binary"), .regular, .bytes([0xFF, 0]))
    let layout = try Layout(embedded: Layout(folder: disk, name: "mine").embedded())
    let tree = try layout.rendered()
    let executable = tree.placed.filter { $0.file.permissions == .executable }
    #expect(executable.map(\.path) == ["bit", "script", "tagged"])
    #expect(try tree.placed.first?.file.content.bytes == [0xFF, 0])
  }

  @Test("has of a large file, which a run streams, all bytes")
  func largeFiles() throws {
    let disk = try folder(manifest(), ["base/a": "a"])
    let bytes = [UInt8](repeating: 0x61, count: TemplateFile.largestTemplate + 1)
    try disk.createFile(RelativePath(validating: "base/large"), .regular, .bytes(bytes))
    let layout = try Layout(embedded: Layout(folder: disk, name: "mine").embedded())
    #expect(try layout.rendered().placed.last?.file.content.bytes == bytes)
  }
}
