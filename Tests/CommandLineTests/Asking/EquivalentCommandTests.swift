import Foundation
import Prompts
import Testing

@testable import scaffold

@Suite("The command line that does the same without questions")
struct EquivalentCommandTests {
  private typealias Step = ScriptedPrompter.Step

  /// Answers by their questions, in each of the built-in layouts.
  private static let runs: [(layout: String, answers: [String: Step])] = [
    ("tiered", [:]),
    (
      "tiered",
      [
        "Project name": .text("other"), "Description": .text(#"It's “$HOME” \ `x` #1, é"#),
        "Tier": .one("full"), "Business models": .items(["cat", "warehouse_reservation"]),
        "With the example": .flag(false),
        "Libraries for tokens and passwords": .one("pyjwt-pwdlib"),
        "Port": .text("9000"), "Licence": .one("mit"), "Copyright": .text("-Ann"),
      ]
    ),
    (
      "staged-docker",
      [
        "Steps, in order": .items(["a1", "b1", "c1"]),
        "Step that takes in the input": .one("b1"), "Port block": .text("0"),
      ]
    ),
    ("staged-docker", ["Scripts that run whole stages": .flag(false)]),
    ("src-namespace", ["With the example": .flag(false), "Slack": .flag(false)]),
    ("src-namespace", ["Description": .text("")]),
    ("orchestrator-config", ["Variant": .one("recommended"), "Complex domains": .items([])]),
    (
      "orchestrator-config",
      [
        "Variant": .one("multi-env"), "Environments": .items(["dev", "live"]),
        "Strict environments": .several(["dev", "live"]),
      ]
    ),
    (
      "ops-k8s",
      [
        "Queues that events come from": .several(["kinesis"]),
        "Feature stores": .several(["postgres"]), "Environments": .items(["one", "two"]),
      ]
    ),
    ("ops-k8s", ["Container registry": .text("ghcr.io/owner")]),
  ]

  @Test(
    "writes byte for byte what all answers together do, and has none that could be left out",
    arguments: runs.indices)
  func same(index: Int) throws {
    let asking = try Asking()
    defer { asking.remove() }
    let (layout, answers) = Self.runs[index]
    var used: Set<String> = []
    let prompter = ScriptedPrompter { prompt in
      guard let step = answers[prompt.question] else { return .take }
      used.insert(prompt.question)
      return step
    }
    // Where the command is run the directory has the same name.
    let agreed = try asking.agree([layout, asking.path("x/shop")], prompter)
    #expect(used == Set(answers.keys) && prompter.complaints.isEmpty, "\(prompter.complaints)")
    let shown = try #require(agreed.command)
    let pasted = try asking.shell.run(shown)
    #expect(pasted.code == 0, "\(shown)\n\(pasted.errors)")

    // All that was asked for, and that has an answer in the record.
    let record = try JSONSerialization.jsonObject(
      with: Data(contentsOf: asking.shell.directory.appending(path: "x/shop/.scaffold.json")))
    let layouts = (record as? [String: Any])?["layouts"] as? [[String: Any]]
    let recorded = try #require(layouts?.first?["answers"])
    try asking.shell.write(
      "all.json",
      String(decoding: JSONSerialization.data(withJSONObject: recorded), as: UTF8.self))
    let all = try asking.shell.run(
      "mkdir y && scaffold new \(layout) --answers all.json y/shop && diff -r x/shop y/shop")
    #expect(all.code == 0, "\(all.output)\(all.errors)")

    // Without any one option it is another project.
    let words = agreed.call.parsed
    for name in agreed.call.layout.manifest.variables.map(\.optionName)
    where !words.values(named: name).isEmpty {
      let shorter = try asking.shell.run(
        "rm -rf z && mkdir z && scaffold new \(layout) --answers less.json z/shop"
          .replacing("--answers less.json", with: Self.options(of: agreed, but: name)))
      let difference = try asking.shell.run("diff -r x/shop z/shop")
      #expect(shorter.code != 0 || difference.code == 1, "\(name) could be left out of \(shown)")
    }
  }

  private static func options(of agreed: Conversation.Agreed, but name: String) -> String {
    var words: [String] = []
    for variable in agreed.call.layout.manifest.variables where variable.optionName != name {
      for value in agreed.call.parsed.values(named: variable.optionName) {
        words.append("--\(variable.optionName)='\(value.replacing("'", with: "'\\''"))'")
      }
    }
    return words.joined(separator: " ")
  }

  @Test("takes along what was given besides, quoted for a shell, and no more than that")
  func besides() throws {
    let asking = try Asking()
    defer { asking.remove() }
    try asking.layout(
      #"{"name": "ITEMS", "kind": "list", "of": "text", "default": ""}, {"name": "LOGS", "kind": "flag", "default": true}, {"name": "HIDDEN", "kind": "text", "default": "a", "ask": false}"#,
      "", "<<ITEMS|join(\"; \")>> <<HIDDEN>>")
    let prompter = ScriptedPrompter([
      .text("-x y"), .items(["a, b", #"c\"#, "d", "  e  ", ""]), .flag(false),
    ])
    let agreed = try asking.agree(
      [
        asking.path("mine"), "--set", "HIDDEN=a", "--plain", "--large", "--on-conflict", "keep",
      ], prompter)
    let command = try #require(agreed.command)
    #expect(
      command
        == "scaffold new \(asking.path("mine")) './-x y' --items 'a'\\\\', b,c'\\\\ --items d,e"
        + " --no-logs --hidden a --on-conflict keep --large")
    let made = try asking.shell.run("\(command) && cat './-x y/file' && tail -n 8 ./-x*/.scaf*")
    #expect(made.code == 0, "\(made.errors)")
    #expect(made.output.contains("a, b; c\\; d; e a\n"))
  }

  @Test("has no word behind a flag that would seem to be its value")
  func flags() throws {
    let asking = try Asking()
    defer { asking.remove() }
    let prompter = ScriptedPrompter([.text("yes")]) {
      $0.question == "With the example" ? .flag(false) : .take
    }
    let agreed = try asking.agree(["tiered"], prompter)
    let command = try #require(agreed.command)
    #expect(command == "scaffold new tiered yes --project-name yes-app --no-example")
    #expect(try asking.shell.run(command).code == 0)
  }

  @Test("is not shown where it holds what a terminal must not be sent")
  func unprintable() throws {
    let asking = try Asking()
    defer { asking.remove() }
    let prompter = ScriptedPrompter()
    let place = asking.path("a\u{1B}b/x")
    _ = try asking.shell.run("mkdir $'a\\x1bb'")
    #expect(try asking.agree(["tiered", place, "--project-name=a"], prompter).command == nil)
    #expect(prompter.prompts.last?.help.contains("scaffold new") == false)
  }
}
