import Documents
import Patterns
import TestSupport
import Testing

@testable import Rules

@Suite("The rules of a manifest")
struct RuleReadingTests {
  /// What is wrong, each with its place and its help.
  private func complaints(_ text: String) -> [String] {
    do {
      _ = try rules(text)
      return []
    } catch {
      guard let error = error as? Diagnostics else { return ["\(error)"] }
      return error.all.map { fault in
        let place = fault.location.map { "\($0.line):\($0.column)" } ?? ""
        return "\(place): \(fault.message)" + (fault.help.map { " (\($0))" } ?? "")
      }
    }
  }

  @Test("are read whole, and packed")
  func whole() throws {
    let text = #"""
      {"id": "dev-ports", "that": "T", "why": "W", "remedy": "R", "when": "TIER == core",
       "files": ["{A}.yml"], "except": ["x.yml"], "captures": {"A": "[a-z]+"},
       "require": ["{A}/"], "forbid": ["{A}.md"], "match": ["{A}"], "refuse": ["x"],
       "lines": [{"with": "a", "match": "b"}, {"with": "{A}", "refuse": "c"}],
       "data": [{"at": "a.*", "format": "json", "exists": true, "has": ["k"], "lacks": ["l*"],
                 "match": "m", "refuse": "{A}", "any": "n", "path": true}]},
      {"id": "n", "that": "T", "why": "W", "each": "{N}/",
       "in": ["{N}.sh"], "match": ["x"],
       "numbers": {"of": "N", "consecutive": true, "from": 1}}
      """#
    let read = try rules(text)
    #expect(read.map(\.id) == ["dev-ports", "n"])
    let rule = try #require(read.first)
    #expect(
      [rule.summary, rule.reason, rule.remedy, rule.whenText] == ["T", "W", "R", "TIER == core"])
    #expect(rule.subject.globs.map(\.text) == ["{A}.yml"])
    #expect(rule.exceptions.map(\.text) == ["x.yml"])
    #expect(rule.forms == [Rule.Form(capture: "A", pattern: "[a-z]+")])
    #expect(rule.demands.required.map(\.text) == ["{A}/"])
    #expect(rule.demands.forbidden.map(\.text) == ["{A}.md"])
    #expect(rule.demands.matches == [CapturingPattern("{A}", captures: ["A"])])
    #expect(rule.demands.refusals == [CapturingPattern("x")])
    #expect(rule.demands.lines.map(\.with.text) == ["a", "{A}"])
    #expect(rule.demands.lines.map(\.match?.text) == ["b", nil])
    #expect(rule.demands.lines.map(\.refuse?.text) == [nil, "c"])
    let data = try #require(rule.demands.data.first)
    #expect(data.selector.text == "a.*")
    #expect(data.format == .json && data.exists == true && data.isPath)
    #expect(data.keys == ["k"] && data.refusedKeys.map(\.text) == ["l*"])
    #expect(data.patterns.map(\.text) == ["m", "{A}", "n"])
    #expect(read[1].places.map(\.text) == ["{N}.sh"])
    #expect(
      read[1].demands.numbers == Rule.Numbers(capture: "N", isConsecutive: true, first: 1))
  }

  @Test(
    "say where they are at fault",
    arguments: [
      (
        #""require": ["a"], "requires": 1"#,
        "1:57: unknown key “requires” in a rule (did you mean “require”?)"
      ),
      (
        #""remedy": "R""#,
        "1:2: the rule asks for nothing"
          + " (demands: require, forbid, numbers, match, refuse, lines, data;"
          + " “scaffold help rules” explains them)"
      ),
      (
        #""require": ["a/{NAME}"]"#,
        "1:51: “{NAME}” is not what a path of the rule captures"
          + " (“each” finds paths, and takes parts of their names under names)"
      ),
      (
        #""each": "{NAME}/", "require": ["a/{NAM}"]"#,
        "1:70: “{NAM}” is not what a path of the rule captures (did you mean “NAME”?)"
      ),
      (
        #""each": "{NAME}/", "remedy": "make {NAM}, {ß} and ${OTHER}", "require": ["a"]"#,
        "1:68: “{NAM}” is not what a path of the rule captures (did you mean “NAME”?)"
      ),
      (
        #""each": "{NAME}/", "require": ["a", "b/{NAME}"], "forbid": ["c", "b/{NAME}"]"#,
        "1:98: “require” asks for “b/{NAME}” as well"
      ),
      (
        #""each": "a", "captures": {"B": "x"}, "require": ["a"]"#,
        "1:65: “B” in “captures” is not what a path of the rule captures"
      ),
      (
        #""each": "a", "files": ["b"], "require": ["a"]"#,
        "1:61: a rule has either “each” or “files”"
      ),
      (#""files": ["a/"], "require": ["a"]"#, "1:49: “a/” in “files” is a directory"),
      (#""files": [], "match": ["a"]"#, "1:48: “files” names no file"),
      (#""match": ["a"]"#, "1:48: “match” needs “files” that it looks into"),
      (
        #""each": "a/", "refuse": ["a"]"#,
        "1:63: “refuse” looks into files, and “each” finds directories"
      ),
      (#""require": []"#, "1:50: “require” names no path"),
      (#""files": ["a"], "match": []"#, "1:64: “match” has no pattern"),
      (
        #""files": ["a"], "match": ["(a"]"#,
        "1:65: the pattern “(a” has a “(” that is not closed (\(TextPattern.Fault.help))"
      ),
      (
        #""files": ["a"], "match": ["{NAME}"]"#,
        "1:65: “{NAME}” is not what a path of the rule captures"
          + " (“each” finds paths, and takes parts of their names under names)"
      ),
      (
        #""except": ["a"], "require": ["a"]"#,
        "1:49: “except” needs “each” or “files”, of which it leaves something out"
      ),
      (
        #""each": "a", "except": ["{A}"], "require": ["a"]"#,
        "1:63: “except” has the capture “{A}”; it takes “*”"
      ),
      (
        #""require": ["a", "numbers"], "numbers": {"of": "N"}"#,
        "1:79: “numbers” needs “each”, whose paths have them"
      ),
      (
        #""each": "{N}", "numbers": {"of": "M"}"#,
        "1:72: “{M}” is not what a path of the rule captures (captures: N)"
      ),
      (#""each": "{N}", "numbers": {"of": "N", "from": -1}"#, "1:85: “from” must not be negative"),
      (
        #""files": ["a"], "lines": [{"with": "a"}]"#,
        "1:65: an item of “lines” needs “match” or “refuse”"
      ),
      (
        #""files": ["a.yml"], "data": [{"at": "a"}]"#,
        "1:68: an item of “data” asks for nothing"
          + " (demands: exists, has, lacks, match, refuse, any, path;"
          + " “scaffold help rules” explains them)"
      ),
      (
        #""files": ["a.yml"], "data": [{"at": "a..b", "exists": true}]"#,
        "1:75: the selector “a..b” has an empty step (\(DataSelector.Fault.help))"
      ),
      (
        #""files": ["a.txt"], "data": [{"at": "a", "exists": true}]"#,
        "1:68: the name “a.txt” does not tell a format (“format” does: yaml, toml, json, dotenv)"
      ),
      (
        #""files": ["a"], "data": [{"at": "a", "exists": true, "format": "ini"}]"#,
        "1:102: unknown format “ini” (formats: yaml, toml, json, dotenv)"
      ),
      (
        #""files": ["a"], "in": ["b"], "match": ["a"]"#,
        "1:61: “in” needs “each”, for whose paths it looks into others"
      ),
      (
        #""each": "a", "in": ["b/"], "match": ["a"]"#, "1:59: “b/” in “in” is a directory"
      ),
      (
        #""each": "a", "in": ["b"], "require": ["a"]"#,
        "1:58: “in” needs a demand on what files hold"
      ),
      (
        #""when": "TEIR == core", "require": ["a"]"#,
        "1:48: “TEIR” is not declared (did you mean “TIER”?)"
      ),
    ] as [(String, String)])
  func faults(members: String, expected: String) {
    #expect(complaints(rule(members)) == [expected])
  }

  @Test(
    "have globs of one form",
    arguments: [
      ("/a", "is absolute (paths begin at the top of the project)"), ("", "is empty"),
      ("a//b", "has an empty component"), ("a/../b", "has the component “..”"),
      ("./a", "has the component “.”"),
      (".git/config", "leads into “.git” (what git keeps there is no part of a project)"),
      (
        "a**b",
        "has “**” within a name (“**” is any number of whole folders; within a name “*” is any text)"
      ),
      ("{A", "has a “{” that is not closed"),
      ("{a}", "has the capture “a”, which must be an upper-case word, such as “NUMBER”"),
      ("{}", "has the capture “”, which is empty"),
      ("{A}{B}", "has “{A}{B}”, and nothing says where the first one ends"),
      ("{A}*", "has “{A}*”, and nothing says where the capture ends"),
      ("*{A}", "has “*{A}”, and nothing says where the capture begins"),
      ("{A}-{B}-{C}-{D}-{E}", "has more than 4 captures in one name"),
      (String(repeating: "a", count: 1025), "is longer than any path"),
    ])
  func globs(text: String, expected: String) {
    #expect(
      complaints(rule(#""each": "\#(text)", "forbid": ["x"]"#))
        == ["1:47: “\(text)” \(expected)"])
  }

  @Test(
    "have ids of their own, and each fault is told",
    arguments: [
      ("A", "1:9: the id “A” must be lower-case words with “-” between them"),
      ("a-", "1:9: the id “a-” must be lower-case words with “-” between them"),
      ("1", "1:9: the id “1” must be lower-case words with “-” between them"),
      (String(repeating: "a", count: 61), "1:9: an id may have at most 60 bytes"),
    ])
  func ids(id: String, expected: String) {
    #expect(
      complaints(#"{"id": "\#(id)", "that": "T", "why": "W", "require": ["a"]}"#) == [expected])
  }

  @Test("stand once under an id, and have a summary and a reason")
  func required() {
    #expect(
      complaints(rule(#""require": ["a"]"#) + ",\n" + rule(#""require": ["a"]"#))
        == ["2:8: two rules have the id “r” (see layout.json:1:9)"])
    #expect(
      complaints(#"{"id": "r", "require": ["a"]}"#)
        == ["1:2: a rule lacks the key “that”", "1:2: a rule lacks the key “why”"])
    #expect(
      complaints(#"{"id": "r", "that": "", "why": "W", "require": ["a"]}"#)
        == ["1:22: “that” must not be empty"])
  }

  @Test("are at most a thousand")
  func most() {
    let text = (0...1000).map { #"{"id": "r\#($0)", "that": "T", "why": "W", "require": ["a"]}"# }
    #expect(
      complaints(text.joined(separator: ","))
        == ["1:1: “rules” may have at most 1000 items, and has 1001"])
  }

  @Test(
    "have selectors of one form",
    arguments: [
      ("", "has an empty step"), ("a.", "has an empty step"), ("a|", "has an empty step"),
      ("a*", "has “*” beside other text; a key that has it needs quotes"),
      ("\"a", "has a quote that is not closed"), ("\"a\"b", "has something behind a key in quotes"),
      (Array(repeating: "a", count: 51).joined(separator: "."), "has more than 50 steps"),
      (String(repeating: "a", count: 1001), "is longer than 1000 bytes"),
    ])
  func selectors(text: String, expected: String) {
    do {
      _ = try DataSelector(parsing: text)
      Issue.record("it is one")
    } catch {
      #expect(error.message == expected)
    }
  }
}
