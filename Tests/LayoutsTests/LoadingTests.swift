import FileSystems
import FileTrees
import TestSupport
import Testing

@testable import Layouts

@Suite("A layout's folder")
struct LoadingTests {
  private func faults(_ fileSystem: InMemoryFileSystem, name: String = "mine") throws -> String {
    try complaints { _ = try Layout(folder: fileSystem, name: name) }
  }

  @Test("needs a manifest")
  func missingManifest() throws {
    #expect(
      try faults(InMemoryFileSystem(["base/a": ""]))
        == "“mine” is not a layout: it has no layout.json"
        + " (“scaffold list” shows the built-in layouts, “scaffold help layouts” tells what one is)"
    )
    #expect(
      try faults(InMemoryFileSystem(["layout.json/x": ""]))
        == "mine: cannot read “layout.json”: Is a directory")
    let linked = try InMemoryFileSystem(["real.json": manifest(), "base/a": ""])
    try linked.createLink(path("layout.json"), to: "real.json")
    #expect(
      try faults(linked)
        == "mine: cannot read “layout.json”: it is a symbolic link, which is not followed")
  }

  @Test(
    "is called as the user called it",
    arguments: [
      ("mine", "mine/layout.json"), ("./mine/", "./mine/layout.json"), (".", "./layout.json"),
      ("/", "/layout.json"),
    ])
  func displayNames(name: String, expected: String) throws {
    let found = try faults(folder("[]"), name: name)
    #expect(found == "\(expected):1:1: the manifest must be an object, not a list")
  }

  @Test("has every layer that the manifest names")
  func unknownLayers() throws {
    let text = manifest().replacing(
      #"{"folder": "base"}"#, with: #"{"folder": "base"}, {"folder": "no/where"}"#)
    let absent = try faults(folder(text, ["base/a": "", "layer": ""]))
    #expect(absent == "mine/layout.json:1:101: the layer “no/where” is not in the layout")
    let misplaced = try faults(folder(text, ["base/a": "", "no/where": ""]))
    #expect(misplaced == "mine/layout.json:1:101: the layer “no/where” is not a folder")
    // A layer without files is one all the same.
    let bare = try faults(folder(text, ["base/": "", "no/where/": ""]))
    #expect(bare == "")
  }

  @Test("holds files and directories and nothing else")
  func otherKinds() throws {
    let fileSystem = try folder(manifest(), ["base/a": "", "base/sub/b": ""])
    try fileSystem.createLink(path("base/link"), to: "a")
    try fileSystem.createLink(path("base/sub/up"), to: "../..")
    try fileSystem.createOther(path("base/fifo"))
    let found = try faults(fileSystem)
    #expect(
      found == """
        mine/base/fifo: a layout cannot hold devices, sockets or FIFOs
        mine/base/link: a layout cannot hold links
        mine/base/sub/up: a layout cannot hold links
        """)
    let linkedLayer = try folder(manifest(), ["real/a": ""])
    try linkedLayer.createLink(path("base"), to: "real")
    #expect(try faults(linkedLayer) == "mine/layout.json:1:81: the layer “base” is not a folder")
  }

  @Test("may hold what it likes beside its layers")
  func besides() throws {
    let fileSystem = try folder(manifest(), ["base/a": "x", "notes/b": "<<NOPE>>"])
    try fileSystem.createLink(path("link"), to: "base")
    #expect(try Layout(folder: fileSystem, name: "mine").rendered().paths == ["a"])
  }

  @Test("refuses names that collide, names of git's and names of scaffold's own")
  func names() throws {
    let fileSystem = try folder(
      manifest(),
      ["base/A": "", "base/a": "", "base/.scaffold.json": "", "base/sub/.Scaffold-x/y": ""])
    let found = try faults(fileSystem)
    #expect(
      found == """
        mine/base/a: collides with “base/A” where letter case or Unicode form is ignored
        mine/base/.scaffold.json: names that begin with “.scaffold” are scaffold's own
        mine/base/sub/.Scaffold-x: names that begin with “.scaffold” are scaffold's own
        """)
  }

  @Test("reports what is wrong in all of its layers at once, whether they apply or not")
  func allAtOnce() throws {
    let text = manifest(
      #""variables": [{"name": "AUTHOR", "kind": "text"}], "notes": {"none": ""}"#
    )
    .replacing(
      #"{"folder": "base"}"#,
      with: #"{"folder": "base"}, {"folder": "more", "when": "AUTHOR == x"}"#)
    let fileSystem = try folder(
      text,
      [
        "base/a.txt": "fine\n  <<AUTOR>> and <<AUTHOR|snak>>\n",
        "base/<<AUTHR>>.txt": "<<@if AUTHOR>>",
        "more/b.txt": "<<@for X in AUTHOR>><<@end>>",
      ])
    try fileSystem.createLink(path("more/link"), to: "x")
    let found = try faults(fileSystem).split(separator: "\n")
    let expected = [
      "mine/more/link: a layout cannot hold links",
      "mine/base/<<AUTHR>>.txt:1:1: in the name: “AUTHR” is not declared",
      "mine/base/<<AUTHR>>.txt:1:1: “<<@if>>” is never closed",
      "mine/base/a.txt:2:3: “AUTOR” is not declared",
      "mine/base/a.txt:2:26: unknown filter “snak”",
      "mine/more/b.txt:1:8: expected a name",
    ]
    #expect(found.count == expected.count)
    for (line, start) in zip(found, expected) { #expect(line.hasPrefix(start)) }
  }

  @Test(
    "reports faults of its manifest and of its templates together, without echoes of each other")
  func manifestAndTemplates() throws {
    let text = manifest(
      """
      "variables": [{"name": "AUTHOR", "kind": "text"}], "notes": {"none": ""}, "next": ["<<NEXT>>"],
      "layers2": []
      """
    ).replacing(
      #"{"folder": "base"}"#, with: #"{"folder": "base"}, {"folder": ".."}, {"folder": "gone"}"#)
    let fileSystem = try folder(text, ["base/a.txt": "<<NOPE>>"])
    try fileSystem.createLink(path("base/link"), to: "a.txt")
    let found = try faults(fileSystem).split(separator: "\n")
    let expected = [
      "mine/base/link: a layout cannot hold links",
      "mine/base/a.txt:1:1: “NOPE” is not declared",
      "mine/layout.json:1:101: the path “..” has the component “..”",
      "mine/layout.json:1:119: the layer “gone” is not in the layout",
      "mine/layout.json:2:85: “NEXT” is not declared",
      "mine/layout.json:3:1: unknown key “layers2”",
    ]
    #expect(found.count == expected.count, "\(found)")
    for (line, start) in zip(found, expected) { #expect(line.hasPrefix(start)) }
  }

  @Test("says nothing of its templates where its variables are at fault")
  func faultyVariables() throws {
    let text = manifest(
      #""variables": [{"name": "author", "kind": "text"}, {"name": "AA", "kind": "x"}]"#)
    let found = try faults(folder(text, ["base/a": "<<AUTHOR>> <<AA|join>>"]))
    #expect(found.split(separator: "\n").count == 2, "\(found)")
  }

  @Test("complains of notes, renames and globs that match nothing")
  func unmatched() throws {
    let text = manifest(
      """
      "notes": {"a.txt": "there", "sub/": "there", "sub": "not there",
      "b.txt": "", "gitignore": "renamed"}, "rename": {"gitignore": ".gitignore",
      "dockerignore": ".dockerignore"}, "verbatim": ["*.txt",
      "*.adoc"], "private": ["sub/*",
      "gitignore"]
      """)
    let files = ["base/a.txt": "", "base/sub/c": "", "base/gitignore": ""]
    let help = "write it as it stands in the layer, renamed; a directory ends with “/”"
    let found = try faults(folder(text, files))
    #expect(
      found == """
        mine/layout.json:2:46: the note's path “sub” is in no layer (\(help))
        mine/layout.json:3:1: the note's path “b.txt” is in no layer (\(help))
        mine/layout.json:3:14: the note's path “gitignore” is in no layer (\(help))
        mine/layout.json:4:1: nothing in any layer is named “dockerignore”
        mine/layout.json:5:1: “*.adoc” matches no file in any layer
        mine/layout.json:6:1: “gitignore” matches no file in any layer
        """)
  }

  @Test("complains once of a note that two layers have")
  func noteOfTwoLayers() throws {
    let text = manifest(#""notes": {"a": "<<NOPE>>"}"#)
      .replacing(#"{"folder": "base"}"#, with: #"{"folder": "base"}, {"folder": "more"}"#)
    let found = try faults(folder(text, ["base/a": "", "more/a": ""]))
    #expect(found.split(separator: "\n").count == 1, "\(found)")
  }

  @Test("has the digest that git gives to its manifest and layers")
  func digest() throws {
    let fileSystem = try folder(
      manifest(),
      ["base/run.sh": "#!/bin/sh\n", "base/sub/b.txt": "b\n", "beside/c": "", "base/e/": ""])
    try fileSystem.setMode(0o755, of: path("base/run.sh"))
    let layout = try Layout(folder: fileSystem, name: "mine")
    let files = [
      ("layout.json", manifest(), false), ("base/run.sh", "#!/bin/sh\n", true),
      ("base/sub/b.txt", "b\n", false),
    ]
    var tree = FileTree()
    for (number, file) in files.enumerated() {
      try tree.insertFile(leaf: number, at: path(file.0))
    }
    let id = GitObjectID(tree: tree.root) { number in
      (GitObjectID(blob: Array(files[number].1.utf8)), files[number].2)
    }
    #expect(layout.digest == id.description)
    // Known to git itself, so that both sides cannot be wrong alike.
    #expect(layout.digest == "a83892e74e1b30ef1d2780660b5a6971515e6ec3")
    #expect(layout.reference == .folder("mine"))
  }

  @Test("has another digest for other bytes, names and modes")
  func digestChanges() throws {
    func digest(_ files: [String: String], mode: UInt16 = 0o644) throws -> String {
      let fileSystem = try folder(manifest(), files)
      for path in files.keys { try fileSystem.setMode(mode, of: RelativePath(validating: path)) }
      let digest = try Layout(folder: fileSystem, name: "mine").digest
      // Without a look at what the files hold it is the same.
      #expect(try Layout(scanning: fileSystem, name: "mine").presentDigest == digest)
      return digest
    }
    let large = String(repeating: "x", count: 4 << 20)
    let digests = [
      try digest(["base/a": "x"]), try digest(["base/a": "y"]), try digest(["base/b": "x"]),
      try digest(["base/a": "x"], mode: 0o755), try digest(["base/a": large + "y"]),
      try digest(["base/a": large + "z"]),
    ]
    #expect(Set(digests).count == digests.count)
  }

  @Test("has no digest where a file went, which rendering says")
  func noDigest() throws {
    let fileSystem = try folder(manifest(), ["base/a": "x", "base/b": "y"])
    let layout = try Layout(scanning: fileSystem, name: "mine")
    #expect(layout.presentDigest != nil)
    try fileSystem.remove(path("base/b"))
    #expect(layout.presentDigest == nil)
  }
}
