import Foundation
import Prompts
import Testing

@testable import scaffold

@Suite("A conversation")
struct ConversationTests {
  private let asking: Asking
  private var mine: String { asking.path("mine") }

  init() throws {
    asking = try Asking()
  }

  private func command(_ prompter: ScriptedPrompter, _ arguments: String...) throws -> String {
    defer { asking.remove() }
    return try #require(try asking.agree(arguments, prompter).command)
  }

  @Test("asks for the layout, the directory and each variable that applies, then whether to write")
  func order() throws {
    let place = asking.path("shop")
    let prompter = ScriptedPrompter([.one("tiered"), .text(place), .take, .take, .one("core")])
    #expect(try command(prompter) == "scaffold new tiered \(place) --tier core")
    #expect(
      prompter.questions == [
        "Layout", "Directory", "Project name", "Description", "Tier", "Business models",
        "With the example", "Libraries for tokens and passwords", "Python version", "Port",
        "Licence", "Write it?",
      ])
    let last = try #require(prompter.prompts.last)
    #expect(last.keys == ["w", "b", "q"])
    #expect(last.document.contains { $0.contains("alembic/") })
    #expect(last.help.hasSuffix("scaffold new tiered \(place) --tier core"))
    #expect(last.answered.map(\.question).first == "Layout")
    #expect(last.answered.first { $0.question == "Tier" }?.answer == "core")
    #expect(prompter.isClosed)
    #expect(prompter.prompts.map(\.canGoBack) == [false] + [Bool](repeating: true, count: 11))
  }

  @Test("offers lists with what stands for each of their items, and defaults that follow")
  func fields() throws {
    let prompter = ScriptedPrompter()
    _ = try command(prompter, "staged-docker", asking.path("My Shop"))
    #expect(prompter.prompts[0].initial == .text("my-shop"))
    #expect(prompter.prompts[1].initial == .items(["topic1", "topic2"]))
    #expect(prompter.prompts[2].names == ["topic1", "topic2"])
    #expect(prompter.prompts[2].initial == .one(0))
    #expect(prompter.prompts[3].initial == .one(1))
    #expect(prompter.prompts[4].initial == .flag(true))
    #expect(prompter.prompts[5].names == ["3.13", "3.14", "3.15"])
    #expect(prompter.prompts[6].help.hasSuffix("\n0 to 990"))
    #expect(prompter.prompts[8].summaries[1] == "nearly everything, as long as the notice stays")
  }

  @Test("shows the directory that was given, and begins with the layout that it is like")
  func mistyped() throws {
    let prompter = ScriptedPrompter()
    #expect(try command(prompter, "teired") == "scaffold new tiered teired")
    let first = try #require(prompter.prompts.first)
    #expect(first.question == "Layout" && first.initial == .one(4))
    #expect(first.answered.map(\.answer) == ["teired"])
  }

  @Test("has later questions react to earlier answers")
  func conditions() throws {
    let place = asking.path("conf")
    let prompter = ScriptedPrompter(
      [.take, .one("multi-env"), .take, .items([]), .items(["dev", "live"])])
    let command = try command(prompter, "orchestrator-config", place)
    #expect(
      command
        == "scaffold new orchestrator-config \(place) --variant multi-env --complex-domains ''"
        + " --environments dev,live")
    let local = try #require(
      prompter.prompts.first { $0.question == "Environment of this machine" })
    #expect(local.names == ["dev", "live"] && local.initial == .one(0))
    let strict = try #require(prompter.prompts.first { $0.question == "Strict environments" })
    #expect(strict.initial == .several([1]))
  }

  @Test("does not ask for what was given, and shows it among what was answered")
  func given() throws {
    let place = asking.path("shop")
    try asking.shell.write("a.json", #"{ "PORT": 9000, "MODELS": ["item", "cat"] }"#)
    let prompter = ScriptedPrompter([.text(place)])
    let command = try command(
      prompter, "tiered", "--tier=core", "--set", "DESCRIPTION=It's mine", "--no-example",
      "--answers", asking.path("a.json"))
    #expect(
      prompter.questions == [
        "Directory", "Project name", "Libraries for tokens and passwords", "Python version",
        "Licence", "Write it?",
      ])
    #expect(
      prompter.prompts[0].answered.map { "\($0.question): \($0.answer)" } == [
        "Layout: tiered", "Description: It's mine", "Tier: core", "Business models: item, cat",
        "With the example: no", "Port: 9000",
      ])
    #expect(
      command
        == "scaffold new tiered \(place) --description 'It'\\''s mine' --tier core"
        + " --models item,cat --no-example --port 9000")
  }

  @Test("lets one take a step back anywhere, and keeps what was typed where it still does")
  func back() throws {
    let place = asking.path("shop")
    let prompter = ScriptedPrompter([
      .text("x"), .back, .text(place), .take, .text("Mine"), .one("full"), .items(["cat"]), .back,
      .back, .back, .take, .one("mvp"), .take,
    ])
    let command = try command(prompter, "tiered")
    #expect(
      command == "scaffold new tiered \(place) --description Mine --models cat")
    let asked = prompter.prompts
    // Back at the directory, what was typed stands there.
    #expect(asked[2].question == "Directory" && asked[2].initial == .text("x"))
    #expect(asked[3].initial == .text("shop"))
    let again = asked.filter { $0.question == "Description" }
    #expect(again.map(\.initial) == [.text("An HTTP API built with FastAPI"), .text("Mine")])
    let tiers = asked.filter { $0.question == "Tier" }
    #expect(tiers.map(\.initial) == [.one(0), .one(2), .one(2)])
    #expect(asked.filter { $0.question == "Business models" }.last?.initial == .items(["cat"]))
  }

  @Test("offers the default of now where the one of before was taken")
  func backToDefaults() throws {
    let prompter = ScriptedPrompter([
      .text(asking.path("one")), .take, .back, .back, .text(asking.path("two")),
    ])
    #expect(try command(prompter, "tiered") == "scaffold new tiered \(asking.path("two"))")
    #expect(
      prompter.prompts.filter { $0.question == "Project name" }.map(\.initial)
        == [.text("one"), .text("one"), .text("two")])
  }

  @Test("forgets what was typed where other answers rule it out")
  func backToInvalid() throws {
    let prompter = ScriptedPrompter([
      .take, .items(["a1", "b1", "c1"]), .take, .one("b1"), .back, .back, .back,
      .items(["a1", "c1"]),
    ])
    let place = asking.path("pipe")
    #expect(
      try command(prompter, "staged-docker", place)
        == "scaffold new staged-docker \(place) --steps a1,c1")
    let roles = prompter.prompts.filter { $0.question == "Step that serves the result" }
    #expect(roles.last?.initial == .one(1))
  }

  @Test("says the rule that an answer breaks while it is typed, and what would do")
  func rules() throws {
    let prompter = ScriptedPrompter(
      [.text("A B"), .text("a-b"), .take, .take, .items(["users"]), .items(["a,b"]), .take])
    _ = try command(prompter, "tiered", asking.path("shop"))
    #expect(
      prompter.complaints.map(\.message) == [
        "“A B” must hold only lower-case letters, digits and “-”, not “A”",
        "“users” is refused: the service has users of its own from the core tier on",
        "“a,b” must hold only lower-case letters, digits and “_”, not “,”",
      ])
    #expect(prompter.complaints[0].help == "“a-b” would do")
  }

  @Test("proposes what is like a default that does not do")
  func proposal() throws {
    let prompter = ScriptedPrompter()
    let place = asking.path("Über-Projekt")
    #expect(
      try command(prompter, "tiered", place)
        == "scaffold new tiered '\(place)' --project-name uber-projekt")
    #expect(prompter.prompts[0].initial == .text("uber-projekt"))
  }

  // MARK: Rules across questions

  @Test("says what a layout requires of several answers at the last of them")
  func requirements() throws {
    try asking.layout(
      #"{"name": "AA", "kind": "text", "default": "x"}, {"name": "BB", "kind": "text", "default": "x"}, {"name": "CC", "kind": "text", "default": "z"}"#,
      #""require": [{"that": "AA != BB", "message": "AA and BB are both <<AA>>"}]"#)
    let place = asking.path("shop")
    let prompter = ScriptedPrompter([.take, .text("x"), .text("y")])
    #expect(try command(prompter, mine, place) == "scaffold new \(mine) \(place) --bb y")
    #expect(prompter.complaints.map(\.message) == ["AA and BB are both x"])
    #expect(prompter.questions == ["AA", "BB", "CC", "Write it?"])
  }

  @Test("complains of what is derived where it comes from")
  func derived() throws {
    try asking.layout(
      #"{"name": "AA", "kind": "text", "default": "x"}, {"name": "BB", "kind": "text", "default": "y"}, {"name": "CC", "kind": "name", "default": "<<AA>>", "ask": false, "refuse": {"bad": "it is taken"}}"#,
    )
    let place = asking.path("shop")
    let prompter = ScriptedPrompter([.text("bad"), .text("good")])
    #expect(try command(prompter, mine, place) == "scaffold new \(mine) \(place) --aa good")
    #expect(prompter.questions == ["AA", "BB", "Write it?"])
    #expect(
      prompter.complaints.map(\.message) == ["CC from AA: “bad” is refused: it is taken"])
  }

  @Test("leads back to the last question where only the project as a whole is at fault")
  func collision() throws {
    try asking.layout(
      #"{"name": "AA", "kind": "name", "default": "east"}, {"name": "BB", "kind": "name", "default": "west"}"#
    )
    try asking.shell.write("mine/base/<<AA>>", "1\n")
    try asking.shell.write("mine/base/<<BB>>", "2\n")
    let prompter = ScriptedPrompter([.text("aa"), .text("aa"), .text("bb")])
    let place = asking.path("shop")
    #expect(try command(prompter, mine, place) == "scaffold new \(mine) \(place) --aa aa --bb bb")
    #expect(prompter.questions == ["AA", "BB", "BB", "Write it?"])
    #expect(prompter.prompts[2].initial == .text("aa"))
    #expect(prompter.prompts[2].check(.text("aa"))?.message.isEmpty == false)
  }

  @Test("complains of the choice that rules out what was given")
  func givenThatDoesNotApply() throws {
    let prompter = ScriptedPrompter([.take, .take, .one("mvp"), .one("core")])
    let place = asking.path("shop")
    #expect(
      try command(prompter, "tiered", place, "--security-libraries", "pyjwt-pwdlib")
        == "scaffold new tiered \(place) --tier core --security-libraries pyjwt-pwdlib")
    #expect(
      prompter.complaints.map(\.message) == ["--security-libraries does not apply here"])
  }

  @Test("leads back to the directory where no project can be made there")
  func target() throws {
    _ = try asking.shell.run("scaffold new tiered made; touch file")
    let prompter = ScriptedPrompter([.text(asking.path("file")), .text(asking.path("made"))]) {
      $0.question == "Directory" ? .text(self.asking.path("other")) : .take
    }
    let command = try command(prompter, "tiered", "--port", "9")
    #expect(command == "scaffold new tiered \(asking.path("other")) --port 9")
    #expect(prompter.complaints.count == 1)
    #expect(prompter.questions.filter { $0 == "Directory" }.count == 2)
  }

  @Test("leads back to the layout that does not have what was given")
  func otherLayout() throws {
    let prompter = ScriptedPrompter([.one("staged-docker"), .one("tiered")])
    let place = asking.path("shop")
    #expect(
      try command(prompter, place, "--set", "TIER=core")
        == "scaffold new tiered \(place) --tier core")
    #expect(prompter.complaints.isEmpty && prompter.prompts[1].question == "Layout")
    #expect(
      prompter.prompts[1].check(.one(3))?.message
        == "the layout “staged-docker” has no variable “TIER”")
  }

  @Test("offers the layouts alone that have the options which are given")
  func owners() throws {
    let prompter = ScriptedPrompter([.one("orchestrator-config"), .text(asking.path("x"))])
    _ = try command(prompter, "--environments", "a,b", "--variant=multi-env")
    #expect(prompter.prompts[0].names == ["orchestrator-config"])
  }

  // MARK: The end

  @Test("asks what becomes of files that are there, and keeps them by Enter")
  func conflicts() throws {
    try asking.shell.write("shop/README.md", "mine\n")
    let place = asking.path("shop")
    let prompter = ScriptedPrompter()
    #expect(
      try command(prompter, "tiered", place) == "scaffold new tiered \(place) --on-conflict keep")
    let last = try #require(prompter.prompts.last)
    #expect(last.keys == ["k", "r", "a", "b", "q"])
    #expect(last.document.contains { $0.contains("README.md") && $0.contains("conflict") })
  }

  @Test("replaces files that are there where it is told so")
  func replacing() throws {
    try asking.shell.write("shop/README.md", "mine\n")
    let place = asking.path("shop")
    let prompter = ScriptedPrompter { $0.keys.isEmpty ? .take : .action("r") }
    #expect(
      try command(prompter, "tiered", place)
        == "scaffold new tiered \(place) --on-conflict replace")
  }

  @Test("has nothing to write where what stands in the way is no file")
  func blocked() throws {
    try asking.shell.write("shop/README.md/file", "mine\n")
    var hasAsked = false
    let prompter = ScriptedPrompter { prompt in
      if prompt.question == "Directory", hasAsked { return .text(self.asking.path("other")) }
      guard prompt.keys.isEmpty else {
        hasAsked = true
        return prompt.keys == ["b", "q"] ? .take : .action("w")
      }
      return hasAsked ? .back : .take
    }
    defer { asking.remove() }
    let place = asking.path("shop")
    #expect(throws: Failure.self) { try asking.agree(["tiered", place], prompter) }
    #expect(hasAsked)
  }

  @Test("goes back from the end")
  func backFromTheEnd() throws {
    var reviews = 0
    let prompter = ScriptedPrompter { prompt in
      guard !prompt.keys.isEmpty else { return .take }
      reviews += 1
      return reviews == 1 ? .action("b") : reviews == 2 ? .back : .action("w")
    }
    _ = try command(prompter, "tiered", asking.path("shop"))
    #expect(prompter.questions.filter { $0 == "Licence" }.count == 3)
    #expect(reviews == 3)
  }

  @Test("of a dry run has no last screen")
  func dryRun() throws {
    let prompter = ScriptedPrompter()
    let place = asking.path("shop")
    #expect(
      try command(prompter, "tiered", place, "-n", "--format", "json")
        == "scaffold new tiered \(place) --dry-run --format json")
    #expect(prompter.questions.last == "Licence")
  }

  @Test("means the home directory by “~”, as a shell does")
  func home() throws {
    let prompter = ScriptedPrompter([.text("~/shop-of-nobody")])
    let home = try #require(ProcessInfo.processInfo.environment["HOME"])
    #expect(
      try command(prompter, "tiered", "-n").contains("scaffold new tiered \(home)/shop-of-nobody"))
  }

  // MARK: Leaving it

  @Test(
    "leaves nothing behind, whatever question it ends at", arguments: [false, true])
  func cancelled(interrupts: Bool) throws {
    defer { asking.remove() }
    try asking.shell.write("there/README.md", "mine\n")
    let before = try asking.names
    var ended = 0
    for count in 0..<40 {
      var script = [ScriptedPrompter.Step](repeating: .take, count: count)
      if count > 0 { script[0] = .one("ops-k8s") }
      if count > 1 { script[1] = .text(asking.path(count.isMultiple(of: 2) ? "new" : "there")) }
      let prompter = ScriptedPrompter(script) { _ in interrupts ? .interrupt : .cancel }
      do throws(Failure) {
        _ = try asking.agree([], prompter)
        break
      } catch {
        #expect(error.ending == (interrupts ? .signal(2) : .code(.difference)))
        #expect(error.diagnostics.isEmpty && prompter.isClosed)
        ended += 1
      }
      #expect(try asking.names == before)
    }
    #expect(ended > 10)
    #expect(try asking.names == before)
  }

  @Test("ends where the last screen says stop, or the terminal is gone")
  func stopped() throws {
    defer { asking.remove() }
    let place = asking.path("shop")
    for step in [ScriptedPrompter.Step.action("q"), .lose] {
      let prompter = ScriptedPrompter { $0.keys.isEmpty ? .take : step }
      let error = #expect(throws: Failure.self) { try asking.agree(["tiered", place], prompter) }
      #expect(error?.ending == .code(.difference) && prompter.isClosed)
    }
    #expect(try asking.names == [])
  }

  @Test("does not begin where something that was given is wrong")
  func wrongValues() throws {
    defer { asking.remove() }
    let prompter = ScriptedPrompter()
    let context = Context { _, _ in prompter }
    for arguments in [
      ["tiered", "--port", "x"], ["tiered", "--nope"], ["--tier", "core", "--nope", "x"],
      ["tiered", "--set", "NOPE=1"], ["tierd", "x"], ["tiered", "--on-conflict", "x"],
      ["tiered", "one", "two"], ["--dryrun"], ["--answers", "none"],
      ["src-namespace", "--project-name", "asyncio"], ["tiered", "--defaults"], ["--defaults"],
    ] {
      #expect(throws: Failure.self, "\(arguments)") { try NewCommand().run(arguments, context) }
    }
    #expect(prompter.prompts.isEmpty)
  }
}
