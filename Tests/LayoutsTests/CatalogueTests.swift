import Documents
import FileSystems
import FileTrees
import TestSupport
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

  private func complaint(about reference: LayoutReference) throws -> Diagnostic? {
    let catalogue = try catalogue
    do throws(LayoutError) {
      _ = try catalogue.layout(reference)
      return nil
    } catch {
      return if case .absent(let diagnostic) = error { diagnostic } else { nil }
    }
  }

  @Test("finds a layout by its exact name")
  func finds() throws {
    let catalogue = try catalogue
    let layout = try catalogue.layout(.builtIn("staged-docker"))
    #expect(layout.name == "staged-docker")
    #expect(layout.digest == (try embedded("staged-docker", ["base/a.txt": "a"]).digest))
    #expect(layout.reference == .builtIn("staged-docker"))
    #expect(try layout.rendered().texts == ["a.txt": "a"])
    for name in ["Tiered", "tier"] {
      #expect(!catalogue.has(.builtIn(name)))
      #expect(try complaint(about: .builtIn(name)) != nil)
    }
  }

  @Test("suggests the nearest name for an unknown one")
  func unknown() throws {
    let near = try complaint(about: .builtIn("teired"))
    #expect(near?.message == "unknown layout “teired”")
    #expect(
      near?.help
        == "did you mean “tiered”? “scaffold list” shows the layouts; a layout in a folder is"
        + " named with a “/”, as in “./teired”")
    let far = try complaint(about: .builtIn("a\u{1B}b"))
    #expect(far?.message == #"unknown layout “a\eb”"#)
    #expect(far?.help?.hasPrefix("“scaffold list” shows the layouts; ") == true)
  }

  @Test("opens folders, and what is shared beside them")
  func folders() throws {
    let text = manifest().replacing(#"[{"#, with: #"[{"shared": "all"}, {"#)
    let disk = try folder(text, ["base/a": "a"])
    let beside = try InMemoryFileSystem(["shared/all/b": "b"])
    let catalogue = Catalogue(builtIn: []) { (path) throws(FileSystemError) in
      switch path {
      case "./mine": return disk
      case "./mine/..": return beside
      default: throw FileSystemError(.open, .root, 2, givenName: path)
      }
    }
    #expect(catalogue.has(.folder("./mine")))
    let layout = try catalogue.layout(.folder("./mine"))
    #expect(layout.reference == .folder("./mine"))
    #expect(try layout.rendered().texts == ["a": "a", "b": "b"])
    #expect(!catalogue.has(.folder("./none")))
  }

  @Test("takes what has a slash for a folder, and the directories that are dots")
  func references() {
    for text in ["./mine", "a/b", "/", ".", "..", "mine/"] {
      #expect(LayoutReference(text) == .folder(text))
    }
    for text in ["mine", "", "...", "staged-docker"] {
      #expect(LayoutReference(text) == .builtIn(text))
    }
    #expect(LayoutReference("./mine").text == "./mine")
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
    #expect(try tree.contents["binary"] == [0xFF, 0])
  }

  @Test("has of a large file, which a run streams, all bytes")
  func largeFiles() throws {
    let disk = try folder(manifest(), ["base/a": "a"])
    let bytes = [UInt8](repeating: 0x61, count: Budget().largestTemplate + 1)
    try disk.createFile(RelativePath(validating: "base/large"), .regular, .bytes(bytes))
    let layout = try Layout(embedded: Layout(folder: disk, name: "mine").embedded())
    #expect(try layout.rendered().contents["large"] == bytes)
  }
}
