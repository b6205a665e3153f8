import Testing

@testable import Templating

/// Conditions and loops, and what is wrong with their tags.
@Suite struct BlockTests {
  @Test(
    "loops bind their item and its companions",
    arguments: [
      (
        "<<@for STEP in STEPS>><<STEP_INDEX|plus(10)|pad(3)>>:<<STEP>> <<@end>>",
        "011:topic1 012:topic2 "
      ),
      (
        "<<@for STEP in STEPS>><<STEP_FIRST>>/<<STEP_LAST>>/<<STEP_PREVIOUS>> <<@end>>",
        "true/false/ false/true/topic1 "
      ),
      (
        "<<@for STEP in STEPS>><<@if STEP_PREVIOUS>><<STEP_PREVIOUS>>-><<@end>><<STEP>> <<@end>>",
        "topic1 topic1->topic2 "
      ),
      (
        "<<@for STEP in STEPS>><<@for PORT in PORTS>><<STEP>>=<<PORT>>;<<@end>><<@end>>",
        "topic1=80;topic1=443;topic2=80;topic2=443;"
      ),
      ("<<@for EXTRA in EXTRAS>><<EXTRA>> <<@end>>", "docs ci "),
      ("<<EXTRAS|join(\" \")>>", "docs ci"),
      ("<<@for MODEL in MODELS>>x<<@end>>", ""),
      (
        "<<@for STEP in STEPS>>a<<@end>><<@for STEP in STEPS>>b<<@end>>",
        "aabb"
      ),
      ("<<@for STEP in STEPS>><<@if STEP == \"topic2\">>!<<@else>>.<<@end>><<@end>>", ".!"),
      (
        "<<@if CELERY>><<@if CELERY>>a<<@else>>b<<@end>><<@else>><<@if not CELERY>>c<<@end>>"
          + "d<<@end>>",
        "cd"
      ),
    ])
  func loopsBind(_ template: String, _ result: String) {
    #expect(rendered(template) == result)
  }

  @Test("a list that was not asked has no items")
  func unaskedList() {
    let scope = Scope(["STEPS": .text("")])
    #expect(rendered("[<<@for STEP in STEPS>>x<<@end>>]", scope: scope) == "[]")
    #expect(rendered("[<<STEPS|json|join(\",\")>>]", scope: scope) == "[]")
  }

  @Test(
    "a faulty block is reported where it stands",
    arguments: [
      ("a\n <<@if CELERY>>\nb", "2:2: “<<@if>>” is never closed (close it with <<@end>>)"),
      (
        "<<@for STEP in STEPS>>",
        "1:1: “<<@for>>” is never closed (close it with <<@end>>)"
      ),
      ("a<<@raw>>b", "1:2: “<<@raw>>” is never closed (close it with <<@end>>)"),
      ("a<<@end>>", "1:2: “<<@end>>” without a block that it closes"),
      ("a<<@else>>", "1:2: “<<@else” without an “<<@if …>>” before it"),
      ("a<<@elif CELERY>>", "1:2: “<<@elif” without an “<<@if …>>” before it"),
      (
        "<<@if CELERY>><<@else>><<@else>><<@end>>",
        "1:24: “<<@else” after the “<<@else>>” of the same “if”"
      ),
      (
        "<<@if CELERY>><<@else>><<@elif CELERY>><<@end>>",
        "1:24: “<<@elif” after the “<<@else>>” of the same “if”"
      ),
      (
        "<<@for STEP in STEPS>><<@else>><<@end>>",
        "1:23: “<<@else” belongs to an “if”, and this block is a “for”"
      ),
      (
        "<<@if CELERY\n<<@end>>",
        "1:13: “<<@if” is not closed on its line (close it with >>)"
      ),
      (
        "<<@if \n<<@end>>",
        "1:7: expected a name, a word, a number or a string, found the end of the line"
      ),
      (
        "<<@if>><<@end>>",
        "1:6: expected a condition after “<<@if”, found “>>” (write <<@if NAME>>)"
      ),
      (
        "<<@if CELERY>><<@else if CELERY>><<@end>>",
        "1:23: expected “>>” after “<<@else”, found “if” (write <<@elif …>>)"
      ),
      ("<<@raw >>", "1:7: expected “>>” after “<<@raw”, found a blank (write <<@raw>>)"),
      (
        "<<@for STEP of STEPS>><<STEP>><<@end>>",
        "1:13: expected “in” after “STEP”, found “of” (write <<@for STEP in LIST>>)"
      ),
      (
        "<<@for X in STEPS>><<@end>>",
        "1:8: expected a name for the item, found “X” "
          + "(write <<@for ITEM in LIST>>, names of two characters or more, all capitals)"
      ),
      (
        "<<@for STEP in TIER>><<STEP|plus(1)>><<STEP_PREVIOUS>><<@end>>",
        "1:16: “TIER” is no list but a choice"
      ),
      (
        "<<@for STEP in STEP>><<STEP>><<@end>>",
        "1:16: “STEP” is not declared (did you mean “STEPS”?)"
      ),
      (
        "<<@for AUTHOR in STEPS>><<@end>>",
        "1:8: the loop's “AUTHOR” would hide the one that is declared "
          + "(give the item another name than “AUTHOR”)"
      ),
      (
        "<<@for STEP in STEPS>><<@for STEP in STEPS>><<@end>><<@end>>",
        "1:30: the loop's “STEP” would hide the one that is declared "
          + "(give the item another name than “STEP”)"
      ),
      (
        "<<@for STEP in STEPS>><<@end>><<STEP>>",
        "1:31: “STEP” is not declared (did you mean “STEPS”?)"
      ),
    ])
  func faultyBlocks(_ template: String, _ complaint: String) {
    #expect(complaints(template) == complaint)
  }

