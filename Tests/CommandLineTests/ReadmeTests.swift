import BuiltInLayouts
import Foundation
import Layouts
import Projects
import TestSupport
import Testing

@testable import scaffold

@Suite("The README and the program agree on")
struct ReadmeTests {
  private let readme: Readme

  init() throws {
    readme = try Readme()
  }

  @Test("the commands, and what is called there works as it stands")
  func commands() throws {
    let shell = try Shell()
    defer { shell.remove() }
    var named: Set<String> = []
    for call in try readme.table("command").code(inColumn: 0).joined() {
      named.insert(String(call.split(separator: " ")[1]))
      let result = try shell.run(call)
      #expect(result.code == 0, "\(call)\n\(result.errors)")
    }
    #expect(named == Set(Program.commands.map { $0.name }))
  }

  @Test("the options: there is each that it names")
  func options() throws {
    let tables = Program.commands.map { $0.init().command } + [Program.table]
    var known = Set(tables.flatMap { $0.options.map(\.name) })
    let catalogue = Catalogue(builtIn: BuiltInLayouts.all)
    for name in catalogue.names {
      let variables = try #require(catalogue.layout(builtIn: name)).manifest.variables
      for option in variables.map(\.option) {
        known.insert(option.name)
        if option.value == .flag { known.insert("no-" + option.name) }
      }
    }
    let named = try readme.section("Use it").matches(of: #/--([a-z][a-z-]+)/#).map {
      String($0.1)
    }
    #expect(named.count > 20)
    #expect(Set(named).subtracting(known) == [])
  }

  @Test("how a run ends")
  func exitCodes() throws {
    let codes = try readme.table("exit code").rows.map { Int32($0[0]) }
    #expect(codes == Program.ExitCode.allCases.map(\.rawValue))
    let meanings = try readme.table("exit code").rows.map { $0[1] }
    #expect(meanings == Program.ExitCode.allCases.map(\.meaning))
    let shell = try Shell()
    defer { shell.remove() }
    for (call, code) in [
      ("scaffold list", Program.ExitCode.done),
      ("scaffold nwe", .wrongUsage), ("scaffold list --format xml", .wrongUsage),
      ("scaffold new --layout tierd x", .wrongUsage), ("scaffold new --layout ./x y", .wrongUsage),
      ("scaffold new --layout tiered --set NAEM=x y", .wrongUsage),
      ("scaffold new --layout tiered --tier big x", .faultyLayout),
      ("mkdir mine && echo '{' > mine/layout.json && scaffold show ./mine", .faultyLayout),
      ("touch file && scaffold new --layout tiered file", .unwritableTarget),
      ("scaffold list > /dev/full", .unwritableTarget),
    ] {
      let result = try shell.run(call)
      #expect(result.code == code.rawValue, "\(call)\n\(result.errors)")
    }
  }

  @Test("the formats of a run")
  func formats() throws {
    let named = try readme.section("Runs for programs").matches(of: #/--format ([a-z]+)/#).map {
      String($0.1)
    }
    let others = Preview.Format.allCases.map(\.rawValue).filter { $0 != "tree" }
    #expect(Set(named) == Set(others))
  }

  // MARK: A run's JSON

