import BuiltInLayouts
import Console
import Foundation
import Layouts
import TestSupport
import Testing

@testable import scaffold

@Suite("At a Tab")
struct CompletionTests {
  private static let completer = ProgramCompleter(catalogue: Catalogue(builtIn: BuiltInLayouts.all))

  /// - Parameter line: words between blanks; the last one is under the cursor.
  private static func answer(_ line: String) -> CompletionAnswer {
    let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    return completer.answer(after: words.dropLast(), words[words.count - 1])
  }

  private static func values(_ line: String) -> [String] {
    answer(line).candidates.map(\.value)
  }

  private static func names(_ options: [Option]) -> [String] {
    options.flatMap { option in
      ["--\(option.name)"] + (option.value == .flag ? ["--no-\(option.name)"] : [])
    }
  }

  private static func words(_ option: Option) -> [String] { option.words.map(\.word) }

  private static let topics =
    Program.commands.map { $0.name } + HelpTopic.allCases.map(\.rawValue)

  private static let layouts = completer.catalogue.names

  // MARK: What is offered

  @Test(
    "there are commands, layouts, words and paths",
    arguments: [
      ("", Program.commands.map { $0.name }, CompletionAnswer.Paths.none),
      ("help ", topics, .none), ("help new -l tiered --tier ", ["mvp", "core", "full"], .none),
      ("--", names(Program.table.options), .none),
      ("new --layout ", layouts, .directories), ("new -l ", layouts, .directories),
      ("new --layout=", layouts, .directories), ("new -l", ["-l"], .none),
      ("new -lt", layouts, .directories), ("new -nlt", layouts, .directories),
      ("show ", layouts, .directories), ("list ", names(ListCommand().command.options), .none),
      ("new --format ", words(NewOptions.format.option), .none),
      ("new --on-conflict=", words(NewOptions.onConflict.option), .none),
      ("new --answers ", [], .files), ("new --answers=", [], .files),
      ("new --layout tiered ", [], .directories), ("check a b ", [], .directories),
      ("new --layout tiered -- --", [], .directories), ("update ", [], .directories),
      ("diff ", [], .files), ("diff . ", [], .files), ("undo ", [], .directories),
      ("completions ", ["bash", "zsh", "fish"], .none),
      ("completions bash ", names(CompletionsCommand().command.options), .none),
      ("new --layout tiered --tier ", ["mvp", "core", "full"], .none),
      ("new --layout tiered --tier=", ["mvp", "core", "full"], .none),
      ("new --tier co --layout tiered --port ", [], .none),
      ("new --layout tiered --example=", ["true", "false"], .none),
      ("new --layout tiered --set TIER=", ["mvp", "core", "full"], .none),
      ("new --layout tiered --set=TIER=m", ["mvp", "core", "full"], .none),
      ("new --layout tiered --set NOPE=", [], .none),
      ("new --layout ops-k8s --ingestion ", ["kafka", "kinesis", "pubsub"], .none),
      ("new --layout ops-k8s --ingestion kafka,", ["kinesis", "pubsub"], .none),
      ("new --layout ops-k8s --ingestion=kafka,pubsub,k", ["kinesis"], .none),
      ("new --layout ops-k8s --ingestion kafka --ingestion ", ["kinesis", "pubsub"], .none),
      ("nope ", [], .none), ("__complete ", [], .none), ("new --nope=", [], .none),
      ("new --layout ./nowhere --set ", [], .none), ("new -lq", layouts, .directories),
      ("update /nowhere --set ", [], .none), ("help -- ", topics, .none),
    ])
  func offers(_ line: String, _ values: [String], _ paths: CompletionAnswer.Paths) {
    let answer = Self.answer(line)
    #expect(answer.candidates.map(\.value) == values)
    #expect(answer.paths == paths)
  }