  @Test("an item may not hide a name through its companions")
  func companionsHideNothing() {
    let declarations = Declarations(["STEPS": .list(of: .text), "STEP_INDEX": .integer])
    let found = complaints("<<@for STEP in STEPS>><<@end>>", declarations: declarations)
    #expect(found.hasPrefix("1:8: the loop's “STEP_INDEX” would hide"))
  }

  @Test("all faults of a template are reported together, in order")
  func allFaultsAtOnce() {
    let template = """
      <<AUTHR>>
      <<@if TIER >= ful and CELRY>>
        <<AUTHOR|jsn>>\r
      <<@end>>
      ü<<STEPS>>
      <<@for STEP in STEPS>>
      """
    #expect(
      complaints(template) == """
        1:1: “AUTHR” is not declared (did you mean “AUTHOR”?)
        2:15: “ful” is none of the choices “mvp”, “core”, “full” (did you mean “full”?)
        2:23: “CELRY” is not declared (did you mean “CELERY”?)
        3:12: unknown filter “jsn” (did you mean “json”?)
        5:3: “STEPS” is a list and cannot be printed as it is (join its items: “|join(", ")”, \
        or loop over it with “<<@for …>>”)
        6:1: “<<@for>>” is never closed (close it with <<@end>>)
        """)
  }

  @Test("places count from that of the first byte")
  func placesCountFromTheFirstByte() {
    let faults = [TemplateFault(at: 7, "later"), TemplateFault(at: 1, "sooner")]
    let found = faults.diagnostics(
      in: Array("ab\ncdefgh".utf8), at: .init(file: "layout.json", line: 12, column: 5))
    #expect(
      found.all.map { $0.location?.description } == ["layout.json:12:6", "layout.json:13:5"])
  }

  @Test("the names that are used are the declared ones from outside")
  func usedNames() throws {
    let text = """
      <<AUTHOR>> <<@for STEP in STEPS>><<STEP>><<PORT_BLOCK|pad(STEP_INDEX)>><<@end>>
      <<@if TIER == core and not CELERY>><<@end>> <<UNKNOWN|nosuch>>
      """
    let template = try Template(
      parsing: Array(text.utf8), at: .init(file: "f", line: 1, column: 1),
      declarations: Example.declarations)
    #expect(Set(template.names) == ["AUTHOR", "STEPS", "PORT_BLOCK", "TIER", "CELERY"])
    #expect(!template.isPlain)
  }

  @Test("a text without tags is plain")
  func plainTexts() throws {
    for text in ["", "x", "a << b", "cat <<EOF\n"] {
      let template = try Template(
        parsing: Array(text.utf8), at: .init(file: "f", line: 1, column: 1),
        declarations: Example.declarations)
      #expect(template.isPlain)
      #expect(try template.rendered(in: Scope()) == Array(text.utf8))
    }
  }

  @Test("nesting has a limit")
  func nestingHasALimit() {
    func nested(_ depth: Int) -> String {
      String(repeating: "<<@if CELERY>>", count: depth)
        + String(repeating: "<<@end>>", count: depth)
    }
    #expect(complaints(nested(50)) == "")
    #expect(complaints(nested(51)) == "1:701: blocks may nest at most 50 levels deep")
    #expect(complaints(nested(10_000)) == "1:701: blocks may nest at most 50 levels deep")
  }

  @Test("loops within loops end")
  func loopsEnd() {
    let scope = Scope(["STEPS": .list((1...251).map { .text("\($0)") })])
    let template =
      "<<@for AA in STEPS>><<@for BB in STEPS>><<@for CC in STEPS>><<@end>><<@end>><<@end>>"
    #expect(
      complaints(template, scope: scope)
        == "1:41: with this, the project takes more than 10000000 steps")
  }
}
