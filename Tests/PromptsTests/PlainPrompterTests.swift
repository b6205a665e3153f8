import Testing

@testable import Prompts

/// Lines from a script, and all that was written.
private final class ScriptedLines: LineChannel {
  private var lines: [String]
  private(set) var written = ""
  private(set) var isClosed = false

  init(_ lines: [String]) {
    self.lines = lines
  }

  func write(_ text: String) { written += text }

  func readLine() -> String? {
    guard !lines.isEmpty else { return nil }
    let line = lines.removeFirst()
    written += "«\(line)»\n"
    return line
  }

  func close() { isClosed = true }
}

@Suite("A prompter of plain lines")
struct PlainPrompterTests {
  /// The reply to `prompt`, nil where the lines ended; and what was written after the first line.
  private func asked(_ prompt: Prompt, _ lines: String...) -> (reply: Reply?, text: String) {
    let channel = ScriptedLines(lines)
    let reply = try? PlainPrompter(channel, look: .plain).ask(prompt)
    #expect(channel.isClosed == (reply == nil))
    return (reply, String(channel.written.drop { $0 != "\n" }.dropFirst(2)))
  }

  private func answer(_ prompt: Prompt, _ lines: String...) -> Answer? {
    let channel = ScriptedLines(lines)
    guard case .answer(let answer) = try? PlainPrompter(channel, look: .plain).ask(prompt) else {
      return nil
    }
    return answer
  }

