import Documents
import FileSystems
import FileTrees
import Templating
import TestSupport
import Testing

@testable import Rules

/// The names that conditions of tests may use.
let declarations = Declarations(["TIER": .choice(["mvp", "core", "full"]), "REDIS": .flag])

/// The rules of a manifest's list, `text` being what stands between its brackets; they are taken
/// apart and put together again as the binary has them.
func rules(_ text: String) throws -> [Rule] {
  let document = try JSONDocument(parsing: Array("[\(text)]".utf8), file: "layout.json")
  var reader = RuleReader(json: JSONReader(document), declarations: declarations)
  let rules = reader.read(document.root)
  try reader.json.diagnostics.throwIfAny()
  return rules.map { Rule(packed: $0.packed) }
}

/// A rule with the id `r` and nothing but `members`.
func rule(_ members: String) -> String {
  "{\"id\": \"r\", \"that\": \"T\", \"why\": \"W\", \(members)}"
}

/// What a project of `files` is at fault for: `path:line:column: message`.
func findings(
  _ rule: String, _ files: [String: String], _ values: NamedValues<Value> = [:],
  on options: InMemoryFileSystem.Options = InMemoryFileSystem.Options(),
  arrange: (InMemoryFileSystem) throws -> Void = { _ in }
) throws -> [String] {
  let disk = try InMemoryFileSystem(files, options)
  try arrange(disk)
  return try findings(
    rules("{\"id\": \"r\", \"that\": \"T\", \"why\": \"W\", \(rule)}"), disk, values
  )
  .map { finding in
    let place = finding.line.map { ":\($0):\(finding.column ?? 0)" } ?? ""
    return "\(finding.path)\(place): \(finding.message)" + (finding.isMissing ? " (missing)" : "")
  }
}

func findings(
  _ rules: [Rule], _ disk: some ReadableFileSystem, _ values: NamedValues<Value> = [:],
  within budget: Budget = Budget()
) throws -> [Finding] {
  let book = RuleBook(rules, layout: "demo")
  var check = RuleCheck(book, scope: Scope(values), project: disk, spending: budget)
  let found = try check.findings()
  // What was worked out before changes nothing.
  var again = RuleCheck(book, scope: Scope(values), project: disk, spending: budget)
  #expect(try again.findings() == found)
  return found
}