  @Test(
    "what stays of the word is told from what comes behind it",
    arguments: [
      ("new --layout=ti", "--layout="), ("new -lti", "-l"), ("new -nlti", "-nl"),
      ("new -l=ti", "-l="), ("new --layout ops-k8s --ingestion=kafka,k", "--ingestion=kafka,"),
      ("new --layout tiered --set=TIER=m", "--set=TIER="), ("new --layout ti", ""),
    ])
  func prefixes(_ line: String, _ prefix: String) {
    #expect(Self.answer(line).prefix == prefix)
    #expect(!Self.answer(line).candidates.isEmpty)
  }

  @Test(
    "each command comes with its summary, each word with its meaning, a layout with its summary")
  func descriptions() {
    for line in ["", "new -l ", "new --format ", "new --layout tiered --tier ", "new --", "help "] {
      #expect(Self.answer(line).candidates.allSatisfy { !$0.description.isEmpty }, "\(line)")
    }
  }

  // MARK: Nothing is forgotten

  @Test(
    "every option of every command is offered, and its short form",
    arguments: Program.commands.map { $0.name })
  func options(_ name: String) throws {
    let command = try #require(Program.command(named: name)?.command)
    #expect(Self.values("\(name) --") == Self.names(command.options))
    let shorts = command.options.compactMap { $0.short.map { "-\($0)" } }
    #expect(Self.values("\(name) -").filter { !$0.hasPrefix("--") } == shorts)
    for option in command.options where option.isClosed {
      #expect(Self.values("\(name) --\(option.name) ") == option.words.map(\.word))
    }
  }

