import Testing

@testable import Templating

/// Conditions: their values, their types, and what is wrong with them.
@Suite struct ConditionTests {
  @Test(
    "a condition that holds",
    arguments: [
      "TIER == core", "TIER==core", "core == TIER", "TIER != mvp", "TIER >= core", "TIER>=mvp",
      "TIER < full", "TIER <= core", "TIER > mvp", "full > TIER", "TIER == \"core\"",
      "PYTHON >= \"3.12\"", "not CELERY", "CELERY == false", "CELERY != true", "AUTHOR", "STEPS",
      "not MODELS", "AUTHOR == \"Ann\" or CELERY", "PROJECT_NAME == demo",
      "PORT_BLOCK == 100", "PORT_BLOCK > -1", "99 < PORT_BLOCK", "\"topic1\" in STEPS",
      "topic2 in STEPS", "docs in EXTRAS", "not lint in EXTRAS", "443 in PORTS",
      "PORT_BLOCK in PORTS or TIER == core", "CELERY and CELERY or TIER == core",
      "TIER == core or CELERY and CELERY", "not (TIER == core and CELERY)",
      "(TIER == core or CELERY) and AUTHOR", "( TIER == core )", "not not TIER == core",
      "  TIER == core\t", "TIER", "AUTHOR != EMAIL", "TIER != \"\"", "AUTHOR != TIER",
    ])
  func holds(_ condition: String) {
    #expect(outcome(condition) == "true")
  }

  @Test(
    "a condition that does not hold",
    arguments: [
      "CELERY", "TIER == full", "TIER < core", "TIER > core", "TIER >= full", "MODELS",
      "lint in EXTRAS", "topic3 in STEPS", "PORT_BLOCK < 100", "PORT_BLOCK >= 101",
      "TIER == core and CELERY", "CELERY or CELERY == true", "not AUTHOR", "22 in PORTS",
    ])
  func doesNotHold(_ condition: String) {
    #expect(outcome(condition) == "false")
  }

  @Test("what was not asked is empty and smaller than nothing")
  func unasked() {
    let scope = Scope(["TIER": .text(""), "PORT_BLOCK": .text("")])
    for condition in ["TIER", "TIER >= mvp", "TIER <= full", "PORT_BLOCK > 0", "PORT_BLOCK < 1"] {
      #expect(outcome(condition, scope: scope) == "false")
    }
    #expect(outcome("TIER == \"\"", scope: scope) == "true")
  }

  @Test(
    "a faulty condition is reported where it is wrong",
    arguments: [
      ("", "1:1: expected a name, a word, a number or a string, found the end of the line"),
      (
        "TIER == cor",
        "1:9: “cor” is none of the choices “mvp”, “core”, “full” (did you mean “core”?)"
      ),
      (
        "\"cor\" == TIER",
        "1:1: “cor” is none of the choices “mvp”, “core”, “full” "
          + "(did you mean “core”?)"
      ),
      ("TIRE == core", "1:1: “TIRE” is not declared (did you mean “TIER”?)"),
      (
        "tier == core", "1:1: neither side of “==” is a name (did you mean “TIER”?)"
      ),
      ("1 < 2", "1:1: neither side of “<” is a name"),
      ("celery", "1:1: the word “celery” alone is no condition (did you mean “CELERY”?)"),
      ("\"x\"", "1:1: the text \"x\" alone is no condition"),
      (
        "PORT_BLOCK",
        "1:1: “PORT_BLOCK” is a number, which is neither true nor false "
          + "(compare it: “PORT_BLOCK > 0”)"
      ),
      ("PORT_BLOCK == \"1\"", "1:1: “PORT_BLOCK” (a number) and the text \"1\" cannot be compared"),
      ("AUTHOR == 1", "1:1: “AUTHOR” (a text) and the number 1 cannot be compared"),
      ("CELERY == yes", "1:1: “CELERY” (a flag) and the word “yes” cannot be compared"),
      ("CELERY == TIER", "1:1: “CELERY” (a flag) and “TIER” (a choice) cannot be compared"),
      ("TIER == PYTHON", "1:1: “TIER” (a choice) and “PYTHON” (a choice) cannot be compared"),
      (
        "PYTHON == 3",
        "1:1: “PYTHON” (a choice) and the number 3 cannot be compared"
      ),
      (
        "STEPS == topic1",
        "1:1: “STEPS” (a list) and the word “topic1” cannot be compared "
          + "(ask for an item of a list with “… in STEPS”)"
      ),
      (
        "AUTHOR < \"b\"",
        "1:1: a text has no order, so “<” cannot compare “AUTHOR” (a text) with the text \"b\""
      ),
      (
        "CELERY >= false",
        "1:1: a flag has no order, so “>=” cannot compare “CELERY” (a flag) with the word “false”"
      ),
      (
        "doc in EXTRAS",
        "1:1: “doc” is none of the choices “docs”, “lint”, “ci” (did you mean “docs”?)"
      ),
      ("core in TIER", "1:9: “TIER” is no list but a choice"),
      ("core in \"core\"", "1:9: expected a list's name after “in”, found the text \"core\""),
      ("CELERY in STEPS", "1:1: “CELERY” (a flag) and “STEPS” (a text) cannot be compared"),
      (
        "TIER = core",
        "1:6: expected “and”, “or” or the end of the condition, found “=” "
          + "(write “==”)"
      ),
      (
        "CELERY && TIER",
        "1:8: expected “and”, “or” or the end of the condition, found “&&” "
          + "(write “and”)"
      ),
      (
        "!CELERY",
        "1:1: expected a name, a word, a number or a string, found “!CELERY” "
          + "(write “not”)"
      ),
      ("(CELERY", "1:8: expected “)”, found the end of the line"),
      ("CELERY)", "1:7: expected “and”, “or” or the end of the condition, found “)”"),
      ("not(CELERY)", "1:4: expected a blank after “not”, found “(CELERY)”"),
      (
        "CELERY and",
        "1:11: expected a blank and a condition after “and”, found the end of the line"
      ),
      (
        "CELERY or(AUTHOR)",
        "1:10: expected a blank and a condition after “or”, found “(AUTHOR)”"
      ),
      ("TIER ==", "1:8: expected a name, a word, a number or a string, found the end of the line"),
      (
        "A == b",
        "1:1: expected a name, a word, a number or a string, found “A” "
          + "(a name has at least two characters, all of them capitals, digits or “_”)"
      ),
      ("PORT_BLOCK > 99999999999999999999", "1:14: the number 99999999999999999999 is too large"),
      ("AUTHOR == \"x", "1:11: the string is not closed on its line (close it with \")"),
    ])
  func faulty(_ condition: String, _ complaint: String) {
    #expect(outcome(condition) == complaint)
  }

