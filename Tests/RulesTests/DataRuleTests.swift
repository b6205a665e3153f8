import TestSupport
import Testing

@testable import Rules

@Suite("A rule of the values of data files")
struct DataRuleTests {
  private func found(_ demand: String, _ json: String, _ more: [String: String] = [:]) throws
    -> [String]
  {
    var files = more
    files["d/a.json"] = json
    return try findings(#""files": ["d/*.json"], "data": [\#(demand)]"#, files)
  }

  @Test(
    "selects by keys",
    arguments: [
      ("a.b", #"{"a": {"b": 1}}"#, ["a.b"]), ("a.*", #"{"a": [1, {"b": 2}]}"#, ["a.0", "a.1"]),
      ("*.x|y", #"{"a": {"y": 1, "x": 1, "z": 1}, "b": 1}"#, ["a.x", "a.y"]),
      (#"\"a.b\".c"#, #"{"a.b": {"c": 1}}"#, ["a.b.c"]), ("a.1", #"{"a": [1, 2]}"#, ["a.1"]),
      ("a.K", #"{"a": ["J=1", "K=2", "K"]}"#, ["a.K", "a.K"]), ("a.b", #"{"a": 1}"#, []),
    ])
  func selecting(selector: String, json: String, paths: [String]) throws {
    let found = try found(#"{"at": "\#(selector)", "exists": false}"#, json)
    #expect(
      found.map { String($0.split(separator: " ", maxSplits: 1)[1]) }.sorted()
        == paths.sorted().map { "“\($0)” must not be there" })
  }

  @Test("asks for something, and for keys")
  func keys() throws {
    #expect(try found(#"{"at": "a", "exists": true}"#, #"{"a": null}"#) == [])
    #expect(
      try found(#"{"at": "a.*", "exists": true}"#, #"{"a": {}}"#)
        == ["d/a.json: there is nothing at “a.*”"])
    let demand = #"{"at": "a.*", "has": ["x"], "lacks": ["app/*", "y?"]}"#
    #expect(try found(demand, #"{"a": {"b": {"x": 1, "y": 2}, "c": ["x=1"]}}"#) == [])
    #expect(
      try found(demand, "{\"a\": {\"b\": {\"app/v\": 1},\n \"c\": [\"x\", \"yz=2\"], \"e\": 1}}")
        == [
          "d/a.json:1:8: “a.b” lacks the key “x”",
          "d/a.json:1:14: the key “app/v” of “a.b” must not be there",
          "d/a.json:2:13: the key “yz” of “a.c” must not be there",
          "d/a.json:2:22: “a.e” lacks the key “x”",
        ])
    #expect(
      try found(#"{"at": ".", "has": ["x"]}"#, "[]") == ["d/a.json:1:1: the file lacks the key “x”"]
    )
  }

  @Test("asks values for what they look like, as a whole")
  func values() throws {
    let demand = #"{"at": "p.*", "match": "3[0-9]+:.*", "refuse": "30001.*", "any": "3.*9"}"#
    #expect(try found(demand, #"{"p": ["3000:9", "31:1"]}"#) == [])
    #expect(try found(demand, #"{"p": [["3000:9", "31:1"], 3]}"#).count == 1)
    #expect(
      try found(demand, "{\"p\": [\"130:1\",\n 30001, {}, null]}") == [
        "d/a.json:1:8: nothing at “p.*” matches “3.*9”",
        "d/a.json:1:8: “130:1” at “p.0” does not match “3[0-9]+:.*”",
        "d/a.json:2:2: “30001” at “p.1” does not match “3[0-9]+:.*”",
        "d/a.json:2:2: “30001” at “p.1” is not allowed",
        "d/a.json:2:9: “p.2” is a map, where a value is to match “3[0-9]+:.*”",
        "d/a.json:2:13: “” at “p.3” does not match “3[0-9]+:.*”",
      ])
    #expect(
      try found(#"{"at": "q", "any": "x"}"#, "{}") == ["d/a.json: nothing at “q” matches “x”"])
  }

  @Test("tells the value of a text K=V at its own place")
  func pairs() throws {
    #expect(
      try found(#"{"at": "e.K", "match": "2"}"#, #"{"e": ["K=1"]}"#)
        == ["d/a.json:1:11: “1” at “e.K” does not match “2”"])
  }

  @Test("follows paths from the file's directory")
  func paths() throws {
    let demand = #"{"at": "r", "path": true}"#
    let files = ["d/x.yml": "", "base/y": ""]
    #expect(
      try found(
        demand,
        #"{"r": ["x.yml", "./x.yml", "../base", "../base/", "https://b", "git@a:b", "a/b//c?d"]}"#,
        files)
        == [])
    #expect(
      try found(demand, #"{"r": ["y.yml", "../../x", "/x", "x.yml/", ""]}"#, files) == [
        "d/a.json:1:8: “y.yml” at “r.0” names what is not there",
        "d/a.json:1:17: “../../x” at “r.1” is no path within the project",
        "d/a.json:1:28: “/x” at “r.2” is no path within the project",
        "d/a.json:1:34: “x.yml/” at “r.3” is no directory",
        "d/a.json:1:44: “” at “r.4” is no path within the project",
      ])
  }

  @Test("knows what the path has in the place of captures")
  func captures() throws {
    let rule = #"""
      "files": ["{ENV}/a.json"],
      "data": [{"at": "{ENV}.name", "has": ["{ENV}"], "match": "{ENV}!"}]
      """#
    #expect(
      try findings(rule, ["x/a.json": #"{"x": {"name": "y"}}"#]) == [
        "x/a.json:1:8: “x.name” lacks the key “x”",
        "x/a.json:1:16: “y” at “x.name” does not match “x!”",
      ])
  }

  @Test("tells once of what cannot be read")
  func unreadable() throws {
    let found = try found(
      #"{"at": "a", "exists": true}, {"at": "b", "exists": true}"#, "{\n\"a\" 1}")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("d/a.json:2:5: cannot be read as json: ") == true)
  }
}
