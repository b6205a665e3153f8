import FileSystems
import FileTrees
import Testing

@testable import Layouts

@Suite("A template's identity")
struct TemplateIdentityTests {
  /// The identities by the paths that their files have.
  private func identities(
    layers: String, _ files: [String: String], _ given: [String: String] = [:], more: String = ""
  ) throws -> [String: String] {
    let layout = try loaded(
      """
      {"name": "demo", "summary": "A demo", "version": "1.0.0",
      "variables": [
        {"name": "PROJECT_NAME", "kind": "name", "default": "demo"},
        {"name": "SIZE", "choices": ["small", "large"], "default": "large"},
        {"name": "STEPS", "kind": "list", "of": "text", "default": "one,two"},
        {"name": "PORTS", "kind": "list", "of": "port", "default": "80,443"}],
      "layers": [\(layers)], \(more)}
      """, files)
    let rendered = try layout.rendered(given)
    let found = identities(in: rendered)
    #expect(identities(in: try Layout(embedded: layout.embedded()).rendered(given)) == found)
    return found
  }

  private func identities(in rendered: RenderedTree) -> [String: String] {
    var result: [String: String] = [:]
    for entry in rendered.tree.entries {
      if let number = entry.leaf {
        result[entry.path.string] = rendered.template(ofFile: number).text
      }
    }
    return result
  }

  @Test("is its path as it stands in the layout, whatever it becomes in the project")
  func path() throws {
    let found = try identities(
      layers: #"{"folder": "base"}, {"folder": "more/large", "into": "src/<<PROJECT_NAME>>"}"#,
      ["base/<<PROJECT_NAME|snake>>/a.txt": "", "base/gitignore": "", "more/large/b/c.txt": ""],
      more: #""rename": {"gitignore": ".gitignore"}"#)
    #expect(
      found == [
        "demo/a.txt": "base/<<PROJECT_NAME|snake>>/a.txt", ".gitignore": "base/gitignore",
        "src/demo/b/c.txt": "more/large/b/c.txt",
      ])
  }

  @Test("has the items of the layer's lists, and tells marks in them from its own")
  func items() throws {
    let layers = #"{"folder": "step", "each": ["STEP in STEPS", "PORT in PORTS"]}"#
    #expect(
      try identities(layers: layers, ["step/<<STEP_INDEX>>/<<PORT>>": ""], ["PORTS": "80"]) == [
        "1/80": "step/<<STEP_INDEX>>/<<PORT>>:one,80",
        "2/80": "step/<<STEP_INDEX>>/<<PORT>>:two,80",
      ])
    #expect(
      try identities(
        layers: layers, ["step/<<STEP_INDEX>>": ""], ["STEPS": #"a\,b:c\d"#, "PORTS": "80"])
        == ["1": #"step/<<STEP_INDEX>>:a\,b\:c\\d,80"#])
  }

  @Test("stays when the item's place, another item or another layer does not")
  func stays() throws {
    let files = ["base/a": "", "step/<<STEP_INDEX>>": "", "more/b": ""]
    let found = try identities(
      layers: #"{"folder": "step", "each": "STEP in STEPS"}, {"folder": "base"}"#, files,
      ["STEPS": "zero,two"])
    #expect(found["2"] == "step/<<STEP_INDEX>>:two")
    #expect(found["a"] == "base/a")
    let others = try identities(
      layers:
        #"{"folder": "more"}, {"folder": "base"}, {"folder": "step", "each": "STEP in STEPS"}"#,
      files, ["STEPS": "two"])
    #expect(others["1"] == "step/<<STEP_INDEX>>:two")
    #expect(others["a"] == "base/a")
  }

  @Test("is that of the layer that replaces another one's file")
  func replaced() throws {
    let found = try identities(
      layers: #"{"folder": "base"}, {"folder": "more"}"#,
      ["base/a": "", "base/b": "", "more/a": ""])
    #expect(found == ["a": "more/a", "b": "base/b"])
  }

  @Test("counts the layers that apply and have the template")
  func repetitions() throws {
    let layers = """
      {"folder": "set", "into": "small", "when": "SIZE == small"},
      {"folder": "set", "into": "large", "when": "SIZE == large"},
      {"folder": "set", "into": "all/<<STEP>>", "each": "STEP in STEPS"},
      {"folder": "set/in"}, {"folder": "settings"}
      """
    let found = try identities(
      layers: layers, ["set/in/a": "", "settings/b": ""], ["STEPS": "one"])
    #expect(
      found == [
        "large/in/a": "set/in/a", "all/one/in/a": "set/in/a:one:2", "a": "set/in/a::3",
        "b": "settings/b",
      ])
    let small = try identities(
      layers: layers, ["set/in/a": "", "settings/b": ""], ["SIZE": "small"])
    #expect(small["small/in/a"] == "set/in/a")
  }
}
