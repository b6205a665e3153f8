import Documents
import FileSystems
import FileTrees
import TestSupport
import Testing

@testable import Layouts

/// What an author is told of a layout that can be used, and what is left out of it.
@Suite("A layout's author")
struct AuthorTests {
  private static let variables = """
    "variables": [
      {"name": "PROJECT_NAME", "kind": "name", "default": "demo"},
      {"name": "SUB", "kind": "text", "default": ""},
      {"name": "TIER", "choices": ["mvp", "core"], "default": "mvp"},
      {"name": "STEPS", "kind": "list", "of": "text", "default": "one,two"}]
    """

  private func layout(
    layers: String = #"{"folder": "base"}"#, _ more: String, _ files: [String: String]
  ) throws -> Layout {
    try loaded(
      """
      {"name": "demo", "summary": "", "version": "1.0.0", \(Self.variables),
      "layers": [\(layers)],
      \(more)}
      """, files)
  }

  private func layout(_ files: [String: String]) throws -> Layout { try layout("", files) }

  private func warnings(_ more: String, _ files: [String: String]) throws -> String {
    described(try layout(more, files).warnings)
  }

  // MARK: Near misses

  @Test("is told of near misses in names, contents, notes, defaults and next steps, with places")
  func nearMisses() throws {
    let text = """
      {"name": "demo", "summary": "", "version": "1.0.0", "variables": [
      {"name": "AUTHOR", "kind": "text", "default": "<< DIRECTORY | title >>"}],
      "layers": [{"folder": "base"}],
      "notes": {"a.txt": "<<author>>"}, "private": ["<< AUTHOR >>*", "*"],
      "next": ["<<AUTHOR | shell>>"]}
      """
    let files = [
      "base/a.txt": "x\n <<@elsif x>>", "base/<< AUTHOR >>.txt": "", "base/c.md": "<<interface>>",
    ]
    let found = described(try loaded(text, files).warnings).split(separator: "\n")
    let expected = [
      "mine/base/<< AUTHOR >>.txt:1:1: in the name: “<< AUTHOR >>” is no placeholder",
      "mine/base/a.txt:2:2: “<<@elsif x>>” is no placeholder",
      "mine/layout.json:2:48: “<< DIRECTORY | title >>” is no placeholder",
      "mine/layout.json:4:21: “<<author>>” is no placeholder",
      "mine/layout.json:4:48: “<< AUTHOR >>” is no placeholder",
      "mine/layout.json:5:11: “<<AUTHOR | shell>>” is no placeholder",
    ]
    #expect(found.count == expected.count, "\(found)")
    for (line, start) in zip(found, expected) { #expect(line.hasPrefix(start), "\(line)") }
  }

  @Test("is told nothing of near misses in verbatim files")
  func verbatim() throws {
    #expect(try warnings(#""verbatim": ["*.j2"]"#, ["base/a.j2": "<< SUB >>"]) == "")
  }

  // MARK: Globs

  @Test("may write globs with the placeholders that paths have, those of items too")
  func globs() throws {
    let layout = try layout(
      layers: #"{"folder": "base"}, {"folder": "step", "each": "STEP in STEPS"}"#,
      """
      "private": ["config/<<PROJECT_NAME>>.env", "<<STEP>>/<<STEP_INDEX>>.key"],
      "verbatim": ["<<PROJECT_NAME|snake>>.txt"]
      """,
      [
        "base/config/<<PROJECT_NAME>>.env": "", "base/config/other.env": "",
        "base/<<PROJECT_NAME|snake>>.txt": "<<SUB>>", "step/<<STEP>>/<<STEP_INDEX>>.key": "",
        "step/<<STEP>>/a.key": "",
      ])
    let tree = try layout.rendered(["PROJECT_NAME": "my-app"])
    #expect(
      tree.modes == [
        "config/my-app.env": .private, "config/other.env": .regular, "my_app.txt": .regular,
        "one/1.key": .private, "one/a.key": .regular, "two/2.key": .private, "two/a.key": .regular,
      ])
    #expect(try tree.texts["my_app.txt"] == "<<SUB>>")
  }

