import Templating
import Testing

@testable import Layouts

@Suite("A value")
struct ValueTests {
  /// What is said of `text` for a variable that is declared as `{"name": "AA", …}`, in a folder and
  /// in the binary.
  private func outcome(_ declaration: String, _ text: String) throws -> String {
    let manifest = try manifest(variables: #"{"name": "AA", \#(declaration)}"#)
    let variable = try #require(manifest.variables.first)
    let found = outcome(variable, text)
    #expect(try outcome(#require(manifest.unpacked.variables.first), text) == found)
    return found
  }

  private func outcome(_ variable: Variable, _ text: String) -> String {
    var parser = ValueParser(variable: variable)
    do throws(BrokenRule) {
      return "\(try parser.value(of: text))"
    } catch {
      return error.message + (error.help.map { " (\($0))" } ?? "")
    }
  }

  private func accepts(_ declaration: String, _ text: String) throws -> Bool {
    let manifest = try manifest(variables: #"{"name": "AA", \#(declaration)}"#)
    func accepts(_ manifest: Manifest) throws -> Bool {
      var parser = try ValueParser(variable: #require(manifest.variables.first))
      return (try? parser.value(of: text)) != nil
    }
    let isAccepted = try accepts(manifest)
    #expect(try accepts(manifest.unpacked) == isAccepted)
    return isAccepted
  }

  @Test(
    "of a text is any line",
    arguments: ["", " ", "a: b # c", "“é”😀", "<<AA>>", "$(rm -rf /)", "-x"])
  func texts(text: String) throws {
    #expect(try accepts(#""kind": "text""#, text))
  }

  @Test(
    "of a variable that asks for a singular is no plural",
    arguments: [
      (
        #""kind": "list", "of": "identifier""#, "item,order_items",
        "“order_items” must be in the singular (“order_item” would do)"
      ),
      (#""kind": "identifier""#, "women", "“women” must be in the singular (“woman” would do)"),
      (
        #""kind": "name""#, "my-indices",
        "“my-indices” must be in the singular (“my-index” would do)"
      ),
      (#""kind": "identifier", "refuse": ["item"]"#, "items", "“items” must be in the singular"),
      (
        #""kind": "identifier", "refuse": {"items": "it has some"}"#, "items",
        "“items” is refused: it has some (“items_item” would do)"
      ),
      (#""kind": "identifier""#, "series", #"text("series")"#),
      (#""kind": "identifier""#, "address", #"text("address")"#),
    ])
  func singulars(declaration: String, text: String, expected: String) throws {
    #expect(try outcome(declaration + #", "singular": true"#, text) == expected)
    #expect(try accepts(#""kind": "identifier""#, "items"))
  }

  @Test(
    "of a text holds no line break and no control character",
    arguments: [
      ("a\nb", #"“a\nb” must be one line"#), ("a\r\nb", #"“a\r\nb” must be one line"#),
      ("a\rb", #"“a\rb” must be one line"#),
      ("a\tb", #"“a\tb” must not hold the control character U+0009"#),
      ("a\u{1B}b", #"“a\eb” must not hold the control character U+001B"#),
      ("\u{7F}", #"“\u{7f}” must not hold the control character U+007F"#),
      ("\u{85}", #"“\u{85}” must not hold the control character U+0085"#),
      ("\u{2028}", #"“\u{2028}” must not hold the control character U+2028"#),
      ("a\u{202E}b", #"“a\u{202e}b” must not hold the control character U+202E"#),
    ])
  func controls(text: String, expected: String) throws {
    #expect(try outcome(#""kind": "text""#, text) == expected)
  }

  @Test(
    "of a name is safe as a directory, a package, an image and a service",
    arguments: ["a", "ab", "my-app", "a1", "a-1-b", String(repeating: "a", count: 40)])
  func names(text: String) throws {
    #expect(try accepts(#""kind": "name""#, text))
  }

  @Test(
    "of no name says which rule it breaks, and which name would do",
    arguments: [
      ("", "must not be empty"),
      (
        "Ünïcode",
        "“Ünïcode” must hold only lower-case letters, digits and “-”, not “Ü” (“unicode” would do)"
      ),
      ("x--y", "“x--y” must not hold “-” twice in a row (“x-y” would do)"),
      ("3d-tools", "“3d-tools” must begin with a letter (“project-3d-tools” would do)"),
      (
        "my.project",
        "“my.project” must hold only lower-case letters, digits and “-”, not “.” (“my-project” would do)"
      ),
      (
        "My Project",
        "“My Project” must hold only lower-case letters, digits and “-”, not “M” (“my-project” would do)"
      ),
      (
        "a b",
        "“a b” must hold only lower-case letters, digits and “-”, not a space (“a-b” would do)"
      ),
      ("a_b", "“a_b” must hold only lower-case letters, digits and “-”, not “_” (“a-b” would do)"),
      ("-a", "“-a” must begin with a letter (“a” would do)"),
      ("a-", "“a-” must not end with “-” (“a” would do)"),
      ("-", "“-” must begin with a letter"),
      ("日本", "“日本” must hold only lower-case letters, digits and “-”, not “日”"),
      (
        "straße",
        "“straße” must hold only lower-case letters, digits and “-”, not “ß” (“strasse” would do)"
      ),
      ("../x", "“../x” must hold only lower-case letters, digits and “-”, not “.” (“x” would do)"),
      (
        "a\u{202E}",
        #"“a\u{202e}” must hold only lower-case letters, digits and “-”, not “\u{202e}” (“a” would do)"#
      ),
      ("true", "“true” is a word that YAML reads as a value of its own (“true-app” would do)"),
      ("y", "“y” is a word that YAML reads as a value of its own (“y-app” would do)"),
      (
        "Null",
        "“Null” must hold only lower-case letters, digits and “-”, not “N” (“null-app” would do)"
      ),
      (
        "con",
        "“con” is no name for a directory: it has the component “con”, which is a device on Windows"
          + " (“con-app” would do)"
      ),
      (
        String(repeating: "a", count: 41),
        "“\(String(repeating: "a", count: 41))” must be at most 40 bytes long, and has 41"
          + " (“\(String(repeating: "a", count: 40))” would do)"
      ),
      (
        "9" + String(repeating: "a-", count: 20),
        "“9\(String(repeating: "a-", count: 20))” must be at most 40 bytes long, and has 41"
          + " (“project-9\(String(repeating: "a-", count: 15))a” would do)"
      ),
    ])
  func noNames(text: String, expected: String) throws {
    #expect(try outcome(#""kind": "name""#, text) == expected)
  }

  @Test(
    "of a name is none of the words that YAML reads otherwise",
    arguments: ["true", "false", "null", "yes", "no", "on", "off", "y", "n"])
  func wordsOfYAML(word: String) throws {
    #expect(try !accepts(#""kind": "name""#, word))
    #expect(try accepts(#""kind": "identifier""#, word))
  }

  @Test(
    "of an identifier is a name in most languages",
    arguments: [
      ("item", #"text("item")"#), ("a_1", #"text("a_1")"#), ("", "must not be empty"),
      (
        "my-item",
        "“my-item” must hold only lower-case letters, digits and “_”, not “-” (“my_item” would do)"
      ),
      ("1a", "“1a” must begin with a letter (“item_1a” would do)"),
      ("_a", "“_a” must begin with a letter (“a” would do)"),
      ("a_", "“a_” must not end with “_” (“a” would do)"),
      ("a__b", "“a__b” must not hold “_” twice in a row (“a_b” would do)"),
      (
        "Äpfel",
        "“Äpfel” must hold only lower-case letters, digits and “_”, not “Ä” (“apfel” would do)"
      ),
    ])
  func identifiers(text: String, expected: String) throws {
    let found = try outcome(#""kind": "identifier""#, text).replacing("Templating.Value.", with: "")
    #expect(found == expected)
  }

  @Test(
    "of an integer lies within its bounds",
    arguments: [
      ("-5", true), ("0", true), ("10", true), ("007", true), ("-6", false), ("11", false),
      ("", false), ("1.0", false), ("+1", false), ("--1", false), ("1e1", false), (" 1", false),
      ("१", false), ("99999999999999999999", false), ("-", false),
    ])
  func integers(text: String, isGood: Bool) throws {
    let declaration = #""kind": "integer", "min": -5, "max": 10"#
    #expect(try accepts(declaration, text) == isGood)
    let shown = text.isEmpty ? "the empty text" : "“\(text)”"
    let found = try outcome(declaration, text)
    #expect(isGood || found == "\(shown) must be an integer from -5 to 10")
  }

  @Test(
    "of a port is from 1 to 65535",
    arguments: [
      ("1", true), ("65535", true), ("0", false), ("65536", false), ("-1", false), ("http", false),
    ])
  func ports(text: String, isGood: Bool) throws {
    #expect(try accepts(#""kind": "port""#, text) == isGood)
  }

  @Test(
    "of a flag is true or false",
    arguments: [
      ("true", true), ("false", true), ("True", false), ("yes", false), ("1", false), ("", false),
    ])
  func flags(text: String, isGood: Bool) throws {
    #expect(try accepts(#""kind": "flag""#, text) == isGood)
  }

  @Test(
    "of a choice is one of its words",
    arguments: [
      ("core", #"text("core")"#),
      ("cor", "“cor” must be one of mvp, core (did you mean “core”?)"),
      ("Core", "“Core” must be one of mvp, core (did you mean “core”?)"),
      ("", "the empty text must be one of mvp, core"),
      ("mvp,core", "“mvp,core” must be one of mvp, core"),
    ])
  func choices(text: String, expected: String) throws {
    #expect(try outcome(#""choices": ["mvp", "core"]"#, text) == expected)
  }

  @Test(
    "of a list has items between commas, without the blanks around them",
    arguments: [
      ("a,b", #"list([Templating.Value.text("a"), Templating.Value.text("b")])"#),
      (" b ,  a b ", #"list([Templating.Value.text("b"), Templating.Value.text("a b")])"#),
      ("a", #"list([Templating.Value.text("a")])"#),
      ("a,,b", "has an empty item"), ("a,", "has an empty item"), (",", "has an empty item"),
      ("a, a", "“a” is given twice; items must differ"),
      ("caf\u{E9},cafe\u{301}", "“cafe\u{301}” is given twice; items must differ"),
      ("", "needs at least 1 item, and has 0"), ("  ", "needs at least 1 item, and has 0"),
      ("a,b,c", "takes at most 2 items, and has 3"),
      ("a\nb", #"“a\nb” must be one line"#),
    ])
  func lists(text: String, expected: String) throws {
    #expect(try outcome(#""kind": "list", "of": "text", "min": 1, "max": 2"#, text) == expected)
  }

  @Test("of a list holds its items to their own rules")
  func listItems() throws {
    #expect(
      try outcome(#""kind": "list", "of": "port""#, "80, 0")
        == "“0” must be an integer from 1 to 65535")
    #expect(
      try outcome(#""kind": "list", "of": "identifier", "min": 2"#, "a,B")
        == "“B” must hold only lower-case letters, digits and “_”, not “B” (“b” would do)")
    #expect(
      try outcome(#""kind": "list", "of": "integer", "max": 0"#, "1")
        == "takes at most 0 items, and has 1")
  }

  @Test("of several choices comes in the order in which they are declared, each once")
  func severalChoices() throws {
    let declaration = #""kind": "choices", "choices": ["docs", "lint", "ci"], "max": 2"#
    #expect(
      try outcome(declaration, "ci, docs")
        == #"list([Templating.Value.text("docs"), Templating.Value.text("ci")])"#)
    #expect(try outcome(declaration, "") == "list([])")
    #expect(try outcome(declaration, "ci,ci") == "“ci” is given twice; items must differ")
    #expect(try outcome(declaration, "ci,lint,docs") == "takes at most 2 items, and has 3")
    #expect(
      try outcome(declaration, "lnt")
        == "“lnt” must be one of docs, lint, ci (did you mean “lint”?)")
  }

  @Test(
    "matches the pattern as a whole",
    arguments: [
      (#""kind": "text", "pattern": "[a-z]+(/[a-z]+)*""#, "ab/cd", nil),
      (#""kind": "text", "pattern": "[a-z]+""#, "ab/cd", "“ab/cd” must match [a-z]+"),
      (#""kind": "text", "pattern": "[a-z]+""#, "", "the empty text must match [a-z]+"),
      (#""kind": "text", "pattern": "a|ab""#, "ab", nil),
      (
        #""kind": "text", "pattern": {"[a-z/]+": "be lower case", "[^/].*": "begin with no slash"}"#,
        "/ab", "“/ab” must begin with no slash"
      ),
      (#""kind": "list", "of": "name", "pattern": ".{1,3}""#, "abc,d", nil),
      (
        #""kind": "list", "of": "name", "pattern": {".{1,3}": "be short"}"#, "abc,abcd",
        "“abcd” must be short"
      ),
      // What is suggested for a word that is refused matches as well.
      (
        #""kind": "name", "refuse": ["test"], "pattern": ".{1,4}""#, "test", "“test” is refused"
      ),
    ])
  func pattern(declaration: String, text: String, expected: String?) throws {
    let found = try outcome(declaration, text)
    if let expected {
      #expect(found == expected)
    } else {
      #expect(!found.contains("must"), "\(found)")
    }
  }

  @Test(
    "is no word that the layout refuses; a name gets one that would do",
    arguments: [
      (
        #""kind": "identifier", "refuse": {"class": "a keyword of Python"}"#, "class",
        "“class” is refused: a keyword of Python (“class_item” would do)"
      ),
      (
        #""kind": "list", "of": "identifier", "refuse": ["class", "def"]"#, "a,def",
        "“def” is refused (“def_item” would do)"
      ),
      (#""kind": "name", "refuse": ["test"]"#, "test", "“test” is refused (“test-app” would do)"),
      (#""kind": "name", "refuse": ["test", "test-app"]"#, "test", "“test” is refused"),
      (#""kind": "port", "refuse": {"22": "ssh has it"}"#, "22", "“22” is refused: ssh has it"),
      (#""kind": "port", "refuse": ["22"]"#, "022", "“22” is refused"),
      (#""kind": "text", "refuse": ["x"]"#, "x", "“x” is refused"),
      (#""choices": ["a", "b"], "refuse": ["b"]"#, "b", "“b” is refused"),
      // What would do by its shape is not suggested when the layout refuses it.
      (
        #""kind": "identifier", "refuse": ["class"]"#, "Class",
        "“Class” must hold only lower-case letters, digits and “_”, not “C” (“class_item” would do)"
      ),
    ])
  func refused(declaration: String, text: String, expected: String) throws {
    #expect(try outcome(declaration, text) == expected)
  }

  @Test(
    "is no word of a set that the layout keeps from it",
    arguments: [
      (
        #""kind": "identifier", "reserved": ["python-keywords"]"#, "class",
        "“class” is refused: a keyword of Python (“class_item” would do)"
      ),
      (#""kind": "identifier", "reserved": ["python-keywords"]"#, "json", #"text("json")"#),
      (
        #""kind": "name", "reserved": ["python-keywords", "python-modules"]"#, "json",
        "“json” is refused: a module of Python's standard library (“json-app” would do)"
      ),
      // A name's package has `_` in the place of `-`.
      (
        #""kind": "name", "reserved": ["python-modules"]"#, "py-compile",
        "“py-compile” is refused: a module of Python's standard library"
          + " (“py-compile-app” would do)"
      ),
      (#""kind": "name", "reserved": ["python-modules"]"#, "py", #"text("py")"#),
      (
        #""kind": "name", "reserved": ["python-libraries"]"#, "typing-extensions",
        "“typing-extensions” is refused: a library or tool that Python projects install"
          + " (“typing-extensions-app” would do)"
      ),
      (
        #""kind": "identifier", "reserved": ["python-builtin-classes"]"#, "permission_error",
        "“permission_error” is refused: a class of this name would hide what Python has built in"
          + " (“permission_error_item” would do)"
      ),
      (
        #""kind": "identifier", "reserved": ["python-builtin-classes"]"#, "os_error",
        #"text("os_error")"#
      ),
      (
        #""kind": "list", "of": "identifier", "reserved": ["python-keywords"]"#, "a,def",
        "“def” is refused: a keyword of Python (“def_item” would do)"
      ),
      // What the layout says itself comes first.
      (
        #""kind": "name", "refuse": {"test": "it has tests"}, "reserved": ["python-modules"]"#,
        "test", "“test” is refused: it has tests (“test-app” would do)"
      ),
      (
        #""kind": "name", "reserved": ["python-modules"]"#, "JSON",
        "“JSON” must hold only lower-case letters, digits and “-”, not “J” (“json-app” would do)"
      ),
    ])
  func reserved(declaration: String, text: String, expected: String) throws {
    #expect(try outcome(declaration, text) == expected)
  }

  @Test(
    "of a list has items that differ in the forms that the layout names",
    arguments: [
      (["plural"], "datum,data", "“datum” and “data” are both “data” as “plural”"),
      (["plural"], "item,box", nil),
      (["plural", "pascal"], "a_1,b,a1", "“a_1” and “a1” are both “A1” as “pascal”"),
      ([], "datum,data", nil),
    ] as [([String], String, String?)])
  func uniqueForms(forms: [String], text: String, expected: String?) throws {
    let found = try outcome(#""kind": "list", "of": "identifier", "unique": \#(forms)"#, text)
    if let expected { #expect(found == expected) } else { #expect(found.hasPrefix("list(")) }
  }

  @Test(
    "that is suggested would do itself",
    arguments: [
      "Ünïcode", "3d", "ÆØÅ", "İstanbul", "no", "a\u{301}", "---9---", "NUL", "COM1",
      "x" + String(repeating: "9-", count: 60), "ﬁle", "Ⅷ",
    ])
  func suggestions(text: String) {
    if let name = NameRules.name(like: text) { #expect(NameRules.fault(inName: name) == nil) }
    if let name = NameRules.identifier(like: text) {
      #expect(NameRules.fault(inIdentifier: name) == nil)
    }
  }
}
