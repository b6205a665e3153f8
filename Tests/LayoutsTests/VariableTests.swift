import Patterns
import Testing

@testable import Layouts

@Suite("A variable")
struct VariableTests {
  typealias Case = ManifestTests.Case

  @Test(
    "has a name of upper-case words",
    arguments: [
      "AA", "A1", "PROJECT_NAME", "A1_2", "XX_INDEXES", "NODE", "NONE_AT_ALL", "NO", "FIRST",
      "AA_TREE",
    ])
  func goodNames(name: String) {
    #expect(VariableNames.fault(in: name) == nil)
  }

  @Test(
    "has no name of another shape",
    arguments: [
      "", "A", "a", "Aa", "1A", "_A", "A_", "AA_", "A__B", "AA__B", "A_B", "A-B", "AÄ", "AA ",
      "AA\n",
    ])
  func misshapenNames(name: String) {
    #expect(VariableNames.fault(in: name)?.hasPrefix("must be upper-case words") == true)
  }

  @Test(
    "has no name that means something else",
    arguments: [
      ("DIRECTORY", "is a name that scaffold gives a value to"),
      ("TREE", "is a name that scaffold gives a value to"),
      ("LAYOUT", "is taken by an option of scaffold itself"),
      ("ON_CONFLICT", "is taken by an option of scaffold itself"),
      ("DRY_RUN", "is taken by an option of scaffold itself"),
      ("NO_TESTS", "begins with “NO_”, which would read as a flag turned off"),
      ("STEP_INDEX", "ends with “_INDEX”, which is for the items of a list"),
      ("STEP_FIRST", "ends with “_FIRST”, which is for the items of a list"),
      ("STEP_LAST", "ends with “_LAST”, which is for the items of a list"),
      ("STEP_PREVIOUS", "ends with “_PREVIOUS”, which is for the items of a list"),
    ])
  func takenNames(name: String, fault: String) {
    #expect(VariableNames.fault(in: name) == fault)
  }