  @Test("is refused a glob that no layer can match, and one with a name that is not declared")
  func impossibleGlobs() throws {
    let found = try complaints {
      _ = try layout(
        #""private": ["<<PROJECT_NAME>>.key", "<<PROJET_NAME>>.env", "config/*"]"#,
        ["base/<<PROJECT_NAME>>.env": ""])
    }
    #expect(
      found.split(separator: "\n").map { $0.split(separator: "(").first ?? "" } == [
        "mine/layout.json:7:13: “<<PROJECT_NAME>>.key” matches no file in any layer",
        "mine/layout.json:7:38: “PROJET_NAME” is not declared ",
        "mine/layout.json:7:60: “config/*” matches no file in any layer",
      ])
  }

  @Test("is told of a glob that could have matched a file and matches none")
  func unmatchedGlobs() throws {
    let layout = try layout(
      layers: #"{"folder": "base"}, {"folder": "more", "when": "TIER == core"}"#,
      #""private": ["config/nope.env", "secret.key"], "verbatim": ["x.txt"]"#,
      [
        "base/config/<<PROJECT_NAME>>.env": "", "more/secret.key": "",
        "base/<<TIER>>.txt": "", "more/x.txt": "",
      ])
    func warnings(_ given: [String: String]) throws -> String {
      var warnings = Diagnostics()
      _ = try layout.rendered(with: layout.manifest.answers(given), warnings: &warnings)
      return described(warnings)
    }
    // What a layer has that does not apply is missed by nobody; what could be another file is told.
    let told = try warnings([:]).split(separator: "\n")
    #expect(
      told.first.map(String.init)
        == "mine/layout.json:7:13: “config/nope.env” of “private” matches no file here;"
        + " mine/base/config/<<PROJECT_NAME>>.env is written as “config/demo.env”, and not private"
        + " (write the path as it stands in the layer: “config/<<PROJECT_NAME>>.env”)")
    #expect(told.count == 2)
    #expect(told.last?.contains("“x.txt” of “verbatim” matches no file here") == true)
    #expect(try warnings(["PROJECT_NAME": "nope", "TIER": "core"]) == "")
  }

  @Test("may have files that are created and then left alone")
  func once() throws {
    let layout = try layout(
      #""once": ["versions/**", "<<SUB>>.txt"]"#,
      [
        "base/versions/0001.py": "", "base/versions/in/<<PROJECT_NAME>>.py": "", "base/env.py": "",
        "base/<<SUB>>.txt": "",
      ])
    let tree = try layout.rendered(["SUB": "x"])
    #expect(
      Set(tree.placed.filter(\.file.isOnce).map(\.path))
        == ["versions/0001.py", "versions/in/demo.py", "x.txt"])
    #expect(tree.paths.contains("env.py"))
  }

  @Test("is told of a file that is once, and of none, with values that it has not")
  func unmatchedOnce() throws {
    let layout = try layout(#""once": ["x.txt", "y"]"#, ["base/<<TIER>>.txt": "", "base/y": ""])
    var warnings = Diagnostics()
    _ = try layout.rendered(with: layout.manifest.answers(), warnings: &warnings)
    #expect(
      described(warnings).hasPrefix(
        "mine/layout.json:7:10: “x.txt” of “once” matches no file here; mine/base/<<TIER>>.txt is"
          + " written as “mvp.txt”, and not left alone afterwards"))
    let found = try complaints { _ = try self.layout(#""once": ["nope"]"#, ["base/y": ""]) }
    #expect(found == "mine/layout.json:7:10: “nope” matches no file in any layer")
  }

  // MARK: Names

  @Test(
    "is refused a name of which a value leaves only the punctuation",
    arguments: [
      ("<<SUB>>.md", ""), ("<<SUB>>-<<SUB>>.md", ""), (".<<SUB>>.yml", ""), ("-<<SUB>>", ""),
      ("<<SUB|snake>>.py", ".."), ("<<SUB>>.<<PROJECT_NAME>>", ""), ("<<SUB>>.d/x", ""),
    ])
  func emptyNames(_ name: String, _ value: String) throws {
    let found = try complaints {
      _ = try layout(["base/\(name)": ""]).rendered(["SUB": value])
    }
    #expect(found.hasPrefix("mine/base/\(name.split(separator: "/")[0]): the name “"), "\(found)")
    #expect(found.contains("“SUB”"), "\(found)")
  }

  @Test(
    "may leave out a part of a name",
    arguments: [
      ("README<<SUB>>.md", "", "README.md"), (".env<<SUB>>", "", ".env"),
      ("<<SUB>>file.md", "", "file.md"), ("<<SUB>>", ".github", ".github"),
      (".<<SUB>>", "env", ".env"), ("<<SUB>>.md", "a", "a.md"), ("<<SUB>>.md", ".a", ".a.md"),
    ])
  func partsOfNames(_ name: String, _ value: String, _ expected: String) throws {
    #expect(try layout(["base/\(name)": ""]).rendered(["SUB": value]).paths == [expected])
  }

  @Test("may name a file like a placeholder, by the escape that complaints advise")
  func literalNames() throws {
    let files = ["base/<<UNKNOWN>>.md": ""]
    let found = try complaints { _ = try layout(files) }
    #expect(found.contains(#"write <<@"<<UNKNOWN>>">>"#), "\(found)")
    #expect(
      try layout([#"base/<<@"<<UNKNOWN>>">>.md"#: ""]).rendered().paths == ["<<UNKNOWN>>.md"])
    let renamed = try layout(
      #""rename": {"unknown.md": "<<@\"<<UNKNOWN>>\">>.md"}"#, ["base/unknown.md": ""])
    #expect(try renamed.rendered().paths == ["<<UNKNOWN>>.md"])
  }

  @Test("is refused names that begin with a tilde at the project's top, and nowhere else")
  func tildes() throws {
    let found = try complaints {
      _ = try layout(["base/~x/a": "", "base/~y": "", "base/c/~z": ""])
    }
    #expect(
      found == """
        mine/base/~x: a name at the project's top cannot begin with “~”
        mine/base/~y: a name at the project's top cannot begin with “~”
        """)
    let rendered = try complaints { _ = try layout(["base/<<SUB>>": ""]).rendered(["SUB": "~x"]) }
    #expect(rendered == "mine/base/<<SUB>>: the path “~x” begins with “~”")
    #expect(try layout(["base/c/~z": ""]).rendered().paths == ["c/~z"])
  }

  @Test(
    "is refused names that some disk takes for scaffold's own",
    arguments: [".scaffold-x", ".SCAFFOLD", ".\u{17F}caffold-945c", ".sc\u{200C}affold.json"])
  func reservedNames(_ name: String) throws {
    #expect(Layout.isReserved(name))
    let found = try complaints { _ = try layout(["base/\(name)": ""]) }
    #expect(found.contains("are scaffold's own"), "\(found)")
    let rendered = try complaints { _ = try layout(["base/<<SUB>>": ""]).rendered(["SUB": name]) }
    #expect(rendered.contains("has a name of scaffold's own"), "\(rendered)")
  }

  // MARK: Files

  @Test(
    "finds nothing in the project of what editors and desktops leave behind",
    arguments: [
      "README.md~", ".x.swp", ".x.swo", ".x.swn", "#x#", ".DS_Store", "Thumbs.db", "desktop.ini",
      "__pycache__/a.pyc", "sub/b~",
    ])
  func litter(_ name: String) throws {
    let files = ["base/a": "", "base/sub/c": ""]
    let clean = try layout(files)
    let layout = try layout(files.merging(["base/\(name)": "<<NOPE>>"]) { $1 })
    #expect(try layout.rendered().paths == ["a", "sub/c"])
    #expect(layout.digest == clean.digest)
  }

  @Test("is not stopped by an editor's lock, which is a link")
  func locks() throws {
    let fileSystem = try folder(manifest(), ["base/a": ""])
    try fileSystem.createLink(RelativePath(validating: "base/.#a"), to: "me@host.1:2")
    #expect(try Layout(folder: fileSystem, name: "mine").rendered().paths == ["a"])
  }

  @Test(
    "keeps files that only resemble litter", arguments: [".swp", "#x", "x#", ".x.swz", "a.swp"])
  func noLitter(_ name: String) throws {
    #expect(try layout(["base/\(name)": ""]).rendered().paths == [name])
  }

  @Test("is told of a placeholder in a file that is no template")
  func noTemplates() throws {
    let large = String(repeating: "x", count: 4 << 20)
    #expect(
      try warnings("", ["base/large": large + "<<PROJECT_NAME>>"])
        == "mine/base/large: is larger than 4 MiB, so that its placeholder “<<PROJECT_NAME>>” stays as"
        + " it is (if that is meant, name the file in “verbatim”)")
    #expect(
      try warnings("", ["base/large": "<<TIER|upper>>" + large]).contains(
        "“<<TIER>>” stays as it is"))
    #expect(try warnings("", ["base/zero": "\0<<SUB>>"]).hasPrefix("mine/base/zero: holds a NUL"))
    #expect(try warnings("", ["base/large": large + "<<OTHER>> <<SUB >> << SUB>>"]) == "")
    #expect(try warnings(#""verbatim": ["*"]"#, ["base/large": large + "<<SUB>>"]) == "")
  }

  @Test("is told of a script without the executable bit")
  func scripts() throws {
    #expect(
      try warnings("", ["base/run.sh": "#!/bin/sh\n", "base/b": "#! /usr/bin/env python3\n"])
        .split(separator: "\n").map { $0.split(separator: ":")[0] }
        == ["mine/base/b", "mine/base/run.sh"])
    #expect(
      try warnings("", ["base/lib.rs": "#![deny(warnings)]\n", "base/c": "# !/bin/sh"]) == "")
    let fileSystem = try folder(manifest(), ["base/run.sh": "#!/bin/sh\n"])
    try fileSystem.setMode(0o755, of: RelativePath(validating: "base/run.sh"))
    #expect(try Layout(folder: fileSystem, name: "mine").warnings.isEmpty)
  }
}
