import FileSystems
import FileTrees
import TestSupport
import Testing

@testable import Layouts

/// Two parts of a layout that get one path only because of values.
@Suite("A path that two parts of a layout have")
struct CollisionTests {
  private static let variables = """
    "variables": [
      {"name": "PROJECT_NAME", "kind": "name", "default": "demo"},
      {"name": "PACKAGE", "kind": "identifier", "default": "<<PROJECT_NAME|snake>>", "ask": false},
      {"name": "TIER", "choices": ["mvp", "core"], "default": "mvp"},
      {"name": "STEPS", "kind": "list", "of": "text", "default": "one,two"},
      {"name": "TASKS", "kind": "list", "of": "text", "default": "three"}],
    """

  private func layout(_ layers: String, _ files: [String: String], _ more: String = "") throws
    -> Layout
  {
    try loaded(
      """
      {"name": "demo", "summary": "", "version": "1.0.0", \(Self.variables)
      "layers": [\(layers)], \(more)}
      """, files)
  }

  private func faults(
    _ layers: String, _ files: [String], _ given: [String: String] = [:]
  ) throws -> String {
    let layout = try layout(layers, Dictionary(uniqueKeysWithValues: files.map { ($0, "") }))
    return try complaints { _ = try layout.rendered(given) }
  }

  private let base = #"{"folder": "base"}"#
  private let steps = #"{"folder": "step", "each": "STEP in STEPS"}"#

  @Test("replaces across layers where it is equal as it stands")
  func equalPaths() throws {
    let layout = try layout(
      """
      \(base), {"folder": "more"}, \(steps), {"folder": "again", "each": "STEP in STEPS"},
      {"folder": "again", "into": "src/<<PACKAGE>>", "each": "STEP in STEPS"}
      """,
      [
        "base/a.txt": "1", "more/a.txt": "2", "base/<<PACKAGE>>/b": "1", "more/<<PACKAGE>>/b": "2",
        "step/<<STEP>>.py": "1", "again/<<STEP>>.py": "2<<STEP>>", "more/src/<<PACKAGE>>/x": "",
      ])
    #expect(
      try layout.rendered(["PROJECT_NAME": "my-app"]).texts == [
        "a.txt": "2", "my_app/b": "2", "one.py": "2one", "two.py": "2two",
        "src/my_app/one.py": "2one", "src/my_app/two.py": "2two", "src/my_app/x": "",
      ])
  }

  @Test("is an error where a value makes one file replace another")
  func files() throws {
    let help = "“refuse” in layout.json keeps values out"
    #expect(
      try faults("\(base), \(steps)", ["base/runner.py", "step/<<STEP>>.py"], ["STEPS": "runner"])
        == "mine/step/<<STEP>>.py: “runner.py” would replace that of mine/base/runner.py, because of"
        + " the value of STEPS (give another value with --steps; \(help))")
    // The other way round, in one layer, and with both from values.
    #expect(
      try faults("\(steps), \(base)", ["base/runner.py", "step/<<STEP>>.py"], ["STEPS": "runner"])
        .hasPrefix("mine/base/runner.py: “runner.py” would replace that of mine/step/<<STEP>>.py"))
    #expect(
      try faults(base, ["base/setup.py", "base/<<PACKAGE>>.py"], ["PROJECT_NAME": "setup"])
        .contains("because of the value of PACKAGE (give another value with --package"))
    #expect(
      try faults(
        #"{"folder": "a", "each": "XX in STEPS"}, {"folder": "b", "each": "YY in TASKS"}"#,
        ["a/<<XX>>.py", "b/<<YY>>.py"], ["TASKS": "two,three"])
        == "mine/b/<<YY>>.py: “two.py” would replace that of mine/a/<<XX>>.py, because of the value"
        + " of TASKS and STEPS (give another value with --tasks or --steps; \(help))")
    // Items of one name, but of two lists.
    #expect(
      try faults(
        #"{"folder": "a", "each": "XX in STEPS"}, {"folder": "b", "each": "XX in TASKS"}"#,
        ["a/<<XX>>.py", "b/<<XX>>.py"], ["TASKS": "two,three"]
      ).contains("would replace that of mine/a/<<XX>>.py"))
    // One list, but two of its items.
    #expect(
      try faults(
        """
        {"folder": "a", "each": "XX in STEPS", "when": "XX_FIRST"},
        {"folder": "b", "each": "XX in STEPS", "when": "XX_LAST"}
        """, ["a/<<XX|snake>>.py", "b/<<XX|snake>>.py"], ["STEPS": "fooBar,foo_bar"]
      ).contains("would replace that of mine/a/<<XX|snake>>.py"))
    // Words that the layout lists are values all the same.
    #expect(
      try faults(base, ["base/mvp.py", "base/<<TIER>>.py"]).contains("would replace that of"))
  }

  @Test("is an error where a value makes two directories one, and is told once")
  func directories() throws {
    let found = try faults(
      base, ["base/tests/unit/a.py", "base/<<PROJECT_NAME>>/unit/a.py"], ["PROJECT_NAME": "tests"])
    #expect(
      found
        == "mine/base/tests: “tests” would become one with that of mine/base/<<PROJECT_NAME>>, because"
        + " of the value of PROJECT_NAME (give another value with --project-name; “refuse” in"
        + " layout.json keeps values out)")
    #expect(
      try faults(
        #"{"folder": "a", "into": "config/<<STEP>>", "each": "STEP in STEPS"}, \#(base)"#,
        ["a/x", "base/config/base/y"], ["STEPS": "base"]
      ).contains("“config/base” would become one with"))
  }

  @Test("may be a directory that a word of the layout's own list names")
  func chosenDirectories() throws {
    #expect(try faults(base, ["base/mvp/a", "base/<<TIER>>/b"]) == "")
  }

  @Test("is told with the form in which items of one layer do not differ")
  func items() throws {
    let once =
      "mine/step/<<STEP|snake>>.py: “foo_bar.py” is written more than once by the same layer"
    #expect(
      try faults(steps, ["step/<<STEP|snake>>.py"], ["STEPS": "fooBar,foo_bar"])
        == "\(once): two items of STEPS give it (give items with --steps that differ in this form"
        + #" too; in layout.json, "unique": ["snake"] asks for that)"#)
    #expect(
      try faults(steps, ["step/a.py"])
        == "mine/step/a.py: “a.py” is written more than once by the same layer"
        + " (a file of a layer with “each” needs the item in its path)")
  }

  @Test("is told when the layout loads where it comes from “rename”")
  func renames() throws {
    let found = try complaints {
      _ = try layout(
        base, ["base/gitignore": "", "base/.gitignore": "", "base/sub/gitignore": ""],
        #""rename": {"gitignore": ".gitignore"}"#)
    }
    #expect(
      found == "mine/base/gitignore and mine/base/.gitignore are both “.gitignore”"
        + " (remove one of them, or what “rename” says of it)")
    let both = try complaints {
      _ = try layout(base, ["base/x": "", "base/y": ""], #""rename": {"x": "z", "y": "z"}"#)
    }
    #expect(both.split(separator: "\n").count == 1, "\(both)")
  }
}