  @Test("the keys of a run's JSON, and the words that stand in it")
  func keys() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let before = try shell.run(
      """
      scaffold new --layout tiered there && cd there && rm -rf .scaffold.json tests && \
      echo mine > README.md
      """)
    try #require(before.code == 0, "\(before.errors)")
    var found = Keys()
    for policy in ["fail", "keep", "replace"] {
      let text = try shell.run(
        "scaffold new --layout tiered -n --format json --on-conflict \(policy) there")
      found.add(try JSONSerialization.jsonObject(with: Data(text.output.utf8)))
    }
    let documented = try readme.keys("key")
    #expect(found.paths.subtracting(documented.paths) == [], "the README does not have them")
    #expect(documented.paths.subtracting(found.paths) == [], "only the README has them")
    for key in ["changes[].action", "changes[].kind"] {
      #expect(found.words[key] == documented.words[key], "\(key)")
    }
    // Some codes come only of other disks and of later runs.
    let codes = found.words["changes[].code"] ?? []
    #expect(!codes.isEmpty && codes.isSubset(of: documented.words["changes[].code"] ?? []))
    #expect(found.version == documented.version)
    try expectSameAfterwards(
      "scaffold new --layout tiered --format json --on-conflict keep there", shell)
  }

  /// What a dry run prints is what the run prints when it is done, but that it is.
  private func expectSameAfterwards(_ call: String, _ shell: Shell) throws {
    let before = try shell.run("\(call) --dry-run").output
    let after = try shell.run(call).output
    #expect(before.contains("\n  \"done\": false,\n"), "\(before)")
    #expect(after == before.replacing("\"done\": false", with: "\"done\": true"), "\(after)")
  }

  @Test("the keys of an update's JSON, and the words that stand in it")
  func keysOfUpdate() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let before = try shell.run(
      """
      mkdir -p mine/base/d && cd mine && echo a > base/both && echo a > base/d/moved && \
      echo a > base/gone && echo a > base/edited && echo a > base/removed && seq 9 > base/merged &&
      printf '{ "name": "mine", "summary": "s", "version": "1.0.0", "changes": { "1.0.0": ["New"] },
        "layers": [{ "folder": "base" }] }' > layout.json && cd .. && \
      scaffold new --layout ./mine there && cd there && git init --quiet && git add . && \
      echo b > both && echo b > edited && rm removed && sed -i.bak s/2/two/ merged && cd ../mine && \
      echo c > base/both && mv base/d base/e && rm base/gone base/edited && echo c > base/removed && \
      echo 10 >> base/merged && echo new > base/new && mkdir ../there/new && \
      sed -i.bak -e 's/"1.0.0", "ch/"1.1.0", "moved": { "base\\/d\\/": "base\\/e\\/" }, "ch/' \
        -e 's/"1.0.0": \\[/"1.1.0": [/' layout.json
      """)
    try #require(before.code == 0, "\(before.errors)")
    var found = Keys()
    for policy in ["markers", "theirs", "ours"] {
      let text = try shell.run(
        "scaffold update -n --format json --on-conflict \(policy) there")
      found.add(try JSONSerialization.jsonObject(with: Data(text.output.utf8)))
    }
    let documented = try readme.keys("in an update")
    #expect(found.paths.subtracting(documented.paths) == [], "the README does not have them")
    #expect(documented.paths.subtracting(found.paths) == [], "only the README has them")
    #expect(found.words["changes[].action"] == documented.words["changes[].action"])
    let codes = found.words["changes[].code"] ?? []
    #expect(codes.isSuperset(of: ["both-changed", "dropped", "removed-and-changed", "wrong-kind"]))
    #expect(found.version == documented.version)
    try expectSameAfterwards("scaffold update --format json --on-conflict ours there", shell)
  }

  @Test("the keys of a check's JSON")
  func keysOfCheck() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let text = try shell.run(
      """
      scaffold new --layout staged-docker there > log && rm there/Makefile
      scaffold new --layout staged-docker other > log && echo '{}' > other/.scaffold.json
      scaffold check --fix --dry-run --format json there other none
      """)
    var found = Keys()
    for line in text.output.split(separator: "\n") {
      found.add(try JSONSerialization.jsonObject(with: Data(line.utf8)))
    }
    let documented = try readme.keys("of a check")
    #expect(found.paths.subtracting(documented.paths) == [], "the README does not have them")
    #expect(documented.paths.subtracting(found.paths) == [], "only the README has them")
    #expect(found.version == documented.version)
    let rules = try readme.table("of a check").row("`findings[].rule`")?[1] ?? ""
    for rule in RecordRule.allCases { #expect(rules.contains("\(rule.rawValue)`"), "\(rule)") }
  }

  @Test("the keys of a layout's JSON")
  func keysOfLayouts() throws {
    let shell = try Shell()
    defer { shell.remove() }
    try shell.write(
      "mine/layout.json",
      """
      { "name": "mine", "summary": "s", "version": "1.0.0", "layers": [{ "folder": "base" }],
        "variables": [
          { "name": "PORTS", "kind": "list", "of": "integer", "min": 1, "default": "1" },
          { "name": "AREAS", "kind": "list", "of": "name", "default": "one", "unique": ["snake"] },
          { "name": "OTHERS", "kind": "list", "of": "name", "default": "", "distinct": "AREAS",
            "pattern": { "[a-z]+": "be a word" }, "refuse": { "two": "is one too many" } },
          { "name": "PARTS", "kind": "choices", "choices": { "a": "A" }, "default": "a" }] }
      """)
    try shell.write("mine/base/file", "x\n")
    var found = Keys()
    for name in ["./mine", "tiered", "staged-docker", "ops-k8s", "src-namespace"] {
      let text = try shell.run("scaffold show \(name) --format json")
      found.add(try JSONSerialization.jsonObject(with: Data(text.output.utf8)))
    }
    let documented = try readme.keys("of a layout")
    #expect(found.paths.subtracting(documented.paths) == [], "the README does not have them")
    #expect(documented.paths.subtracting(found.paths) == [], "only the README has them")
    #expect(found.version == documented.version)
  }

  @Test("the keys of an adoption's JSON, and the words that stand in it")
  func keysOfAdoption() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let before = try shell.run(
      """
      scaffold new --layout tiered there && cd there && rm -rf .scaffold.json tests && \
      echo mine > README.md && echo own > own
      """)
    try #require(before.code == 0, "\(before.errors)")
    var found = Keys()
    let text = try shell.run("scaffold adopt --layout tiered -n --format json --port 9 there")
    found.add(try JSONSerialization.jsonObject(with: Data(text.output.utf8)))
    let documented = try readme.keys("in an adoption")
    #expect(found.paths.subtracting(documented.paths) == [], "the README does not have them")
    #expect(documented.paths.subtracting(found.paths) == [], "only the README has them")
    let origins = found.words["origins"] ?? []
    #expect(origins.count > 2 && origins.isSubset(of: documented.words["origins"] ?? []))
    #expect(found.version == documented.version)
    try expectSameAfterwards("scaffold adopt --layout tiered --format json --port 9 there", shell)
  }
}