  @Test("every variable of every layout is offered, with its words", arguments: layouts)
  func variables(_ name: String) throws {
    let variables = try #require(Self.completer.catalogue.layout(builtIn: name)).manifest.variables
    for command in ["new", "adopt", "check"] {
      let own = try #require(Program.command(named: command)).command.options
        .filter { $0.name != "layout" }
      #expect(
        Self.values("\(command) --layout \(name) --")
          == Self.names(variables.map(\.option)) + Self.names(own))
      #expect(Self.values("\(command) -l\(name) --set ") == variables.map { $0.name + "=" })
    }
    for variable in variables where !variable.option.words.isEmpty {
      let words = variable.option.words.map(\.word)
      #expect(Self.values("new -l \(name) --\(variable.optionName) ") == words)
      #expect(Self.values("new -l \(name) --set \(variable.name)=") == words)
    }
  }

  @Test("what was given once is not offered again, what may be given again is")
  func given() {
    let before = Self.values("new -l tiered --")
    let after = Self.values("new -l tiered --tier core --no-example --models a --set PORT=1 -n --")
    #expect(
      Set(before).subtracting(after) == ["--tier", "--example", "--no-example", "--dry-run"])
  }

  // MARK: A project

  private static func projects() throws -> Shell {
    let shell = try Shell()
    try shell.write(
      "odd/layout.json",
      #"""
      { "name": "odd", "summary": "(a) $b `c` 'd' \"e\" :f ]g \\h", "version": "1.0.0",
        "variables": [
          { "name": "WORD", "choices": { "py:3.12": "a $(touch pwned)", "c$d": "b" },
            "default": "c$d" },
          { "name": "ITEMS", "kind": "list", "of": "text", "default": "x" }],
        "layers": [{ "folder": "base" }],
        "components": { "item": { "list": "ITEMS", "help": "One `more`" } } }
      """#)
    try shell.write("odd/base/a.txt", "x\n")
    _ = try shell.run(#"scaffold new --layout ./odd --items "a b,it's,c\$d" shop"#)
    return shell
  }

  /// What fish is told, without what is said of it.
  private static func ask(_ shell: Shell, _ words: String) throws -> [String] {
    let result = try shell.run("scaffold __complete fish \(words)")
    #expect(result.errors == "")
    #expect(result.code == 0)
    return result.output.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(3)
      .dropLast().map { String($0.prefix { $0 != "\t" }) }
  }

  @Test("a project's record tells the variables, the components and the items")
  func project() throws {
    let shell = try Self.projects()
    defer { shell.remove() }
    for command in ["update", "add item x", "remove item x"] {
      let values = try Self.ask(shell, "\(command) shop --")
      #expect(values.prefix(2) == ["--word", "--items"], "\(command)")
    }
    #expect(try Self.ask(shell, "update shop --word ''") == ["py:3.12", "c$d"])
    #expect(try Self.ask(shell, "update shop --set ''") == ["WORD=", "ITEMS="])
    let here = #"'' 2>&1; cd shop; scaffold __complete fish"#
    #expect(try Self.ask(shell, "update \(here) add ''").suffix(1) == ["item"])
    #expect(
      try Self.ask(shell, "update \(here) remove item ''").suffix(3) == ["a b", "it's", "c$d"])
    #expect(
      try Self.ask(shell, "update \(here) remove item \"it's\" ''").suffix(2) == ["a b", "c$d"])
    #expect(
      try Self.ask(shell, "update \(here) add item x --before ''").suffix(3)
        == ["a b", "it's", "c$d"])
  }

  @Test("a record among the answers names the layout of new")
  func recordAmongAnswers() throws {
    let shell = try Self.projects()
    defer { shell.remove() }
    #expect(try Self.ask(shell, "new --answers shop/.scaffold.json --w").first == "--word")
  }

  @Test(
    "what is damaged, missing or a pipe offers less, says nothing and ends at once",
    arguments: [
      "echo '{' > shop/.scaffold.json", "rm shop/.scaffold.json; mkfifo shop/.scaffold.json",
      "rm -r shop; mkfifo shop", "rm -r shop", "rm -r odd", "chmod 0 shop",
      "rm odd/layout.json; mkfifo odd/layout.json", "echo '{' > odd/layout.json",
      "printf '<<<<<<< a\\n=======\\n>>>>>>> b\\n' > shop/.scaffold.json", "ln -sfn nowhere shop",
    ])
  func damage(_ damage: String) throws {
    let shell = try Self.projects()
    defer { shell.remove() }
    _ = try shell.run(damage)
    let state = "ls -lAR; find . -type f -exec cksum {} +"
    for words in [
      "update shop --", "remove item shop ''", "add '' ", "new -l ./odd --", "new -l ./odd ''",
      "new --answers shop/.scaffold.json --", "new --answers shop --", "check -l ./odd shop --",
      "adopt -l shop/ --", "diff shop ''", "show ./odd --",
    ] {
      let before = try shell.run(state).output
      #expect(try !Self.ask(shell, words).contains("--nope"))
      #expect(try shell.run(state).output == before, "\(words)")
    }
  }

  @Test(
    "a call that is none of a script's is answered with nothing",
    arguments: ["", "tcsh x", "bash", "bash a b c", "zsh", "fish", "bash '' '' '' ''"])
  func calls(_ words: String) throws {
    let shell = try Shell()
    defer { shell.remove() }
    let result = try shell.run("scaffold __complete \(words)")
    #expect(result.errors == "" && result.code == 0)
    #expect(try !shell.run("scaffold help; scaffold help __complete").output.contains("__complete"))
  }

  @Test("the program takes each option that it offers, and each word")
  func accepted() throws {
    let shell = try Self.projects()
    defer { shell.remove() }
    for call in [
      "new -l ./odd", "adopt -l ./odd", "check -l ./odd", "update shop", "add item x shop",
      "remove item x shop", "diff", "undo", "list", "show", "completions", "help",
    ] {
      let options = try Self.ask(shell, "\(call) --")
      #expect(!options.isEmpty)
      for option in options where option != "--help" {
        let word = try Self.ask(shell, "\(call) \(option) ''").first { !$0.hasPrefix("-") } ?? "1"
        let quoted = ShellWord.quoted(word)
        let told = try shell.run(
          "scaffold \(call) \(option) --help; scaffold \(call) \(option) \(quoted) --help")
        #expect(!told.errors.contains("unknown option"), "\(call) \(option)\n\(told.errors)")
        #expect(!told.errors.contains("must be one of"), "\(call) \(option)\n\(told.errors)")
      }
    }
  }
}