  @Test("says once how one answers and goes back")
  func introduction() throws {
    let channel = ScriptedLines(["", ""])
    let prompter = PlainPrompter(channel, look: .plain)
    _ = try prompter.ask(Examples.name)
    _ = try prompter.ask(Examples.database)
    #expect(
      channel.written == """
        Enter takes what stands in [brackets], “-” nothing; “<” goes one step back.

        Project name
        Names the package and the images.
        Lower case, as in my-project.
        Answer [shop]: «»

        With a database?
        PostgreSQL, with migrations.
        yes or no [yes]: «»

        """)
  }

  @Test("takes a dash for no text where Enter stands for another, and ends a line that was left")
  func noText() throws {
    let question = Prompt("Why?", .text(initial: "so"))
    #expect(answer(question, "-") == .text(""))
    #expect(answer(Prompt("Why?", .text(initial: "")), "-") == .text("-"))
    let (reply, text) = asked(question)
    #expect(reply == nil && text.hasSuffix(": \n"))
  }

  @Test("numbers a list, and takes numbers, names and their beginnings")
  func one() {
    let (reply, text) = asked(Examples.layouts, "tir", "6", "0", "TI")
    #expect(reply == .answer(.one(1)))
    #expect(
      text == """
        Which layout?
        How the project is built up; “scaffold show” says more of each.
          1. staged-docker: A pipeline of stages, each with an image of its own
          2. tiered: A web service in tiers: routes, services, repositories
          3. src-namespace: A package below src/ whose namespace several distributions share, \
        with containers
          4. ops-k8s
          5. 名前 e\u{301}: Wide and combining characters: 日本語の説明
        Number or name [tiered]: «tir»
        error: “tir” is none of them
        help: answer with a name, or with a number from 1 to 5
        Number or name [tiered]: «6»
        error: “6” is none of them
        help: answer with a name, or with a number from 1 to 5
        Number or name [tiered]: «0»
        error: “0” is none of them
        help: answer with a name, or with a number from 1 to 5
        Number or name [tiered]: «TI»

        """)
    #expect(answer(Examples.layouts, "") == .one(1))
    #expect(answer(Examples.layouts, " 4 ") == .one(3))
    // Two begin so.
    #expect(answer(Examples.layouts, "s") == nil)
    let numbers = Prompt("?", .one(of: [Prompt.Item("3"), Prompt.Item("1")], initial: 0))
    #expect(answer(numbers, "1") == .one(1))
    #expect(answer(numbers, "2") == .one(1))
  }

  @Test("takes several, by numbers and names")
  func several() {
    #expect(answer(Examples.environments, "") == .several([0, 2]))
    #expect(answer(Examples.environments, "3, staging ,region-30,3,") == .several([1, 2, 32]))
    #expect(answer(Examples.environments, "-") == .several([]))
    #expect(answer(Examples.environments, "dev, nope") == nil)
    #expect(asked(Examples.environments, "").text.contains("commas between [dev, prod]: "))
  }

  @Test("takes a list line by line, up to an empty one")
  func items() {
    #expect(answer(Examples.steps, "") == .items(["extract", "transform", "load"]))
    #expect(answer(Examples.steps, "a b", "c", "") == .items(["a b", "c"]))
    #expect(answer(Examples.steps, "-") == .items([]))
    #expect(answer(Examples.steps, "a") == nil)
    let empty = Prompt("?", .items(initial: []))
    #expect(answer(empty, "") == .items([]))
    #expect(answer(empty, "-", "") == .items(["-"]))
    #expect(
      asked(Examples.steps, "a", "").text.hasSuffix(
        """
        One a line; an empty line ends the list. “-” for none.
        Item [extract, transform, load]: «a»
        Item: «»

        """))
  }

  @Test("begins a list again that its check complains of")
  func wrongItems() {
    var prompt = Examples.steps
    prompt.check = { $0 == .items(["bad"]) ? Prompt.Complaint("not that") : nil }
    #expect(answer(prompt, "bad", "", "good", "") == .items(["good"]))
  }

  @Test("takes yes and no in many words, and nothing else for them")
  func flag() {
    for word in ["y", "YES", "true", " on "] {
      #expect(answer(Examples.database, word) == .flag(true))
    }
    for word in ["n", "No", "false", "off"] {
      #expect(answer(Examples.database, word) == .flag(false))
    }
    #expect(answer(Examples.database, "") == .flag(true))
    #expect(asked(Examples.database, "maybe").text.contains("“maybe” is neither yes nor no"))
  }

  @Test("shows a review whole, then its actions by their letters")
  func review() {
    let (reply, text) = asked(Examples.review, "x", "E")
    #expect(reply == .answer(.action(1)))
    #expect(text.contains("module_40/"))
    #expect(
      text.hasSuffix(
        """

          w: write
          e: edit answers
          q: stop
        Letter [w]: «x»
        error: “x” is none of w, e, q
        Letter [w]: «E»

        """))
    #expect(answer(Examples.review, "") == .action(0))
    #expect(answer(Examples.review, "stop") == .action(2))
  }

  @Test("says what a check complains of, and asks again")
  func check() {
    let (reply, text) = asked(Examples.name, "Shop", "shop2")
    #expect(reply == .answer(.text("shop2")))
    #expect(
      text.contains(
        """
        Answer [shop]: «Shop»
        error: it must consist of small letters, digits and dashes
        help: for example “my-project”
        Answer [shop]: «shop2»
        """))
  }

  @Test("goes one step back by “<”, where there is one")
  func back() {
    #expect(asked(Examples.name, "<").reply == .back)
    let (reply, text) = asked(Examples.layouts, "<", "")
    #expect(reply == .answer(.one(1)))
    #expect(text.contains("error: there is no step to go back to\n"))
    // Not an item, whatever stands before it.
    #expect(asked(Examples.steps, "a", "<").reply == .back)
  }

  @Test("shows what came from outside so that no terminal obeys it")
  func hostile() {
    let text = "a\u{1B}[2J\u{202E}"
    let item = Prompt.Item(text, text)
    for field: Prompt.Field in [
      .text(initial: text), .items(initial: [text]), .one(of: [item], initial: 0),
      .several(of: [item], initial: [0]),
      .review(document: [text], actions: [Prompt.Action("a", text)]),
    ] {
      let prompt = Prompt(text, help: text, field) { _ in Prompt.Complaint(text, help: text) }
      let written = asked(prompt, text, "").text.replacing("«\(text)»", with: "")
      let unsafe = written.unicodeScalars.filter { $0 != "\n" && $0.isUnsafeToPrint }
      #expect(unsafe.isEmpty)
    }
  }

  @Test("has no signs but those of ASCII where there are no others")
  func ascii() throws {
    for prompt in [Examples.environments, Examples.steps, Examples.database, Examples.licence] {
      let channel = ScriptedLines(["nope", ""])
      _ = try? PlainPrompter(channel, look: .ascii).ask(prompt)
      let foreign = channel.written.unicodeScalars.filter {
        !$0.isASCII && !"«»".unicodeScalars.contains($0)
      }
      #expect(foreign.isEmpty)
    }
  }

  @Test("reads a line without what arrow keys leave in it")
  func line() {
    #expect(TerminalLines.text(Array("a\u{1B}[Ab\u{7}é\u{1B}".utf8) + [0xFF]) == "abé")
  }
}