  @Test(
    "is complained of where it is at fault",
    arguments: [
      Case("1", "1: a variable must be an object, not an integer"),
      Case("{}", "1: a variable lacks the key “name”"),
      Case(#"{"name": 1, "kind": "text"}"#, "10: “name” must be a string, not an integer"),
      Case(
        #"{"name": "a", "kind": "text"}"#,
        "10: the variable name “a” must be upper-case words joined by “_”, of two characters at"
          + " least, such as “AUTHOR”"),
      Case(
        #"{"name": "TREE", "kind": "text"}"#,
        "10: the variable name “TREE” is a name that scaffold gives a value to"),
      Case(
        #"{"name": "AA", "knid": "text"}"#,
        """
        1: a variable lacks the key “kind”
        16: unknown key “knid” in a variable (did you mean “kind”?)
        """),
      Case(#"{"name": "AA", "kind": 1}"#, "24: “kind” must be a string, not an integer"),
      Case(
        #"{"name": "AA", "kind": "int"}"#,
        "24: unknown kind “int” (did you mean “integer”?)"),
      Case(
        #"{"name": "AA", "kind": "string"}"#, "24: unknown kind “string” (did you mean “text”?)"),
      Case(#"{"name": "AA", "kind": "Bool"}"#, "24: unknown kind “Bool” (did you mean “flag”?)"),
      Case(#"{"name": "AA", "kind": "txt"}"#, "24: unknown kind “txt” (did you mean “text”?)"),
      Case(
        #"{"name": "AA", "kind": "colour"}"#,
        "24: unknown kind “colour”"
          + " (kinds: text, name, identifier, integer, port, flag, choice, choices, list;"
          + " “scaffold help variables” explains them)"
      ),
      Case(
        #"{"name": "AA", "kind": "list", "of": "string"}"#,
        "38: “of” must be one of text, name, identifier, integer, port (did you mean “text”?)"),
      Case(
        #"{"name": "projectName", "kind": "text"}"#,
        "10: the variable name “projectName” must be upper-case words joined by “_”, of two"
          + " characters at least, such as “AUTHOR” (“PROJECT_NAME” would do)"),
      Case(#"{"name": "AA", "kind": "text", "of": "name"}"#, "38: “of” is for lists only"),
      Case(
        #"{"name": "AA", "kind": "text", "choices": ["a"]}"#,
        "43: “choices” is for the kinds “choice” and “choices” only"),
      Case(
        #"{"name": "AA", "kind": "port", "min": 1}"#, "39: “min” is for integers and lists only"),
      Case(
        #"{"name": "AA", "choices": ["a"], "max": 1}"#, "41: “max” is for integers and lists only"),
      Case(
        #"{"name": "AA", "kind": "integer", "min": 2, "max": 1}"#,
        "42: “min” and “max” must be in order, from -1000000000 to 1000000000"),
      Case(
        #"{"name": "AA", "kind": "list", "of": "text", "min": -1}"#,
        "53: “min” and “max” must be in order, from 0 to 1000"),
      Case(
        #"{"name": "AA", "kind": "choices", "choices": ["a", "b"], "max": 3}"#,
        "65: “min” and “max” must be in order, from 0 to 2"),
      Case(
        #"{"name": "AA", "kind": "integer", "min": "1"}"#,
        "42: “min” must be an integer, not a string"),
      Case(
        #"{"name": "AA", "kind": "list"}"#, "1: a list lacks the key “of”, the kind of its items"),
      Case(
        #"{"name": "AA", "kind": "list", "of": "flag"}"#,
        "38: “of” must be one of text, name, identifier, integer, port"),
      Case(#"{"name": "AA", "kind": "choice"}"#, "1: a choice lacks the key “choices”"),
      Case(#"{"name": "AA", "choices": []}"#, "27: “choices” names no word"),
      Case(#"{"name": "AA", "choices": {}}"#, "27: “choices” names no word"),
      Case(#"{"name": "AA", "choices": 1}"#, "27: “choices” must be a list, not an integer"),
      Case(#"{"name": "AA", "choices": ["a", "a"]}"#, "27: “a” stands twice in “choices”"),
      Case(
        #"{"name": "AA", "choices": {"a": "", "a": ""}}"#,
        "37: the key “a” stands twice in “choices”"),
      Case(
        #"{"name": "AA", "choices": ["a,b"]}"#,
        "27: the choice “a,b” must be one word without commas"),
      Case(
        #"{"name": "AA", "choices": ["a b"]}"#,
        "27: the choice “a b” must be one word without commas"),
      Case(
        #"{"name": "AA", "choices": [""]}"#, "27: the choice “” must be one word without commas"),
      Case(
        #"{"name": "AA", "choices": ["a\u0000"]}"#,
        "28: a text must not hold the control character U+0000"),
      Case(
        #"{"name": "AA", "choices": {"a": 1}}"#,
        "33: what “a” stands for in “choices” must be a string, not an integer"),
      Case(#"{"name": "AA", "kind": "text", "prompt": "a\nb"}"#, "42: “prompt” must be one line"),
      Case(
        #"{"name": "AA", "kind": "text", "ask": "no"}"#,
        "39: “ask” must be true or false, not a string"),
      Case(
        #"{"name": "AA", "kind": "port", "pattern": "8.*"}"#,
        "43: “pattern” is for texts, names and identifiers only"),
      Case(
        #"{"name": "AA", "kind": "flag", "singular": true}"#,
        "44: “singular” is for texts, names and identifiers only"),
      Case(
        #"{"name": "AA", "kind": "name", "singular": "yes"}"#,
        "44: “singular” must be true or false, not a string"),
      Case(
        #"{"name": "AA", "kind": "list", "of": "port", "pattern": "8.*"}"#,
        "57: “pattern” is for texts, names and identifiers only"),
      Case(
        #"{"name": "AA", "kind": "text", "pattern": "(a"}"#,
        "43: the pattern “(a” has a “(” that is not closed (\(TextPattern.Fault.help))"),
      Case(
        #"{"name": "AA", "kind": "text", "pattern": {"a": "be a", "[": "b"}}"#,
        "43: the pattern “[” has a “[” that is not closed (\(TextPattern.Fault.help))"),
      Case(
        #"{"name": "AA", "kind": "text", "pattern": "a", "default": "b"}"#,
        "59: the default of “AA”: “b” must match a"),
      Case(
        #"{"name": "AA", "kind": "text", "refuse": "x"}"#,
        "42: “refuse” must be a list, not a string"),
      Case(
        #"{"name": "AA", "kind": "name", "reserved": ["python-keywords", "rust-keywords"]}"#,
        "64: unknown set of words “rust-keywords” (sets: python-keywords, python-modules,"
          + " python-libraries, python-builtin-classes;"
          + " “scaffold help variables” explains them)"),
      Case(
        #"{"name": "AA", "kind": "text", "unique": ["plural"]}"#, "42: “unique” is for lists only"),
      Case(
        #"{"name": "AA", "kind": "list", "of": "text", "unique": ["plural", "json"]}"#,
        "67: “json” is no filter from text to text"
          + " (filters: snake, kebab, camel, pascal, upper, lower, title, plural;"
          + " “scaffold help filters” explains them)"),
      Case(
        #"{"name": "AA", "kind": "text", "distinct": "BB"}"#, "44: “distinct” is for lists only"),
      Case(
        #"{"name": "AA", "kind": "list", "of": "text", "distinct": "AA"}"#,
        "58: “distinct” must name another list"),
      Case(
        #"{"name": "AA", "kind": "list", "of": "text", "distinct": "BB"}"#,
        "58: “distinct” must name another list"),
      Case(
        #"{"name": "AA", "kind": "text", "default": null}"#,
        "43: “default” must be a string, an integer or a flag, not null"),
      Case(
        #"{"name": "AA", "kind": "text", "default": "<<CC>>"}"#,
        #"44: “CC” is not declared (declare it in layout.json; if it is meant as text, write <<@\"<<CC>>\">>)"#
      ),
      Case(
        #"{"name": "AA", "kind": "flag", "default": "on"}"#,
        "43: the default of “AA”: “on” must be true or false"),
      Case(
        #"{"name": "AA", "kind": "text", "when": "AB"}"#,
        "41: “AB” is not declared (did you mean “AA”?)"),
      Case(
        #"{"name": "AA", "kind": "text", "when": true}"#,
        "40: a condition must be a string, not a flag"),
    ])
  func faults(_ item: Case) throws {
    let text = manifest("\"variables\": [\n\(item.text)\n]")
    let expected = item.expected.split(separator: "\n").map { "layout.json:3:\($0)" }
    let found = try complaints(ofManifest: text)
    #expect(found == expected.joined(separator: "\n"))
  }

  @Test("is declared once")
  func declaredOnce() throws {
    let text = manifest(
      """
      "variables": [{"name": "AA", "kind": "text"},
      {"name": "AA", "kind": "port"}]
      """)
    let found = try complaints(ofManifest: text)
    #expect(found == "layout.json:3:10: the variable “AA” is declared twice")
  }

  @Test("stays declared when it is at fault, so that its uses are not faults as well")
  func staysDeclared() throws {
    let text = manifest(
      """
      "variables": [{"name": "SET", "kind": "text"},
      {"name": "BB", "kind": "nope"},
      {"name": "CC", "kind": "text", "default": "<<SET>><<BB>>", "when": "SET"}]
      """)
    let found = try complaints(ofManifest: text)
    #expect(found.split(separator: "\n").count == 2, "\(found)")
  }

  @Test(
    "cannot depend on itself; the chain is shown where it begins",
    arguments: [
      Case(
        #"{"name": "AA", "kind": "text", "default": "<<AA>>"}"#,
        "2:10: defaults go in a circle: AA → AA"),
      Case(
        """
        {"name": "CC", "kind": "text", "default": "<<AA>>"},
        {"name": "AA", "kind": "text", "default": "<<BB>>"},
        {"name": "BB", "kind": "text", "default": "<<AA>>"}
        """, "3:10: defaults go in a circle: AA → BB → AA"),
      Case(
        """
        {"name": "AA", "kind": "flag", "default": true, "when": "BB == x"},
        {"name": "BB", "kind": "text", "default": "<<CC>>"},
        {"name": "CC", "kind": "text", "default": "<<@if AA>>x<<@end>>"}
        """, "2:10: defaults go in a circle: AA → BB → CC → AA"),
      Case(
        """
        {"name": "AA", "kind": "text", "default": "<<BB>>"}, {"name": "BB", "kind": "text", "default": "<<AA>>"},
        {"name": "CC", "kind": "text", "default": "<<CC>>"}
        """,
        """
        2:10: defaults go in a circle: AA → BB → AA
        3:10: defaults go in a circle: CC → CC
        """),
    ])
  func cycles(_ item: Case) throws {
    let text = manifest("\"variables\": [\n\(item.text)]").replacing("]},\n", with: "]},")
      .replacing("}],\n", with: "}],")
    let expected = item.expected.split(separator: "\n").map { "layout.json:\($0)" }
    let found = try complaints(ofManifest: text)
    #expect(found == expected.joined(separator: "\n"))
  }

  @Test("keeps what its declaration says")
  func isRead() throws {
    let manifest = try manifest(
      variables: """
        {"name": "TIER", "choices": {"mvp": "simple", "core": "more"}, "prompt": "Tier", "default": "mvp"},
        {"name": "MY_LIST", "kind": "list", "of": "port", "min": 1, "max": 3, "ask": false,
          "help": "Ports", "default": 80, "when": "TIER >= core", "refuse": {"22": "ssh has it"}},
        """)
    let tier = try #require(manifest.variable(named: "TIER"))
    let list = try #require(manifest.variable(named: "MY_LIST"))
    #expect(tier.type == .choice(["mvp", "core"]))
    #expect(tier.prompt == "Tier")
    #expect(tier.isAsked)
    #expect(tier.optionName == "tier")
    #expect(list.optionName == "my-list")
    #expect(list.type == .list(of: .integer))
    #expect(list.defaultText == "80")
    #expect(list.whenText == "TIER >= core")
    #expect(!list.isAsked)
    #expect(list.refused.map(\.explanation) == ["ssh has it"])
  }
}
