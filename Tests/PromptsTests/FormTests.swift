import Testing

@testable import Prompts

@Suite("A form")
struct FormTests {
  private func step(_ prompt: Prompt, _ keys: Key...) -> Form.Step {
    var form = Form(prompt)
    return form.type(keys)
  }

  @Test("takes what stands in its field at first with Enter")
  func initial() {
    #expect(step(Examples.layouts, .enter) == .done(.one(1)))
    #expect(step(Examples.name, .enter) == .done(.text("shop")))
    #expect(step(Examples.steps, .enter) == .done(.items(["extract", "transform", "load"])))
    #expect(step(Examples.environments, .enter) == .done(.several([0, 2])))
    #expect(step(Examples.database, .enter) == .done(.flag(true)))
    #expect(step(Examples.review, .enter) == .done(.action(0)))
  }

  @Test(
    "is left by the same keys whatever its field is",
    arguments: [Examples.layouts, Examples.name, Examples.steps, Examples.environments])
  func leaving(_ prompt: Prompt) {
    var prompt = prompt
    #expect(step(prompt, .escape) == .cancelled)
    #expect(step(prompt, .control("c")) == .interrupted)
    prompt.canGoBack = true
    #expect(step(prompt, .backTab) == .back)
    prompt.canGoBack = false
    #expect(step(prompt, .backTab) == .changed)
    #expect(
      step(prompt, .control("u"), .control("d")) == .ended || prompt.question == "Project name")
  }

  @Test("does not take an answer that its check complains of, and says why")
  func check() {
    var form = Form(Examples.name)
    #expect(form.type([.scalar("X"), .enter]) == .changed)
    let screen = form.screen(width: 80, height: 24, .plain).text
    #expect(screen.contains("❯ shopX▏\n✗ it must consist of small letters, digits and dashes\n"))
    #expect(screen.contains("for example “my-project”\n"))
    #expect(form.type([.backspace, .enter]) == .done(.text("shop")))
  }

  @Test("keeps the field in sight, whatever a complaint quotes")
  func longComplaint() {
    var prompt = Examples.name
    prompt.check = { answer in Prompt.Complaint("\(answer) does not do", help: "\(answer)") }
    var form = Form(prompt)
    _ = form.type([.paste(String(repeating: "long ", count: 2000))])
    for (width, height) in [(20, 6), (80, 24)] {
      let rows = form.screen(width: width, height: height, .plain).rows
      #expect(rows.contains("Project name"))
      #expect(rows.contains { $0.hasPrefix("❯ …") })
      #expect(rows.contains { $0.hasPrefix("✗ ") })
      #expect(rows.last?.hasPrefix("Enter accept") == true)
    }
    #expect(
      form.screen(width: 80, height: 24, .plain).rows.contains("Lower case, as in my-project."))
  }

  @Test("does not complain of an empty field before anybody has touched it")
  func untouched() {
    var prompt = Examples.name
    prompt.field = .text(initial: "")
    var form = Form(prompt)
    #expect(!form.screen(width: 80, height: 24, .plain).text.contains("✗"))
    #expect(form.type([.enter]) == .changed)
    #expect(form.screen(width: 80, height: 24, .plain).text.contains("✗"))
    // A default that does not do is complained of at once.
    prompt.field = .text(initial: "X")
    form = Form(prompt)
    #expect(form.screen(width: 80, height: 24, .plain).text.contains("✗"))
  }

  @Test("moves through a list, around its ends, and by pages")
  func list() {
    #expect(step(Examples.layouts, .down, .enter) == .done(.one(2)))
    #expect(step(Examples.layouts, .up, .up, .enter) == .done(.one(4)))
    #expect(step(Examples.layouts, .end, .down, .enter) == .done(.one(0)))
    #expect(step(Examples.layouts, .home, .enter) == .done(.one(0)))
    #expect(step(Examples.layouts, .pageDown, .enter) == .done(.one(4)))
    #expect(step(Examples.layouts, .pageUp, .enter) == .done(.one(0)))
  }

  @Test("filters a list by what is typed, in any case, names before summaries")
  func filter() {
    var form = Form(Examples.layouts)
    #expect(form.type("S") == .changed)
    #expect(form.type([.enter]) == .done(.one(0)))
    form = Form(Examples.layouts)
    _ = form.type("WEB S")
    #expect(form.type([.enter]) == .done(.one(1)))
    // One that is not the first to have it, but begins with it.
    form = Form(Examples.layouts)
    _ = form.type([.home, .scalar("t")])
    #expect(form.type([.enter]) == .done(.one(1)))
    // Enter answers nothing while nothing matches.
    _ = form.type("zzz")
    #expect(form.screen(width: 80, height: 24, .plain).text.contains("nothing matches"))
    #expect(form.type([.enter]) == .changed)
    #expect(form.type([.down, .up, .pageDown, .pageUp, .end, .enter]) == .changed)
    // The filter gone, the list is whole again.
    _ = form.type([.control("u")])
    #expect(form.type([.end, .enter]) == .done(.one(4)))
    // A paste filters as well.
    form = Form(Examples.layouts)
    #expect(form.type([.paste("ops\n"), .enter]) == .done(.one(3)))
  }

  @Test("chooses several: Space one, Right all that match, Left none of them")
  func several() {
    #expect(
      step(Examples.environments, .scalar(" "), .down, .scalar(" "), .enter)
        == .done(.several([1, 2])))
    #expect(step(Examples.environments, .left, .enter) == .done(.several([])))
    var form = Form(Examples.environments)
    _ = form.type("region-3")
    #expect(form.type([.right, .enter]) == .done(.several([0, 2, 5, 32])))
    _ = form.type([.control("u"), .left, .enter])
    #expect(form.type([.enter]) == .done(.several([])))
    _ = form.type("zzz")
    #expect(form.type([.scalar(" "), .enter]) == .done(.several([])))
  }

  @Test("answers yes or no with Enter only")
  func flag() {
    #expect(step(Examples.database, .scalar("n")) == .changed)
    #expect(step(Examples.database, .scalar("n"), .enter) == .done(.flag(false)))
    #expect(step(Examples.database, .scalar("N"), .scalar("Y"), .enter) == .done(.flag(true)))
    #expect(step(Examples.database, .left, .enter) == .done(.flag(false)))
    #expect(step(Examples.database, .left, .right, .enter) == .done(.flag(true)))
  }

  @Test("knows a review's actions by their letters, in any case where one letter has one action")
  func review() {
    #expect(step(Examples.review, .scalar("e")) == .done(.action(1)))
    #expect(step(Examples.review, .scalar("Q")) == .done(.action(2)))
    #expect(step(Examples.review, .scalar("x")) == .changed)
    let cases = Prompt(
      "?", .review(document: [], actions: [Prompt.Action("k", "one"), Prompt.Action("K", "all")]))
    #expect(step(cases, .scalar("K")) == .done(.action(1)))
    #expect(step(cases, .scalar("k")) == .done(.action(0)))
  }

  @Test("scrolls a review, and not beyond its ends")
  func scrolling() {
    var form = Form(Examples.review)
    func first() -> String { form.screen(width: 80, height: 24, .plain).text }
    _ = form.type([.up, .pageUp])
    #expect(first().contains("module_1/"))
    _ = form.type([.down])
    #expect(!first().contains("module_1/"))
    _ = form.type([.end, .down, .pageDown])
    #expect(first().contains("module_40/"))
    let end = first()
    _ = form.type([.up, .down])
    #expect(first() == end)
    // Not one key is lost at the end.
    _ = form.type([.up])
    #expect(first() != end)
    _ = form.type([.home])
    #expect(first().contains("module_1/"))
    // A page shows all that came between.
    _ = form.type([.pageDown])
    let shown = first()
    #expect(shown.contains("module_17/") || shown.contains("module_18/"))
  }
}
