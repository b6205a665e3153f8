import Documents
import FileSystems
import FileTrees
import TestSupport
import Testing

@testable import Layouts

@Suite("A layer that layouts share")
struct SharedLayerTests {
  private let manifestText = """
    {"name": "demo", "summary": "A demo", "version": "1.0.0",
    "variables": [{"name": "PROJECT_NAME", "kind": "name", "default": "demo"}],
    "layers": [{"shared": "any"}, {"folder": "base"}],
    "notes": {"editor": "For editors"}}
    """

  /// `shared/any` beside a layout, and what else lies there.
  private let beside = [
    "shared/any/editor": "<<PROJECT_NAME>>", "shared/any/README": "any",
    "shared/other/x": "<<NOPE>>", "elsewhere": "",
  ]

  private func layout(
    _ manifest: String? = nil, own: [String: String] = ["base/README": "own"],
    beside: [String: String]? = nil, name: String = "layouts/mine"
  ) throws -> Layout {
    let collection = try InMemoryFileSystem(beside ?? self.beside)
    return try Layout(folder: folder(manifest ?? manifestText, own), name: name) { () in
      collection
    }
  }

  @Test("is read from beside the layout's folder, and applies in its turn")
  func applies() throws {
    let rendered = try layout().rendered()
    #expect(try rendered.texts == ["editor": "demo", "README": "own"])
    guard case .file(let file)? = rendered.tree[try RelativePath(validating: "editor")] else {
      Issue.record("not found")
      return
    }
    #expect(file.note == "For editors")
  }

  @Test("is part of the layout's digest, with what it holds; what else is there is not")
  func digest() throws {
    let digest = try layout().digest
    var other = beside
    other["elsewhere"] = "changed"
    other["shared/other/x"] = "changed"
    #expect(try layout(beside: other).digest == digest)
    other["shared/any/editor"] = "changed"
    #expect(try layout(beside: other).digest != digest)
  }

  @Test("with a fault is told by its place beside the layout's folder")
  func faults() throws {
    var faulty = beside
    faulty["shared/any/editor"] = "<<NOPE>>"
    let places = [
      "layouts/mine": "layouts/shared/any", "mine": "./shared/any", "./mine/": "./shared/any",
      "/mine": "/shared/any", ".": "./../shared/any", "../..": "../../../shared/any",
    ]
    for (name, place) in places {
      let text = try complaints { _ = try layout(beside: faulty, name: name) }
      #expect(text.hasPrefix(place + "/editor:1:1: “NOPE” is not declared"), "\(name)")
    }
  }

  @Test("is missed where there is none")
  func missing() throws {
    let text = try complaints { _ = try layout(beside: ["elsewhere": ""]) }
    #expect(text.contains("layouts/mine/layout.json:3:23: there is no “layouts/shared/any”"))
    // A layout that is read without what is around it.
    let alone = try complaints { _ = try loaded(manifestText, ["base/README": ""]) }
    #expect(alone.contains("there is no “./shared/any”"))
  }

  @Test("that cannot be read is told so")
  func unreadable() throws {
    let text = try complaints {
      _ = try Layout(folder: folder(manifestText), name: "mine") {
        () throws(FileSystemError) in throw FileSystemError(.open, .root, 13, givenName: "mine/..")
      }
    }
    #expect(text.hasPrefix("mine: "))
  }

