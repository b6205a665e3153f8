import Testing

@testable import Layouts

@Suite("The components of a layout")
struct ComponentTests {
  private static let variables = """
    {"name": "STEPS", "kind": "list", "of": "identifier", "default": "load,serve"},
    {"name": "ENGINE", "kind": "identifier", "in": "STEPS", "default": "<<STEPS|last>>"},
    {"name": "LOCAL", "kind": "list", "of": "identifier", "in": "STEPS", "default": ""},
    {"name": "ENVS", "kind": "choices", "choices": ["dev", "prod"], "default": "dev"},
    {"name": "HOME", "choices": ["dev", "prod"], "in": "ENVS", "default": "dev"},
    {"name": "TITLE", "kind": "text", "default": "a"}
    """

  private func text(_ components: String) -> String {
    manifest("\"components\": {\(components)},\n\"variables\": [\(Self.variables)]")
  }

  @Test("are kept in their order, with the list that each is of")
  func reading() throws {
    let text = text(
      """
      "step": {"list": "STEPS", "help": "A step", "before": "ENGINE"},
      "local-step": {"list": "LOCAL"}, "env": {"list": "ENVS"}
      """)
    let manifest = try ManifestReader.read(Array(text.utf8), file: "layout.json")
    for components in [manifest.components, manifest.unpacked.components] {
      #expect(components.map(\.name) == ["step", "local-step", "env"])
      #expect(components.map(\.list) == ["STEPS", "LOCAL", "ENVS"])
      #expect(components.map(\.help) == ["A step", nil, nil])
      #expect(components.map(\.before) == ["ENGINE", nil, nil])
    }
  }

  @Test(
    "are held to their shape",
    arguments: [
      (#""a": []"#, "2:21: a component must be an object, not a list"),
      (#""a": {}"#, "2:21: a component lacks the key “list”"),
      (
        #""a": {"lst": "STEPS", "list": "STEPS"}"#,
        "2:22: unknown key “lst” in a component (did you mean “list”?)"
      ),
      (#""a": {"list": ["STEPS"]}"#, "2:30: “list” must be a string, not a list"),
      (#""a": {"list": "STEP"}"#, "2:30: “STEP” is not declared (did you mean “STEPS”?)"),
      (#""a": {"list": "TITLE"}"#, "2:30: “TITLE” is neither a list nor of the kind “choices”"),
      (
        #""a": {"list": "STEPS", "before": "ENGIN"}"#,
        "2:49: “ENGIN” is not declared (did you mean “ENGINE”?)"
      ),
      (
        #""a": {"list": "STEPS", "before": "HOME"}"#,
        "2:49: “HOME” names no items of “STEPS”: it is not “in” it"
      ),
      (
        #""a": {"list": "ENVS", "before": "HOME"}"#,
        "2:48: “before” is for lists: “ENVS” keeps the order of its choices"
      ),
      (
        #""a": {"list": "STEPS", "help": 1, "before": 2}"#,
        """
        2:47: “help” must be a string, not an integer
        layout.json:2:60: “before” must be a string, not an integer
        """
      ),
      (#""a": {"list": "STEPS", "help": "a\nb"}"#, "2:47: “help” must be one line"),
      (
        #""a": {"list": "STEPS"}, "a": {"list": "ENVS"}"#,
        "2:40: the key “a” stands twice in “components”"
      ),
      (
        #""My step": {"list": "STEPS"}, "": {"list": "STEPS"}"#,
        """
        2:16: the component's name “My step” must hold only lower-case letters, digits and “-”, \
        not “M” (“my-step” would do)
        layout.json:2:46: the component's name “” must not be empty
        """
      ),
    ])
  func faults(_ components: String, _ expected: String) throws {
    #expect(try complaints(ofManifest: text(components)) == "layout.json:" + expected)
  }

  @Test("are not held against variables that are at fault")
  func echoes() throws {
    let text = manifest(
      #""variables": [{"name": "STEPS", "kind": "lst"}], "components": {"a": {"list": "STEPS"}}"#)
    #expect(try complaints(ofManifest: text).split(separator: "\n").count == 1)
  }
}
