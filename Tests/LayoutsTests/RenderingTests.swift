import FileSystems
import FileTrees
import TestSupport
import Testing

@testable import Layouts

@Suite("A rendered layout")
struct RenderingTests {
  private static let variables = """
    "variables": [
      {"name": "PROJECT_NAME", "kind": "name", "default": "demo"},
      {"name": "TITLE", "kind": "text", "default": ""},
      {"name": "TIER", "choices": ["mvp", "core", "full"], "default": "mvp"},
      {"name": "STEPS", "kind": "list", "of": "name", "default": "one,two"},
      {"name": "PORTS", "kind": "list", "of": "port", "default": "80,443"}]
    """

  /// A layout with those variables, `layers` and `more` members.
  private func layout(
    layers: String = #"{"folder": "base"}"#, _ more: String, _ files: [String: String]
  ) throws -> Layout {
    let text = """
      {"name": "demo-layout", "summary": "", "version": "1.0.0", \(Self.variables),
      "layers": [\(layers)],
      \(more)}
      """
    return try loaded(text, files)
  }

  private func layout(
    layers: String = #"{"folder": "base"}"#, _ files: [String: String]
  ) throws -> Layout {
    try layout(layers: layers, "", files)
  }

  @Test("has the files of its layers, names and contents rendered")
  func renders() throws {
    let layout = try layout([
      "base/<<PROJECT_NAME|snake>>/a-<<TIER>>.txt": "<<PROJECT_NAME>> is <<TIER>>\n",
      "base/plain.txt": "k<<<N>>>(x); cat <<EOF >>log",
      "base/empty.txt": "", "elsewhere/never.txt": "",
    ])
    #expect(
      try layout.rendered(["PROJECT_NAME": "my-app"]).texts == [
        "my_app/a-mvp.txt": "my-app is mvp\n", "plain.txt": "k<<<N>>>(x); cat <<EOF >>log",
        "empty.txt": "",
      ])
  }

  @Test("applies its layers in order, and a later one replaces what an earlier one has")
  func layers() throws {
    let layout = try layout(
      layers: """
        {"folder": "mvp", "when": "TIER == mvp"}, {"folder": "core", "when": "TIER >= core"},
        {"folder": "full", "when": "TIER == full"}, {"folder": "core/inner", "when": "TIER == full"}
        """,
      [
        "mvp/app.txt": "mvp", "core/app.txt": "core", "core/inner/x.txt": "x",
        "full/app.txt": "full", "full/only.txt": "<<TIER>>",
      ])
    #expect(try layout.rendered().texts == ["app.txt": "mvp"])
    #expect(
      try layout.rendered(["TIER": "core"]).texts == ["app.txt": "core", "inner/x.txt": "x"])
    #expect(
      try layout.rendered(["TIER": "full"]).texts == [
        "app.txt": "full", "inner/x.txt": "x", "x.txt": "x", "only.txt": "full",
      ])
  }

  @Test("writes a layer for each item, with its place in the list at hand")
  func each() throws {
    let layout = try layout(
      layers: #"{"folder": "step", "each": "STEP in STEPS"}"#,
      [
        "step/<<STEP_INDEX|plus(10)|pad(3)>>-<<STEP>>.txt":
          "<<STEP>> <<STEP_INDEX>> [<<STEP_PREVIOUS>>]<<@if STEP_FIRST>> first<<@end>>"
          + "<<@if STEP_LAST>> last<<@end>>"
      ])
    #expect(
      try layout.rendered(["STEPS": "a,b,c"]).texts == [
        "011-a.txt": "a 1 [] first", "012-b.txt": "b 2 [a]", "013-c.txt": "c 3 [b] last",
      ])
    #expect(try layout.rendered(["STEPS": "a"]).texts == ["011-a.txt": "a 1 [] first last"])
    #expect(try layout.rendered(["STEPS": ""]).paths.isEmpty)
  }

  @Test("puts a layer where the manifest says, with notes and patterns for the paths it has there")
  func destinations() throws {
    let layout = try layout(
      layers: """
        {"folder": "settings", "into": "config", "when": "TIER == mvp"},
        {"folder": "settings", "into": "config/base", "when": "TIER > mvp"},
        {"folder": "step", "into": "steps/<<STEP|snake>>", "each": "STEP in STEPS"}
        """,
      """
      "notes": {"config/": "What it is", "config/base/": "For all", "config/base/app.yaml": "<<TIER>>",
        "steps/<<STEP|snake>>/": "Step <<STEP_INDEX>>"},
      "verbatim": ["config/base/*.txt"], "private": ["steps/*/run"]
      """,
      [
        "settings/app.yaml": "<<TIER>>", "settings/plain.txt": "<<TIER>>", "step/run": "<<STEP>>",
      ])
    #expect(
      try layout.rendered(["STEPS": "my-step"]).texts == [
        "config/app.yaml": "mvp", "config/plain.txt": "mvp", "steps/my_step/run": "my-step",
      ])
    let core = try layout.rendered(["TIER": "core", "STEPS": "my-step"])
    #expect(try core.texts["config/base/plain.txt"] == "<<TIER>>")
    #expect(
      TreeDrawing(core.tree, title: "demo").text == """
        demo/
        ├── config/           # What it is
        │   └── base/         # For all
        │       ├── app.yaml  # core
        │       └── plain.txt
        └── steps/
            └── my_step/      # Step 1
                └── run
        """)
  }

  @Test("writes a layer for each combination of two lists, and asks its condition for each")
  func product() throws {
    let layout = try layout(
      layers: """
        {"folder": "pair", "each": ["STEP in STEPS", "PORT in PORTS"],
         "when": "STEP != two or PORT == 443"}
        """,
      ["pair/<<STEP>>/<<PORT>>": "<<STEP_INDEX>>.<<PORT_INDEX>>"])
    #expect(
      try layout.rendered().texts == ["one/80": "1.1", "one/443": "1.2", "two/443": "2.2"])
  }

  @Test("shows notes in its tree and in the tree that a template asks for")
  func notes() throws {
    let layout = try layout(
      #"""
      "notes": {"src/": "The code of <<PROJECT_NAME>>", "src/<<PROJECT_NAME>>.txt": "The <<TIER>> one",
        ".hidden": "Renamed", "README.md": "This"},
      "rename": {"hidden": ".hidden"}
      """#,
      [
        "base/README.md": "```\n<<TREE>>\n```\n", "base/src/<<PROJECT_NAME>>.txt": "",
        "base/src/other.txt": "", "base/hidden": "", "base/later/.gitkeep": "",
      ])
    let tree = try layout.rendered()
    #expect(
      try tree.texts["README.md"] == """
        ```
        demo/
        ├── later/          # (empty)
        ├── src/            # The code of demo
        │   ├── demo.txt    # The mvp one
        │   └── other.txt
        ├── .hidden         # Renamed
        ├── .scaffold.json  # How this project was generated; commit it
        └── README.md       # This
        ```

        """)
    let drawing = TreeDrawing(tree.tree, title: "x").text
    #expect(drawing.contains("demo.txt  # The mvp one"))
    #expect(tree.paths.contains("later/.gitkeep"))
  }

  @Test("draws its tree with the layout's name where it has no project name")
  func title() throws {
    let layout = try loaded(manifest(), ["base/a.txt": "<<TREE>>"])
    #expect(try layout.rendered().texts["a.txt"]?.hasPrefix("demo/\n") == true)
  }

  @Test("draws its tree also in a file that a glob for others could have matched")
  func treeOfUndecided() throws {
    let layout = try layout(
      #""verbatim": ["copied.md"]"#,
      ["base/<<PROJECT_NAME>>.md": "<<TREE>>", "base/copied.txt": ""])
    let text = try layout.rendered().texts["demo.md"]
    #expect(text?.hasPrefix("demo/\n") == true, "\(text ?? "no file")")
    #expect(try layout.rendered(["PROJECT_NAME": "copied"]).texts["copied.md"] == "<<TREE>>")
  }

  @Test("renames one exact component wherever it stands")
  func rename() throws {
    let layout = try layout(
      #""rename": {"gitignore": ".gitignore", "dot": ".<<TIER>>"}"#,
      [
        "base/gitignore": "a", "base/sub/gitignore": "b", "base/gitignore.txt": "c",
        "base/dot/x": "<<TIER>>",
      ])
    #expect(
      try layout.rendered().texts == [
        ".gitignore": "a", "sub/.gitignore": "b", "gitignore.txt": "c", ".mvp/x": "mvp",
      ])
  }

  @Test("copies verbatim files byte for byte and still renders their names")
  func verbatim() throws {
    let layout = try layout(
      #""verbatim": ["docs/**/*.adoc"]"#,
      [
        "base/docs/<<PROJECT_NAME>>.adoc": "<<NOT_DECLARED>> <<PROJECT_NAME>>",
        "base/docs/deep/<<TIER>>/a.adoc": "<<@if", "base/docs/b.txt": "<<PROJECT_NAME>>",
      ])
    #expect(
      try layout.rendered().texts == [
        "docs/demo.adoc": "<<NOT_DECLARED>> <<PROJECT_NAME>>", "docs/deep/mvp/a.adoc": "<<@if",
        "docs/b.txt": "demo",
      ])
  }

  @Test("gives private and executable files their modes")
  func modes() throws {
    let fileSystem = try folder(
      manifest(#""private": [".env", "keys/*"]"#),
      [
        "base/.env": "", "base/keys/run": "", "base/run.sh": "#!/bin/sh\n",
        "base/plain": "#!/bin/sh\n",
        "base/sub/.env": "",
      ])
    for path in ["base/run.sh", "base/keys/run"] {
      try fileSystem.setMode(0o744, of: RelativePath(validating: path))
    }
    let tree = try Layout(folder: fileSystem, name: "mine").rendered()
    #expect(
      tree.modes == [
        ".env": .private, "keys/run": .privateExecutable, "run.sh": .executable,
        "plain": .regular, "sub/.env": .regular,
      ])
  }

  @Test("keeps the bytes of what is no template, and of what is between tags")
  func bytes() throws {
    let fileSystem = try folder(manifest())
    let contents: [String: [UInt8]] = [
      "crlf": Array("a\r\nb\r\n".utf8), "bom": Array("\u{FEFF}<<@\"x\">>".utf8),
      "no-end": Array("a".utf8), "zero": Array("<<NOPE>>\0".utf8),
      "invalid": [0xFF, 0x3C, 0x3C, 0xFE],
      "cr": Array("a\rb".utf8), "ends": Array("\n\n\n".utf8),
    ]
    try fileSystem.createDirectory(RelativePath(validating: "base"))
    for (name, bytes) in contents {
      try fileSystem.createFile(RelativePath(validating: "base/\(name)"), .regular, .bytes(bytes))
    }
    var expected = contents
    expected["bom"] = Array("\u{FEFF}x".utf8)
    let tree = try Layout(folder: fileSystem, name: "mine").rendered()
    #expect(try tree.contents == expected)
  }

  @Test("streams a file that is too large to be a template")
  func largeFiles() throws {
    let limit = 4 << 20
    let tag = "<<PROJECT_NAME>>"
    let fitting = tag + String(repeating: "x", count: limit - tag.utf8.count)
    let layout = try layout(["base/large": fitting + "x", "base/fitting": fitting])
    let tree = try layout.rendered()
    var contents = tree.renderedContents
    let large = try #require(tree.tree.entries.first { $0.path.string == "large" }?.leaf)
    guard case .file(let path, let fileSystem) = try contents.content(ofFile: large) else {
      Issue.record("not streamed")
      return
    }
    #expect(tree.paths == ["fitting", "large"])
    #expect(try fileSystem.status(of: path)?.size == limit + 1)
    let texts = try tree.texts
    #expect(texts["large"] == fitting + "x")
    #expect(texts["fitting"]?.utf8.count == limit - tag.utf8.count + 4)
  }

  @Test(
    "takes of a folder what is in it, whichever of two is named first",
    arguments: [["base/src", "base"], ["base", "base/src"], ["base", "base"]])
  func foldersInFolders(_ folders: [String]) throws {
    let layers = folders.map { "{\"folder\": \"\($0)\", \"into\": \"\($0)\"}" }
    let text = manifest().replacing(
      #"{"folder": "base"}"#, with: layers.joined(separator: ", "))
    let disk = try folder(text, ["base/a": "", "base/src/b": "", "base/src/c/d": ""])
    let tree = try Layout(folder: disk, name: "mine").rendered()
    let inner = folders.contains("base/src") ? ["base/src/b", "base/src/c/d"] : []
    #expect(Set(tree.paths) == Set(["base/a", "base/src/b", "base/src/c/d"] + inner))
  }

  @Test("notices that a file changed since it was rendered, or is not there any more")
  func changes() throws {
    let disk = try folder(
      manifest(#""variables": [{"name": "NAME", "kind": "text", "default": "x"}]"#),
      ["base/plain": "a", "base/tag": "<<NAME>>", "base/gone": "<<NAME>>"])
    let tree = try Layout(folder: disk, name: "mine").rendered()
    var contents = tree.withNothingKept
    for entry in tree.tree.entries {
      _ = try contents.content(ofFile: #require(entry.leaf))
      try disk.remove(RelativePath(validating: "base/\(entry.path)"))
    }
    for name in ["plain", "tag"] {
      try disk.createFile(
        RelativePath(validating: "base/\(name)"), .regular, .bytes(Array("<<NAME>>!".utf8)))
    }
    var faults: [String] = []
    for entry in tree.tree.entries {
      let number = try #require(entry.leaf)
      do {
        _ = try contents.content(ofFile: number)
      } catch {
        faults.append(described(error))
      }
    }
    #expect(
      faults == [
        "mine: cannot read “base/gone”: No such file or directory",
        "mine/base/plain: this changed while the layout was used",
        "mine/base/tag: this changed while the layout was used",
      ])
  }

  @Test("is a pure function: rendered twice it is equal")
  func purity() throws {
    let layout = try layout(
      layers: #"{"folder": "base"}, {"folder": "step", "each": "STEP in STEPS"}"#,
      ["base/README.md": "<<TREE>> <<STEPS|join(\", \")>>", "step/<<STEP>>": "<<STEP_INDEX>>"])
    let first = try layout.rendered(directory: "here")
    let second = try layout.rendered(directory: "there")
    #expect(first.paths == second.paths)
    #expect(try first.texts == second.texts)
    #expect(try first.texts["README.md"]?.hasSuffix("one, two") == true)
  }
}