  @Test(
    "is named by one folder, and is not a folder as well",
    arguments: [
      (#"{"shared": "any", "folder": "base"}"#, "a layer has either “folder” or “shared”"),
      (#"{"shared": "any/thing"}"#, "“shared” must be the name of one folder"),
      (#"{"shared": "../any"}"#, "the path “../any” has the component “..”"),
      (#"{"when": "PROJECT_NAME"}"#, "a layer lacks the key “folder”"),
      (
        #"{"folder": "shared/any"}"#,
        "a layer's folder cannot be “shared” ({ \"shared\": NAME } is a layer in the folder of that"
          + " name beside the layout)"
      ),
    ])
  func refused(layer: String, complaint: String) throws {
    let text = try complaints {
      _ = try layout(manifestText.replacing(#"{"shared": "any"}"#, with: layer))
    }
    #expect(text.contains(complaint), "\(text)")
  }
}

@Suite("A variable that layouts share")
struct SharedVariableTests {
  private let shared = """
    {
      // As every layout has it.
      "PYTHON": {"choices": ["3.13", "3.14"], "default": "3.14", "help": "Python of the images"},
      "UNUSED": {"kind": "nonsense"},
    }
    """

  private func layout(_ variables: String, shared: String?, file: String = "<<PYTHON>>") throws
    -> Layout
  {
    let collection = try InMemoryFileSystem(shared.map { ["shared/variables.json": $0] } ?? [:])
    let text = """
      {"name": "demo", "summary": "A demo", "version": "1.0.0", "layers": [{"folder": "base"}],
      "variables": [\(variables)]}
      """
    return try Layout(folder: folder(text, ["base/a": file]), name: "layouts/mine") { () in
      collection
    }
  }

  @Test("is declared once for all of them, and a layout may declare some of it otherwise")
  func declared() throws {
    let plain = try layout(#"{"shared": "PYTHON"}"#, shared: shared)
    #expect(try plain.rendered().texts == ["a": "3.14"])
    #expect(plain.manifest.variables.first?.help == "Python of the images")
    let other = try layout(
      #"{"shared": "PYTHON", "choices": ["3.12", "3.13"], "default": "3.12"}"#, shared: shared)
    #expect(try other.rendered().texts == ["a": "3.12"])
  }

  @Test("makes the file a part of the layout's digest, and only then")
  func digest() throws {
    let digest = try layout(#"{"shared": "PYTHON"}"#, shared: shared).digest
    #expect(try layout(#"{"shared": "PYTHON"}"#, shared: shared + "\n").digest != digest)
    let own = #"{"name": "PYTHON", "kind": "text", "default": "3"}"#
    #expect(try layout(own, shared: shared).digest == layout(own, shared: nil).digest)
  }

  @Test("is told by its own place where it is at fault, and by the layout's where that is")
  func faults() throws {
    let faulty = """
      {"PYTHON": {"choices": ["3.13"], "default": "3.14", "hlp": ""}}
      """
    let text = try complaints { _ = try layout(#"{"shared": "PYTHON"}"#, shared: faulty) }
    #expect(
      text.contains("layouts/shared/variables.json:1:45: the default of “PYTHON”"), "\(text)")
    #expect(
      text.contains("layouts/shared/variables.json:1:53: unknown key “hlp” in “PYTHON”"), "\(text)")
    let own = try complaints {
      _ = try layout(#"{"shared": "PYTHON", "default": "2"}"#, shared: shared)
    }
    #expect(own.contains("layouts/mine/layout.json:2:47: the default of “PYTHON”"), "\(own)")
    let misspelt = try complaints { _ = try layout(#"{"shared": "PYTHN"}"#, shared: shared) }
    #expect(
      misspelt.contains(
        "layouts/mine/layout.json:2:26: “PYTHN” is not in shared/variables.json"
          + " (did you mean “PYTHON”?)"), "\(misspelt)")
    let twice = try complaints {
      _ = try layout(#"{"shared": "PYTHON", "name": "PYTHON"}"#, shared: shared)
    }
    #expect(twice.contains("a variable has either “name” or “shared”"), "\(twice)")
  }

  @Test("is missed where there is no such file, and told where it is no JSON")
  func missing() throws {
    let absent = try complaints { _ = try layout(#"{"shared": "PYTHON"}"#, shared: nil) }
    #expect(absent.contains("there is no shared/variables.json beside the layout"), "\(absent)")
    let broken = try complaints { _ = try layout(#"{"shared": "PYTHON"}"#, shared: "{", file: "") }
    #expect(broken.hasPrefix("layouts/shared/variables.json:1:"), "\(broken)")
    #expect(!broken.contains("\n"), "\(broken)")
    let list = try complaints { _ = try layout(#"{"shared": "PYTHON"}"#, shared: "[]", file: "") }
    #expect(list.hasSuffix("what is shared must be an object, not a list"), "\(list)")
    #expect(!list.contains("\n"), "\(list)")
  }
}