/// The keys of a document of JSON, as `changes[].path`.
private struct Keys {
  var paths: Set<String> = []
  /// The texts that stand at each path.
  var words: [String: Set<String>] = [:]
  var version: Int?

  mutating func add(_ document: Any) {
    version = (document as? [String: Any])?["version"] as? Int
    add(document, at: "")
  }

  private mutating func add(_ value: Any, at path: String) {
    switch value {
    // Its keys are the layout's variables.
    case is [String: Any] where path.hasSuffix("answers"): break
    case let object as [String: String] where path == "origins":
      words[path, default: []].formUnion(object.values)
    case let object as [String: Any]:
      for (key, member) in object {
        let inner = path.isEmpty ? key : "\(path).\(key)"
        paths.insert(inner)
        add(member, at: inner)
      }
    case let array as [Any]: for item in array { add(item, at: path + "[]") }
    case let text as String: words[path, default: []].insert(text)
    default: break
    }
  }
}

/// The README at the top of the repository.
private struct Readme {
  private let text: String

  init() throws {
    text = try Repository.text(of: "README.md")
  }

  /// - Parameter heading: of the first column.
  func table(_ heading: String) throws -> MarkdownTable {
    try #require(MarkdownTable.first(heading, in: text), "\(heading)")
  }

  /// What stands below a heading, with what stands below the smaller headings in it.
  func section(_ title: String) throws -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.hasSuffix("# \(title)") }, "\(title)")
    let level = lines[start].prefix { $0 == "#" }
    return lines[(start + 1)...].prefix { line in
      let marks = line.prefix { $0 == "#" }
      return marks.isEmpty || marks.count > level.count
    }.joined(separator: "\n")
  }

  /// What a table of JSON keys says.
  func keys(_ heading: String) throws -> Keys {
    let table = try table(heading)
    var keys = Keys()
    for (names, values) in zip(table.code(inColumn: 0), table.code(inColumn: 1)) {
      let prefix = names[0].dropLast(names[0].split(separator: ".").last?.count ?? 0)
      keys.paths.formUnion([names[0]] + names.dropFirst().map { prefix + $0 })
      switch names[0] {
      // Objects, whose members stand beside them.
      case "layout", "summary", "layouts[].before", "layouts[].after", "example":
        keys.paths.formUnion(values.map { "\(names[0]).\($0)" })
      default: keys.words[names[0]] = Set(values)
      }
    }
    keys.version = table.row("`version`").flatMap { Int($0[1]) }
    return keys
  }
}
