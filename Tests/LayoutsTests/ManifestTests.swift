import Testing

@testable import Layouts

@Suite("The manifest")
struct ManifestTests {
  /// A fault and what is said of it; the text is placed in a manifest that is right otherwise.
  struct Case: CustomTestStringConvertible, Sendable {
    var text: String
    var expected: String
    var testDescription: String { text }

    init(_ text: String, _ expected: String) {
      self.text = text
      self.expected = expected
    }
  }

  @Test("what versions changed is kept in order, and their names are versions")
  func changes() throws {
    let text = manifest(#""changes": {"2.0.0": ["one", "two"], "1.1.0": []}"#)
    let changes = try ManifestReader.read(Array(text.utf8), file: "layout.json").changes
    #expect(changes.map(\.version) == ["2.0.0", "1.1.0"])
    #expect(changes.first?.lines == ["one", "two"])
    #expect(
      try complaints(ofManifest: manifest(#""changes": {"2": ["one"], "1.0.0": "two"}"#)) == """
        layout.json:2:13: “2” in “changes” must be a version, such as “1.0.0”
        layout.json:2:36: what a version changes must be a list, not a string
        """)
  }

  @Test(
    "tells what an update from a version to its own steps over",
    arguments: [
      ("1.0.0", ["1.2.0", "1.9.0", "1.10.0"]), ("1.2.0", ["1.9.0", "1.10.0"]),
      ("1.9.9", ["1.10.0"]), ("1.10.0", []), ("1.11.0", []), ("3.0.0", []), ("0.0.0", nil),
      ("1.9", []), ("", []), ("1.2.0000000000", []), ("-1.0.0", []), ("001.009.0", ["1.10.0"]),
    ] as [(String, [String]?)])
  func steppedOver(_ version: String, _ expected: [String]?) throws {
    let text = manifest(
      #""changes": {"2.0.0": ["e"], "1.10.0": ["d"], "1.9.0": ["c"], "1.2.0": ["b"], "1.0.0": ["a"]}"#
    ).replacing(#""version": "1.0.0""#, with: #""version": "1.10.0""#)
    let found = try ManifestReader.read(Array(text.utf8), file: "layout.json").unpacked
      .changes(after: version).map(\.version)
    #expect(found == expected ?? ["1.0.0", "1.2.0", "1.9.0", "1.10.0"])
  }

  @Test(
    "as a whole is held to its shape",
    arguments: [
      Case("[]", "layout.json:1:1: the manifest must be an object, not a list"),
      Case("{", "layout.json:1:2: expected a key in quotes, or “}”"),
      Case(
        "\n{}",
        """
        layout.json:2:1: the manifest lacks the key “name”
        layout.json:2:1: the manifest lacks the key “summary”
        layout.json:2:1: the manifest lacks the key “version”
        layout.json:2:1: the manifest lacks the key “layers”
        """),
      Case(
        """
        {"name": "Demo", "summary": "a\\nb", "version": "1.0",
         "layers": [], "sumary": 1, "name": "x1", "$schema": "any"}
        """,
        """
        layout.json:1:29: “summary” must be one line
        layout.json:1:48: “version” must be three numbers, such as “1.0.0”
        layout.json:2:12: “layers” names no layer
        layout.json:2:16: unknown key “sumary” in the manifest (did you mean “summary”?)
        layout.json:2:29: the key “name” stands twice in the manifest
        """),
      Case(
        #"{"name": "Demo", "summary": 1, "version": null, "layers": {}}"#,
        """
        layout.json:1:10: the layout's name must hold only lower-case letters, digits and “-”, not “D”
        layout.json:1:29: “summary” must be a string, not an integer
        layout.json:1:43: “version” must be a string, not null
        layout.json:1:59: “layers” must be a list, not an object
        """),
    ])
  func shape(_ item: Case) throws {
    let found = try complaints(ofManifest: item.text)
    #expect(found == item.expected)
  }

  @Test(
    "refuses a version that is not three numbers",
    arguments: [
      "", "1", "1.0", "1.0.0.0", "1..0", "1.0.", "v1.0.0", "+1.0.0", "1.-1.0", "1.0.x", "1.0.0 ",
    ])
  func versions(version: String) throws {
    let text =
      #"{"name": "demo", "summary": "", "version": "\#(version)", "layers": [{"folder": "a"}]}"#
    let found = try complaints(ofManifest: text)
    #expect(found == "layout.json:1:44: “version” must be three numbers, such as “1.0.0”")
  }

  @Test(
    "complains of each faulty layer",
    arguments: [
      Case(#""a""#, "1:1: a layer must be an object, not a string"),
      Case("{}", "1:1: a layer lacks the key “folder”"),
      Case(#"{"folder": 1}"#, "1:12: “folder” must be a string, not an integer"),
      Case(#"{"folder": "../a"}"#, "1:12: the path “../a” has the component “..”"),
      Case(#"{"folder": "/a"}"#, "1:12: the path “/a” is absolute"),
      Case(#"{"folder": ""}"#, "1:12: the path “” is empty"),
      Case(#"{"folder": "."}"#, "1:12: the path “.” has the component “.”"),
      Case(
        #"{"foldr": "a"}"#,
        """
        1:1: a layer lacks the key “folder”
        1:2: unknown key “foldr” in a layer (did you mean “folder”?)
        """),
      Case(#"{"folder": "a", "into": "../b"}"#, "1:25: the path “../b” has the component “..”"),
      Case(#"{"folder": "a", "into": 1}"#, "1:25: “into” must be a string, not an integer"),
      Case(#"{"folder": "a", "when": 1}"#, "1:25: a condition must be a string, not an integer"),
      Case(
        #"{"folder": "a", "when": "CELRY"}"#,
        "1:26: “CELRY” is not declared (did you mean “CELERY”?)"),
      Case(
        #"{"folder": "a", "when": "TIER == big"}"#,
        "1:34: “big” is none of the choices “mvp”, “core”"),
      Case(#"{"folder": "a", "each": "MODEL of MODELS"}"#, "1:25: “each” must read “ITEM in LIST”"),
      Case(#"{"folder": "a", "each": 1}"#, "1:25: “each” must be a string, not an integer"),
      Case(
        #"{"folder": "a", "each": "MODEL in MODEL"}"#,
        "1:25: “MODEL” is not declared (did you mean “MODELS”?)"),
      Case(#"{"folder": "a", "each": "ITEM in TIER"}"#, "1:25: “TIER” is not a list"),
      Case(
        #"{"folder": "a", "each": "TIER in MODELS"}"#,
        "1:25: the item “TIER” has the name of something else"),
      Case(
        #"{"folder": "a", "each": "item in MODELS"}"#,
        "1:25: the item “item” must be upper-case words joined by “_”, of two characters at least,"
          + " such as “AUTHOR”"),
      Case(
        #"{"folder": "a", "each": ["AA in MODELS", "AA in MODELS", "BB in AA"]}"#,
        """
        1:42: the item “AA” has the name of something else
        1:58: “AA” is not a list
        """),
      Case(
        #"{"folder": "..", "when": "CELRY", "each": "x"}"#,
        """
        1:12: the path “..” has the component “..”
        1:27: “CELRY” is not declared (did you mean “CELERY”?)
        1:43: “each” must read “ITEM in LIST”
        """),
    ])
  func layers(_ item: Case) throws {
    let text = """
      {"layers": [
      \(item.text)
      ], "name": "demo", "summary": "", "version": "1.0.0", "variables": [
      {"name": "MODELS", "kind": "list", "of": "name"}, {"name": "CELERY", "kind": "flag"},
      {"name": "TIER", "choices": ["mvp", "core"]}]}
      """
    let expected = item.expected.split(separator: "\n").map { "layout.json:2\($0.dropFirst())" }
    let found = try complaints(ofManifest: text)
    #expect(found == expected.joined(separator: "\n"))
  }

  @Test("lets an item of one list depend on nothing but lists that are declared")
  func products() throws {
    let text = manifest(
      #""variables": [{"name": "AA", "kind": "list", "of": "name"}, {"name": "BB", "kind": "list", "of": "port"}]"#
    ).replacing(
      #"{"folder": "base"}"#,
      with:
        #"{"folder": "base", "each": ["ONE in AA", "TWO in BB"], "when": "ONE == x and TWO > 3"}"#)
    let found = try complaints(ofManifest: text)
    #expect(found == "")
  }

  @Test(
    "complains of rules, notes, renames, globs and next steps",
    arguments: [
      Case(
        #""require": [{"that": "CELERY", "why": ""}]"#,
        """
        2:13: a rule lacks the key “message”
        2:32: unknown key “why” in a rule (known keys: that, message)
        """),
      Case(
        #""require": [{"that": "CELRY", "message": "no <<CELRY>>"}]"#,
        """
        2:23: “CELRY” is not declared (did you mean “CELERY”?)
        2:46: “CELRY” is not declared (did you mean “CELERY”?)
        """),
      Case(
        #""require": [{"that": "CELERY", "message": "a\nb"}]"#, "2:43: “message” must be one line"),
      Case(#""notes": []"#, "2:10: “notes” must be an object, not a list"),
      Case(#""notes": {"a": 1}"#, "2:16: a note must be a string, not an integer"),
      Case(
        #""notes": {"a": "b\u0007"}"#, "2:16: a note must not hold the control character U+0007"),
      Case(#""notes": {"a": "x", "a": "y"}"#, "2:21: the key “a” stands twice in “notes”"),
      Case(#""rename": {"a": 1}"#, "2:17: a new name must be a string, not an integer"),
      Case(#""rename": {"a": "b/c"}"#, "2:17: the path “b/c” has a slash within a component"),
      Case(
        #""rename": {"git": ".git"}"#,
        "2:19: the path “.git” has the component “.git”, which git takes for its own directory"),
      Case(#""verbatim": "a""#, "2:13: “verbatim” must be a list, not a string"),
      Case(#""verbatim": [1]"#, "2:14: an item of “verbatim” must be a string, not an integer"),
      Case(
        #""private": ["", "/a", "a/"]"#,
        """
        2:13: “” matches no file: write a path such as “docs/**/*.txt”
        2:17: “/a” matches no file: write a path such as “docs/**/*.txt”
        2:23: “a/” matches no file: write a path such as “docs/**/*.txt”
        """),
      Case(#""once": "a""#, "2:9: “once” must be a list, not a string"),
      Case(
        #""once": ["a/"]"#, "2:10: “a/” matches no file: write a path such as “docs/**/*.txt”"),
      Case(
        #""onec": ["a"]"#, "2:1: unknown key “onec” in the manifest (did you mean “once”?)"),
      Case(
        #""move": {}"#, "2:1: unknown key “move” in the manifest (did you mean “moved”?)"),
      Case(#""moved": []"#, "2:10: “moved” must be an object, not a list"),
      Case(#""moved": {"base/a": 1}"#, "2:21: a new path must be a string, not an integer"),
      Case(
        #""moved": {"a": "base/b", "base/c": "d"}"#,
        """
        2:11: “a” is in no layer (the layer's folder comes first: “base/a”)
        2:36: “d” is in no layer (the layer's folder comes first: “base/d”)
        """),
      Case(
        #""moved": {"base/../a": "base/.git/b", "": "/", "base/e//": "base/f/"}"#,
        """
        2:11: the path “base/../a” has the component “..”
        2:24: the path “base/.git/b” has the component “.git”, which git takes for its own directory
        2:39: the path “” is empty
        2:43: the path “” is empty
        2:48: the path “base/e/” has an empty component
        """),
      Case(
        #""moved": {"base/a/": "base/b"}"#,
        "2:11: “base/a/” and “base/b” are not both folders, or both files (a folder ends with “/”)"),
      Case(
        #""moved": {"base/a": "base/c", "base/b": "base/c"}"#,
        "2:41: “base/c” is what two paths of “moved” became"),
      Case(
        #""moved": {"base/a": "base/b", "base/a": "base/c"}"#,
        "2:31: the key “base/a” stands twice in “moved”"),
      Case(
        #""next": ["make <<TREE>>"]"#,
        #"2:16: “TREE” is not declared (declare it in layout.json; if it is meant as text, write <<@\"<<TREE>>\">>)"#
      ),
      Case(
        #""next": ["a\tb"]"#, "2:10: an item of “next” must not hold the control character U+0009"),
      Case(#""next": "make""#, "2:9: “next” must be a list, not a string"),
    ])
  func others(_ item: Case) throws {
    let text = manifest(item.text + #", "variables": [{"name": "CELERY", "kind": "flag"}]"#)
    let expected = item.expected.split(separator: "\n").map { "layout.json:\($0)" }
    let found = try complaints(ofManifest: text)
    #expect(found == expected.joined(separator: "\n"))
  }

  @Test("tells what to write as JSON has it")
  func helpInJSON() throws {
    let text = manifest(
      #"""
      "variables": [{"name": "STD", "choices": ["17", "20"]}, {"name": "AA", "kind": "list", "of": "name"}],
      "require": [{"that": "STD == 17", "message": "<<AA>>"}]
      """#)
    let found = try complaints(ofManifest: text)
    #expect(found.contains(#"(write \"17\")"#), "\(found)")
    #expect(found.contains(#"join its items: “|join(\", \")”"#), "\(found)")
  }

  @Test(
    "refuses what a terminal would act on, in whatever text it stands",
    arguments: [
      #""name": "de\u001bmo""#, #""summary": "\u202e""#, #""version": "1\u0007""#,
      #""variables": [{"name": "A\u001b", "kind": "text"}]"#,
      #""variables": [{"name": "AA", "kind": "te\u001bxt"}]"#,
      #""variables": [{"name": "AA", "choices": {"a": "\u001b[2J"}}]"#,
      #""variables": [{"name": "AA", "choices": ["\u2066a"]}]"#,
      #""variables": [{"name": "AA", "choices": ["a"], "prompt": "\u001b"}]"#,
      #""variables": [{"name": "AA", "choices": ["a"], "help": "\u009b"}]"#,
      #""variables": [{"name": "AA", "kind": "text", "default": "\u001b<<DIRECTORY>>"}]"#,
      #""variables": [{"name": "AA", "kind": "text", "pattern": "\u001b*"}]"#,
      #""variables": [{"name": "AA", "kind": "text", "pattern": {"a": "be \u001b[1m"}}]"#,
      #""variables": [{"name": "AA", "kind": "text", "refuse": {"a": "\u001b"}}]"#,
      #""variables": [{"name": "AA", "kind": "text", "refuse": ["\u001b"]}]"#,
      #""variables": [{"name": "AA", "kind": "text", "reserved": ["\u001b"]}]"#,
      #""variables": [{"name": "AA", "kind": "text", "when": "AA == \"\u001b\""}]"#,
      #""require": [{"that": "a == \"\u001b\"", "message": "x"}]"#,
      #""require": [{"that": "x", "message": "\u001b"}]"#,
      #""notes": {"a": "\u001b"}"#, #""notes": {"\u001b": "a"}"#, #""rename": {"\u001b": "a"}"#,
      #""rename": {"a": "\u001b"}"#, #""verbatim": ["\u001b"]"#, #""private": ["\u001b"]"#,
      #""once": ["\u001b"]"#, #""moved": {"base/\u001b": "base/a"}"#,
      #""moved": {"base/a": "base/\u001b"}"#,
      #""next": ["\u001b"]"#, #""\u001b": 1"#, #""$schema": "\u001b""#,
    ])
  func unsafeText(_ member: String) throws {
    let found = try complaints(ofManifest: manifest(member))
    // Where something else is wrong with it as well, that is told instead.
    #expect(found != "")
  }

  @Test("reports faults of every part at once, in the order of the text")
  func allAtOnce() throws {
    let text = """
      {
        "name": "Demo",
        "variables": [{ "name": "FORMAT", "kind": "txt" }, { "name": "AA", "kind": "port", "default": "0" }],
        "layers": [{ "folder": "a", "when": "FORMAT == x" }, { "folder": ".git" }],
        "next": ["<<BB>>"],
        "summary": "",
        "version": "1",
      }
      """
    let found = try complaints(ofManifest: text)
    #expect(
      found == """
        layout.json:2:11: the layout's name must hold only lower-case letters, digits and “-”, not “D”
        layout.json:3:27: the variable name “FORMAT” is taken by an option of scaffold itself
        layout.json:3:45: unknown kind “txt” (did you mean “text”?)
        layout.json:3:97: the default of “AA”: “0” must be an integer from 1 to 65535
        layout.json:4:68: the path “.git” has the component “.git”, which git takes for its own directory
        layout.json:5:13: “BB” is not declared (declare it in layout.json; \
        if it is meant as text, write <<@\\"<<BB>>\\">>)
        layout.json:7:14: “version” must be three numbers, such as “1.0.0”
        """)
  }
}
