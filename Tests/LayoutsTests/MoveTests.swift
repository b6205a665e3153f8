import Documents
import FileSystems
import FileTrees
import TestSupport
import Testing

@testable import Layouts

@Suite("What a layout has moved")
struct MoveTests {
  private func layout(_ moved: String, _ files: [String: String]) throws -> Layout {
    try loaded(
      """
      {"name": "demo", "summary": "", "version": "1.0.0", "layers": [{"folder": "base"}],
      "moved": {\(moved)}}
      """, files)
  }

  /// What becomes of each recorded template, by the layout of the folder and by that of the binary.
  private func followed(
    _ moved: String, _ files: [String: String], _ recorded: [String]
  ) throws -> [String?] {
    let layout = try layout(moved, files)
    var (moves, embedded) = try (layout.moves, Layout(embedded: layout.embedded()).moves)
    return try recorded.map { text in
      let found = try moves.template(movedFrom: text)
      #expect(try embedded.template(movedFrom: text) == found)
      return found
    }
  }

  @Test("is found by the template that a record has, its items and its number kept")
  func files() throws {
    #expect(
      try followed(
        #""base/<<OLD>>.py": "base/new.py""#, ["base/new.py": ""],
        [
          "base/<<OLD>>.py", #"base/<<OLD>>.py:a\:b,c"#, "base/<<OLD>>.py::3", "base/new.py",
          "base/<<OLD>>.py/x", "base/<<OLD>>.p", "<<OLD>>.py", "", ":", "/",
        ]) == [
          "base/new.py", #"base/new.py:a\:b,c"#, "base/new.py::3", nil, nil, nil, nil, nil, nil,
          nil,
        ])
  }

  @Test("is a folder with all that was in it, a layer's own too; the innermost counts")
  func folders() throws {
    let moved = """
      "base/src/core/": "base/src/domain/", "base/src/core/db/": "base/src/store/",
      "base/src/core/x.py": "base/y.py", "old/": "base/"
      """
    let files = ["base/src/domain/a": "", "base/src/store/b": "", "base/y.py": ""]
    #expect(
      try followed(
        moved, files,
        [
          "base/src/core/a", "base/src/core/deep/a:one", "base/src/core/db/b", "base/src/core/x.py",
          "base/src/core", "base/src/core2/a", "old/src/core/x.py", "old/README", "older/README",
        ]) == [
          "base/src/domain/a", "base/src/domain/deep/a:one", "base/src/store/b", "base/y.py",
          nil, nil, "base/y.py", "base/README", nil,
        ])
  }

  @Test("is followed from version to version")
  func chains() throws {
    let moved = """
      "base/a": "base/b", "base/b": "base/in/c", "base/in/": "base/out/", "base/x/": "base/y/",
      "base/y/f": "base/g"
      """
    let files = ["base/out/c": "", "base/g": ""]
    #expect(
      try followed(moved, files, ["base/a", "base/b", "base/in/c", "base/in/d", "base/x/f"]) == [
        "base/out/c", "base/out/c", "base/out/c", "base/out/d", "base/g",
      ])
  }

  @Test("has paths of a shared layer as their templates have them")
  func shared() throws {
    let layout = try Layout(
      folder: folder(
        """
        {"name": "demo", "summary": "", "version": "1.0.0",
        "layers": [{"shared": "any"}], "moved": {"shared/any/old": "shared/any/new"}}
        """),
      name: "layouts/mine"
    ) { () in try? InMemoryFileSystem(["shared/any/new": ""]) }
    var moves = layout.moves
    #expect(try moves.template(movedFrom: "shared/any/old") == "shared/any/new")
    let rendered = try layout.rendered()
    #expect(rendered.template(ofFile: 0).text == "shared/any/new")
  }

  @Test(
    "is refused where it is no move",
    arguments: [
      (#""base/a": "base/new""#, "2:11: “base/a” is still in the layout"),
      (#""base/in/": "base/in2/""#, "2:11: “base/in/” is still in the layout"),
      (#""base/old": "base/nope""#, "2:23: “base/nope” is not in the layout"),
      (#""base/old/": "base/nope/""#, "2:24: “base/nope/” is not in the layout"),
      (#""base/old": "base/in""#, "2:23: “base/in” is not in the layout"),
      (#""base/old/": "base/a/""#, "2:24: “base/a/” is not in the layout"),
      (#""base/x": "base/x""#, "2:11: “base/x” moves in a circle"),
      (
        #""base/x": "base/y", "base/y": "base/x""#,
        "2:11: “base/x” moves in a circle\n2:31: “base/y” moves in a circle"
      ),
      (
        #""base/x/": "base/y/", "base/y/z": "base/x/z""#,
        "2:33: “base/y/z” moves in a circle"
      ),
      (#""base/x/": "base/x/y/""#, "2:11: “base/x/” moves in a circle"),
      (
        #""base/old": "base/x/gone", "base/x/": "base/in/""#,
        "2:23: “base/x/gone”, which “moved” leads on to “base/in/gone”, is not in the layout"
      ),
    ])
  func faults(_ moved: String, _ expected: String) throws {
    let found = try complaints {
      _ = try layout(moved, ["base/a": "", "base/new": "", "base/in/b": "", "base/in2/c": ""])
    }
    let lines = found.split(separator: "\n")
    let starts = expected.split(separator: "\n").map { "mine/layout.json:\($0)" }
    #expect(lines.count == starts.count, "\(found)")
    for (line, start) in zip(lines, starts) { #expect(line.hasPrefix(start), "\(line)") }
  }
}
