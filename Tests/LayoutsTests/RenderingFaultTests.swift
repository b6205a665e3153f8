import FileSystems
import FileTrees
import TestSupport
import Testing

@testable import Layouts

@Suite("A layout that cannot be rendered")
struct RenderingFaultTests {
  private static let variables = """
    "variables": [
      {"name": "NAME", "kind": "text", "default": "a"}, {"name": "OTHER", "kind": "text", "default": "b"},
      {"name": "STEPS", "kind": "list", "of": "name", "default": "one,two,three"}],
    """

  private func faults(
    layers: String = #"{"folder": "base"}"#, _ files: [String: String],
    _ given: [String: String] = [:]
  ) throws -> String {
    let text = """
      {"name": "demo", "summary": "", "version": "1.0.0", \(Self.variables)
      "layers": [\(layers)]}
      """
    let layout = try loaded(text, files)
    return try complaints { _ = try layout.rendered(given) }
  }

  @Test(
    "says which name is no safe path",
    arguments: [
      ("", "the path “” has an empty component"), (".", "the path “.” has the component “.”"),
      ("..", "the path “..” has the component “..”"),
      ("a/b", "the path “a/b” has a slash within a component"),
      (#"a\b"#, #"the path “a\b” has a backslash"#),
      (".git", "the path “.git” has the component “.git”, which git takes for its own directory"),
      (".GIT", "the path “.GIT” has the component “.GIT”, which git takes for its own directory"),
      (
        "git~1", "the path “git~1” has the component “git~1”, which git takes for its own directory"
      ),
      ("aux.c", "the path “aux.c” has the component “aux.c”, which is a device on Windows"),
      ("c:", "the path “c:” has a colon"),
      (
        ".scaffold.json",
        "the path “sub/.scaffold.json” has a name of scaffold's own (“.scaffold…”)"
      ),
      (".scaffold", "the path “sub/.scaffold” has a name of scaffold's own (“.scaffold…”)"),
      (
        ".Scaffold.JSON",
        "the path “sub/.Scaffold.JSON” has a name of scaffold's own (“.scaffold…”)"
      ),
    ])
  func unsafeNames(name: String, expected: String) throws {
    let found = try faults(["base/sub/<<NAME>>": ""], ["NAME": name])
    #expect(found.hasPrefix("mine/base/sub/<<NAME>>: "))
    #expect(found.hasSuffix(expected), "\(found)")
  }

  @Test("says that a path grew too long")
  func longPaths() throws {
    let long = String(repeating: "x", count: 250)
    let found = try faults(
      ["base/<<NAME>>/<<NAME>>/<<NAME>>/<<NAME>>/<<NAME>>": ""], ["NAME": long])
    #expect(found.hasSuffix("is longer than 1024 bytes"), "\(found)")
    let component = try faults(["base/<<NAME>><<NAME>>": ""], ["NAME": long])
    #expect(component.hasSuffix("has a component of more than 255 bytes"), "\(component)")
  }

  @Test("names both templates where two paths collide")
  func collisions() throws {
    let files = ["base/<<NAME>>.txt": "", "base/<<OTHER>>.txt": ""]
    #expect(
      try faults(files, ["NAME": "Readme", "OTHER": "README"])
        == "mine/base/<<OTHER>>.txt: “README.txt” collides with “Readme.txt” of"
        + " mine/base/<<NAME>>.txt where letter case or Unicode form is ignored")
    #expect(
      try faults(
        layers: #"{"folder": "base"}, {"folder": "more"}"#,
        ["base/<<NAME>>/x.txt": "", "more/<<OTHER>>/y.txt": ""], ["NAME": "Src", "OTHER": "src"])
        == "mine/more/<<OTHER>>: “src” collides with “Src” of mine/base/<<NAME>> where letter case"
        + " or Unicode form is ignored")
  }

  @Test("names both templates where one needs a file and the other a directory")
  func kinds() throws {
    let layers = #"{"folder": "base"}, {"folder": "more"}"#
    #expect(
      try faults(layers: layers, ["base/<<NAME>>": "", "more/a/x.txt": ""])
        == "mine/more/a: “a” is a directory, but a file in mine/base/<<NAME>>")
    #expect(
      try faults(layers: layers, ["base/s/a/x.txt": "", "more/s/<<NAME>>": ""])
        == "mine/more/s/<<NAME>>: “s/a” is a file, but a directory in mine/base/s/a")
  }

  @Test("lets layers disagree that never apply together")
  func alternatives() throws {
    let found = try faults(
      layers: #"{"folder": "base", "when": "NAME == a"}, {"folder": "more", "when": "NAME != a"}"#,
      ["base/x": "", "more/x/y": ""])
    #expect(found == "")
  }

  @Test("says once that a layer writes a file for each item")
  func writtenTwice() throws {
    let found = try faults(
      layers: #"{"folder": "step", "each": "STEP in STEPS"}"#,
      ["step/same.txt": "<<STEP>>", "step/shared/<<STEP>>.txt": ""])
    #expect(
      found == """
        mine/step/same.txt: “same.txt” is written more than once by the same layer \
        (a file of a layer with “each” needs the item in its path)
        """)
    #expect(
      try faults(
        layers: #"{"folder": "step", "each": "STEP in STEPS"}"#, ["step/same.txt": ""],
        ["STEPS": "one"]) == "")
  }

  @Test("says that one layer has two names for the same file")
  func sameNameTwice() throws {
    let found = try faults(["base/<<NAME>>": "", "base/a": ""])
    #expect(
      found.hasPrefix(
        "mine/base/a: “a” would replace that of mine/base/<<NAME>>, because of the value of NAME"))
  }

  @Test("reports all that is wrong at once")
  func allAtOnce() throws {
    let found = try faults(
      ["base/<<NAME>>": "", "base/x<<OTHER>>": "", "base/y/<<NAME>>": "", "base/good": ""],
      ["NAME": "..", "OTHER": ":"])
    #expect(found.split(separator: "\n").count == 3, "\(found)")
  }
}