  @Test("a number beside a choice of numbers is shown as a word")
  func numbersBesideChoices() {
    let declarations = Declarations(["PG": .choice(["15", "16"])])
    #expect(
      outcome("PG == 16", declarations: declarations)
        == "1:7: a choice is compared with a word, not with a number (write \"16\")")
  }

  @Test("all wrong types and names of a condition are reported together")
  func allAtOnce() {
    #expect(
      outcome("TIER == a and NAMELESS or PORT_BLOCK") == """
        1:9: “a” is none of the choices “mvp”, “core”, “full”
        1:15: “NAMELESS” is not declared (declare it in layout.json)
        1:27: “PORT_BLOCK” is a number, which is neither true nor false \
        (compare it: “PORT_BLOCK > 0”)
        """)
  }

  @Test("two closing brackets end a tag wherever they stand outside of a string")
  func tagsEnd() {
    #expect(rendered("<<@if TIER == core>>>=<<@end>>") == ">=")
    #expect(rendered("<<@if AUTHOR != \">>\">>x<<@end>>") == "x")
    #expect(rendered("<<@if (TIER >= mvp) >>x<<@end >>") == "x")
  }

  @Test("two choices that share a word are equal or not, and have no order")
  func choicesThatShareAWord() {
    let declarations = Declarations([
      "SIZE": .choice(["small", "large"]), "ROOM": .choice(["large", "hall"]),
    ])
    func complaint(_ condition: String) -> String {
      complaints("<<@if \(condition)>>x<<@end>>", declarations: declarations)
    }
    #expect(complaint("SIZE == ROOM") == "" && complaint("SIZE != ROOM") == "")
    #expect(
      complaint("SIZE < ROOM")
        == "1:7: “SIZE” (a choice) and “ROOM” (a choice) cannot be compared")
  }

  @Test("nesting has a limit")
  func nestingHasALimit() {
    #expect(outcome(String(repeating: "not ", count: 48) + "CELERY") == "false")
    let deep = "a condition may nest at most 50 levels deep"
    #expect(outcome(String(repeating: "(", count: 100_000)) == "1:51: " + deep)
    #expect(outcome(String(repeating: "not ", count: 100_000) + "CELERY") == "1:201: " + deep)
  }

  @Test("the names of a condition are known")
  func names() throws {
    let condition = try Condition(
      parsing: "TIER == core and not (CELERY or docs in EXTRAS)",
      at: .init(file: "f", line: 1, column: 1), declarations: Example.declarations)
    #expect(Set(condition.names) == ["TIER", "CELERY", "EXTRAS"])
  }
}
